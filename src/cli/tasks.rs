//! Options of `tasks` and `portfolio`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use contracts::TaskId;
use domain::portfolio::By;

const TASKS_EXAMPLES: &str = "\
A task is a Markdown file that says what an answer says, with names to be filled in. Those that are shipped are such files; your
own go into the folder tasks beside config.toml, and one of the same name takes the place of a shipped one.

Examples:
  cs-copilot tasks                       the tasks that there are, with their keys
  cs-copilot tasks show handover         the file of one, to begin from
  cs-copilot tasks new team-note         a file of your own, to be changed in your editor
  cs-copilot tasks check                 what is wrong with your own, with file and line
  cs-copilot tasks trust team-note       let a language model be given it as its instruction, until it changes
  cs-copilot run team-note acme          run it

Exit codes: 0 done, 1 something is wrong with a file, 2 no such task.";

/// `tasks`.
#[derive(Debug, Args)]
#[command(after_help = TASKS_EXAMPLES)]
pub struct TasksArgs {
    /// What to do; the list when absent.
    #[command(subcommand)]
    pub action: Option<TasksAction>,
}

/// What to do with tasks.
#[derive(Debug, Subcommand)]
pub enum TasksAction {
    /// List the tasks that there are.
    List,
    /// Print the file of a task.
    Show {
        /// The task.
        task: TaskId,
    },
    /// Write a file of your own, to be changed.
    New {
        /// What the task is to be called.
        task: TaskId,
    },
    /// Print the file of a task of your own, and confirm that a language model may be given it as its instruction.
    Trust {
        /// The task.
        task: TaskId,
    },
    /// Say what is wrong with files, each with its line.
    Check {
        /// The files; your own tasks when absent.
        files: Vec<PathBuf>,
    },
}

/// `portfolio`.
#[derive(Debug, Args)]
pub struct PortfolioArgs {
    /// Put the customers into groups as well.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<Grouping>,
    /// Only those of whom this holds: a query, such as 'segment:enterprise'.
    #[arg(long = "where", value_name = "QUERY")]
    pub filter_by: Option<String>,
    /// How the page is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: PageFormat,
}

/// What the customers are put into groups by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Grouping {
    Segment,
    Owner,
    Industry,
    /// The month of the renewal.
    Month,
}

impl From<Grouping> for By {
    fn from(grouping: Grouping) -> Self {
        match grouping {
            Grouping::Segment => Self::Segment,
            Grouping::Owner => Self::Owner,
            Grouping::Industry => Self::Industry,
            Grouping::Month => Self::Month,
        }
    }
}

/// How a page is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For reading here, or in a wiki.
    #[default]
    Markdown,
    /// A page that a browser shows and prints.
    Html,
    /// One JSON document.
    Json,
}
