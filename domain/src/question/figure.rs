//! Figures that compare: `ARR over 100k`, `fewer than 2 open tickets`, `usage down by more than 30%`.

use contracts::query::{Filter, Op, Operand};

use super::{
    parse::Reader,
    table::Meaning::{
        self, And, Between, Brings, By, Change, Condition, Figure, From, Goes, Is, No, Not, OrMore, Pays, PerSeat,
        Some as Having, To, Usage,
    },
    tokens::Number,
};
use crate::facts::{Fact, Kind, named};

type Read<T> = Option<(T, usize)>;

const ARR: &str = "arr";

impl Reader<'_> {
    /// A comparison of a figure.
    pub(super) fn comparison(&self, i: usize) -> Read<Filter> {
        self.usage(i).or_else(|| self.named_first(i)).or_else(|| self.number_first(i))
    }

    /// A figure by its name, and whether having some of it is a condition.
    pub(super) fn figure(&self, i: usize) -> Option<(&'static Fact, bool)> {
        match self.word(i)? {
            Figure(short) => named(short).map(|fact| (fact, false)),
            Having(short) => named(short).map(|fact| (fact, true)),
            _ => None,
        }
    }

    /// `score over 50`, `ARR is between 10k and 50k`, `pays more than $500 per seat`.
    fn named_first(&self, i: usize) -> Read<Filter> {
        let is_paid = self.says(i, Pays);
        let fact = if is_paid { named(ARR)? } else { self.figure(i)?.0 };
        let mut start = i + 1;
        while self.says(start, Brings) {
            start += 1;
        }
        if is_paid && self.figure(start).is_some() {
            return None;
        }
        // `A score of 80`, but `ARR 2027` is none.
        let is_equal = || (!is_paid).then(|| self.equal(fact, start)).flatten();
        let (filter, end) = self.bounds(fact, start).or_else(is_equal)?;
        if fact.short == ARR && self.says(end, PerSeat) {
            let per_seat = named("arr-per-seat")?;
            return self.bounds(per_seat, start).map(|(filter, end)| (filter, end + 1));
        }
        Some((filter, end))
    }

    /// `more than 2 open tickets`, `over 500k`, `between 30 and 80 points`, `2 open tickets`, `no tickets`.
    fn number_first(&self, i: usize) -> Read<Filter> {
        if self.says(i, No) {
            let (fact, is_some) = self.figure(i + 1)?;
            let none = if is_some {
                Filter::Compare { fact: fact.id.clone(), op: Op::Is, value: Operand::Number(0.0) }
            } else {
                Filter::Missing(fact.id.clone())
            };
            // `No ARR over 50k` is another matter.
            return self.bounds(fact, i + 2).is_none().then_some((none, i + 2));
        }
        let money = named(ARR)?;
        let (_, end) = self.bounds(money, i).or_else(|| self.equal_end(i))?;
        match self.figure(end) {
            Some((fact, is_some)) => {
                let is_countable = is_some || fact.kind != Kind::Money;
                let equal = || is_countable.then(|| self.equal(fact, i)).flatten();
                let (filter, _) = self.bounds(fact, i).or_else(equal)?;
                Some((filter, end + 1))
            }
            None if self.says(end, PerSeat) => {
                self.bounds(named("arr-per-seat")?, i).map(|(filter, end)| (filter, end + 1))
            }
            // A bare number may be of anything; an amount is what they pay.
            None => self.is_amount(i, end).then(|| self.bounds(money, i)).flatten(),
        }
    }

    fn is_amount(&self, from: usize, to: usize) -> bool {
        (from..to).filter_map(|i| self.number(i)).all(|number| number.is_amount)
    }

    fn equal(&self, fact: &Fact, i: usize) -> Read<Filter> {
        let number = self.number(i).filter(|number| number.year().is_none() && !number.or_more)?;
        self.compare(fact, Op::Is, number).map(|filter| (filter, i + 1))
    }

    fn equal_end(&self, i: usize) -> Read<Filter> {
        self.number(i).map(|_| (Filter::default(), i + 1))
    }

    /// A bound or two of a figure.
    fn bounds(&self, fact: &Fact, i: usize) -> Read<Filter> {
        let one = |op, place: usize| self.compare(fact, op, self.number(place)?);
        let unit = |end: usize| {
            let has_days = matches!(fact.kind, Kind::Days | Kind::DaysSince | Kind::DaysUntil);
            end + usize::from(has_days && self.unit(end) == Some(contracts::query::Unit::Day))
        };
        match self.word(i) {
            Some(Is(op)) => {
                // `Over 50 or more` is nothing that anybody says.
                Some((one(op, i + 1)?, unit(i + 2))).filter(|(_, end)| !matches!(self.word(*end), Some(OrMore(_))))
            }
            Some(Between) if self.says(i + 2, And) => self.both(fact, i + 1, unit(i + 4)),
            Some(From) if self.says(i + 2, To) => self.both(fact, i + 1, unit(i + 4)),
            _ if self.number(i).is_some() && self.says(i + 1, To) => self.both(fact, i, unit(i + 3)),
            _ => match (self.number(i)?, self.word(i + 1)) {
                (_, Some(OrMore(op))) => Some((one(op, i)?, unit(i + 2))),
                (number, _) if number.or_more => Some((one(Op::AtLeast, i)?, unit(i + 1))),
                _ => None,
            },
        }
    }

    fn both(&self, fact: &Fact, first: usize, end: usize) -> Read<Filter> {
        let (from, to) = (self.number(first)?, self.number(first + 2)?);
        // `Between 10 and 50k` is of thousands both.
        let scale = if to.is_amount && !from.is_amount && from.micros < to.micros / 1_000 { 1_000 } else { 1 };
        let from = Number { micros: from.micros.checked_mul(scale)?, currency: to.currency.clone(), ..from.clone() };
        let all = vec![self.compare(fact, Op::AtLeast, &from)?, self.compare(fact, Op::AtMost, to)?];
        (from.micros <= to.micros).then_some((Filter::All(all), end))
    }

    fn compare(&self, fact: &Fact, op: Op, number: &Number) -> Option<Filter> {
        let is_plain = !number.is_percent && number.currency.is_none() && !number.is_ordinal;
        let value = match fact.kind {
            Kind::Money if !number.is_percent && number.micros % 10_000 == 0 => {
                Operand::Money { minor: number.micros / 10_000, currency: number.currency.clone() }
            }
            Kind::Count(_) | Kind::Measurement if is_plain => Operand::Number(number.micros as f64 / 1_000_000.0),
            Kind::Days | Kind::DaysSince | Kind::DaysUntil if is_plain => Operand::Days(number.whole()?.into()),
            Kind::Share if number.is_percent => Operand::Share(number.micros / 10_000),
            _ => return None,
        };
        Some(Filter::Compare { fact: fact.id.clone(), op, value })
    }

    /// `usage is not down`, `falling usage`, `usage fell by more than 30%`.
    fn usage(&self, i: usize) -> Read<Filter> {
        let trend = |way: &str| crate::query::parse_filter(&format!("trend:{way}")).ok();
        if let (Some(Goes(way)), true) = (self.word(i), self.says(i + 1, Usage)) {
            return Some((trend(way)?, i + 2));
        }
        if !self.says(i, Usage) {
            return None;
        }
        let mut at = i + 1;
        while self.says(at, Brings) {
            at += 1;
        }
        let is_not = self.says(at, Not);
        at += usize::from(is_not);
        let (rises, way) = match self.word(at)? {
            Goes(way) => (way == "up", Some(way)),
            Condition(text) => (false, Some(text.strip_prefix("trend:")?)),
            Change(rises) => (rises, None),
            _ => return None,
        };
        let by = at + 1 + usize::from(self.says(at + 1, By));
        if let (Some(Is(op)), Some(number)) = (self.word(by), self.number(by + 1)) {
            let share = number.is_percent.then_some(number.micros / 10_000).filter(|_| !is_not)?;
            let (op, share) = match op {
                Op::Over | Op::AtLeast if rises => (op, share),
                Op::Over => (Op::Under, -share),
                Op::AtLeast => (Op::AtMost, -share),
                Op::Is | Op::Under | Op::AtMost => return None,
            };
            let fact = named("usage-change")?.id.clone();
            return Some((Filter::Compare { fact, op, value: Operand::Share(share) }, by + 2));
        }
        let holds = trend(way?)?;
        Some((if is_not { Filter::Not(Box::new(holds)) } else { holds }, at + 1))
    }

    /// A word of the language at a place.
    pub(super) fn word(&self, i: usize) -> Option<Meaning> {
        match self.tokens.get(i)?.is {
            super::tokens::Says::Word(word) => Some(word),
            _ => None,
        }
    }
}
