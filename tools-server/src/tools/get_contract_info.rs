//! `get_contract_info`: all contracts together, the customer and its people.

use contracts::{
    facts::Part,
    reading::Reading,
    tools::{ContractReport, GetContractInfo},
};
use domain::{case::Case, facts::find};

use super::{MissingData, facts};

/// What it tells of besides contracts: without one it answers where any of these is known.
const PEOPLE: [Part; 3] = [Part::Contacts, Part::Satisfaction, Part::Activity];

pub(super) fn run(case: &Case) -> Result<ContractReport, MissingData> {
    let facts = facts::<GetContractInfo>(case);
    let is_of_people = |reading: &&Reading| find(reading.fact.as_str()).is_some_and(|fact| PEOPLE.contains(&fact.part));
    let told = || facts.iter().filter(is_of_people).find_map(|reading| reading.knowledge.source());
    let Some(source) = case.contract.source().or_else(told).cloned() else {
        return Err(MissingData(format!("There is no contract of {}; import contracts.csv to add it.", case.name)));
    };
    let contract = case.contract.any();
    let renewal_date = contract.and_then(|contract| contract.main.renewal_date);
    Ok(ContractReport {
        renewal_date,
        days_to_renewal: renewal_date.map(|date| -case.days_since(date)),
        arr: contract.and_then(|contract| contract.main_arr().cloned()),
        plan: contract.and_then(|contract| contract.main.plan.clone()),
        seats: contract.and_then(|contract| contract.seats),
        auto_renew: contract.and_then(|contract| contract.main.auto_renew),
        stale: case.contract.is_stale(),
        source,
        facts,
    })
}
