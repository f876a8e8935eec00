//! What a CSM did with a customer and promised it: notes, calls, meetings and emails, each with what was agreed and what
//! is to follow, in the user's own words; and sendings, the answers that left the program.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActivityId, CustomerId, Line, MAX_LINE, SourceName, Text};

/// The longest text of an activity, in characters. What was agreed is a line, of
/// [`MAX_LINE`] at the most.
pub const MAX_WORDS: usize = 4_000;

/// How many activities one answer of `GET /v1/activity` may have.
pub const MAX_ACTIVITIES: u32 = 500;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActivityKind {
    /// Something to remember; the customer was not there.
    #[default]
    Note,
    /// A call.
    Call,
    /// A meeting.
    Meeting,
    /// An email that was sent.
    Email,
    /// An answer was made ready to be sent: a file, a draft, dates for a calendar. Nobody has it yet.
    Prepared,
    /// An answer went out by this program, to another system.
    Sent,
    /// Whether an answer went out is not known. It is never sent again by itself.
    Unknown,
}

impl ActivityKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Note, Self::Call, Self::Meeting, Self::Email, Self::Prepared, Self::Sent, Self::Unknown];

    /// Those that users note themselves.
    pub const NOTED: [Self; 4] = [Self::Note, Self::Call, Self::Meeting, Self::Email];

    /// The word for people, files and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Call => "call",
            Self::Meeting => "meeting",
            Self::Email => "email",
            Self::Prepared => "prepared",
            Self::Sent => "sent",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the customer was in touch: neither a note nor an answer on its way out is a touch.
    pub fn is_touch(self) -> bool {
        matches!(self, Self::Call | Self::Meeting | Self::Email)
    }

    /// Whether it is a sending: an answer on its way out of the program.
    pub fn is_sending(self) -> bool {
        matches!(self, Self::Prepared | Self::Sent | Self::Unknown)
    }
}

/// What was promised to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct FollowUp {
    /// The day (UTC) it is due.
    pub due: NaiveDate,
    /// The day (UTC) it was done or given up; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
}

impl FollowUp {
    /// Whether it is open on a day.
    pub fn is_open_on(self, day: NaiveDate) -> bool {
        self.closed_on.is_none_or(|closed| closed > day)
    }

    /// Whether it was closed on this very day.
    pub fn was_closed_on(self, day: NaiveDate) -> bool {
        self.closed_on == Some(day)
    }
}

/// Something that was done with a customer; the body of `PUT /v1/activity/{id}` and a row of `activity.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct Activity {
    /// Its id: the caller's own, or that of the system it comes from.
    pub id: ActivityId,
    /// The customer.
    pub customer_id: CustomerId,
    /// What was done.
    #[serde(default)]
    pub kind: ActivityKind,
    /// The day (UTC) it was done.
    pub on: NaiveDate,
    /// What there is to say of it; up to [`MAX_WORDS`] characters, not empty.
    #[schemars(length(min = 1, max = MAX_WORDS))]
    pub text: Text,
    /// What was agreed with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub agreed: Option<Line>,
    /// What is to follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
}

/// An activity, and who says so: `manual` is what users write here, and alone may be changed here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActivityRow {
    /// Who says so.
    pub source: SourceName,
    /// What was done.
    pub activity: Activity,
}

/// The query of `GET /v1/activity`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActivityQuery {
    /// Whose activity.
    pub customer_id: CustomerId,
    /// How many at the most, newest first; 100 when absent, [`MAX_ACTIVITIES`] at the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_ACTIVITIES))]
    pub limit: Option<u32>,
}
