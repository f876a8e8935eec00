//! A question about the whole book: what of it was recognised.

mod filters;
mod order;

use contracts::Line;

use super::{
    lexicon::{Lean, Reading, Sense},
    words::{self, Word},
};
use crate::agent::book::{Column, Filter, Listing, Side, Wanted, Window};

/// A question about the book, and how much speaks for its being one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub listing: Listing,
    /// Whether it speaks of customers in the plural, of `who` or of `which` of them.
    pub is_plural: bool,
    /// Whether it has a superlative or a sum of a figure that one customer has only one of.
    pub is_ranked: bool,
    /// How much of it was recognised.
    pub weight: usize,
}

/// Reads what it can.
pub(super) fn read(readings: &[Reading], words: &[Word<'_>]) -> Asked {
    let mut reader = Reader {
        readings,
        words,
        listing: Listing::default(),
        used: vec![false; readings.len()],
        untimely: Vec::new(),
    };
    reader.time();
    for place in 0..readings.len() {
        reader.bound(place);
    }
    for place in 0..readings.len() {
        reader.filter(place);
    }
    for place in 0..readings.len() {
        reader.order(place);
    }
    reader.finish()
}

struct Reader<'a> {
    readings: &'a [Reading],
    words: &'a [Word<'a>],
    listing: Listing,
    used: Vec<bool>,
    /// Readings of a time that is not one of renewals.
    untimely: Vec<usize>,
}

impl Reader<'_> {
    fn sense(&self, place: usize) -> Option<Sense> {
        Some(self.readings.get(place)?.meaning?.sense)
    }

    fn has(&self, wanted: impl Fn(Sense) -> bool) -> bool {
        (0..self.readings.len()).any(|place| self.sense(place).is_some_and(&wanted))
    }

    fn figure(&self, place: usize) -> Option<Column> {
        match self.sense(place)? {
            Sense::Figure(column) => Some(column),
            Sense::Renewals => Some(Column::Renewal),
            _ => None,
        }
    }

    /// The place of the nearest figure in front.
    fn place_before(&self, place: usize) -> Option<usize> {
        (0..place).rev().find(|&i| !self.used[i] && self.figure(i).is_some())
    }

    fn figure_before(&self, place: usize) -> Option<Column> {
        self.place_before(place).and_then(|i| self.figure(i))
    }

    fn take(&mut self, places: impl IntoIterator<Item = usize>) {
        for place in places {
            self.used[place] = true;
        }
    }

    fn finish(mut self) -> Asked {
        let is_plural = self.is_plural();
        self.imply(is_plural);
        self.listing.wanted = self.wanted(is_plural);
        let is_ranked = self.has(is_superlative) && self.listing.rank.is_some();
        let is_summed = self.listing.wanted == Wanted::TotalArr;
        let parts = self.listing.filters.len() + usize::from(self.listing.rank.is_some()) + usize::from(is_plural);
        if is_plural || is_summed {
            self.rank_by_usual();
        }
        self.pass_over();
        // `The best` is of many things: alone it says little.
        let is_of_field = is_plural || self.readings.iter().any(is_telling);
        let weight = if is_of_field { 2 * parts + usize::from(is_ranked || is_summed) } else { parts };
        Asked { weight, is_ranked: is_ranked || is_summed, is_plural, listing: self.listing }
    }

    fn says(&self, wanted: Sense) -> bool {
        self.has(|sense| sense == wanted)
    }

    /// Whether a figure stands there that nothing was made of.
    fn is_left(&self, column: Column) -> bool {
        (0..self.readings.len()).any(|i| !self.used[i] && self.figure(i) == Some(column))
    }

    /// Whether tickets are spoken of, but not as what to rank by.
    fn has_tickets(&self) -> bool {
        self.listing.rank.is_none() && self.is_left(Column::OpenTickets)
    }

    /// Whether it is about customers in the plural. `Who` and `how many` may be others, where nothing of the field is
    /// said; and tickets can be counted as well.
    fn is_plural(&self) -> bool {
        let is_counted = self.says(Sense::Count);
        let is_one_of = self.says(Sense::Which) || is_counted || self.has(is_superlative);
        let is_of_field = self.readings.iter().any(is_telling);
        self.says(Sense::Customers)
            || self.says(Sense::Renewals)
            || (self.says(Sense::Customer) && is_one_of)
            || (self.says(Sense::Who) && is_of_field)
            || (is_counted && is_of_field && !self.has_tickets())
    }

    /// Renewals are of those that have a date, and customers `with tickets` have one at least.
    fn imply(&mut self, is_plural: bool) {
        let filters = &self.listing.filters;
        let is_of_renewal = |it: &Filter| matches!(it, Filter::Renewal(_) | Filter::Without(Column::Renewal));
        let has_date = self.says(Sense::Renewals) && !filters.iter().any(is_of_renewal);
        let has_tickets = is_plural && self.has_tickets() && !self.says(Sense::Count);
        if has_date {
            self.listing.filters.insert(0, Filter::Renewal(Window::Between(None, None)));
        }
        if has_tickets {
            self.listing.filters.push(Filter::OpenTickets(Side::AtLeast, 1));
        }
    }

    fn wanted(&self, is_plural: bool) -> Wanted {
        let (has_arr, has_filter) = (self.is_left(Column::Arr), !self.listing.filters.is_empty());
        let is_total = (self.says(Sense::Total) || self.says(Sense::HowMuch)) && (has_arr || has_filter);
        let is_of_customers = self.says(Sense::Customers) || self.says(Sense::Who);
        // `What ARR renews next quarter` asks for a sum without the word.
        let is_sum = has_arr && has_filter && self.listing.rank.is_none() && !is_of_customers;
        match (self.says(Sense::Count) && is_plural, is_total || is_sum) {
            (true, _) => Wanted::Count,
            (false, true) => Wanted::TotalArr,
            (false, false) => Wanted::Customers,
        }
    }

    /// Notes what was not understood; words that stand together are one expression.
    fn pass_over(&mut self) {
        let places: Vec<_> = (0..self.readings.len()).collect();
        let is_left = |i: usize| self.untimely.contains(&i) || (!self.used[i] && is_lost(&self.readings[i]));
        // `the` and `next` belong to what follows.
        let is_in_front = |i: usize| {
            let is_small = matches!(self.sense(i), Some(Sense::Determiner | Sense::Next | Sense::This));
            is_small && !self.used[i] && i + 1 < places.len() && is_left(i + 1)
        };
        let is_lost = |i: &usize| is_left(*i) || is_in_front(*i);
        let is_joined =
            |i: &usize, j: &usize| is_lost(i) && is_lost(j) && self.readings[*i].end == self.readings[*j].start;
        let runs = places.chunk_by(is_joined).filter(|run| is_lost(&run[0]));
        let text = |run: &[usize]| {
            let (first, last) = (self.readings[run[0]].start, self.readings[run[run.len() - 1]].end);
            Line::new(&words::typed(&self.words[first..last]))
        };
        self.listing.unread = runs.map(text).filter(|text| !text.is_empty()).collect();
    }
}

/// Whether the answer would be another one, had the word been understood.
fn is_lost(reading: &Reading) -> bool {
    reading.meaning.is_none_or(|meaning| {
        matches!(
            meaning.sense,
            Sense::Not
                | Sense::Without
                | Sense::Topic
                | Sense::Number(_)
                | Sense::Date(_)
                | Sense::Day(_)
                | Sense::Month(_)
                | Sense::Quarter(_)
                | Sense::Half(_)
                | Sense::Unit(_)
                | Sense::EndOf(_)
                | Sense::Last
                | Sense::Bound(_)
                | Sense::Tail(_)
                | Sense::Between
        )
    })
}

fn is_superlative(sense: Sense) -> bool {
    matches!(sense, Sense::Degree(..) | Sense::Top)
}

/// Whether the word is of the field.
pub(super) fn is_telling(reading: &Reading) -> bool {
    reading.meaning.is_some_and(|meaning| meaning.lean != Lean::No)
}
