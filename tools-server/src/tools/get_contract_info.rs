//! `get_contract_info`: the contract, with the days to its renewal counted from today.

use chrono::NaiveDate;
use contracts::tools::ContractReport;

use super::MissingData;
use crate::store::CustomerFacts;

pub(super) fn run(facts: &CustomerFacts, today: NaiveDate) -> Result<ContractReport, MissingData> {
    let contract = facts.contract.clone().ok_or_else(|| {
        MissingData(format!("There is no contract of {}; import contracts.csv to add it.", facts.customer.name))
    })?;
    Ok(ContractReport {
        days_to_renewal: contract.days_to_renewal(today),
        renewal_date: contract.renewal_date,
        arr: contract.arr,
        plan: contract.plan,
        seats: contract.seats,
        auto_renew: contract.auto_renew,
        source: contract.source,
    })
}
