//! What a draft to a customer is about. The table that chooses it is the `domain` crate's; a letter is written from
//! nothing else than what stands here, in whatever language.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Line, reading::FactId};

/// The occasion of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Occasion {
    /// What it is about.
    pub about: About,
    /// What the customer is asked for.
    pub ask: Ask,
    /// The day by which the sender promises to write again; absent where nothing is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_on: Option<NaiveDate>,
    /// What is mentioned beside it, without being a condition of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Also>,
    /// Why nothing should be sent yet; absent where it may be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// The facts that the letter speaks of.
    pub statements: Vec<FactId>,
}

impl Occasion {
    /// The texts that others wrote.
    pub(crate) fn foreign(&mut self) -> Vec<&mut Line> {
        match &mut self.about {
            About::Incident { ticket, other, .. } => ticket.subject.iter_mut().chain(other).collect(),
            About::Waiting { ticket, .. } | About::Solved { ticket, .. } => ticket.subject.iter_mut().collect(),
            About::Recurred { subject, .. } => vec![subject],
            About::Decline { change, .. } | About::Growth { change, .. } => change.metric.iter_mut().collect(),
            About::Renewal { .. } | About::AutomaticRenewal { .. } | About::Silence { .. } | About::Hello { .. } => {
                Vec::new()
            }
        }
    }
}

/// What a draft is about: its kind, what of it matters and how pressing it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub enum About {
    /// Something is broken that hurts them.
    Incident {
        /// The one that waits longest.
        ticket: Mentioned,
        /// What the next one is about that is as serious, where it is the only one and can be named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<Line>,
        /// How many more are as serious, the one that is named among them.
        others: u32,
        /// Whole days since it was opened.
        days: i64,
        /// How long that is.
        open: Waited,
    },
    /// A contract is up for renewal that does not renew by itself.
    Renewal {
        /// When it renews.
        date: NaiveDate,
        /// Whole days to that; negative once it has passed.
        days: i64,
        /// How near that is.
        due: Due,
        /// The last day on which it can be ended or changed; absent where none is known, or where it has passed.
        notice_by: Option<NaiveDate>,
        /// Whether it is one of several contracts.
        #[serde(default)]
        several: bool,
    },
    /// Nobody uses the product any more.
    Silence {
        /// Since when.
        lasted: Lasted,
    },
    /// Usage falls.
    Decline {
        /// What moved.
        change: Change,
        /// How far it fell.
        fall: Fall,
    },
    /// Tickets wait for an answer.
    Waiting {
        /// The most serious one.
        ticket: Mentioned,
        /// How many are open in all.
        open: u32,
        /// When the oldest was opened.
        oldest: NaiveDate,
    },
    /// A contract renews by itself.
    AutomaticRenewal {
        /// When it renews.
        date: NaiveDate,
        /// Whole days to that; negative once it has passed.
        days: i64,
        /// The last day on which it can be ended or changed; absent where none is known, or where it has passed.
        notice_by: Option<NaiveDate>,
        /// Whether it is one of several contracts.
        #[serde(default)]
        several: bool,
    },
    /// The same problem came again and again.
    Recurred {
        /// What it is.
        subject: Line,
        /// How often it came in the period.
        times: u32,
        /// Whether one of its tickets is open.
        open: bool,
    },
    /// What they had reported was solved.
    Solved {
        /// The newest one solved.
        ticket: Mentioned,
        /// The day on which it was.
        closed_on: NaiveDate,
        /// How many were, in all.
        solved: u32,
    },
    /// Usage grows.
    Growth {
        /// What moved.
        change: Change,
        /// The share of their seats in use, in basis points, where few are left.
        seats: Option<i64>,
    },
    /// Nothing but that it is long since anybody was in touch.
    Hello {
        /// The day of the last touch, where one is on record.
        touched: Option<NaiveDate>,
    },
}

impl About {
    /// What the ticket is about that it speaks of, where it speaks of one by name.
    pub fn ticket(&self) -> Option<&Line> {
        match self {
            Self::Incident { ticket, .. } | Self::Waiting { ticket, .. } | Self::Solved { ticket, .. } => {
                ticket.subject.as_ref()
            }
            Self::Recurred { subject, .. } => Some(subject),
            _ => None,
        }
    }
}

/// A ticket as a letter speaks of it: without its code and its priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mentioned {
    /// What it is about; absent where the help desk does not say, or says it in words of the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Line>,
    /// The day on which it was opened.
    pub opened_on: NaiveDate,
}

/// Usage that moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What is measured; absent where its name has words of the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<Line>,
    /// Over how many days it is a total; absent where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// The value before.
    pub before: f64,
    /// The value of the last window.
    pub recent: f64,
    /// Whether it is compared with the same weeks a year ago.
    pub seasonal: bool,
}

/// How long something serious has been open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Waited {
    /// Three days at most.
    Days,
    /// Under two weeks.
    Week,
    /// Two weeks and more.
    TooLong,
}

/// How near a renewal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// It has passed, and nothing says that it was settled.
    Overdue,
    /// Within a week, today among it.
    Now,
    /// Within a month.
    Pressing,
    /// Inside the window in which one writes about it.
    Ahead,
    /// Outside of that.
    Far,
}

/// How long nobody has used the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lasted {
    /// Under two months.
    Weeks,
    /// Two months and more, or there never was any use.
    Months,
}

/// How far usage fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fall {
    /// Under 30%.
    Slight,
    /// 30% and more.
    Sharp,
}

/// What the customer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Nothing.
    Nothing,
    /// To say how it is, in a line.
    Reply,
    /// To say whether it works or went through.
    Confirm,
    /// A time to talk.
    Talk,
    /// A decision.
    Decide,
}

/// What is mentioned beside the occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Also {
    /// Tickets are open.
    Tickets {
        /// How many.
        open: u32,
    },
    /// Nobody uses the product any more.
    Silence,
    /// Usage falls.
    Decline,
}

/// Why nothing should be sent yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "why")]
pub enum Hold {
    /// It is no customer any more, or is gone from its source.
    NoCustomer,
    /// Nothing has happened since that day that one would write about.
    Nothing {
        /// The day.
        since: NaiveDate,
    },
    /// Somebody was in touch a few days ago.
    InTouch {
        /// The day.
        on: NaiveDate,
    },
    /// The renewal has passed and should have happened by itself: look first whether it did.
    Verify {
        /// When it was to renew.
        date: NaiveDate,
    },
    /// The renewal is too far away to write about.
    TooEarly {
        /// From when on one writes about it.
        from: NaiveDate,
    },
    /// Something is broken that hurts them: that comes first.
    IncidentFirst,
}

impl Hold {
    /// The day that it speaks of, where it speaks of one.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Nothing { since: day } | Self::InTouch { on: day } => Some(*day),
            Self::Verify { date: day } | Self::TooEarly { from: day } => Some(*day),
            Self::NoCustomer | Self::IncidentFirst => None,
        }
    }
}
