//! `generate_qbr_outline`: the review of the case's period, for the house or for the customer.

use contracts::{
    quarter::Quarter,
    tools::{Edition, QbrOutline},
};
use domain::{case::Case, outline};

use super::MissingData;

pub(super) fn run(case: &Case, edition: Edition) -> Result<QbrOutline, MissingData> {
    let name = &case.name;
    if case.period.from > case.as_of {
        return Err(MissingData(format!(
            "{} has not begun yet; {} is the last full quarter.",
            Quarter::of(case.period.from),
            Quarter::last_full(case.as_of)
        )));
    }
    outline::review(case, edition).ok_or_else(|| {
        MissingData(format!(
            "There is nothing to review of {name}; import usage.csv, tickets.csv or contracts.csv to add it."
        ))
    })
}
