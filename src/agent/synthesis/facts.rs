//! The figures behind the answer, each with its source.

use contracts::{
    Line,
    facts::Source,
    planner::Fact,
    reading::{Knowledge, Reading},
};
use domain::facts::find;

use super::Case;
use crate::words;

/// The facts that stand under an answer, in this order, and how each is told.
const UNDER_AN_ANSWER: [(&str, Told); 19] = [
    ("usage.change", Told::InAClause),
    ("usage.now", Told::AsAFigure),
    ("usage.last_seen", Told::AsAFigure),
    ("usage.per_seat", Told::AsAFigure),
    ("tickets.open", Told::AsAFigure),
    ("tickets.urgent", Told::AsAFigure),
    ("tickets.oldest_days", Told::AsAFigure),
    ("contract.renewal_date", Told::AsAFigure),
    ("contract.notice_by", Told::AsAFigure),
    ("contract.arr", Told::AsAFigure),
    ("contract.arr_change", Told::InAClause),
    ("contract.plan", Told::AsAFigure),
    ("contract.seats", Told::AsAFigure),
    ("contract.auto_renew", Told::AsAFigure),
    ("satisfaction.latest", Told::AsAFigure),
    ("activity.last_touch", Told::InAClause),
    ("activity.agreed", Told::InAClause),
    ("activity.open_follow_ups", Told::InAClause),
    ("activity.next_follow_up", Told::InAClause),
];

/// How a fact is told that is fresh. What is stale is always a figure with its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    AsAFigure,
    InAClause,
}

pub(super) fn facts(case: &Case<'_>) -> Vec<Fact> {
    let under = UNDER_AN_ANSWER.iter().filter_map(|&(id, told)| figure(case, case.reading(id)?, told));
    health(case).into_iter().chain(under).collect()
}

fn health(case: &Case<'_>) -> Option<Fact> {
    let health = case.health?;
    let source = Source { origin: Line::new(&format!("health model {}", health.model)), as_of: health.as_of };
    Some(Fact { label: "Health".into(), value: Line::new(&words::standing(health)), source, stale: false })
}

pub(super) fn figure(case: &Case<'_>, reading: &Reading, told: Told) -> Option<Fact> {
    let fact = find(reading.fact.as_str())?;
    let (value, source) = match &reading.knowledge {
        Knowledge::Known { value, source } => {
            let clause = reading.says.as_ref().filter(|_| told == Told::InAClause);
            (clause.map_or_else(|| fact.figure(value), |says| says.about.to_string()), source)
        }
        Knowledge::Stale { value, source } => {
            (format!("{}, last known {}", fact.dated(value, case.as_of), words::date(source.as_of)), source)
        }
        Knowledge::Missing => return None,
    };
    let (label, stale) = (fact.heading.into(), reading.knowledge.is_stale());
    Some(Fact { label, value: Line::new(&value), source: source.clone(), stale })
}
