//! Options of what shows and changes the book: `customers`, `history`, `demo` and `import`.

use std::path::PathBuf;

use clap::{
    Args, Subcommand, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use contracts::{
    CustomerId, SourceName,
    book::BookSort,
    delivery::{Gone, Mode},
};
use domain::facts::{self, Fact};

use crate::{
    config::Currency,
    sources::{
        canonical,
        prepare::Mapped,
        values::{DayOrder, Decimals, Ranks},
    },
};

/// `customers`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct CustomersArgs {
    /// How the book is listed, where nothing else is to be done.
    #[command(flatten)]
    pub list: ListArgs,
    /// What else to do.
    #[command(subcommand)]
    pub action: Option<CustomersAction>,
}

/// What to do with customers besides listing them.
#[derive(Debug, Subcommand)]
pub enum CustomersAction {
    /// Remove customers with everything known of them.
    Remove(RemoveArgs),
    /// Write everything the book holds into CSV files, a folder for each source, that `import` reads again.
    Export(ExportArgs),
}

/// `customers remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// The customers' ids.
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<CustomerId>,
    /// Do not ask.
    #[arg(long)]
    pub yes: bool,
}

/// `customers export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Where the folders are written.
    pub dir: PathBuf,
}

/// How `customers` lists the book.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The order.
    #[arg(long, default_value = "risk", value_parser = book_sort())]
    pub sort: BookSort,
    /// Only customers whose name or id contains this, whatever the case.
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Only customers of whom this holds, and what to make of them: a query, such as 'risk:high renewal:<60d sort:-arr'.
    #[arg(long = "where", value_name = "QUERY", conflicts_with_all = ["filter", "sort"])]
    pub filter_by: Option<String>,
    /// Put them together by a fact of words or a unit of the calendar, such as segment or month(renewal).
    #[arg(long, value_name = "FACT", conflicts_with_all = ["filter", "sort"])]
    pub by: Option<String>,
    /// The total of a fact, such as arr.
    #[arg(long, value_name = "FACT", conflicts_with_all = ["filter", "sort"])]
    pub sum: Option<String>,
    /// A query that is kept under [views] in the configuration, by its name.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["filter", "sort", "filter_by"])]
    pub view: Option<String>,
    /// Which facts are listed, with commas between them, instead of the usual figures: any of these, or all.
    #[arg(long, value_name = "FACT,…", value_delimiter = ',', value_parser = columns())]
    pub columns: Vec<Columns>,
    /// How the book is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: CustomersFormat,
}

/// Facts of the catalogue that one word of the command line stands for.
#[derive(Debug, Clone)]
pub struct Columns(pub Vec<&'static Fact>);

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

/// The help's second half: the files, then what holds for all of them.
fn import_files() -> String {
    canonical::described() + IMPORT_RULES
}

const IMPORT_RULES: &str = "
Exports of HubSpot, Salesforce, Zendesk, Stripe and others are read as they are:
columns are found by their names (docs/import.md has them all), and what was found
is shown before anything is changed. It is remembered in sources/NAME.toml beside
the configuration, so that next week's files go through without a question. What
can be read in two ways is asked. A second import of the same files changes
nothing. A column that is not there leaves what is known; an empty cell clears
what the same source said before. A preset is a small SQL file that makes these
rows from CSV files of which no mapping can.

Examples:
  cs-copilot import ~/Downloads/hubspot.csv ~/Downloads/zendesk.csv --dry-run
  cs-copilot import ./exports --source crm
  cs-copilot import ./exports --map \"tickets.csv:Raised=tickets.opened_on\"
  cs-copilot import ./ravenstack --preset ravenstack --as-of 2024-12-20
  cs-copilot import ./this-week --mode changes";

/// `import`.
#[derive(Debug, Args)]
#[command(after_help = import_files())]
pub struct ImportArgs {
    /// The files, or the folders with them: CSV, Excel or ZIP. They speak of the day --as-of, else of that in the name of
    /// a file or of the folder, else of the day they were last changed.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Translate CSV files with a preset: the name of one that is shipped (ravenstack), or a path to your own.
    #[arg(long, value_name = "NAME|FILE.sql", conflicts_with_all = ["maps", "dates", "decimals", "priorities", "match_names"])]
    pub preset: Option<String>,
    /// What this source is called, the same every time: the preset's name by default, else files.
    #[arg(long, value_name = "NAME")]
    pub source: Option<SourceName>,
    /// What a column is, where its name does not tell: a field of docs/import.md, or - for nothing.
    #[arg(long = "map", value_name = "FILE:COLUMN=FIELD")]
    pub maps: Vec<Mapped>,
    /// Which number comes first in dates that can be read in two ways: the day (dmy) or the month (mdy).
    #[arg(long, value_name = "dmy|mdy", value_parser = dates())]
    pub dates: Option<DayOrder>,
    /// Which mark stands before decimals in numbers that can be read in two ways.
    #[arg(long, value_name = "point|comma", value_parser = decimals())]
    pub decimals: Option<Decimals>,
    /// Whether 1 is the most urgent (1-high) or the least (1-low) where priorities are numbers.
    #[arg(long, value_name = "1-high|1-low", value_parser = priorities())]
    pub priorities: Option<Ranks>,
    /// Take customers of different systems for one where only their names say so.
    #[arg(long)]
    pub match_names: bool,
    /// Whether the files hold all there is, so that what is not in them is gone, or only what changed.
    #[arg(long, default_value = "snapshot", value_parser = mode())]
    pub mode: Mode,
    /// Whether customers that are gone from the source stay in the book, marked, or are removed from it.
    #[arg(long, default_value = "keep", value_parser = gone())]
    pub gone: Gone,
    /// The currency of amounts that come without one.
    #[arg(long, value_name = "USD")]
    pub currency: Option<Currency>,
    /// Refuse rows of customers who are not in the book, instead of counting them.
    #[arg(long)]
    pub strict: bool,
    /// Go on with a mapping that was not seen before, and where much would be lost or cleared, without asking. It never
    /// chooses: what can be read in two ways is refused.
    #[arg(long)]
    pub yes: bool,
    /// Check everything and tell what would change, but change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Show the tables and columns of the files as a preset names them, and import nothing.
    #[arg(long)]
    pub columns: bool,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: ImportFormat,
}

/// How `import` prints its report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// For reading in the terminal.
    #[default]
    Text,
    /// For pasting into a document.
    Markdown,
    /// One JSON document.
    Json,
}

fn dates() -> impl TypedValueParser<Value = DayOrder> {
    one_of([("dmy", DayOrder::DayFirst), ("mdy", DayOrder::MonthFirst)])
}

fn decimals() -> impl TypedValueParser<Value = Decimals> {
    one_of([("point", Decimals::Point), ("comma", Decimals::Comma)])
}

fn priorities() -> impl TypedValueParser<Value = Ranks> {
    one_of([("1-high", Ranks::FirstIsHighest), ("1-low", Ranks::FirstIsLowest)])
}

fn mode() -> impl TypedValueParser<Value = Mode> {
    one_of([Mode::Snapshot, Mode::Changes].map(|mode| (mode.as_str(), mode)))
}

fn gone() -> impl TypedValueParser<Value = Gone> {
    one_of([("keep", Gone::Keep), ("remove", Gone::Remove)])
}

/// The id of a fact, or `all`. The help has their headings.
fn columns() -> impl TypedValueParser<Value = Columns> {
    let fact = |fact: &'static Fact| PossibleValue::new(fact.id.as_str()).help(fact.heading);
    let all = PossibleValue::new(ALL_COLUMNS).help("Every fact there is");
    let words = facts::catalogue().map(fact).chain([all]);
    PossibleValuesParser::new(words).map(|typed| match typed.as_str() {
        ALL_COLUMNS => Columns(facts::catalogue().collect()),
        id => Columns(facts::find(id).into_iter().collect()),
    })
}

const ALL_COLUMNS: &str = "all";

fn book_sort() -> impl TypedValueParser<Value = BookSort> {
    one_of([("risk", BookSort::Risk), ("renewal", BookSort::Renewal), ("arr", BookSort::Arr), ("name", BookSort::Name)])
}

/// Reads one of these words.
fn one_of<T: Copy + Send + Sync + 'static, const N: usize>(
    words: [(&'static str, T); N],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.map(|(word, _)| word)).map(move |typed| {
        let chosen = words.iter().find(|(word, _)| *word == typed);
        chosen.expect("the parser lets only these words through").1
    })
}
