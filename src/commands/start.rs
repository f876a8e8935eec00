//! What was asked for on the command line, started.
//!
//! It is here and not in the program itself, which would have the code of every command made a second time.

use std::{env, process::ExitCode};

use super::{Context, own_tasks};
use crate::{
    agent::{Agent, Speech},
    auth::{Authenticator, Time},
    backend::{Backend, Target},
    chat::{
        Model,
        key::{self, Key},
    },
    cli::{Cli, Command},
    commands,
    company::Company,
    config::{Config, GlobalArgs, LlmConfig},
    conversations::Conversations,
    logging, term,
    trusted::Trusted,
};

/// Does what was asked for, and says how it ended.
///
/// # Errors
/// It could not be done at all; the error is the sentence to print.
pub fn start(cli: Cli) -> anyhow::Result<ExitCode> {
    let given = &cli.global;
    let command = match cli.command {
        Some(command) => command,
        None if cli.plain => {
            let own: Vec<_> = env::args_os().skip(1).filter(|argument| argument != "--plain").collect();
            return commands::plain::execute(&own, start);
        }
        None => return commands::tui::execute(&context(given)?),
    };
    match command {
        Command::Today(args) => headless(given, async |context| commands::today::execute(context, &args).await),
        Command::Done(args) => headless(given, async |context| commands::item::done(context, &args).await),
        Command::Snooze(args) => headless(given, async |context| commands::item::snooze(context, &args).await),
        Command::Portfolio(args) => headless(given, async |context| commands::portfolio::execute(context, &args).await),
        Command::Tasks(args) => headless(given, async |context| commands::tasks::execute(context, &args).await),
        Command::Run(args) => headless(given, async |context| commands::run::execute(context, &args).await),
        Command::Ask(args) => headless(given, async |context| commands::ask::execute(context, &args).await),
        Command::Customers(args) => headless(given, async |context| commands::customers::execute(context, &args).await),
        Command::History(args) => headless(given, async |context| commands::history::execute(context, &args).await),
        Command::Note(args) => headless(given, async |context| commands::note::execute(context, &args).await),
        Command::FollowUp(args) => headless(given, async |context| commands::note::follow_up(context, &args).await),
        Command::Changes(args) => headless(given, async |context| commands::changes::execute(context, &args).await),
        Command::Demo(args) => headless(given, async |context| commands::demo::execute(context, &args).await),
        Command::Import(args) => headless(given, async |context| commands::import::execute(context, &args).await),
        Command::Login(args) => headless(given, async |context| commands::login::execute(context, &args).await),
        Command::Logout => headless(given, commands::logout::execute),
        Command::Whoami => headless(given, commands::whoami::execute),
        Command::Eval(args) => headless(given, async |context| commands::eval::execute(context, &args).await),
        Command::Config(args) => headless(given, async |context| commands::config::execute(context, &args).await),
        Command::Doctor => headless(given, commands::doctor::execute),
        // Completions are written while installing, when nothing else need be in order.
        Command::Completions(args) => commands::completions::execute(&args),
    }
}

fn headless(
    given: &GlobalArgs,
    command: impl AsyncFnOnce(&Context) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    let context = context(given)?;
    let _log = logging::init(&context.config);
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(command(&context))
}

fn context(given: &GlobalArgs) -> anyhow::Result<Context> {
    let config = Config::load(given)?;
    term::log_panics(config.log_dir.as_deref());
    let authenticator = match &config.auth {
        Some(auth) => Some(Authenticator::new(auth.clone(), &config.data_dir.join("sign-in"), Time::real())?),
        None => None,
    };
    let target = match &config.server {
        Some(server) => Target::Server(server.clone(), authenticator.clone()),
        None => Target::Embedded(config.data_dir.clone()),
    };
    let backend = Backend::new(target);
    let models: Vec<_> = config.models.all().map(|profile| model(&config, &profile.llm)).collect();
    let trusted = Trusted::within(&config.data_dir);
    let agent = Agent::new(backend.clone(), models.first().cloned())
        .speaking(Speech::of(&config)?)
        .knowing(Company::of(&config)?)
        .remembering(Conversations::within(&config.data_dir))
        .trusting(trusted.clone());
    let tasks = own_tasks(&config).map(|own| own.find()).unwrap_or_default();
    Ok(Context { config, backend, agent, models, tasks, trusted, authenticator, as_of: given.as_of })
}

/// A model of the configuration. Whether there is a key for it shows when the first run needs it.
fn model(config: &Config, llm: &LlmConfig) -> Model {
    let key = match env::var("OPENAI_API_KEY") {
        Ok(key) if !key.trim().is_empty() && llm.base_url == config.models.home => Key::given(Some(key.trim().into())),
        _ => Key::kept(key::secret_store(llm, &config.data_dir)),
    };
    Model::new(llm.clone(), key, &config.data_dir.join("llm"))
}
