//! `calculate_health`: the report of [`domain::health`] on what is known of a customer.

use contracts::{health::Why, tools::HealthReport};
use domain::{case::Case, health};

use super::MissingData;

pub(super) fn run(case: &Case) -> Result<HealthReport, MissingData> {
    let report = health::of(case);
    if report.contributions.is_empty() && report.gaps.iter().all(|gap| gap.why == Why::Missing) {
        return Err(MissingData(format!(
            "There is nothing to score {} by; import usage.csv, tickets.csv or contracts.csv to add it.",
            case.name
        )));
    }
    Ok(report)
}
