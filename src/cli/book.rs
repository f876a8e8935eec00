//! Options of what shows and changes the book: `customers`, `history`, `demo` and `import`.

use std::path::PathBuf;

use clap::{
    Args, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use contracts::book::BookSort;

/// `customers`.
#[derive(Debug, Args)]
pub struct CustomersArgs {
    /// The order.
    #[arg(long, default_value = "risk", value_parser = book_sort())]
    pub sort: BookSort,
    /// Only customers whose name or id contains this, whatever the case.
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// How the book is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: CustomersFormat,
}

/// How `customers` prints the book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum CustomersFormat {
    /// For reading in the terminal.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// For a spreadsheet.
    Csv,
}

/// `history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// The customer's id, or its name where only one customer has it.
    pub customer: String,
    /// How many answers at the most, newest first.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub limit: u32,
    /// How the answers are printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: HistoryFormat,
}

/// How `history` prints its answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    /// For reading in the terminal.
    #[default]
    Text,
    /// One JSON document.
    Json,
}

/// `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// What to do with them.
    #[command(subcommand)]
    pub action: DemoAction,
}

/// What to do with the demo customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum DemoAction {
    /// Put the demo customers in (again).
    Add,
    /// Take the demo customers out; your own stay.
    Remove,
}

const IMPORT_FILES: &str = "\
Files (UTF-8, header first, columns in any order; * must be there):
  customers.csv *  customer_id* name* industry segment contact
  usage.csv        customer_id* date* value* metric              one row a measurement
              or   customer_id* trend* recent* before* metric    one row a customer; trend: up, flat, down
  tickets.csv      ticket_id* customer_id* priority* opened_on* closed_on subject
                   priority: urgent, high, normal, low; no closed_on: still open
  contracts.csv    customer_id* renewal_date arr currency plan seats auto_renew
Dates are YYYY-MM-DD. Nothing is changed unless every row is right, and a second import of the same files changes
nothing. A preset is a small SQL file that makes these rows from somebody else's CSV files.

Examples:
  cs-copilot import ./export --dry-run
  cs-copilot import ./ravenstack --preset ravenstack --as-of 2024-12-20
  cs-copilot import ./crm --preset ./mine.sql";

/// `import`.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_FILES)]
pub struct ImportArgs {
    /// The directory with the CSV files.
    pub dir: PathBuf,
    /// Translate other CSV files with a preset: the name of one that is shipped (ravenstack), or a path to your own.
    #[arg(long, value_name = "NAME|FILE.sql")]
    pub preset: Option<String>,
    /// Check everything and count what would change, but change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

fn book_sort() -> impl TypedValueParser<Value = BookSort> {
    PossibleValuesParser::new(["risk", "renewal", "arr", "name"]).map(|word| match word.as_str() {
        "renewal" => BookSort::Renewal,
        "arr" => BookSort::Arr,
        "name" => BookSort::Name,
        _ => BookSort::Risk,
    })
}
