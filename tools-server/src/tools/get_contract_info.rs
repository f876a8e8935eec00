//! `get_contract_info`: all contracts together, the customer and its people.

use contracts::tools::{ContractReport, GetContractInfo};
use domain::case::Case;

use super::{MissingData, facts};

pub(super) fn run(case: &Case) -> Result<ContractReport, MissingData> {
    let (Some(contract), Some(source)) = (case.contract.any(), case.contract.source()) else {
        return Err(MissingData(format!("There is no contract of {}; import contracts.csv to add it.", case.name)));
    };
    Ok(ContractReport {
        renewal_date: contract.main.renewal_date,
        days_to_renewal: contract.main.renewal_date.map(|date| -case.days_since(date)),
        arr: contract.main_arr().cloned(),
        plan: contract.main.plan.clone(),
        seats: contract.seats,
        auto_renew: contract.main.auto_renew,
        stale: case.contract.is_stale(),
        source: source.clone(),
        facts: facts::<GetContractInfo>(case),
    })
}
