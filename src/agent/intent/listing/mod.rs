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
    /// Whether it asks what to turn to, and nothing else.
    pub is_open: bool,
    /// Whether it asks for nobody in particular: where to begin, what to do today, the average of what has none.
    pub is_whole: bool,
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
        made: Vec::new(),
    };
    reader.time();
    reader.noting(Reader::bound);
    reader.noting(Reader::filter);
    for place in 0..readings.len() {
        reader.order(place);
    }
    for place in 0..readings.len() {
        reader.level(place);
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
    /// Readings that conditions were made of, and of which one each.
    made: Vec<(usize, usize)>,
}

impl Reader<'_> {
    /// Does it at every place, and notes which condition was made there.
    fn noting(&mut self, read: fn(&mut Self, usize)) {
        for place in 0..self.readings.len() {
            let before = self.listing.filters.clone();
            read(self, place);
            let is_new = |i: &usize| before.get(*i) != self.listing.filters.get(*i);
            let made = (0..self.listing.filters.len()).find(is_new);
            self.made.extend(made.map(|filter| (place, filter)));
        }
    }

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
        let is_summed = matches!(self.listing.wanted, Wanted::TotalArr | Wanted::Figure(..));
        let is_open = self.is_open();
        let is_whole = self.is_whole(is_open);
        let parts = self.listing.filters.len() + usize::from(self.listing.rank.is_some()) + usize::from(is_plural);
        if is_plural || is_ranked || is_summed || is_open || is_whole {
            self.rank_by_usual();
        }
        self.pass_over();
        // `The best` is of many things: alone it says little.
        let is_of_field = is_plural || self.readings.iter().any(is_telling);
        let weight = if is_of_field { 2 * parts + usize::from(is_ranked || is_summed) } else { parts };
        Asked {
            weight: weight.max(usize::from(is_open || is_whole)),
            is_ranked: is_ranked || is_summed,
            is_whole,
            is_open,
            is_plural,
            listing: self.listing,
        }
    }

    /// `What should I do today`: with those at the greatest risk one begins. The time is that of the work.
    fn is_open(&self) -> bool {
        let is_small = |reading: &Reading| {
            reading.meaning.is_some_and(|meaning| {
                !matches!(meaning.lean, Lean::Names(_))
                    && matches!(
                        meaning.sense,
                        Sense::Plain
                            | Sense::Determiner
                            | Sense::Be
                            | Sense::Does
                            | Sense::What
                            | Sense::Who
                            | Sense::Which
                            | Sense::Preposition
                            | Sense::To
                            | Sense::In
                            | Sense::And
                            | Sense::Degree(true, None)
                            | Sense::First
                            | Sense::Next
                            | Sense::This
                            | Sense::Unit(_)
                            | Sense::Day(_)
                            | Sense::Attend
                            | Sense::Begin
                            | Sense::Customers
                            | Sense::Customer
                    )
            })
        };
        self.has(|sense| matches!(sense, Sense::Attend | Sense::Begin)) && self.readings.iter().all(is_small)
    }

    fn is_whole(&self, is_open: bool) -> bool {
        let is_unmeasured =
            (0..self.readings.len()).any(|i| !self.used[i] && matches!(self.sense(i), Some(Sense::Middle(_))));
        let is_dated = self.has(|sense| matches!(sense, Sense::Begin | Sense::Day(_) | Sense::Unit(_)));
        (is_open && is_dated) || (is_unmeasured && self.readings.iter().any(is_telling))
    }

    fn says(&self, wanted: Sense) -> bool {
        self.has(|sense| sense == wanted)
    }

    /// Where a figure stands that nothing was made of.
    fn left(&self, column: Column) -> Option<usize> {
        (0..self.readings.len()).find(|&i| !self.used[i] && self.figure(i) == Some(column))
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
            || (is_counted && is_of_field && !self.is_of_tickets())
    }

    /// Whether tickets are spoken of, but not as what to rank by.
    fn is_of_tickets(&self) -> bool {
        self.left(Column::OpenTickets).is_some() || matches!(self.listing.wanted, Wanted::Figure(..))
    }

    /// Renewals are of those that have a date, and customers `with tickets` have one at least.
    fn imply(&mut self, is_plural: bool) {
        let filters = &self.listing.filters;
        let is_of_renewal = |it: &Filter| matches!(it, Filter::Renewal(_) | Filter::Without(Column::Renewal));
        let has_date = self.says(Sense::Renewals) && !filters.iter().any(is_of_renewal);
        let tickets = self.left(Column::OpenTickets).filter(|_| is_plural);
        if has_date {
            self.listing.filters.insert(0, Filter::Renewal(Window::Between(None, None)));
        }
        if let Some(place) = tickets {
            self.made.push((place, self.listing.filters.len()));
            self.listing.filters.push(Filter::OpenTickets(Side::AtLeast, 1));
        }
    }

    fn wanted(&self, is_plural: bool) -> Wanted {
        let (has_arr, has_filter) = (self.left(Column::Arr).is_some(), !self.listing.filters.is_empty());
        let is_total = (self.says(Sense::Total) || self.says(Sense::HowMuch)) && (has_arr || has_filter);
        let is_of_customers = self.says(Sense::Customers) || self.says(Sense::Who);
        // `What ARR renews next quarter` asks for a sum without the word.
        let is_sum = has_arr && has_filter && self.listing.rank.is_none() && !is_of_customers;
        if let wanted @ Wanted::Figure(..) = self.listing.wanted {
            return wanted;
        }
        let is_counted = (0..self.readings.len()).any(|i| !self.used[i] && self.sense(i) == Some(Sense::Count));
        match (is_counted && is_plural, is_total || is_sum) {
            (true, _) => Wanted::Count,
            (false, true) => Wanted::TotalArr,
            (false, false) => Wanted::Customers,
        }
    }

    /// Notes what was not understood; words that stand together are one expression.
    fn pass_over(&mut self) {
        let places: Vec<_> = (0..self.readings.len()).collect();
        let is_left =
            |i: usize| self.untimely.contains(&i) || self.is_either(i) || (!self.used[i] && is_lost(&self.readings[i]));
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
        let is_topic = |run: &&[usize]| run.iter().any(|&i| self.sense(i) == Some(Sense::Topic));
        let (untold, unread): (Vec<_>, Vec<_>) = runs.partition(is_topic);
        let texts = |runs: Vec<&[usize]>| runs.into_iter().map(text).filter(|text| !text.is_empty()).collect();
        (self.listing.untold, self.listing.unread) = (texts(untold), texts(unread));
    }

    /// `Or` between two conditions: both of them hold here.
    fn is_either(&self, place: usize) -> bool {
        let reading = self.readings[place];
        let is_or = reading.end == reading.start + 1 && self.words[reading.start].folded == "or";
        let before = self.made.iter().filter(|made| made.0 < place).max();
        let after = self.made.iter().filter(|made| made.0 > place).min();
        is_or && !self.used[place] && before.zip(after).is_some_and(|(before, after)| before.1 != after.1)
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
                | Sense::Vague
                | Sense::Level(_)
                | Sense::Middle(_)
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
