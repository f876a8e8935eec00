//! `calculate_health`: the report of [`domain::health`] on what is known of a customer.

use chrono::NaiveDate;
use contracts::health::{HealthReport, Why};
use domain::health::{HealthInputs, Renewal, report};

use super::MissingData;
use crate::store::{BookEntry, CustomerFacts, StoredContract, StoredRenewal};

/// The inputs of a row of the book.
pub fn inputs_of_entry(entry: &BookEntry, today: NaiveDate) -> HealthInputs {
    HealthInputs {
        usage: entry.trend.ok_or(Why::Missing),
        tickets: entry.open_tickets.ok_or(Why::Missing),
        renewal: renewal_of(entry.renewal.as_ref(), today),
    }
}

/// The inputs of all that is known of a customer.
pub fn inputs_of_facts(facts: &CustomerFacts, today: NaiveDate) -> HealthInputs {
    HealthInputs {
        usage: facts.usage.as_ref().ok_or(Why::Missing).and_then(|usage| usage.trend.ok_or(Why::TooFew)),
        tickets: facts.tickets.as_ref().map(|tickets| tickets.open).ok_or(Why::Missing),
        renewal: renewal_of(facts.contract.as_ref().and_then(StoredContract::renewal).as_ref(), today),
    }
}

fn renewal_of(renewal: Option<&StoredRenewal>, today: NaiveDate) -> Result<Renewal, Why> {
    renewal.map_or(Err(Why::Missing), |known| known.as_of(today))
}

pub(super) fn run(facts: &CustomerFacts, today: NaiveDate) -> Result<HealthReport, MissingData> {
    let report = report(&inputs_of_facts(facts, today), today);
    if report.contributions.is_empty() && report.gaps.iter().all(|gap| gap.why == Why::Missing) {
        return Err(MissingData(format!(
            "There is nothing to score {} by; import usage.csv, tickets.csv or contracts.csv to add it.",
            facts.customer.name
        )));
    }
    Ok(report)
}
