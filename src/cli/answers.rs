//! Options of what answers: `run`, `ask` and `eval`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use contracts::{EvalId, InvalidId, TaskId, quarter::Quarter, tools::Edition};

use crate::{config::Planner, send::Form};

const RUN_EXAMPLES: &str = "\
A file is prepared and not sent. In a batch, emails that should not be sent yet are left out, and listed with the reason.

Examples:
  cs-copilot run health acme
  cs-copilot run qbr acme --quarter 2024-Q4 --edition customer --as html --out qbr    slides, for a browser
  cs-copilot run email --all --as mail --out drafts      drafts that a mail program opens, one a customer
  cs-copilot run renewal --where 'renewal:<90d' --as calendar --out dates

Exit codes: 0 complete, 1 failed, 2 wrong usage, 3 partial answer.";

/// `run`.
#[derive(Debug, Args)]
#[command(after_help = RUN_EXAMPLES)]
pub struct RunArgs {
    /// What to do: health, renewal, qbr, churn, email, or another of `cs-copilot tasks list`.
    pub task: TaskId,
    /// The customer's id, or its name where only one customer has it. A task over the whole book needs none.
    #[arg(conflicts_with_all = ["all", "filter_by", "view"])]
    pub customer: Option<String>,
    /// Run for every customer of the book, worst first.
    #[arg(long)]
    pub all: bool,
    /// Run for those customers of whom this holds: a query, such as 'renewal:<60d arr:>100k'.
    #[arg(long = "where", value_name = "QUERY", conflicts_with_all = ["all", "view"])]
    pub filter_by: Option<String>,
    /// Run for the customers of a query that is kept under [views] in the configuration, by its name.
    #[arg(long, value_name = "NAME", conflicts_with = "all")]
    pub view: Option<String>,
    /// Who plans and writes: the rules, or a language model on the rules' data.
    #[arg(long, value_enum)]
    pub planner: Option<Planner>,
    /// Print what would be sent to the language model, and send nothing to it.
    #[arg(long, conflicts_with_all = ["all", "filter_by", "view"])]
    pub dry_run: bool,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: RunFormat,
    /// The quarter, such as 2024-Q4, that a QBR reviews (the last full one by default), or that a task of a period is over.
    #[arg(long, value_name = "QUARTER")]
    pub quarter: Option<Quarter>,
    /// Of a QBR: who reads it. The customer's edition has nothing internal in it.
    #[arg(long, value_enum, default_value_t)]
    pub edition: EditionArg,
    /// Write the answer as a file of this form, one a customer.
    #[arg(long = "as", value_name = "FORM", value_enum, requires = "out", conflicts_with_all = ["format", "dry_run"])]
    pub form: Option<Form>,
    /// The folder the files go to; it is made where it is not there, and files of the same name are replaced.
    #[arg(long, value_name = "DIR", requires = "form")]
    pub out: Option<PathBuf>,
}

/// Who reads a QBR.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum EditionArg {
    /// The house alone.
    #[default]
    Internal,
    /// The customer, too.
    Customer,
}

impl From<EditionArg> for Edition {
    fn from(edition: EditionArg) -> Self {
        match edition {
            EditionArg::Internal => Self::Internal,
            EditionArg::Customer => Self::Customer,
        }
    }
}

const ASK_EXAMPLES: &str = "\
What is asked for is found without a language model; one that is configured then answers what is about a customer. The
book itself answers what is about many: the question becomes a query, with which the answer begins.

Examples:
  cs-copilot ask when does Globex renew and who is the contact
  cs-copilot ask what should I worry about at Globex before the renewal
  cs-copilot ask \"draft the renewal email\" --customer acme
  cs-copilot ask \"renewals next quarter over 50k\" --format markdown
  cs-copilot ask \"compare Acme and Globex\"
  cs-copilot ask --continue and the contact
  cs-copilot ask --conversations

Exit codes: 0 complete, 1 failed, 2 no customer to be found in it, 3 not the whole answer: some of it is missing, or words
were not understood; it says which.";

/// `ask`.
#[derive(Debug, Args)]
#[command(after_help = ASK_EXAMPLES)]
pub struct AskArgs {
    /// What you want to know. Quotes are needed only for what the shell would take for its own.
    #[arg(required_unless_present_any = ["conversations", "delete"])]
    pub question: Vec<String>,
    /// The customer it is about, by id or name, whatever names are in the question.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// Go on with the last conversation, or with the one of this id: its customer is meant where none is named.
    #[arg(long = "continue", value_name = "ID", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub follow: Option<String>,
    /// List the conversations that are kept on this machine.
    #[arg(long, conflicts_with_all = ["question", "delete"])]
    pub conversations: bool,
    /// Forget the conversation of this id.
    #[arg(long, value_name = "ID", conflicts_with = "question")]
    pub delete: Option<String>,
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

const EVAL_EXAMPLES: &str = "\
Every answer is judged: that it has its shape, comes from the planner that was asked for, called the tools it needs and
no others, has the tool's own health and a cause for each action, that nothing in it must not go out, and that it kept its
limits. Of a model, what it wrote is measured before anything is taken out, against the limits under [eval]. Data that is
missing is no fault where the answer says so. The results are kept on the tools server.

They are compared with an earlier evaluation, by the cases (a task for a customer) that both have. A regression is: a case
that passed and does not now; a task whose 95th percentile doubled and grew by 500 ms (of 20 runs or more); a task that
takes 25 % more tokens a run.

Where --against names none, it is one of the last 5 that were finished, by the same planner and model: the newest of
those that have the most cases of this one. One with a regression is passed over, so that getting worse does not become
the measure; to make it the measure all the same, delete the better ones.

Examples:
  cs-copilot eval                                    five customers, always the same ones
  cs-copilot eval --all                              the whole book
  cs-copilot eval --customers acme,globex --tasks renewal,email --planner llm --repeat 3
  cs-copilot eval --sample 20 --seed 7 --format junit > eval.xml
  cs-copilot eval --list                             those that are kept
  cs-copilot eval --delete eval-0123456789abcdef

Exit codes: 0 all passed, 1 a regression (or no evaluation at all), 2 wrong usage or no model where --planner llm asks for
one, 3 no regression but some did not pass or a limit under [eval] was passed, 130 interrupted: what ran until then is kept.";

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
    #[arg(long, value_name = "TASK", value_delimiter = ',')]
    pub tasks: Vec<TaskId>,
    /// Who plans and writes: the rules, or a language model on the rules' data.
    #[arg(long, value_enum)]
    pub planner: Option<Planner>,
    /// Run every task so many times for every customer.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub repeat: u32,
    /// Compare with this evaluation, or with none; see below for what is chosen when absent.
    #[arg(long, value_name = "ID|none", value_parser = against)]
    pub against: Option<Against>,
    /// List the evaluations that are kept, newest first, and run nothing.
    #[arg(long, conflicts_with_all = OF_A_RUN)]
    pub list: bool,
    /// Delete this evaluation with its results, and run nothing.
    #[arg(long, value_name = "ID", conflicts_with_all = OF_A_RUN, conflicts_with_all = ["list", "format"])]
    pub delete: Option<EvalId>,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t)]
    pub format: EvalFormat,
}

/// What says how to run an evaluation.
const OF_A_RUN: [&str; 8] = ["customers", "all", "sample", "seed", "tasks", "planner", "repeat", "against"];

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
