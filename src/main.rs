//! The `cs-copilot` program.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use cs_copilot::{cli::Cli, commands};

// Ctrl-C needs no handler: the system ends the program at once (130 in a shell), and a write is one transaction.
fn main() -> ExitCode {
    let cli = Cli::parse();
    commands::start(cli).unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        // Nothing is left to tell where stderr is closed too.
        let _ = writeln!(io::stderr(), "cs-copilot: {error:#}");
        commands::exit_code(&error)
    })
}

/// Whether the reader of our output has gone (`cs-copilot customers | head`), which is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
