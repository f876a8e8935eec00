//! Figures for a spreadsheet.

use contracts::planner::PlannerResult;
use domain::facts::csv::inert;

const HEADER: [&str; 6] = ["customer_id", "customer", "figure", "value", "source", "as_of"];

/// The figures of an answer, each with its source and day; `None` where there are none.
pub(super) fn figures(customer_name: &str, result: &PlannerResult) -> Option<String> {
    if result.facts.is_empty() {
        return None;
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(HEADER).ok()?;
    for fact in &result.facts {
        let (label, value, origin) = (fact.label.as_str(), fact.value.as_str(), fact.source.origin.as_str());
        let as_of = fact.source.as_of.to_string();
        let cells = [result.customer_id.as_str(), customer_name, label, value, origin, &as_of];
        out.write_record(cells.map(inert)).ok()?;
    }
    String::from_utf8(out.into_inner().ok()?).ok()
}
