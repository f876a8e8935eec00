//! What deserves attention in a book on a day. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{
    CustomerId, ItemId,
    attention::{Attention, Item, State},
    book::Standing,
    query::Filter,
};
use domain::{
    attention::{Seen, items, looks_back, state_on, totals},
    case::Case,
    query::{LeavingOut, Truth, holds},
};

use crate::book::Entry;

/// A book as of a day.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Book {
    pub entries: Vec<Entry>,
    pub revision: u64,
    pub as_of: NaiveDate,
}

/// The customers of the book whose items look at an earlier day as well: of all of them, or of those for whom `filter` holds.
pub fn compared(now: &Book, filter: Option<&Filter>) -> Vec<CustomerId> {
    let is_wanted = |case: &Case| filter.is_none_or(|filter| holds(filter, case, now.as_of) == Truth::True);
    let cases = now.entries.iter().map(|entry| &entry.case).filter(|case| looks_back(case) && is_wanted(case));
    cases.map(|case| case.id.clone()).collect()
}

/// The items of the book `now`, with what became of them: all of them, or those of customers for whom `filter` holds.
/// `before` has those of its customers who are [`compared`], on the day that scores are compared with.
pub fn page(now: &Book, before: &Book, states: &BTreeMap<ItemId, State>, filter: Option<&Filter>) -> Attention {
    let as_of = now.as_of;
    let earlier: BTreeMap<&CustomerId, &Case> =
        before.entries.iter().map(|entry| (&entry.case.id, &entry.case)).collect();
    let seen = |entry: &'_ Entry| -> Option<&Case> { earlier.get(&entry.case.id).copied() };
    let seen: Vec<_> = now.entries.iter().map(|entry| Seen { now: &entry.case, before: seen(entry) }).collect();
    let truth = |case: &Case| filter.map_or(Truth::True, |filter| holds(filter, case, as_of));
    let wanted: BTreeSet<&CustomerId> =
        seen.iter().filter(|seen| truth(seen.now) == Truth::True).map(|seen| &seen.now.id).collect();
    let is_wanted = |item: &Item| item.about.customer().map_or(filter.is_none(), |id| wanted.contains(id));
    let with_state = |item: Item| {
        let kept = states.get(&item.id).cloned().unwrap_or_default();
        Item { state: state_on(kept, &item, as_of), ..item }
    };
    let cannot_say = |case: &&Case| case.standing() == Standing::Active && truth(case) == Truth::Unknown;
    let mut left_out = LeavingOut::default();
    for case in seen.iter().map(|seen| seen.now).filter(cannot_say) {
        filter.into_iter().for_each(|filter| left_out.add(filter, case));
    }
    Attention {
        items: items(&seen).into_iter().filter(is_wanted).map(with_state).collect(),
        totals: totals(seen.iter().map(|seen| seen.now).filter(|case| wanted.contains(&case.id)), as_of),
        left_out: left_out.finish(),
        as_of,
        revision: now.revision,
    }
}
