//! What holds for the customers that are asked for.

use contracts::{Line, facts::Trend, health::Risk};

use super::{
    super::{lexicon::Sense, numbers::Number, time},
    Reader,
};
use crate::agent::book::{Column, Filter, Period, Side, Time, Window};

impl Reader<'_> {
    /// A time, which can only be that of renewals.
    pub(super) fn time(&mut self) {
        if self.has(|sense| sense == Sense::Overdue) {
            let place = (0..self.readings.len()).find(|&i| self.sense(i) == Some(Sense::Overdue));
            self.made.extend(place.map(|place| (place, 0)));
            self.listing.filters.push(Filter::Renewal(Window::Overdue));
            return;
        }
        let is_renewal = self.has(|sense| matches!(sense, Sense::Renewals | Sense::Figure(Column::Renewal)));
        let Some((window, places)) = time::find(self.readings, self.words) else {
            if self.says_word("renewed") && self.is_plural() {
                let today = Time::Relative(0, Period::Day);
                self.listing.filters.push(Filter::Renewal(Window::Between(None, Some(today))));
            }
            return;
        };
        if is_renewal {
            let window = match window {
                Window::In(time) if self.is_past() => Window::Gone(time, time),
                Window::Between(Some(from), Some(to)) if self.is_past() => Window::Gone(from, to),
                window => window,
            };
            self.made.extend(places.iter().map(|&place| (place, 0)));
            self.listing.filters.push(Filter::Renewal(window));
        } else if window != Window::In(Time::Relative(0, Period::Day)) && !self.is_open() {
            self.untimely.clone_from(&places);
        }
        self.take(places);
    }

    /// `What renewed in October`, `which renewals did we have in October`
    fn is_past(&self) -> bool {
        self.says_word("renewed") || self.says_word("did")
    }

    fn says_word(&self, word: &str) -> bool {
        self.readings.iter().any(|it| it.end == it.start + 1 && self.words[it.start].folded == word)
    }

    /// `over 50k`, `under 3 tickets`, `score of at least 60`, `3 or more tickets`, `between 50k and 100k`.
    pub(super) fn bound(&mut self, place: usize) {
        let number = |reader: &Self, place| match reader.sense(place) {
            Some(Sense::Number(number)) if !reader.used[place] => Some(number),
            _ => None,
        };
        // Every bound holds; `or` between two of them asks for something else.
        let before = self.readings[place].start.checked_sub(1).map(|i| self.words[i].folded.as_str());
        if before == Some("or") && !self.listing.filters.is_empty() {
            return;
        }
        let (side, found, end) = match (self.sense(place), self.sense(place + 1)) {
            (Some(Sense::Between), _) => {
                let (Some(low), Some(high)) = (number(self, place + 1), number(self, place + 3)) else { return };
                let currency = high.currency.or(low.currency);
                let limits = [(Side::AtLeast, low), (Side::AtMost, high)];
                let filters = limits.map(|(side, n)| self.limit(place, place + 4, side, Number { currency, ..n }));
                if let [Some(low), Some(high)] = filters {
                    self.listing.filters.extend([low, high]);
                    self.take(place..place + 4);
                }
                return;
            }
            (Some(Sense::Bound(side)), _) => (Some(side), number(self, place + 1), place + 2),
            (_, Some(Sense::Tail(side))) => (Some(side), number(self, place), place + 2),
            _ => (self.sign(place), number(self, place), place + 1),
        };
        let (Some(side), Some(found)) = (side, found) else { return };
        if let Some(filter) = self.limit(place, end, side, found) {
            self.listing.filters.push(filter);
            self.take(place..end);
        }
    }

    /// The side that a sign says: `>50k`, `<= 3`, `50k+`.
    fn sign(&self, place: usize) -> Option<Side> {
        let reading = self.readings[place];
        match self.words[reading.start].before.trim() {
            ">" => Some(Side::Over),
            "<" => Some(Side::Under),
            ">=" | "≥" | "=>" => Some(Side::AtLeast),
            "<=" | "≤" | "=<" => Some(Side::AtMost),
            _ => self.words[reading.end - 1].after.starts_with('+').then_some(Side::AtLeast),
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
    pub(super) fn filter(&mut self, place: usize) {
        let next = self.figure(place + 1);
        match self.sense(place) {
            Some(Sense::AtRisk) if self.is_negated(place) => self.risks(&[Risk::Low]),
            Some(Sense::AtRisk) => self.risks(&[Risk::High, Risk::Medium]),
            Some(Sense::Level(level)) => {
                let alone = next.is_none() && level != Risk::Unknown;
                if let Some(column) = next.filter(|_| level == Risk::Unknown && next != Some(Column::Risk)) {
                    self.listing.filters.push(Filter::Without(column));
                    self.take([place, place + 1]);
                    return;
                }
                let of_risk = next.map_or_else(|| self.is_level_of_risk(place), |next| next == Column::Risk);
                let of_customers = alone && matches!(self.sense(place + 1), Some(Sense::Customers | Sense::Customer));
                if of_risk || of_customers {
                    self.risk(place, level);
                    self.take([place].into_iter().chain(next.map(|_| place + 1)));
                }
            }
            Some(Sense::State(level)) if self.is_plural() && !self.is_graded(place) => self.risk(place, level),
            Some(Sense::Currency(code)) if !self.used[place] => {
                self.either(&[Line::new(code)], Filter::Currency, |filter| match filter {
                    Filter::Currency(known) => Some(known),
                    _ => None,
                });
                self.take([place]);
            }
            Some(Sense::Moves(trend)) => {
                let others = Trend::ALL.into_iter().filter(|&other| other != trend);
                let trends = if self.is_negated(place) { others.collect() } else { vec![trend] };
                self.either(&trends, Filter::Trend, |filter| match filter {
                    Filter::Trend(known) => Some(known),
                    _ => None,
                });
            }
            Some(Sense::Number(number)) if number.minor == 0 && next == Some(Column::OpenTickets) => {
                self.listing.filters.push(Filter::OpenTickets(Side::AtMost, 0));
                self.take([place, place + 1]);
            }
            Some(Sense::Without) => {
                // `without a renewal date`
                let beyond = place + 1 + usize::from(self.sense(place + 1) == Some(Sense::Determiner));
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

    /// `not at risk`, `not doing well`; the word is then understood.
    fn is_negated(&mut self, place: usize) -> bool {
        let is_between = |i: usize| matches!(self.sense(i), Some(Sense::Plain | Sense::Preposition));
        let before = (0..place).rev().find(|&i| !is_between(i));
        let before = before.filter(|&before| self.sense(before) == Some(Sense::Not));
        self.take(before);
        before.is_some()
    }

    /// `risk is high`, `high and medium risk`.
    fn is_level_of_risk(&self, place: usize) -> bool {
        let beyond = |i: usize| matches!(self.sense(i), Some(Sense::And | Sense::Be | Sense::Plain | Sense::Level(_)));
        let behind = (place + 1..self.readings.len()).find(|&i| !beyond(i)).and_then(|i| self.figure(i));
        let before = (0..place).rev().find(|&i| !beyond(i)).and_then(|i| self.figure(i));
        behind == Some(Column::Risk) || before == Some(Column::Risk)
    }

    /// `the least happy`
    fn is_graded(&self, place: usize) -> bool {
        place > 0 && matches!(self.sense(place - 1), Some(Sense::Degree(_, None)))
    }

    /// A level of risk, or all the others where it is negated.
    fn risk(&mut self, place: usize, level: Risk) {
        let is_negated = self.is_negated(place);
        let levels = [Risk::High, Risk::Medium, Risk::Low].into_iter().filter(|&other| (other == level) != is_negated);
        let unknown = (level == Risk::Unknown && !is_negated).then_some(level);
        self.risks(&levels.chain(unknown).collect::<Vec<_>>());
    }

    fn risks(&mut self, levels: &[Risk]) {
        self.either(levels, Filter::Risk, |filter| match filter {
            Filter::Risk(known) => Some(known),
            _ => None,
        });
    }

    /// Several values that one filter may have are alternatives.
    fn either<T: Clone>(
        &mut self,
        values: &[T],
        filter: fn(Vec<T>) -> Filter,
        known: fn(&mut Filter) -> Option<&mut Vec<T>>,
    ) {
        match self.listing.filters.iter_mut().find_map(known) {
            Some(known) => known.extend_from_slice(values),
            None => self.listing.filters.push(filter(values.to_vec())),
        }
    }
}
