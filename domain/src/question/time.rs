//! Times of a question: `next quarter`, `in more than 90 days`, `between January and March`, `by the end of the year`.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate};
use contracts::query::{Filter, Op, Operand, Time, Unit};

use super::{
    RENEWAL,
    parse::Reader,
    table::Meaning::{
        self, After, And, Away, Before, Between, Brings, By, EndOf, For, From, In, Is, Last, Next, Onwards, Or, OrMore,
        Since, Soon, This, To, Until, Within,
    },
    tokens::Says,
};
use crate::{query::span, thresholds::RENEWAL_NEAR_DAYS};

/// A condition, and the place behind it.
type Read<T> = Option<(T, usize)>;

fn is(op: Op, value: Operand) -> Filter {
    Filter::Compare { fact: RENEWAL, op, value }
}

fn at(op: Op, time: Time) -> Filter {
    is(op, Operand::Time(time))
}

impl Reader<'_> {
    /// When a renewal is to be.
    pub(super) fn when(&self, i: usize) -> Read<Filter> {
        self.distance(i).or_else(|| self.side(i)).or_else(|| self.stretches(i))
    }

    /// `in 30 days`, `over 60 days away`, `30 to 60 days out`.
    fn distance(&self, i: usize) -> Read<Filter> {
        if self.says(i, Soon) {
            return Some((is(Op::Under, Operand::Days(RENEWAL_NEAR_DAYS)), i + 1));
        }
        let start = i + usize::from(self.says_any(i, &[In, Within, After, For]));
        let is_after = self.says(i, After);
        if self.says(start, Between) || self.number(start).is_some() && self.says(start + 1, To) {
            let first = start + usize::from(self.says(start, Between));
            let (from, to, unit) = (self.whole(first)?, self.whole(first + 2)?, self.unit(first + 3)?);
            let is_joined = self.says_any(first + 1, &[And, To]);
            let (from, to) = (self.bounded(Op::AtLeast, from, unit)?, self.bounded(Op::AtMost, to, unit)?);
            return is_joined.then(|| (Filter::All(vec![from, to]), self.behind(first + 4)));
        }
        let (op, start) = match self.word(start) {
            Some(Is(op)) => (Some(op), start + 1),
            _ => (None, start),
        };
        let ahead = start + usize::from(self.says(start, Next));
        let (n, unit) = (self.whole(ahead)?, self.unit(ahead + 1)?);
        let end = ahead + 2;
        let tail = match self.word(end) {
            Some(OrMore(op)) => Some(op),
            _ => None,
        };
        let is_inside = self.says_any(i, &[In, Within, Next]) || ahead > start;
        match op.or(tail) {
            Some(op) => Some((self.bounded(op, n, unit)?, self.behind(end + usize::from(tail.is_some())))),
            None if is_after => Some((self.bounded(Op::Over, n, unit)?, self.behind(end))),
            None if is_inside && matches!(unit, Unit::Day | Unit::Week) => {
                Some((self.bounded(Op::AtMost, n, unit)?, end))
            }
            None if is_inside => Some((at(Op::Is, Time::Within(n, unit)), end)),
            None => None,
        }
    }

    fn behind(&self, i: usize) -> usize {
        i + usize::from(self.says(i, Away))
    }

    /// So many units from today; those of the calendar by the day they end on.
    fn bounded(&self, op: Op, n: u32, unit: Unit) -> Option<Filter> {
        let months = |each: u32| {
            let day = self.today.checked_add_months(Months::new(n.checked_mul(each)?))?;
            Some(at(op, Time::Day(day)))
        };
        match unit {
            Unit::Day => Some(is(op, Operand::Days(n.into()))),
            Unit::Week => Some(is(op, Operand::Days(i64::from(n) * 7))),
            Unit::Month => months(1),
            Unit::Quarter => months(3),
            Unit::Year => months(12),
        }
    }

    /// `before June`, `by the end of January`, `from March to May`.
    fn side(&self, i: usize) -> Read<Filter> {
        let open = |op| {
            let (time, end) = self.stretch(i + 1)?;
            Some((at(op, time), end))
        };
        match self.word(i)? {
            Before => open(Op::Under),
            After => open(Op::Over),
            By | Until => open(Op::AtMost),
            Since => open(Op::AtLeast),
            EndOf => {
                let this = || self.unit(i + 1).map(|unit| (Time::This(unit), i + 2));
                let (time, end) = self.stretch(i + 1).or_else(this)?;
                Some((at(Op::AtMost, time), end))
            }
            From => {
                let (from, end) = self.stretch(i + 1)?;
                Some(self.range(from, end, To).unwrap_or_else(|| (at(Op::AtLeast, from), self.onwards(end))))
            }
            Between => {
                let (from, end) = self.stretch(i + 1)?;
                self.range(from, end, And)
            }
            _ => None,
        }
    }

    fn onwards(&self, i: usize) -> usize {
        i + usize::from(self.says(i, Onwards))
    }

    fn range(&self, from: Time, i: usize, by: Meaning) -> Read<Filter> {
        let (to, end) = self.stretch(i + 1).filter(|_| self.says(i, by))?;
        // `From November to March` ends in the year after.
        let start = |time| span(time, self.today).map(RangeInclusive::into_inner);
        let (first, last) = (start(from)?.0, start(to)?.1);
        (first <= last).then(|| (Filter::All(vec![at(Op::AtLeast, from), at(Op::AtMost, to)]), end))
    }

    /// `in January`, `this quarter`, `January and February`, `March to May`.
    fn stretches(&self, i: usize) -> Read<Filter> {
        let start = i + usize::from(self.says_any(i, &[In, For, Brings, Within]));
        // `In the next quarter`; a month from now may be meant by `in the next month`.
        if let (true, Some(unit @ (Unit::Quarter | Unit::Year))) = (self.says(i, Within), self.unit(start)) {
            return Some((at(Op::Is, Time::Next(unit)), start + 1));
        }
        let (time, mut end) = self.stretch(start)?;
        if let Some(range) = self.range(time, end, To) {
            return Some(range);
        }
        if self.says(end, Onwards) {
            return Some((at(Op::AtLeast, time), end + 1));
        }
        let mut any = vec![at(Op::Is, time)];
        while self.says_any(end, &[And, Or]) {
            let next = end + 1 + usize::from(self.says(end + 1, In));
            let Some((time, after)) = self.stretch(next) else { break };
            any.push(at(Op::Is, time));
            end = after;
        }
        Some((if any.len() == 1 { any.remove(0) } else { Filter::Any(any) }, end))
    }

    /// A stretch of the calendar. Without a year it is the one that is not over yet.
    pub(super) fn stretch(&self, i: usize) -> Read<Time> {
        let next_year = |is_over: bool| self.today.year() + i32::from(is_over);
        match &self.tokens.get(i)?.is {
            Says::Day(day) => Some((Time::Day(*day), i + 1)),
            Says::Part(unit, n, year) => {
                let (said, end) = self.year(i + 1).map_or((None, i + 1), |(year, end)| (Some(year), end));
                let months = if *unit == Unit::Quarter { 3 } else { 6 };
                let year = year.or(said).unwrap_or_else(|| next_year(n * months < self.today.month()));
                Some((if *unit == Unit::Quarter { Time::Quarter(year, *n) } else { Time::Half(year, *n) }, end))
            }
            Says::Number(number) => match self.word(i + 1) {
                Some(Meaning::Month(month)) => self.day_of(month, i, i + 2),
                _ => number.year().map(|year| (Time::Year(year), i + 1)),
            },
            Says::Word(word) => match *word {
                This => self.unit(i + 1).map(|unit| (Time::This(unit), i + 2)),
                Next => self.unit(i + 1).map(|unit| (Time::Next(unit), i + 2)),
                Last => self.unit(i + 1).map(|unit| (Time::Previous(unit), i + 2)),
                Meaning::Day(n) => {
                    let near = [Time::Previous(Unit::Day), Time::This(Unit::Day), Time::Next(Unit::Day)];
                    Some((near[usize::try_from(n + 1).ok()?], i + 1))
                }
                Meaning::Feast(month, day) => {
                    let this = NaiveDate::from_ymd_opt(self.today.year(), month, day)?;
                    let day = NaiveDate::from_ymd_opt(next_year(this < self.today), month, day)?;
                    Some((Time::Day(day), i + 1))
                }
                Meaning::Month(month) => self.day_of(month, i + 1, i + 2).or_else(|| {
                    let (year, end) =
                        self.year(i + 1).unwrap_or_else(|| (next_year(month < self.today.month()), i + 1));
                    Some((Time::Month(year, month), end))
                }),
                _ => None,
            },
            Says::Named(_) => None,
        }
    }

    /// A stretch of the calendar that has begun: without a year it is the last one.
    pub(super) fn passed(&self, i: usize) -> Read<Time> {
        let (time, end) = match self.word(i) {
            Some(Meaning::Month(month)) if self.whole(i + 1).is_none() => {
                let year = self.today.year() - i32::from(month > self.today.month());
                (Time::Month(year, month), i + 1)
            }
            _ => self.stretch(i)?,
        };
        let has_begun = *span(time, self.today)?.start() <= self.today;
        has_begun.then_some((time, end))
    }

    /// The day of a month whose number stands at `day`; a year may stand at `end`.
    fn day_of(&self, month: u32, day: usize, end: usize) -> Read<Time> {
        let n = self.whole(day).filter(|n| (1..=31).contains(n))?;
        let (year, end) = self.year(end).map_or((None, end), |(year, end)| (Some(year), end));
        let on = |year| NaiveDate::from_ymd_opt(year, month, n);
        let this = on(self.today.year()).filter(|day| *day >= self.today);
        let day = match year {
            Some(year) => on(year),
            None => this.or_else(|| on(self.today.year() + 1)),
        };
        day.map(|day| (Time::Day(day), end))
    }

    fn year(&self, i: usize) -> Read<i32> {
        let near = |n| self.unit(i + 1).filter(|unit| *unit == Unit::Year).map(|_| (self.today.year() + n, i + 2));
        match self.word(i) {
            Some(This) => near(0),
            Some(Next) => near(1),
            Some(Last) => near(-1),
            _ => self.number(i)?.year().map(|year| (year, i + 1)),
        }
    }
}
