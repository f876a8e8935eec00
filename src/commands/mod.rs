//! One file a subcommand. Each has `execute(&Context, &Args) -> anyhow::Result<ExitCode>`: answers go to stdout,
//! progress to stderr where that is a terminal, and an error is one sentence that `main` prints.

pub mod ask;
pub mod book;
pub mod changes;
pub mod completions;
pub mod config;
mod conversations;
pub mod customers;
pub mod demo;
pub mod doctor;
pub mod eval;
pub mod history;
pub mod import;
pub mod item;
pub mod login;
pub mod logout;
pub mod note;
pub mod plain;
pub mod portfolio;
mod query;
pub mod run;
mod start;
pub mod tasks;
pub mod today;
pub mod tui;
pub mod whoami;

pub use start::start;

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use anyhow::Context as _;
use chrono::NaiveDate;
use contracts::OwnerId;
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    agent::{Agent, RunRequest},
    auth::Authenticator,
    backend::Backend,
    chat::{Model, Preview},
    config::Config,
    own_tasks::{Folder, Found},
    trusted::Trusted,
};

/// The exit code of a wrong command line.
const EXIT_USAGE: u8 = 2;
/// The exit code of what is not the whole answer and says so: some data is missing, a tool failed, or words were not
/// understood.
const EXIT_PARTIAL: u8 = 3;

/// Why nothing was done, where another command line does it: a query that cannot be read, a name that there is not.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongUsage(String);

/// The exit code of a command that ended in an error.
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    if error.is::<WrongUsage>() { ExitCode::from(EXIT_USAGE) } else { ExitCode::FAILURE }
}

/// Whose tokens are counted where the model is tried out: nobody's in particular where nobody can say who asks.
async fn asker(context: &Context) -> OwnerId {
    context.backend.identity().await.map_or_else(|_| OwnerId::public(), |identity| identity.owner)
}

/// What every subcommand works with.
#[derive(Debug, Clone)]
pub struct Context {
    /// The settings.
    pub config: Config,
    /// The tools server.
    pub backend: Backend,
    /// What runs tasks on it.
    pub agent: Agent,
    /// The language models of the configuration, the one that is asked first.
    pub models: Vec<Model>,
    /// The tasks that there are.
    pub tasks: Found,
    /// Which of the user's own a language model may be given.
    pub trusted: Trusted,
    /// The sign-in; none where none is configured.
    pub authenticator: Option<Authenticator>,
    /// The day (UTC) to count from; the server's today when absent.
    pub as_of: Option<NaiveDate>,
}

impl Context {
    /// Where the user's own tasks are.
    fn own_tasks(&self) -> anyhow::Result<Folder> {
        own_tasks(&self.config).context("this account has no home directory: say where config.toml is with --config")
    }

    /// The sign-in, where one is configured.
    fn authenticator(&self) -> anyhow::Result<&Authenticator> {
        self.authenticator.as_ref().context(
            "no sign-in is configured: whoever runs your team's server says what belongs under [auth] in config.toml",
        )
    }
}

/// Where the user's own tasks are.
pub fn own_tasks(config: &Config) -> Option<Folder> {
    config.directory().map(|directory| Folder::within(&directory))
}

/// Prints what a run would send to the model, and sends nothing to it.
async fn dry_run(context: &Context, request: RunRequest) -> anyhow::Result<ExitCode> {
    previewed(context.agent.preview(request).await?)
}

/// Prints what would be sent to the model.
fn previewed(preview: Option<Preview>) -> anyhow::Result<ExitCode> {
    match preview {
        Some(preview) => print(&format!("POST {}\n\n{:#}\n", preview.url, preview.body))?,
        None => print("Nothing would be sent to a language model: the rules answer this.\n")?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks before something that cannot be taken back. None where nobody is there to answer.
fn confirmed(question: &str) -> anyhow::Result<Option<bool>> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    let mut ask = io::stderr().lock();
    write!(ask, "{question} [y/N] ")?;
    ask.flush()?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    Ok(Some(["y", "yes"].contains(&typed.trim().to_lowercase().as_str())))
}

/// Nothing was done, and another command line does it.
///
/// # Errors
/// Always: why.
fn refused(why: &str) -> anyhow::Result<ExitCode> {
    Err(WrongUsage(why.to_owned()).into())
}

/// A bar on stderr where that is a terminal and there is something to wait for.
fn progress(is_large: bool, template: &str) -> ProgressBar {
    if !is_large || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

/// Says what of a question was not understood.
fn not_understood(why: &str) -> anyhow::Result<ExitCode> {
    writeln!(io::stderr(), "cs-copilot: {why}")?;
    Ok(ExitCode::from(EXIT_PARTIAL))
}

/// How many cells a line has of the screen that `out` writes to; none where it goes elsewhere.
fn screen_width(out: &impl IsTerminal) -> Option<usize> {
    let size = out.is_terminal().then(crossterm::terminal::size)?;
    size.ok().map(|(columns, _)| usize::from(columns)).filter(|&width| width > 0)
}

/// Writes to stdout, at once.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("the output cannot be written")
}
