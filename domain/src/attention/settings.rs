//! What the user sets: how much a kind weighs, and how long one of it takes.

use std::collections::BTreeMap;

use contracts::attention::Kind;

/// How likely a kind of item costs the customer, in percent; 0 leaves the kind out of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights(BTreeMap<Kind, u32>);

/// How long it takes to deal with an item of a kind, in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes(BTreeMap<Kind, u32>);

impl Default for Weights {
    fn default() -> Self {
        Self::with(&BTreeMap::new())
    }
}

impl Default for Minutes {
    fn default() -> Self {
        Self::with(&BTreeMap::new())
    }
}

impl Weights {
    /// The usual ones, with these instead.
    pub fn with(set: &BTreeMap<Kind, u32>) -> Self {
        Self(over(usual_weight, set))
    }

    /// How much a kind weighs, in percent.
    pub fn of(&self, kind: Kind) -> u32 {
        self.0[&kind]
    }
}

impl Minutes {
    /// The usual ones, with these instead.
    pub fn with(set: &BTreeMap<Kind, u32>) -> Self {
        Self(over(usual_minutes, set))
    }

    /// How long a kind takes.
    pub fn of(&self, kind: Kind) -> u32 {
        self.0[&kind]
    }
}

fn over(usual: fn(Kind) -> u32, set: &BTreeMap<Kind, u32>) -> BTreeMap<Kind, u32> {
    Kind::ALL.into_iter().map(|kind| (kind, set.get(&kind).copied().unwrap_or_else(|| usual(kind)))).collect()
}

fn usual_weight(kind: Kind) -> u32 {
    match kind {
        Kind::RenewalOverdue => 90,
        Kind::Silent => 80,
        Kind::FollowUpDue | Kind::RevenueAtRisk => 70,
        Kind::UrgentTicket | Kind::UsageFell | Kind::ArrFell => 60,
        Kind::RenewalWindow | Kind::ScoreDropped | Kind::Gone => 50,
        Kind::NoTouch => 20,
        Kind::SourceFell | Kind::SourceStale => 10,
    }
}

fn usual_minutes(kind: Kind) -> u32 {
    match kind {
        Kind::RenewalOverdue | Kind::RenewalWindow => 20,
        Kind::Silent | Kind::UsageFell | Kind::RevenueAtRisk | Kind::ScoreDropped => 15,
        Kind::FollowUpDue | Kind::UrgentTicket | Kind::ArrFell | Kind::NoTouch => 10,
        Kind::Gone | Kind::SourceFell | Kind::SourceStale => 5,
    }
}
