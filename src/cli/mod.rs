//! The command line: what can be asked for, in words. Every global option has an environment twin.

mod answers;
mod book;
mod day;
mod setup;
mod tasks;
mod today;

use clap::{Parser, Subcommand};

pub use answers::{Against, AskArgs, EvalArgs, EvalFormat, RunArgs, RunFormat};
pub use book::{
    CustomersAction, CustomersArgs, CustomersFormat, DemoAction, DemoArgs, ExportArgs, HistoryArgs, HistoryFormat,
    ImportArgs, ImportFormat, ListArgs, RemoveArgs,
};
pub use day::{ChangesArgs, ChangesFormat, FollowUpArgs, NoteArgs, Since};
pub use setup::{CompletionsArgs, ConfigAction, ConfigArgs, LoginArgs};

pub use tasks::{Grouping, PageFormat, PortfolioArgs, TasksAction, TasksArgs};
pub use today::{DoneArgs, SnoozeArgs, TodayArgs, TodayFormat};

use crate::config::GlobalArgs;
use setup::WHOAMI_EXAMPLES;

const EXAMPLES: &str = "\
Examples:
  cs-copilot                                     open the book on the screen
  cs-copilot today --time 2h                     what deserves attention, as much as there is time for
  cs-copilot run health \"Acme Corp\"              one task for one customer
  cs-copilot ask how is Acme doing              a question, about a customer or the whole book
  cs-copilot run renewal --all --format markdown one task for the whole book, worst first
  cs-copilot customers --sort renewal            the book as a table
  cs-copilot changes                             what changed since your last visit
  cs-copilot import ./export                     bring in your own customers
  cs-copilot login                               see your own customers on your team's server
  cs-copilot doctor                              find out what is wrong

Exit codes: 0 complete, 1 failed, 2 wrong usage, 3 not the whole answer, 130 interrupted.";

/// The terminal copilot of Customer Success Managers.
///
/// Without a subcommand it opens the book on the screen. With no server configured, it runs its own on this machine
/// and keeps the data in the data directory.
#[derive(Debug, Parser)]
#[command(name = "cs-copilot", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Cli {
    /// What holds for every subcommand.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// Ask line by line for commands and questions instead of opening the screen: for screen readers.
    #[arg(long)]
    pub plain: bool,
    /// What to do; the screen when absent.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what deserves attention today, what matters most first.
    Today(TodayArgs),
    /// Mark items of today as done.
    Done(DoneArgs),
    /// Put items of today off, until a day or until something changes.
    Snooze(SnoozeArgs),
    /// Run a task for one customer, or for the whole book.
    Run(RunArgs),
    /// List the tasks that there are; write and check your own.
    Tasks(TasksArgs),
    /// Show what the book comes to, on one page.
    Portfolio(PortfolioArgs),
    /// Ask in plain language, about a customer or about the whole book.
    Ask(AskArgs),
    /// List the book, worst first; remove customers, or write the book into files.
    Customers(CustomersArgs),
    /// Show what was answered for a customer before.
    History(HistoryArgs),
    /// Note a call, a meeting, an email or anything else of a customer, and what is to follow.
    Note(NoteArgs),
    /// Note what is to be done for a customer, and on which day.
    FollowUp(FollowUpArgs),
    /// Tell what changed since a day, or since your last visit.
    Changes(ChangesArgs),
    /// Put in or take out the demo customers.
    Demo(DemoArgs),
    /// Bring in customers and what is known of them from CSV files.
    Import(ImportArgs),
    /// Sign in, to see your own customers on a team's server.
    Login(LoginArgs),
    /// Sign out: revoke the tokens and delete them.
    Logout,
    /// Show who is signed in, where the tokens are kept, and whom the server takes you for.
    #[command(after_help = WHOAMI_EXAMPLES)]
    Whoami,
    /// Run tasks over many customers, judge every answer, and compare with an earlier time.
    Eval(EvalArgs),
    /// Keep or forget the key to a language model.
    Config(ConfigArgs),
    /// Check configuration, data, server, clipboard and terminal: a tick or a remedy each.
    Doctor,
    /// Print completions for a shell.
    Completions(CompletionsArgs),
}
