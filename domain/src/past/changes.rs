//! What changed of a customer between two days.

use contracts::changes::{Became, CustomerChanges};

use crate::{
    case::Case,
    difference::{Difference, difference, heads_the_news},
};

/// What changed from one day to the other; nothing where nothing did. Before the day it was told of first a customer is
/// not there. With `all` every fact that changed is told, else those that head the news.
pub fn changes(before: Option<&Case>, after: &Case, all: bool) -> Option<CustomerChanges> {
    let became = match before {
        None => Became::New,
        Some(before) => match (&before.gone, &after.gone) {
            (None, Some(_)) => Became::Gone,
            (Some(_), None) => Became::Back,
            _ => Became::Stayed,
        },
    };
    let Difference { facts, score } = before.map_or_else(Difference::default, |before| difference(before, after));
    let changed = facts.len();
    let facts: Vec<_> = facts.into_iter().filter(|changed| all || heads_the_news(&changed.fact)).collect();
    let score = score.filter(|score| score.from_bp != score.to_bp);
    if became == Became::Stayed && changed == 0 && score.is_none() {
        return None;
    }
    let case = before.filter(|_| became == Became::Gone).unwrap_or(after);
    let more = u32::try_from(changed - facts.len()).unwrap_or(u32::MAX);
    let arr = case.contract.any().map(|contract| contract.arr.clone()).unwrap_or_default();
    Some(CustomerChanges { id: after.id.clone(), name: after.name.clone(), became, arr, facts, more, score })
}
