use contracts::{TaskId, planner::PlannerResult, tools::ToolName};
use domain::{facts::Audience, tasks::Task};

/// What an answer is kept under: a customer has one answer of each task, and one to the last question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A task that was asked for by its key.
    Task(TaskId),
    /// What was asked in words.
    Ask,
}

/// A view of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Tab {
    Card,
    Summary,
    Actions,
    Email,
    Qbr,
    Signals,
    Json,
}

impl Tab {
    /// Every view, from left to right.
    pub const ALL: [Self; 7] =
        [Self::Card, Self::Summary, Self::Actions, Self::Email, Self::Qbr, Self::Signals, Self::Json];

    /// The words on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Card => "Card",
            Self::Summary => "Summary",
            Self::Actions => "Actions",
            Self::Email => "Email",
            Self::Qbr => "Outline",
            Self::Signals => "Signals",
            Self::Json => "JSON",
        }
    }

    /// The view that the answer to a task opens with: what the customer reads, where the task is for them.
    pub fn of(task: Option<&Task>) -> Self {
        match task.filter(|task| task.audience == Audience::Customer) {
            Some(task) if task.calls(ToolName::GenerateQbrOutline) => Self::Qbr,
            Some(_) => Self::Email,
            None => Self::Summary,
        }
    }

    /// Whether the answer has anything for this view.
    pub fn has_content(self, result: &PlannerResult) -> bool {
        match self {
            Self::Card | Self::Summary | Self::Json => true,
            Self::Actions => !result.actions.is_empty(),
            Self::Email => result.email_draft.is_some(),
            Self::Qbr => result.qbr_outline.is_some(),
            Self::Signals => result.health.is_some(),
        }
    }
}
