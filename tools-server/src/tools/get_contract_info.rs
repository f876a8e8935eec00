//! `get_contract_info`: all contracts together, the customer and its people.

use contracts::{facts::Part, tools::ContractReport};
use domain::{case::Case, facts::read_part};

use super::MissingData;

pub(super) fn run(case: &Case) -> Result<ContractReport, MissingData> {
    let (Some(contract), Some(source)) = (case.contract.any(), case.contract.source()) else {
        return Err(MissingData(format!("There is no contract of {}; import contracts.csv to add it.", case.name)));
    };
    let parts = [Part::Contracts, Part::Customers, Part::Contacts, Part::Satisfaction, Part::Activity];
    Ok(ContractReport {
        renewal_date: contract.main.renewal_date,
        days_to_renewal: contract.main.renewal_date.map(|date| -case.days_since(date)),
        arr: contract.main_arr().cloned(),
        plan: contract.main.plan.clone(),
        seats: contract.seats,
        auto_renew: contract.main.auto_renew,
        stale: case.contract.is_stale(),
        source: source.clone(),
        facts: parts.into_iter().flat_map(|part| read_part(case, part)).collect(),
    })
}
