//! Which facts a query reads.

use contracts::{
    query::{Filter, Query},
    reading::FactId,
};

use crate::facts::{Fact, find};

/// The facts that a query reads, each once, in its order.
pub fn facts(query: &Query) -> Vec<&'static Fact> {
    let mut ids = Vec::new();
    of_filter(&query.filter, &mut ids);
    ids.extend(query.group.iter().map(|group| &group.fact));
    ids.extend(query.measure.iter().filter_map(|measure| measure.fact()));
    ids.extend(query.order.iter().map(|order| &order.fact));
    let mut facts: Vec<&'static Fact> = Vec::new();
    for fact in ids.into_iter().filter_map(|id| find(id.as_str())) {
        if facts.iter().all(|known| known.id != fact.id) {
            facts.push(fact);
        }
    }
    facts
}

/// Whether a filter reads facts that are made over the days of a period.
pub fn is_of_period(filter: &Filter) -> bool {
    let mut ids = Vec::new();
    of_filter(filter, &mut ids);
    ids.into_iter().filter_map(|id| find(id.as_str())).any(Fact::is_of_period)
}

/// The facts that a filter reads, as often as it does.
pub(super) fn of_filter<'q>(filter: &'q Filter, ids: &mut Vec<&'q FactId>) {
    match filter {
        Filter::All(filters) | Filter::Any(filters) => filters.iter().for_each(|filter| of_filter(filter, ids)),
        Filter::Not(filter) => of_filter(filter, ids),
        Filter::Compare { fact, .. } | Filter::Missing(fact) | Filter::Stale(fact) => ids.push(fact),
    }
}
