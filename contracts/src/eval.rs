//! Evaluations: tasks that were run over many customers, every answer judged, and what the calls behind it took.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{CustomerId, EvalId, Line, TaskId, planner::PlanSource, tools::ToolName};

/// How many results one batch may carry.
pub const MAX_BATCH: usize = 50;
/// How many results one page may have.
pub const MAX_PAGE: u32 = 500;
/// How many evaluations one list may have.
pub const MAX_SESSIONS: u32 = 200;
/// How many checks one result may have.
pub const MAX_CHECKS: usize = 20;
/// How many steps one result may have.
pub const MAX_STEPS: usize = 100;
/// The longest name, detail or error, in characters.
pub const MAX_TEXT: usize = 300;
/// More tokens than any run takes, and few enough that sums of them are numbers of the database.
pub const MAX_TOKENS: u64 = u32::MAX as u64;

/// The body of `POST /v1/evals`: an evaluation begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct NewEval {
    /// The evaluation.
    pub id: EvalId,
    /// Who is to plan every run of it.
    pub planner: PlanSource,
    /// The language model, where one plans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_TEXT))]
    pub model: Option<Line>,
    /// The tasks, each of them once.
    #[schemars(length(min = 1))]
    pub tasks: Vec<TaskId>,
    /// How many customers.
    #[schemars(range(min = 1))]
    pub customers: u32,
    /// How often every task is run for every customer.
    #[schemars(range(min = 1))]
    pub repeat: u32,
    /// The day (UTC) the answers count from.
    pub as_of: NaiveDate,
}

impl NewEval {
    /// How many runs there are in all.
    pub fn cases(&self) -> u64 {
        self.tasks.len() as u64 * u64::from(self.customers) * u64::from(self.repeat)
    }
}

/// One evaluation, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvalSession {
    /// What was asked for.
    pub eval: NewEval,
    /// When the server heard of it first.
    pub created_at: DateTime<Utc>,
    /// When its last result came; absent while it runs and where it was broken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// What its results come to.
    pub totals: EvalTotals,
}

/// What results come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvalTotals {
    /// How many results there are.
    pub cases: u64,
    /// Those that passed every check.
    pub passed: u64,
    /// Those that failed one.
    pub failed: u64,
    /// Those with no answer in time.
    pub timeouts: u64,
    /// Those with no answer for another reason.
    pub errors: u64,
    /// Tokens that the model read.
    pub input_tokens: u64,
    /// Tokens that the model wrote.
    pub output_tokens: u64,
}

/// The body of `POST /v1/evals/{id}/results`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvalBatch {
    /// [`MAX_BATCH`] results at the most. One that was stored before is left as it is; one of a customer that is not in
    /// the book any more is dropped.
    #[schemars(length(max = MAX_BATCH))]
    pub results: Vec<EvalResult>,
    /// Whether these are the last ones.
    pub finished: bool,
}

/// How a run was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Every check passed.
    Pass,
    /// A check failed.
    Fail,
    /// There is no answer, because a call or the run did not end in time.
    Timeout,
    /// There is no answer, for another reason.
    Error,
}

impl Verdict {
    /// The word for people and for the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Timeout => "timeout",
            Self::Error => "error",
        }
    }
}

/// One thing that an answer is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// There is an answer, and what it lacks it names.
    Answered,
    /// It has the shape and the sizes that it should.
    Schema,
    /// The planner that was asked for gave it.
    Planner,
    /// Every tool that the task needs was called.
    RequiredTools,
    /// No tool was called that the task has no right to.
    AllowedTools,
    /// Nothing in it must not go out: no link, no secret, no other customer, and no word of the house in what the customer
    /// reads.
    #[serde(alias = "grounded")]
    Outward,
    /// Its health is the one that the tool calculated.
    Health,
    /// Every action names what triggered it, and that is in the data.
    Causes,
    /// It took no more rounds, calls and tokens than it may.
    Limits,
}

impl CheckName {
    /// The word for people and for the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Schema => "schema",
            Self::Planner => "planner",
            Self::RequiredTools => "required_tools",
            Self::AllowedTools => "allowed_tools",
            Self::Outward => "outward",
            Self::Health => "health",
            Self::Causes => "causes",
            Self::Limits => "limits",
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct Check {
    /// Which.
    pub check: CheckName,
    /// Whether it passed.
    pub passed: bool,
    /// What is wrong, where something is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_TEXT))]
    pub detail: Option<Line>,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StepOutcome {
    /// With an answer.
    Answered,
    /// The store has nothing for it.
    Missing,
    /// It failed.
    Failed,
}

impl StepOutcome {
    /// The word for people and for the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Missing => "missing",
            Self::Failed => "failed",
        }
    }
}

/// One call of a run: of a tool, or of the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ExecStep {
    /// The tool; absent where it is a turn of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<ToolName>,
    /// From its start to its end, in milliseconds.
    pub took_ms: f64,
    /// How it ended.
    pub outcome: StepOutcome,
    /// Why it has no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_TEXT))]
    pub error: Option<Line>,
}

/// What a language model wrote in a run, before anything of it was taken out, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ModelCounts {
    /// Lines of its own.
    pub lines: u32,
    /// Those of them that were taken out.
    pub removed: u32,
    /// Those that say what a statement says, which it should have named.
    #[serde(default, alias = "doubtful")]
    pub retold: u32,
    /// Those in another language than was asked for.
    #[serde(default)]
    pub foreign: u32,
    /// Those that the answer for another customer had before, too.
    pub repeated: u32,
    /// Statements that it named.
    pub ids: u32,
    /// Those of them that there are not, or that stay in the house.
    pub unknown_ids: u32,
    /// Tool calls that it may not make.
    pub refused_calls: u32,
    /// Statements that the task must carry and that there are.
    pub needed: u32,
    /// Those of them that the answer carries.
    pub carried: u32,
    /// Actions that it proposed.
    pub actions: u32,
    /// Those of them with a cause that there is.
    pub caused: u32,
    /// Lines of the answer that are shown, whoever wrote them.
    pub shown: u32,
    /// Those of them that are the model's.
    pub own: u32,
    /// From the start of the run to its first whole point, in milliseconds; absent where none came before the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_point_ms: Option<f64>,
}

/// One run of an evaluation. Customer, task and repeat name it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct EvalResult {
    /// The customer.
    pub customer_id: CustomerId,
    /// The customer's name.
    #[schemars(length(max = MAX_TEXT))]
    pub customer_name: Line,
    /// The task.
    pub task: TaskId,
    /// Which time it was run, from 1.
    #[schemars(range(min = 1))]
    pub repeat: u32,
    /// Who planned it in the end.
    pub plan_source: PlanSource,
    /// How it was judged.
    pub verdict: Verdict,
    /// What it was judged by.
    #[serde(deserialize_with = "crate::newer::known_items")]
    #[schemars(length(max = MAX_CHECKS))]
    pub checks: Vec<Check>,
    /// From the start of the run to its end, in milliseconds.
    pub latency_ms: f64,
    /// Turns of the model; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounds: Option<u32>,
    /// Tokens that the model read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = MAX_TOKENS))]
    pub input_tokens: Option<u64>,
    /// Tokens that the model wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = MAX_TOKENS))]
    pub output_tokens: Option<u64>,
    /// What the model wrote; absent where none was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<ModelCounts>,
    /// Its calls, in the order they ended. Read back only where they are asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::newer::known_items")]
    #[schemars(length(max = MAX_STEPS))]
    pub steps: Vec<ExecStep>,
}

impl EvalResult {
    /// What names it in its evaluation: customer, task and repeat.
    pub fn case(&self) -> (&CustomerId, &TaskId, u32) {
        (&self.customer_id, &self.task, self.repeat)
    }

    /// The checks that failed.
    pub fn failed_checks(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| !check.passed)
    }
}

/// The query of `GET /v1/evals`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvalsQuery {
    /// How many evaluations at the most, newest first, 1 to [`MAX_SESSIONS`]; 20 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_SESSIONS))]
    pub limit: Option<u32>,
}

/// The query of `GET /v1/evals/{id}/results`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvalResultsQuery {
    /// Only the results of this customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// Whether the results come with their steps.
    #[serde(default)]
    pub steps: bool,
    /// How many results at the most, 1 to [`MAX_PAGE`]; [`MAX_PAGE`] when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_PAGE))]
    pub limit: Option<u32>,
    /// How many results to pass over first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
}
