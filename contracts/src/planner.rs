//! What a planner answers for a task.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line, TaskId, Text,
    block::{Block, By, Place},
    facts::Source,
    failure::Failure,
    tools::{EmailDraft, HealthReport, QbrOutline, ToolName},
};

/// Who planned a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlanSource {
    /// The rules of this program.
    Deterministic,
    /// A language model, under the rules' guardrails.
    Llm,
}

/// How soon an action should be taken, most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Urgency {
    Today,
    ThisWeek,
    ThisMonth,
    ThisQuarter,
}

impl Urgency {
    /// The words for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::ThisWeek => "this week",
            Self::ThisMonth => "this month",
            Self::ThisQuarter => "this quarter",
        }
    }
}

/// Something to do, and the data that triggered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// What to do, in one sentence.
    pub text: Line,
    /// Who wrote what to do.
    #[serde(default)]
    pub by: By,
    /// How soon.
    pub urgency: Urgency,
    /// Who should do it, or with whom: a role or a contact of the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Line>,
    /// Who is to see to it, as the book names the customer's owner; the reader where nobody is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Line>,
    /// About how many minutes it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// The day by which it should be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// What triggered it, as the program writes it, such as `logins a day fell from 41 to 29, by 29%`.
    pub because: Line,
}

/// A day of the customer that belongs into a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyDate {
    /// What is on it.
    pub what: DateKind,
    /// The day (UTC).
    pub on: NaiveDate,
}

/// What a day is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// The contract is up for renewal.
    Renewal,
    /// The contract renews by itself.
    AutomaticRenewal,
    /// The last day on which the contract can be ended or changed.
    Notice,
    /// A follow-up is due.
    FollowUp,
    /// The customer hears again, as the email promises.
    Promise,
    /// The next review.
    Review,
}

/// One figure of the answer with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// What it is, such as `Renewal`.
    pub label: Line,
    /// The figure, such as `USD 120,000`; a stale one says when it was last known.
    pub value: Line,
    /// Where it comes from.
    pub source: Source,
    /// Whether it is too old to speak of as present.
    #[serde(default)]
    pub stale: bool,
}

/// A tool that the run called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsedTool {
    /// Which.
    pub name: ToolName,
    /// From the run's start of the call to its end, in milliseconds.
    pub took_ms: f64,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    /// What the store does not have, where that is why there is no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Line>,
}

/// Why a tool was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The step, from 1.
    pub step: u32,
    /// The tool.
    pub tool: ToolName,
    /// The reason, in one sentence.
    pub reason: Line,
}

/// How long a run took, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct TimingInfo {
    pub planning_ms: f64,
    pub tool_execution_ms: f64,
    pub total_ms: f64,
}

/// What a run took from a language model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelUsage {
    /// The model, as it was asked for.
    pub model: Line,
    /// How many turns it had.
    pub rounds: u32,
    /// Tokens it read, over all turns.
    pub input_tokens: u64,
    /// Tokens it wrote, over all turns.
    pub output_tokens: u64,
}

/// What a run answers. What the program writes in it has data behind it, what a language model wrote is marked as such,
/// and what is not there is named in `notes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlannerResult {
    /// The customer.
    pub customer_id: CustomerId,
    /// The task.
    pub task: TaskId,
    /// The task's title, as it was when it was run; empty in answers that were kept before titles were.
    #[serde(default, skip_serializing_if = "Line::is_empty")]
    pub title: Line,
    /// What was asked, in the user's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Line>,
    /// The day (UTC) the answer counts from.
    pub as_of: NaiveDate,
    /// The revision of the book that the answer was made of; of several, the oldest. Absent where no call told one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
    /// The answer in a few sentences: the blocks of the summary as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// The lines of summary, email and outline, each with who wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::newer::known_items")]
    pub blocks: Vec<Block>,
    /// The figures behind the answer, each with its source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// The health report.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::newer::if_known")]
    pub health: Option<HealthReport>,
    /// What to do, most urgent first; seven at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::newer::known_items")]
    pub actions: Vec<Action>,
    /// The days of the customer that are still to come, as far as the tools of the task know them.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::newer::known_items")]
    pub dates: Vec<KeyDate>,
    /// The email.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_draft: Option<EmailDraft>,
    /// The outline of the meeting that the task is for: a QBR, or a talk about the renewal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qbr_outline: Option<QbrOutline>,
    /// The tools, in plan order.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub used_tools: Vec<UsedTool>,
    /// What is missing and why, and anything else the reader must know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Line>,
    /// Why each tool was called.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub decision_log: Vec<Decision>,
    /// Who planned the run.
    pub plan_source: PlanSource,
    /// Why this planner, where another was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_hint: Option<Line>,
    /// What a language model took, also where its answer was not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<ModelUsage>,
    /// How long it took.
    pub timing_info: TimingInfo,
}

/// Whether an answer is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Every tool answered.
    Complete,
    /// Some data is missing or some tool failed; the rest is there.
    Partial,
    /// No tool answered.
    Failed,
}

impl PlannerResult {
    /// The most actions of an answer: more than a handful is not worked through.
    pub const MAX_ACTIONS: usize = 7;
    /// The longest summary, in characters: a handover is a page, and nothing is longer.
    pub const MAX_SUMMARY: usize = 4_000;

    /// The lines of a part, in their order. An answer that was kept without them counts as written by who planned it.
    pub fn lines_of(&self, place: Place) -> Vec<Block> {
        let lines: Vec<_> = self.blocks.iter().filter(|block| block.place == place).cloned().collect();
        if !lines.is_empty() {
            return lines;
        }
        let by = if self.plan_source == PlanSource::Llm { By::Model } else { By::Program };
        match place {
            Place::Summary => Block::of_summary(by, self.summary.iter().map(Text::as_str)).collect(),
            Place::Email => self.email_draft.iter().flat_map(|draft| Block::of_email(by, draft)).collect(),
            Place::Outline => self.qbr_outline.iter().flat_map(|outline| Block::of_outline(by, outline)).collect(),
        }
    }

    /// The same answer with another draft, and who wrote it.
    pub fn with_draft(mut self, by: By, draft: EmailDraft) -> Self {
        self.blocks.retain(|block| block.place != Place::Email);
        self.blocks.extend(Block::of_email(by, &draft));
        Self { email_draft: Some(draft), ..self }
    }

    /// The same answer with another outline, and who wrote it.
    pub fn with_outline(mut self, by: By, outline: QbrOutline) -> Self {
        self.blocks.retain(|block| block.place != Place::Outline);
        self.blocks.extend(Block::of_outline(by, &outline));
        Self { qbr_outline: Some(outline), ..self }
    }

    /// Whether a language model wrote any of it.
    pub fn has_model_lines(&self) -> bool {
        self.blocks.iter().any(|block| block.by == By::Model)
            || self.actions.iter().any(|action| action.by == By::Model)
    }

    /// What the answer is headed by.
    pub fn title(&self) -> Line {
        if self.title.is_empty() { Line::new(&self.task.title()) } else { self.title.clone() }
    }

    /// Whether the answer is whole, judged by its tools.
    pub fn completeness(&self) -> Completeness {
        let answered = self.used_tools.iter().filter(|tool| tool.error.is_none() && tool.missing.is_none()).count();
        match answered {
            n if n == self.used_tools.len() => Completeness::Complete,
            0 => Completeness::Failed,
            _ => Completeness::Partial,
        }
    }
}
