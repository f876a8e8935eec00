//! Options of what was done and what changed: `note`, `follow-up` and `changes`.

use chrono::NaiveDate;
use clap::{
    Args, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use contracts::activity::ActivityKind;

use crate::sources::cell::{self, Expected};

const NOTE_EXAMPLES: &str = "\
Calls, meetings and sent emails count as touches; a note does not. A day is 2026-12-24, yesterday, today, tomorrow, friday,
+3d or -1d. What you write stays yours: no language model reads it unless you say so (share_activity in config.toml).

Examples:
  cs-copilot note acme \"asked for more seats\"
  cs-copilot note acme \"went through the renewal\" --kind call --agreed \"two years\" --follow-up +3d";

/// `note`.
#[derive(Debug, Args)]
#[command(after_help = NOTE_EXAMPLES)]
pub struct NoteArgs {
    /// The customer's id, or its name where only one customer has it.
    pub customer: String,
    /// What there is to say.
    #[arg(required = true)]
    pub text: Vec<String>,
    /// What was done.
    #[arg(long, default_value = "note", value_parser = kind())]
    pub kind: ActivityKind,
    /// The day it was done.
    #[arg(long, value_name = "DAY", default_value = "today", allow_hyphen_values = true)]
    pub on: String,
    /// What was agreed with the customer.
    #[arg(long, value_name = "TEXT")]
    pub agreed: Option<String>,
    /// The day on which something is to follow.
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub follow_up: Option<String>,
}

const FOLLOW_UP_EXAMPLES: &str = "\
On its day it is an item of today; done with that, it is closed.

Examples:
  cs-copilot follow-up acme friday \"send the order form\"
  cs-copilot follow-up k3j5r2mw 2w ask again     for the customer of an item of today";

/// `follow-up`.
#[derive(Debug, Args)]
#[command(after_help = FOLLOW_UP_EXAMPLES)]
pub struct FollowUpArgs {
    /// The customer's id, its name where only one customer has it, or the id of an item of today.
    #[arg(value_name = "CUSTOMER|ID")]
    pub whom: String,
    /// The day it is due (2026-12-24, today, tomorrow, friday, 3d, 2w).
    pub day: String,
    /// What is to be done.
    #[arg(required = true)]
    pub text: Vec<String>,
}

const CHANGES_EXAMPLES: &str = "\
Compared is what was known on the two days. A row counts from the day it speaks of; what a contract said first also stands
for the days before. A visit is a day on which you opened the screen or asked for what changed since your last one.

Examples:
  cs-copilot changes
  cs-copilot changes --since 2026-12-13 --where \"arr:>100k\"
  cs-copilot changes acme --since 2026-12-13 --format markdown";

/// `changes`.
#[derive(Debug, Args)]
#[command(after_help = CHANGES_EXAMPLES)]
pub struct ChangesArgs {
    /// One customer alone, by its id, or its name where only one customer has it; with every figure that changed.
    pub customer: Option<String>,
    /// The earlier day (YYYY-MM-DD), or that of your last visit.
    #[arg(long, value_name = "DAY|last-visit", default_value = "last-visit", value_parser = since)]
    pub since: Since,
    /// Only customers of whom this holds, such as \"risk:high renewal:<60d\".
    #[arg(long = "where", value_name = "QUERY", conflicts_with = "customer")]
    pub filter: Option<String>,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: ChangesFormat,
}

/// From when on changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// This day (UTC).
    Day(NaiveDate),
    /// The last day before today on which the user looked.
    LastVisit,
}

/// How `changes` prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ChangesFormat {
    /// For reading in the terminal.
    #[default]
    Text,
    /// For pasting into a document.
    Markdown,
    /// One JSON document.
    Json,
}

fn kind() -> impl TypedValueParser<Value = ActivityKind> {
    PossibleValuesParser::new(ActivityKind::NOTED.map(ActivityKind::as_str)).map(|typed| {
        let kind = ActivityKind::NOTED.into_iter().find(|kind| kind.as_str() == typed);
        kind.expect("the parser lets only these words through")
    })
}

/// What is no day to count changes from.
#[derive(Debug, thiserror::Error)]
#[error("expected {0}, or last-visit")]
struct NoSince(Expected);

fn since(typed: &str) -> Result<Since, NoSince> {
    if typed == "last-visit" {
        return Ok(Since::LastVisit);
    }
    cell::date(typed).map(Since::Day).map_err(NoSince)
}
