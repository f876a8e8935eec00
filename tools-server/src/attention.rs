//! What deserves attention in a book on a day. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    CustomerId, ItemId,
    attention::{Attention, Item, State},
};
use domain::{
    attention::{Seen, items, state_on, totals},
    case::Case,
};

use crate::{book, store::Known};

/// Every item of the book `now`, with what became of it. `before` is the book of the day that scores are compared with.
pub fn page(now: Known, before: (Known, NaiveDate), states: BTreeMap<ItemId, State>, as_of: NaiveDate) -> Attention {
    let revision = now.revision;
    let now = cases(now, as_of);
    let before: BTreeMap<CustomerId, Case> =
        cases(before.0, before.1).into_iter().map(|case| (case.id.clone(), case)).collect();
    let seen: Vec<_> = now.iter().map(|now| Seen { now, before: before.get(&now.id) }).collect();
    let with_state = |item: Item| {
        let kept = states.get(&item.id).cloned().unwrap_or_default();
        Item { state: state_on(kept, &item, as_of), ..item }
    };
    let items = items(&seen).into_iter().map(with_state).collect();
    Attention { items, totals: totals(now.iter(), as_of), as_of, revision }
}

fn cases(known: Known, as_of: NaiveDate) -> Vec<Case> {
    book::entries(known, as_of).into_iter().map(|entry| entry.case).collect()
}
