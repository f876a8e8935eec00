//! The `cs-copilot` program.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use cs_copilot::{
    backend::{Backend, Target},
    cli::{Cli, Command, GlobalArgs},
    commands::{self, Context},
    config::Config,
    logging,
};

// Ctrl-C needs no handler: the system ends the program at once (130 in a shell), and a write is one transaction.
fn main() -> ExitCode {
    let cli = Cli::parse();
    start(cli).unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        // Nothing is left to tell where stderr is closed too.
        let _ = writeln!(io::stderr(), "cs-copilot: {error:#}");
        ExitCode::FAILURE
    })
}

fn start(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        // Completions are written while installing, when nothing else need be in order.
        Some(Command::Completions(args)) => commands::completions::execute(&args),
        Some(command) => {
            let context = context(&cli.global)?;
            let _log = logging::init(&context.config);
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(execute(&context, command))
        }
        None => commands::tui::execute(&context(&cli.global)?),
    }
}

async fn execute(context: &Context, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Run(args) => commands::run::execute(context, &args).await,
        Command::Customers(args) => commands::customers::execute(context, &args).await,
        Command::History(args) => commands::history::execute(context, &args).await,
        Command::Demo(args) => commands::demo::execute(context, &args).await,
        Command::Import(args) => commands::import::execute(context, &args).await,
        Command::Doctor => commands::doctor::execute(context).await,
        Command::Completions(args) => commands::completions::execute(&args),
    }
}

fn context(given: &GlobalArgs) -> anyhow::Result<Context> {
    let config = Config::load(given)?;
    let target = match &config.server {
        Some(server) => Target::Server(server.clone()),
        None => Target::Embedded(config.data_dir.clone()),
    };
    Ok(Context { config, backend: Backend::new(target), as_of: given.as_of })
}

/// Whether the reader of our output has gone (`cs-copilot customers | head`), which is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
