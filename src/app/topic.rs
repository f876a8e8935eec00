use contracts::planner::{PlannerResult, Task};

/// What an answer is kept under: a customer has one answer of each task, and one to the last question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A task that was asked for by its key.
    Task(Task),
    /// What was asked in words.
    Ask,
}

impl Topic {
    /// Every topic, in the order of the keys.
    pub fn all() -> impl Iterator<Item = Self> {
        Task::ALL.into_iter().map(Self::Task).chain([Self::Ask])
    }

    /// The words for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Task(task) => task.title(),
            Self::Ask => "Question",
        }
    }
}

/// A view of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Tab {
    Summary,
    Actions,
    Email,
    Qbr,
    Signals,
    Json,
}

impl Tab {
    /// Every view, from left to right.
    pub const ALL: [Self; 6] = [Self::Summary, Self::Actions, Self::Email, Self::Qbr, Self::Signals, Self::Json];

    /// The words on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Actions => "Actions",
            Self::Email => "Email",
            Self::Qbr => "Outline",
            Self::Signals => "Signals",
            Self::Json => "JSON",
        }
    }

    /// The view a topic opens with.
    pub fn of(topic: Topic) -> Self {
        match topic {
            Topic::Ask | Topic::Task(Task::Health | Task::Renewal | Task::Churn) => Self::Summary,
            Topic::Task(Task::Qbr) => Self::Qbr,
            Topic::Task(Task::Email) => Self::Email,
        }
    }

    /// Whether the answer has anything for this view.
    pub fn has_content(self, result: &PlannerResult) -> bool {
        match self {
            Self::Summary | Self::Json => true,
            Self::Actions => !result.actions.is_empty(),
            Self::Email => result.email_draft.is_some(),
            Self::Qbr => result.qbr_outline.is_some(),
            Self::Signals => result.health.is_some(),
        }
    }
}
