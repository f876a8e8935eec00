//! What the formula looks at, and why it may not be there.

use chrono::NaiveDate;
use contracts::{
    facts::{Source, Trend},
    health::{Gap, HealthInput, HealthPart, Why},
    reading::Knowledge,
};

use crate::case::{Case, may_be_settled};

/// What the formula looks at, part by part: what is known, or why nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthInputs {
    /// Which way usage moves.
    pub usage: Result<Trend, Why>,
    /// How many tickets are open.
    pub tickets: Result<u32, Why>,
    /// When the contract renews.
    pub renewal: Result<Renewal, Why>,
}

/// A renewal whose day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// Whole days (UTC) to it; negative once it is overdue.
    pub days: i64,
    /// Whether it is known to come by itself.
    pub automatic: bool,
}

impl Renewal {
    /// What a renewal date says as of a day. One that has passed is overdue only where its source still names it
    /// afterwards: a contract that renews by itself has another date by then, and so may one that was not heard of since.
    pub fn of(date: NaiveDate, automatic: bool, source: &Source, as_of: NaiveDate) -> Result<Self, Why> {
        let days = date.signed_duration_since(as_of).num_days();
        match days {
            ..0 if automatic => Err(Why::RenewsByItself { on: date }),
            _ if may_be_settled(date, source, as_of) => Err(Why::Stale { source: source.clone() }),
            _ => Ok(Self { days, automatic }),
        }
    }
}

impl HealthInputs {
    /// The inputs that are in the score, in the order they are shown.
    pub(super) fn known(&self) -> impl Iterator<Item = HealthInput> {
        let usage = self.usage.as_ref().ok().map(|&trend| HealthInput::Usage(trend));
        let tickets = self.tickets.as_ref().ok().map(|&open| HealthInput::OpenTickets(open));
        let renewal = self.renewal.as_ref().ok();
        let renewal = renewal.map(|&Renewal { days, automatic }| HealthInput::Renewal { days, automatic });
        [usage, tickets, renewal].into_iter().flatten()
    }

    /// The parts that are not in the score, in the order they are shown.
    pub(super) fn gaps(&self) -> impl Iterator<Item = Gap> {
        let usage = (HealthPart::UsageTrend, self.usage.as_ref().err());
        let tickets = (HealthPart::OpenTickets, self.tickets.as_ref().err());
        let renewal = (HealthPart::DaysToRenewal, self.renewal.as_ref().err());
        [usage, tickets, renewal].into_iter().filter_map(|(part, why)| Some(Gap { part, why: why?.clone() }))
    }
}

/// The inputs of a customer, as of the day of the case.
pub fn inputs_of(case: &Case) -> HealthInputs {
    HealthInputs {
        usage: known(&case.usage).and_then(|(usage, _)| usage.trend.ok_or(Why::TooFew)),
        tickets: known(&case.tickets).map(|(tickets, _)| tickets.by_priority.total()),
        renewal: known(&case.contract).and_then(|(contract, source)| {
            let date = contract.main.renewal_date.ok_or(Why::Missing)?;
            Renewal::of(date, contract.main.auto_renew == Some(true), source, case.as_of)
        }),
    }
}

fn known<T>(knowledge: &Knowledge<T>) -> Result<(&T, &Source), Why> {
    match knowledge {
        Knowledge::Known { value, source } => Ok((value, source)),
        Knowledge::Stale { source, .. } => Err(Why::Stale { source: source.clone() }),
        Knowledge::Missing => Err(Why::Missing),
    }
}
