//! `get_customer_usage`: usage with its trend, as the import computed it.

use contracts::tools::UsageReport;

use super::MissingData;
use crate::store::CustomerFacts;

pub(super) fn run(facts: &CustomerFacts) -> Result<UsageReport, MissingData> {
    facts.usage.clone().ok_or_else(|| {
        MissingData(format!("There is no usage of {}; import usage.csv to add it.", facts.customer.name))
    })
}
