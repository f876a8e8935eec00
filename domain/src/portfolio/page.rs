//! The page itself, as it is shown and written.

use chrono::NaiveDate;
use contracts::{CustomerId, Line, facts::Money, health::Risk};
use serde::Serialize;

/// What a book comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Portfolio {
    /// The day (UTC) it counts from.
    pub as_of: NaiveDate,
    /// Those who count.
    pub all: Total,
    /// The same by risk, worst first.
    pub bands: Vec<Band>,
    /// Those at high risk: their whole yearly revenue, nothing weighed.
    pub at_risk: Total,
    /// Those whose renewal date has passed.
    pub overdue: Total,
    /// Those who renew in each month, by risk.
    pub renewals: Vec<Month>,
    /// The same customers in groups; empty where none was asked for.
    pub groups: Vec<Group>,
    /// Whose score fell most since the earlier day, and whose rose most.
    pub movers: Movers,
    /// Who does not use the product any more, most revenue first.
    pub silent: Named,
    /// Of whom something is too old to speak of as present.
    pub stale: Named,
    /// Who is gone from every source.
    pub gone: Named,
    /// How many are no customers any more.
    pub churned: usize,
    /// How much is known.
    pub coverage: Vec<Coverage>,
}

/// Customers and what they pay a year, one amount a currency.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// How many.
    pub customers: usize,
    /// What they pay.
    pub arr: Vec<Money>,
    /// Of how many that is not known, or too old.
    pub without_arr: usize,
}

/// Those of one risk.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// The risk.
    pub risk: Risk,
    /// What they come to.
    #[serde(flatten)]
    pub total: Total,
}

/// Those who renew in one month.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Month {
    /// Its first day.
    pub month: NaiveDate,
    /// All of them.
    #[serde(flatten)]
    pub total: Total,
    /// By risk, worst first.
    pub bands: Vec<Band>,
}

/// Those who have something in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// What it is; `not known` where that is missing.
    pub name: Line,
    /// All of them.
    #[serde(flatten)]
    pub total: Total,
    /// Those at high risk.
    pub at_risk: Total,
    /// How many do not use the product any more.
    pub silent: usize,
    /// Those who renew within 90 days.
    pub renewing_soon: Total,
}

/// Whose score moved.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Movers {
    /// The earlier day (UTC).
    pub since: NaiveDate,
    /// Whose fell most.
    pub fell: Vec<Mover>,
    /// Whose rose most.
    pub rose: Vec<Mover>,
}

/// A customer whose score moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Mover {
    pub id: CustomerId,
    pub name: Line,
    pub arr: Vec<Money>,
    /// The score on the earlier day, in basis points of a point.
    pub from_bp: u32,
    /// The score now, in the same.
    pub to_bp: u32,
}

/// Customers, the first of them by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// All of them.
    #[serde(flatten)]
    pub total: Total,
    /// Those with the most revenue.
    pub first: Vec<Line>,
}

/// How much is known of one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// What, such as `Usage now`.
    pub what: &'static str,
    /// Of how many it is known.
    pub known: usize,
    /// Of how many it is too old.
    pub stale: usize,
    /// Of how many it is missing.
    pub missing: usize,
}
