//! Attention: reasons to act, each with what it weighs and what became of it.
//!
//! Which reasons there are, and in what order they come, is the `domain` crate's; here is how they travel.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ActivityId, CustomerId, ItemId, Line, SourceName,
    facts::{Money, Part},
    query::LeftOut,
};

/// What kind of reason it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A follow-up that the user promised is due.
    FollowUpDue,
    /// The renewal date has passed, and the contract does not renew by itself.
    RenewalOverdue,
    /// The renewal is in sight.
    RenewalWindow,
    /// An urgent ticket is open.
    UrgentTicket,
    /// The product is not used any more.
    Silent,
    /// Usage is going down.
    UsageFell,
    /// The health score is well below what it was.
    ScoreDropped,
    /// Revenue hangs on a customer at high risk.
    RevenueAtRisk,
    /// The yearly contract value went down.
    ArrFell,
    /// The last touch is long ago. One that was never recorded is not.
    NoTouch,
    /// Every source that knew the customer has lost it.
    Gone,
    /// Most customers of a source fall together, which says more of the source than of them.
    SourceFell,
    /// What a source brought is too old to speak of as present.
    SourceStale,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::FollowUpDue,
        Self::RenewalOverdue,
        Self::RenewalWindow,
        Self::UrgentTicket,
        Self::Silent,
        Self::UsageFell,
        Self::ScoreDropped,
        Self::RevenueAtRisk,
        Self::ArrFell,
        Self::NoTouch,
        Self::Gone,
        Self::SourceFell,
        Self::SourceStale,
    ];

    /// The word for the wire and for settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FollowUpDue => "follow-up-due",
            Self::RenewalOverdue => "renewal-overdue",
            Self::RenewalWindow => "renewal-window",
            Self::UrgentTicket => "urgent-ticket",
            Self::Silent => "silent",
            Self::UsageFell => "usage-fell",
            Self::ScoreDropped => "score-dropped",
            Self::RevenueAtRisk => "revenue-at-risk",
            Self::ArrFell => "arr-fell",
            Self::NoTouch => "no-touch",
            Self::Gone => "gone",
            Self::SourceFell => "source-fell",
            Self::SourceStale => "source-stale",
        }
    }

    /// What it is called in a sentence: `an urgent ticket`.
    pub fn noun(self) -> &'static str {
        match self {
            Self::FollowUpDue => "a follow-up that is due",
            Self::RenewalOverdue => "an overdue renewal",
            Self::RenewalWindow => "a renewal in sight",
            Self::UrgentTicket => "an urgent ticket",
            Self::Silent => "silence",
            Self::UsageFell => "falling usage",
            Self::ScoreDropped => "a score that dropped",
            Self::RevenueAtRisk => "revenue at risk",
            Self::ArrFell => "less revenue",
            Self::NoTouch => "no touch for long",
            Self::Gone => "a customer gone from its source",
            Self::SourceFell => "a source that fell",
            Self::SourceStale => "a stale source",
        }
    }
}

/// Whom or what an item is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum About {
    /// A customer.
    Customer {
        /// Its id.
        id: CustomerId,
        /// Its name.
        name: Line,
    },
    /// What a source says of one part.
    Source {
        /// The source.
        name: SourceName,
        /// The part.
        part: Part,
    },
}

impl About {
    /// The customer, where it is about one.
    pub fn customer(&self) -> Option<&CustomerId> {
        match self {
            Self::Customer { id, .. } => Some(id),
            Self::Source { .. } => None,
        }
    }

    /// The name of the customer or the source.
    pub fn name(&self) -> &str {
        match self {
            Self::Customer { name, .. } => name.as_str(),
            Self::Source { name, .. } => name.as_str(),
        }
    }
}

/// Revenue beside the median of the customers that pay in its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// The yearly revenue.
    pub arr: Money,
    /// The median of its currency.
    pub median: Money,
}

/// What hangs on it: its revenue over the median of its currency, in thousandths; 1,000 where no revenue is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Worth {
    /// Never 0.
    pub thousandths: u64,
    /// What it is made of, one a currency; empty where no revenue is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Share>,
}

/// How likely it is that something is lost, before the weight of the kind, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Likelihood {
    /// 1 to 100.
    pub percent: u32,
    /// What it rests on.
    pub by: Grounds,
}

/// What a likelihood rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Grounds {
    /// On the health score, as it would be at the worst.
    Score(u32),
    /// Too little is known for a score.
    NoScore,
    /// On the kind alone.
    Kind,
}

/// How soon something has to be done, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Urgency {
    /// 1 to 100.
    pub percent: u32,
    /// What makes it so.
    pub by: Pressure,
}

/// What makes something urgent. Days are whole ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Pressure {
    /// So many days to the renewal; negative where it is overdue.
    Renewal(i64),
    /// So many days until notice can no longer be given.
    Notice(i64),
    /// A ticket has waited for so many days.
    Waiting(i64),
    /// A follow-up has been due for so many days.
    Due(i64),
    /// The kind alone.
    Kind,
}

/// What an item weighs. With the weight of its kind these make its priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Factors {
    pub value: Worth,
    pub likelihood: Likelihood,
    pub urgency: Urgency,
}

/// What became of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// It waits.
    #[default]
    Open,
    /// It was done on this day.
    Done(NaiveDate),
    /// It is out of sight until then.
    Snoozed(Until),
}

/// How long an item is out of sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Until {
    /// Until this day, when it is back.
    Day(NaiveDate),
    /// Until the item's [`situation`](Item::situation) is another than this one.
    Change(#[schemars(length(max = MAX_SITUATION))] Line),
}

/// The most items of one owner that are kept as done or snoozed: whoever reads what deserves attention reads all of them.
pub const MAX_STATES: u32 = 100_000;

/// The longest [`Item::situation`], in characters.
pub const MAX_SITUATION: usize = 400;

/// A reason to act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Made of whom it is about, its kind and its cause: the same from day to day, another where the cause is new.
    pub id: ItemId,
    /// What kind of reason it is.
    pub kind: Kind,
    /// Whom it is about.
    pub about: About,
    /// The reason, and what belongs to it, as statements.
    pub reasons: Vec<Line>,
    /// The day it turns on, such as that of the renewal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// The activity that promised it, where it is a follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<ActivityId>,
    /// What it weighs.
    pub factors: Factors,
    /// The facts that "something changes" looks at, in short.
    pub situation: Line,
    /// What became of it.
    #[serde(default)]
    pub state: State,
}

impl Item {
    /// The yearly revenue that hangs on it, one amount a currency.
    pub fn arr(&self) -> impl Iterator<Item = &Money> {
        self.factors.value.shares.iter().map(|share| &share.arr)
    }

    /// What the server is told to make of it.
    pub fn becomes(&self, state: State) -> NewState {
        NewState { customer_id: self.about.customer().cloned(), promised: self.promised.clone(), state }
    }
}

/// What renews in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RenewalMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// How many customers renew.
    pub customers: u32,
    /// Their yearly revenue, one amount a currency.
    pub arr: Vec<Money>,
}

/// What the book comes to. The churned and the gone are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// How many customers there are.
    pub customers: u32,
    /// How many of them are at high risk.
    pub high: u32,
    /// The yearly revenue of those, one amount a currency.
    pub at_risk: Vec<Money>,
    /// How many do not use the product any more.
    pub silent: u32,
    /// Of how many a part is too old to speak of as present.
    pub stale: u32,
    /// This month and those after it.
    pub renewals: Vec<RenewalMonth>,
}

/// The query of `GET /v1/attention`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttentionQuery {
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
    /// Only customers for whom this holds: a condition in the language of queries.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
}

/// The answer of `GET /v1/attention`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attention {
    /// Every item, done and snoozed ones included, by id.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub items: Vec<Item>,
    /// What the book comes to, or those of it who were asked for.
    pub totals: Totals,
    /// Who was left out because what was asked for is not known of them.
    #[serde(default)]
    pub left_out: LeftOut,
    /// The day (UTC) days are counted from.
    pub as_of: NaiveDate,
    /// The book's revision.
    #[serde(default)]
    pub revision: u64,
}

/// The body of `PUT /v1/attention/{item}`: what becomes of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewState {
    /// The customer it is about; absent where it is about a source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The activity that promised it, where it is a follow-up. One that was written here is closed with the item, and opened
    /// again with it; what another source says of its own is left to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<ActivityId>,
    /// What becomes of it; an open one is as if nothing had ever been said.
    pub state: State,
}
