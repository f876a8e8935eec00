//! Options of what deserves attention: `today`, `done` and `snooze`.

use clap::{Args, ValueEnum};
use contracts::ItemId;

use crate::config::Time;

const TODAY_EXAMPLES: &str = "\
One row a customer, what matters most first: value (yearly revenue over the median of its currency) times likelihood times
urgency. The weights of the kinds and how long each takes are under [attention] in config.toml. An item stays until it is
done or snoozed, or its cause is gone, and comes back where the cause is new.

Examples:
  cs-copilot today --time 2h
  cs-copilot today --where \"renewal:<30d arr:>100k\"
  cs-copilot done k3j5r2mw
  cs-copilot done k3j5r2mw --undo
  cs-copilot snooze k3j5r2mw --until friday
  cs-copilot snooze k3j5r2mw                     until something changes";

/// `today`.
#[derive(Debug, Args)]
#[command(after_help = TODAY_EXAMPLES)]
pub struct TodayArgs {
    /// How much time there is, such as 2h or 90m: what does not fit is left for another day.
    #[arg(long, value_name = "TIME")]
    pub time: Option<Time>,
    /// Only customers for whom this holds, such as "risk:high renewal:<60d".
    #[arg(long = "where", value_name = "QUERY")]
    pub filter: Option<String>,
    /// How the list is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: TodayFormat,
}

/// How `today` prints its list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum TodayFormat {
    /// For reading in the terminal.
    #[default]
    Text,
    /// For pasting into a document.
    Markdown,
    /// One JSON document.
    Json,
}

/// `done`.
#[derive(Debug, Args)]
pub struct DoneArgs {
    /// The items, as `cs-copilot today` names them.
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<ItemId>,
    /// Open them again, whether they were done or snoozed.
    #[arg(long)]
    pub undo: bool,
}

/// `snooze`.
#[derive(Debug, Args)]
pub struct SnoozeArgs {
    /// The items, as `cs-copilot today` names them.
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<ItemId>,
    /// Until this day (2026-12-24, 3d, 2w, tomorrow, friday); until something changes when absent.
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
}
