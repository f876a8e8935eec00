//! A question about the whole book: what of it was recognised.

use contracts::{Line, facts::Trend, health::Risk};

use super::{
    lexicon::{Lean, Reading, Sense},
    numbers::Number,
    time,
    words::Word,
};
use crate::agent::book::{Column, Filter, Listing, Rank, Side, Wanted, Window};

/// So many customers answer `who is most at risk`, where no number is said.
const USUAL_LIMIT: usize = 10;

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
    let mut reader = Reader { readings, words, listing: Listing::default(), used: vec![false; readings.len()] };
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

    /// The nearest figure in front.
    fn figure_before(&self, place: usize) -> Option<Column> {
        (0..place).rev().filter(|&i| !self.used[i]).find_map(|i| self.figure(i))
    }

    fn take(&mut self, places: impl IntoIterator<Item = usize>) {
        for place in places {
            self.used[place] = true;
        }
    }

    /// A time, which can only be that of renewals.
    fn time(&mut self) {
        if self.has(|sense| sense == Sense::Overdue) {
            self.listing.filters.push(Filter::Renewal(Window::Overdue));
            return;
        }
        let is_renewal = self.has(|sense| matches!(sense, Sense::Renewals | Sense::Figure(Column::Renewal)));
        let Some((window, places)) = time::find(self.readings) else { return };
        if is_renewal {
            self.listing.filters.push(Filter::Renewal(window));
        } else {
            let words = places.clone().flat_map(|i| self.readings[i].start..self.readings[i].end);
            let text: Vec<_> = words.map(|i| self.words[i].text).collect();
            self.listing.unread.push(Line::new(&text.join(" ")));
        }
        self.take(places);
    }

    /// `over 50k`, `under 3 tickets`, `score of at least 60`, `3 or more tickets`, `between 50k and 100k`.
    fn bound(&mut self, place: usize) {
        let number = |reader: &Self, place| match reader.sense(place) {
            Some(Sense::Number(number)) if !reader.used[place] => Some(number),
            _ => None,
        };
        match (self.sense(place), self.sense(place + 1)) {
            (Some(Sense::Between), _) => {
                let (Some(low), Some(high)) = (number(self, place + 1), number(self, place + 3)) else { return };
                let currency = high.currency.or(low.currency);
                let limits = [(Side::AtLeast, low), (Side::AtMost, high)];
                let filters = limits.map(|(side, n)| self.limit(place, place + 4, side, Number { currency, ..n }));
                if let [Some(low), Some(high)] = filters {
                    self.listing.filters.extend([low, high]);
                    self.take(place..place + 4);
                }
            }
            (Some(Sense::Bound(side)), _) => {
                let Some(found) = number(self, place + 1) else { return };
                if let Some(filter) = self.limit(place, place + 2, side, found) {
                    self.listing.filters.push(filter);
                    self.take(place..place + 2);
                }
            }
            (Some(Sense::Number(found)), Some(Sense::Tail(side))) if !self.used[place] => {
                if let Some(filter) = self.limit(place, place + 2, side, found) {
                    self.listing.filters.push(filter);
                    self.take(place..place + 2);
                }
            }
            _ => {}
        }
    }

    /// A bound of the figure that it stands by; of the ARR where it is an amount.
    fn limit(&mut self, start: usize, end: usize, side: Side, number: Number) -> Option<Filter> {
        let arr = || Some(Filter::Arr(side, number.minor, number.currency.map(Line::new)));
        if number.is_amount {
            return arr();
        }
        let behind = self.figure(end).map(|column| (column, Some(end)));
        let (column, place) = behind.or_else(|| Some((self.figure_before(start)?, None)))?;
        match column {
            Column::OpenTickets => {
                self.take(place.or_else(|| (0..start).rev().find(|&i| self.figure(i) == Some(column))));
                Some(Filter::OpenTickets(side, number.whole()?))
            }
            Column::Score => Some(Filter::Score(side, number.whole()?)),
            _ if column == Column::Arr || number.minor >= 100_000 => arr(),
            _ => None,
        }
    }

    /// Levels, trends, and what customers are without.
    fn filter(&mut self, place: usize) {
        let next = self.figure(place + 1);
        match self.sense(place) {
            Some(Sense::AtRisk) if self.is_negated(place) => self.risks(&[Risk::Low]),
            Some(Sense::AtRisk) => self.risks(&[Risk::High, Risk::Medium]),
            Some(Sense::Level(level)) => {
                let alone = next.is_none() && level != Risk::Unknown;
                let of_risk = next == Some(Column::Risk) || self.is_level_of_risk(place);
                let of_customers = alone && matches!(self.sense(place + 1), Some(Sense::Customers | Sense::Customer));
                if of_risk || of_customers {
                    let others = [Risk::High, Risk::Medium, Risk::Low].into_iter().filter(|&other| other != level);
                    let levels = if self.is_negated(place) { others.collect() } else { vec![level] };
                    self.risks(&levels);
                    self.take([place].into_iter().chain(next.map(|_| place + 1)));
                } else if let Some(by) = next.or_else(|| self.figure_before(place)) {
                    self.listing.rank = Some(Rank { by, descending: level == Risk::High });
                    self.take([place].into_iter().chain(next.map(|_| place + 1)));
                }
            }
            Some(Sense::Moves(trend)) => {
                let others = [Trend::Up, Trend::Flat, Trend::Down].into_iter().filter(|&other| other != trend);
                let trends = if self.is_negated(place) { others.collect() } else { vec![trend] };
                self.trends(&trends);
            }
            Some(Sense::Without) => {
                // `without a renewal date`
                let beyond = place + 1 + usize::from(self.sense(place + 1) == Some(Sense::Plain));
                let Some(column) = self.figure(beyond) else { return };
                self.listing.filters.push(match column {
                    Column::OpenTickets => Filter::OpenTickets(Side::AtMost, 0),
                    column => Filter::Without(column),
                });
                self.take([place, beyond]);
            }
            _ => {}
        }
    }

    /// `not at risk`; the word is then understood.
    fn is_negated(&mut self, place: usize) -> bool {
        let before = place.checked_sub(1).filter(|&before| self.sense(before) == Some(Sense::Not));
        self.take(before);
        before.is_some()
    }

    /// `risk is high`, `high and medium risk`.
    fn is_level_of_risk(&self, place: usize) -> bool {
        let beyond = |i: usize| matches!(self.sense(i), Some(Sense::And | Sense::Plain | Sense::Level(_)));
        let behind = (place + 1..self.readings.len()).find(|&i| !beyond(i)).and_then(|i| self.figure(i));
        let before = (0..place).rev().find(|&i| !beyond(i)).and_then(|i| self.figure(i));
        behind == Some(Column::Risk) || before == Some(Column::Risk)
    }

    /// Several levels are alternatives.
    fn risks(&mut self, levels: &[Risk]) {
        let known = self.listing.filters.iter_mut().find_map(|filter| match filter {
            Filter::Risk(known) => Some(known),
            _ => None,
        });
        match known {
            Some(known) => known.extend_from_slice(levels),
            None => self.listing.filters.push(Filter::Risk(levels.to_vec())),
        }
    }

    fn trends(&mut self, trends: &[Trend]) {
        let known = self.listing.filters.iter_mut().find_map(|filter| match filter {
            Filter::Trend(known) => Some(known),
            _ => None,
        });
        match known {
            Some(known) => known.extend_from_slice(trends),
            None => self.listing.filters.push(Filter::Trend(trends.to_vec())),
        }
    }

    /// Superlatives, `top 5` and `by ARR`.
    fn order(&mut self, place: usize) {
        let figure_behind = |reader: &Self| {
            let near = place + 1..reader.readings.len().min(place + 4);
            near.filter(|&i| !reader.used[i]).find_map(|i| Some((reader.figure(i)?, i)))
        };
        match self.sense(place) {
            Some(Sense::Top) => self.count(place),
            Some(Sense::Degree(descending, usual)) => {
                self.count(place);
                // The worst of a figure is its low end, but that of the risk.
                let of_figure = figure_behind(self);
                let rank = match (of_figure, usual) {
                    (Some((by, _)), None) => Some(Rank { by, descending }),
                    (Some((by, _)), Some(Column::Arr)) if by != Column::Renewal => Some(Rank { by, descending }),
                    (Some((by, _)), Some(usual)) if by != Column::Renewal => {
                        let worst_is_high = matches!(by, Column::Risk | Column::OpenTickets);
                        Some(Rank { by, descending: worst_is_high == (usual == Column::Risk) })
                    }
                    (_, Some(by)) => Some(Rank { by, descending }),
                    (None, None) if matches!(self.sense(place + 1), Some(Sense::AtRisk)) => {
                        self.listing.filters.retain(|filter| !matches!(filter, Filter::Risk(_)));
                        Some(Rank { by: Column::Risk, descending: true })
                    }
                    (None, None) => None,
                };
                self.listing.rank = rank.or(self.listing.rank);
                self.take(of_figure.map(|(_, place)| place));
            }
            Some(Sense::By) => {
                let Some((by, figure)) = figure_behind(self) else { return };
                let descending = matches!(by, Column::Risk | Column::Arr | Column::OpenTickets);
                self.listing.rank.get_or_insert(Rank { by, descending });
                self.take([figure]);
            }
            _ => {}
        }
    }

    /// The number beside a superlative.
    fn count(&mut self, place: usize) {
        let beside = [Some(place + 1), place.checked_sub(1)].into_iter().flatten();
        let number = beside.filter(|&i| !self.used.get(i).copied().unwrap_or(true)).find_map(|i| {
            let Some(Sense::Number(number)) = self.sense(i) else { return None };
            Some((i, number.whole().filter(|&n| n > 0)?))
        });
        if let Some((i, n)) = number {
            self.listing.limit = Some(n as usize);
            self.take([i]);
        }
    }

    fn finish(mut self) -> Asked {
        let is_plural = self.is_plural();
        self.imply(is_plural);
        self.listing.wanted = self.wanted(is_plural);
        let is_ranked = self.has(is_superlative) && self.listing.rank.is_some();
        if is_plural {
            self.rank_by_usual();
        }
        self.pass_over();
        let is_summed = self.listing.wanted == Wanted::TotalArr;
        let parts = self.listing.filters.len() + usize::from(self.listing.rank.is_some()) + usize::from(is_plural);
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
        let is_total = self.says(Sense::Total) && (has_arr || has_filter);
        let is_of_customers = self.says(Sense::Customers) || self.says(Sense::Who);
        // `What ARR renews next quarter` asks for a sum without the word.
        let is_sum = has_arr && has_filter && self.listing.rank.is_none() && !is_of_customers;
        match (self.says(Sense::Count) && is_plural, is_total || is_sum) {
            (true, _) => Wanted::Count,
            (false, true) => Wanted::TotalArr,
            (false, false) => Wanted::Customers,
        }
    }

    /// Whoever is to be called or may leave: those at the greatest risk. The top ones of nothing else: the largest.
    fn rank_by_usual(&mut self) {
        let is_open = self.listing.wanted == Wanted::Customers && self.listing.filters.is_empty();
        let is_unsorted = is_open && self.listing.rank.is_none();
        let by_risk = is_unsorted && self.readings.iter().any(is_telling);
        if by_risk {
            self.listing.rank = Some(Rank { by: Column::Risk, descending: true });
        } else if is_unsorted && self.listing.limit.is_some() {
            self.listing.rank = Some(Rank { by: Column::Arr, descending: true });
        }
        if self.listing.limit.is_none() && self.listing.rank.is_some() && (by_risk || self.has(is_superlative)) {
            let is_one = self.says(Sense::Customer) && !self.says(Sense::Customers);
            self.listing.limit = Some(if is_one { 1 } else { USUAL_LIMIT });
        }
    }

    fn pass_over(&mut self) {
        let lost = self.readings.iter().zip(&self.used).filter(|(reading, is_used)| !**is_used && is_lost(reading));
        let text = |reading: &Reading| {
            let words = self.words[reading.start..reading.end].iter().map(|word| word.text);
            Line::new(&words.collect::<Vec<_>>().join(" "))
        };
        let lost = lost.map(|(reading, _)| text(reading)).filter(|word| !word.is_empty());
        self.listing.unread.extend(lost);
    }
}

/// Whether the answer would be another one, had the word been understood.
fn is_lost(reading: &Reading) -> bool {
    reading.meaning.is_none_or(|meaning| {
        matches!(
            meaning.sense,
            Sense::Not
                | Sense::Number(_)
                | Sense::Date(_)
                | Sense::Month(_)
                | Sense::Quarter(_)
                | Sense::Unit(_)
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
fn is_telling(reading: &Reading) -> bool {
    reading.meaning.is_some_and(|meaning| meaning.lean != Lean::No)
}
