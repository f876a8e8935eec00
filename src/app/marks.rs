use std::collections::HashSet;

use contracts::CustomerId;

use super::{Lens, Model};

/// The customers that something is to be done with at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    marked: HashSet<CustomerId>,
    /// Where a range begins that goes to the cursor: a place of the list.
    pub(super) range: Option<usize>,
}

impl Marks {
    /// Marks those that are not all marked, or else takes their marks away.
    pub(super) fn toggle(&mut self, customers: Vec<CustomerId>) {
        if customers.iter().all(|customer| self.marked.contains(customer)) {
            customers.iter().for_each(|customer| {
                self.marked.remove(customer);
            });
        } else {
            self.marked.extend(customers);
        }
    }

    /// Marks those as well.
    pub(super) fn add(&mut self, customers: Vec<CustomerId>) {
        self.marked.extend(customers);
    }

    /// How many are marked, without a range that is not taken yet.
    pub fn len(&self) -> usize {
        self.marked.len()
    }

    /// Whether none is marked and no range is begun.
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty() && self.range.is_none()
    }
}

impl Model {
    /// Whether the customer at this place of the list is marked, or in a range that is being marked.
    pub fn is_marked(&self, place: usize, customer: &CustomerId) -> bool {
        let (cursor, _) = self.list();
        let is_between = |from: usize| (from.min(cursor)..=from.max(cursor)).contains(&place);
        self.marks.marked.contains(customer) || self.marks.range.is_some_and(is_between)
    }

    /// Whom an action is about: the marked, in the order of the list; else the customer under the cursor.
    pub fn targets(&self) -> Vec<CustomerId> {
        if self.marks.is_empty() {
            return self.selected().map(|row| row.id.clone()).into_iter().collect();
        }
        let (_, rows) = self.list();
        let listed = (0..rows).filter_map(|place| Some((place, self.customer_at(place)?)));
        let mut targets: Vec<_> =
            listed.filter(|(place, customer)| self.is_marked(*place, customer)).map(|(_, it)| it.clone()).collect();
        let seen: HashSet<_> = targets.iter().cloned().collect();
        // Those that a filter hides, or the other lens does not have.
        let hidden = self.book.rows().iter().map(|row| &row.id);
        targets.extend(hidden.filter(|id| self.marks.marked.contains(*id) && !seen.contains(*id)).cloned());
        targets
    }

    /// Where the cursor of the list is, and how many rows it has.
    pub fn list(&self) -> (usize, usize) {
        match self.lens {
            Lens::Today => (self.today.cursor(), self.today.rows().len()),
            Lens::Book => (self.book.cursor(), self.book.len()),
        }
    }

    /// The customer at a place of the list; none where that is about a source.
    pub fn customer_at(&self, place: usize) -> Option<&CustomerId> {
        match self.lens {
            Lens::Today => self.today.rows().get(place)?.about().customer(),
            Lens::Book => self.book.row(place).map(|row| &row.id),
        }
    }
}
