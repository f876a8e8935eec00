//! The command line: what can be asked for, in words. Every global option has an environment twin.

use std::{ffi::OsStr, marker::PhantomData, path::PathBuf, str::FromStr};

use chrono::NaiveDate;
use clap::{
    Args, Error, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
    error::ErrorKind,
};
use contracts::{EvalId, InvalidId, book::BookSort, planner::Task};

use crate::{
    config::{ApiUrl, Clipboard, InvalidServerUrl, LogLevel, Planner, Scopes, ServerUrl, ThemeChoice, TokenStore},
    import::cell,
};

const EXAMPLES: &str = "\
Examples:
  cs-copilot                                     open the book on the screen
  cs-copilot run health \"Acme Corp\"              one task for one customer
  cs-copilot ask how is Acme doing              a question, about a customer or the whole book
  cs-copilot run renewal --all --format markdown one task for the whole book, worst first
  cs-copilot customers --sort renewal            the book as a table
  cs-copilot import ./export                     bring in your own customers
  cs-copilot login                               see your own customers on your team's server
  cs-copilot doctor                              find out what is wrong

Exit codes: 0 complete, 1 failed, 2 wrong usage or a question that was not understood, 3 partial answer, 130 interrupted.";

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
    /// What to do; the screen when absent.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every subcommand: flag, then environment, then configuration file, then default.
#[derive(Debug, Default, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Use the tools server at this URL instead of the one inside.
    #[arg(long, global = true, value_name = "URL", env = "CS_COPILOT_SERVER", value_parser = Address::<ServerUrl>(PhantomData))]
    #[arg(hide_env_values = true)]
    pub server: Option<ServerUrl>,
    /// Keep the database in this directory (only without a server).
    #[arg(long, global = true, value_name = "DIR", env = "CS_COPILOT_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Read this configuration file instead of the usual one.
    #[arg(long, global = true, value_name = "FILE", env = "CS_COPILOT_CONFIG")]
    pub config: Option<PathBuf>,
    /// Count days from this date (YYYY-MM-DD, UTC) instead of today: for older exports and reports that can be repeated.
    #[arg(long, global = true, value_name = "DATE", env = "CS_COPILOT_AS_OF", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    /// Colours of the screen.
    #[arg(long, global = true, env = "CS_COPILOT_THEME")]
    pub theme: Option<ThemeChoice>,
    /// How the screen copies.
    #[arg(long, global = true, value_name = "WAY", env = "CS_COPILOT_CLIPBOARD")]
    pub clipboard: Option<Clipboard>,
    /// How much goes into the log file.
    #[arg(long, global = true, value_name = "LEVEL", env = "CS_COPILOT_LOG_LEVEL")]
    pub log_level: Option<LogLevel>,
    /// How to sign in.
    #[command(flatten)]
    pub auth: AuthArgs,
    /// Which language model to ask.
    #[command(flatten)]
    pub llm: LlmArgs,
}

/// How to sign in. Most people have these in the configuration file, so only the long help shows them.
#[derive(Debug, Default, Clone, Args)]
#[command(next_help_heading = "Sign-in options")]
pub struct AuthArgs {
    /// Sign in with the identity provider at this URL.
    #[arg(long, global = true, hide_short_help = true, value_name = "URL", env = "CS_COPILOT_AUTH_ISSUER")]
    #[arg(hide_env_values = true, value_parser = Address::<ServerUrl>(PhantomData))]
    pub auth_issuer: Option<ServerUrl>,
    /// Sign in as this client of the identity provider.
    #[arg(long, global = true, hide_short_help = true, value_name = "ID", env = "CS_COPILOT_AUTH_CLIENT_ID")]
    pub auth_client_id: Option<String>,
    /// Ask for these scopes, separated by spaces.
    #[arg(long, global = true, hide_short_help = true, value_name = "SCOPES", env = "CS_COPILOT_AUTH_SCOPES")]
    pub auth_scopes: Option<Scopes>,
    /// Ask for tokens for this audience.
    #[arg(long, global = true, hide_short_help = true, value_name = "URI", env = "CS_COPILOT_AUTH_RESOURCE")]
    pub auth_resource: Option<String>,
    /// Where to keep the tokens.
    #[arg(long, global = true, hide_short_help = true, value_name = "PLACE", env = "CS_COPILOT_AUTH_STORE")]
    pub auth_store: Option<TokenStore>,
}

/// Which language model to ask. Its key comes from OPENAI_API_KEY or `config set-key`, never from a flag: others on the
/// machine can read those.
#[derive(Debug, Default, Clone, Args)]
#[command(next_help_heading = "Model options")]
pub struct LlmArgs {
    /// Ask the model at this URL (Chat Completions).
    #[arg(long, global = true, hide_short_help = true, value_name = "URL", env = "OPENAI_BASE_URL")]
    #[arg(hide_env_values = true, value_parser = Address::<ApiUrl>(PhantomData))]
    pub llm_url: Option<ApiUrl>,
    /// Ask this model.
    #[arg(long, global = true, hide_short_help = true, value_name = "NAME", env = "OPENAI_MODEL")]
    pub llm_model: Option<String>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a task for one customer, or for the whole book.
    Run(RunArgs),
    /// Ask in plain language, about a customer or about the whole book.
    Ask(AskArgs),
    /// List the book, worst first.
    Customers(CustomersArgs),
    /// Show what was answered for a customer before.
    History(HistoryArgs),
    /// Put in or take out the demo customers.
    Demo(DemoArgs),
    /// Bring in customers, usage, tickets and contracts from CSV files.
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

/// `run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// What to do.
    #[arg(value_parser = task())]
    pub task: Task,
    /// The customer's id, or its name where only one customer has it.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub customer: Option<String>,
    /// Run for every customer of the book, worst first.
    #[arg(long)]
    pub all: bool,
    /// Who plans and writes: the rules, or a language model on the rules' data.
    #[arg(long, value_enum)]
    pub planner: Option<Planner>,
    /// Print what would be sent to the language model, and send nothing to it.
    #[arg(long, conflicts_with = "all")]
    pub dry_run: bool,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: RunFormat,
}

const ASK_EXAMPLES: &str = "\
What is asked for is found without a language model; one that is configured then answers what is about a customer. The
book itself answers what is about many: rank, filter, count, total, compare.

Examples:
  cs-copilot ask what should I worry about at Globex before the renewal
  cs-copilot ask \"draft the renewal email\" --customer acme
  cs-copilot ask \"renewals next quarter over 50k\" --format markdown
  cs-copilot ask \"compare Acme and Globex\"

Exit codes: 0 complete, 1 failed, 2 not understood or no customer to be found in it, 3 partial answer.";

/// `ask`.
#[derive(Debug, Args)]
#[command(after_help = ASK_EXAMPLES)]
pub struct AskArgs {
    /// What you want to know. Quotes are needed only for what the shell would take for its own.
    #[arg(required = true)]
    pub question: Vec<String>,
    /// The customer it is about, by id or name, whatever names are in the question.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// Who plans and writes: the rules, or a language model on the rules' data.
    #[arg(long, value_enum)]
    pub planner: Option<Planner>,
    /// Print what would be sent to the language model, and send nothing to it.
    #[arg(long)]
    pub dry_run: bool,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: RunFormat,
}

/// How `run` and `ask` print their answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum RunFormat {
    /// For reading in the terminal.
    #[default]
    Text,
    /// For pasting into a document.
    Markdown,
    /// One JSON document.
    Json,
    /// One JSON object a line: every event of the run as it happens.
    Ndjson,
}

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

const LOGIN_EXAMPLES: &str = "\
Sign-in by code works from anywhere, also over SSH: open the address on any device and confirm the code. Sign-in by
browser needs one on this machine. Without a flag the code is used where the identity provider offers it.

Examples:
  cs-copilot login
  cs-copilot login --browser

Exit codes: 0 signed in, 1 not signed in.";

const WHOAMI_EXAMPLES: &str = "\
Examples:
  cs-copilot whoami

Exit codes: 0 a guest or signed in, 1 the sign-in has ended or the server does not accept it.";

/// `login`.
#[derive(Debug, Args)]
#[command(after_help = LOGIN_EXAMPLES)]
pub struct LoginArgs {
    /// Sign in by a code that is confirmed on any device.
    #[arg(long)]
    pub device: bool,
    /// Sign in by the browser on this machine.
    #[arg(long, conflicts_with = "device")]
    pub browser: bool,
}

const EVAL_EXAMPLES: &str = "\
Every answer is judged: that it has its shape, comes from the planner that was asked for, called the tools it needs and
no others, has the tool's own health, that all its figures and the causes of its actions are in the data, and that it
kept its limits. Data that is missing is no fault where the answer says so. The results are kept on the tools server.

They are compared with an earlier evaluation, by the customers and tasks that both have. Worse is: a task that passed
for a customer and does not now; a task whose 95th percentile doubled and grew by 500 ms (of 20 runs or more); a task
that takes 25 % more tokens a run.

Examples:
  cs-copilot eval                                    five customers, always the same ones
  cs-copilot eval --all                              the whole book
  cs-copilot eval --customers acme,globex --tasks renewal,email --planner llm --repeat 3
  cs-copilot eval --sample 20 --seed 7 --format junit > eval.xml

Exit codes: 0 all passed, 1 worse than before (or no evaluation at all), 3 some did not pass, 130 interrupted: what ran
until then is kept.";

/// `eval`.
#[derive(Debug, Args)]
#[command(after_help = EVAL_EXAMPLES)]
pub struct EvalArgs {
    /// These customers, by id or name.
    #[arg(long, value_name = "CUSTOMER", value_delimiter = ',', conflicts_with_all = ["all", "sample"])]
    pub customers: Vec<String>,
    /// Every customer of the book.
    #[arg(long, conflicts_with = "sample")]
    pub all: bool,
    /// So many customers, picked by chance but the same ones each time.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: u32,
    /// Pick other customers.
    #[arg(long, value_name = "NUMBER", default_value_t = 0, conflicts_with_all = ["customers", "all"])]
    pub seed: u64,
    /// These tasks; all of them when absent.
    #[arg(long, value_name = "TASK", value_delimiter = ',', value_parser = task())]
    pub tasks: Vec<Task>,
    /// Who plans and writes: the rules, or a language model on the rules' data.
    #[arg(long, value_enum)]
    pub planner: Option<Planner>,
    /// Run every task so many times for every customer.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub repeat: u32,
    /// Compare with this evaluation, or with none; with the newest one of the same planner when absent.
    #[arg(long, value_name = "ID|none", value_parser = against)]
    pub against: Option<Against>,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: EvalFormat,
}

/// Which evaluation to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// None.
    Nothing,
    /// This one.
    Eval(EvalId),
}

fn against(text: &str) -> Result<Against, InvalidId> {
    if text == "none" { Ok(Against::Nothing) } else { text.parse().map(Against::Eval) }
}

/// How `eval` prints its report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum EvalFormat {
    /// For reading in the terminal.
    #[default]
    Table,
    /// One JSON document, with every result.
    Json,
    /// For a CI server: JUnit XML, one test case a run.
    Junit,
}

const CONFIG_EXAMPLES: &str = "\
The other settings are in config.toml; config.example.toml has them all, with their defaults.

Examples:
  cs-copilot config set-key                      asks for the key, without showing it
  pass show openai | cs-copilot config set-key   reads it from a pipe
  cs-copilot config delete-key";

/// `config`.
#[derive(Debug, Args)]
#[command(after_help = CONFIG_EXAMPLES)]
pub struct ConfigArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: ConfigAction,
}

/// What to do with the key to the language model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum ConfigAction {
    /// Keep the key in this machine's keyring, or in a file that this account alone can read.
    SetKey,
    /// Forget the key.
    DeleteKey,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell.
    pub shell: clap_complete::Shell,
}

/// Reads an address and, where it is refused, does not repeat it, as the library would: there may be a password in it.
#[derive(Clone)]
struct Address<T>(PhantomData<T>);

impl<T> TypedValueParser for Address<T>
where
    T: FromStr<Err = InvalidServerUrl> + Clone + Send + Sync + 'static,
{
    type Value = T;

    fn parse_ref(&self, command: &clap::Command, arg: Option<&clap::Arg>, value: &OsStr) -> Result<T, Error> {
        value.to_str().unwrap_or_default().parse().map_err(|reason| {
            let option = arg.map(ToString::to_string).unwrap_or_default();
            // The value may be one that was set for other programs.
            let name = arg.and_then(|arg| arg.get_env()).and_then(OsStr::to_str).unwrap_or_default();
            let message = format!("the value of {option} ({name}) cannot be used: {reason}\n");
            Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
        })
    }
}

fn day(text: &str) -> Result<NaiveDate, String> {
    cell::date(text).map_err(|expected| format!("it is not {expected}"))
}

fn task() -> impl TypedValueParser<Value = Task> {
    PossibleValuesParser::new(Task::ALL.map(Task::as_str)).try_map(|word| word.parse::<Task>())
}

fn book_sort() -> impl TypedValueParser<Value = BookSort> {
    PossibleValuesParser::new(["risk", "renewal", "arr", "name"]).map(|word| match word.as_str() {
        "renewal" => BookSort::Renewal,
        "arr" => BookSort::Arr,
        "name" => BookSort::Name,
        _ => BookSort::Risk,
    })
}
