//! Conditions of risk, of renewals and of what has passed.

use contracts::{
    Line,
    query::{Filter, Op, Operand, Time, Unit},
    reading::FactId,
};

use super::{Item, Read, Reader};
use crate::{
    facts::named,
    question::table::Meaning::{
        self, And, Churned, Customers, Ever, For, Goes, In, Last, Level, Neither, Next, No, Nor, Not, Or, Renewal,
        Risk, Untouched, Unused, Within, Words,
    },
};

impl Reader<'_> {
    /// `high or medium risk`, `risk is low`, `neither high nor medium risk`.
    pub(super) fn risk(&self, i: usize) -> Option<(Filter, usize)> {
        let level = |i: usize| match self.word(i) {
            Some(Level(level)) => Some(Line::new(level)),
            _ => None,
        };
        let is = |words| Filter::Compare { fact: FactId::of("health.risk"), op: Op::Is, value: Operand::Words(words) };
        let several = |mut at: usize, by: &[Meaning]| {
            let mut levels = vec![level(at)?];
            at += 1;
            while self.says_any(at, by) && level(at + 1).is_some() {
                levels.extend(level(at + 1));
                at += 2;
            }
            Some((levels, at))
        };
        let noun = |at: usize| self.says_any(at, &[Risk, Words("risk")]).then_some(at + 1);
        if self.says(i, Neither) {
            let (levels, at) = several(i + 1, &[Nor])?;
            return Some((Filter::Not(Box::new(is(levels))), noun(at)?));
        }
        if let Some((levels, at)) = several(i, &[And, Or]) {
            return Some((is(levels), noun(at)?));
        }
        let mut at = noun(i)?;
        while self.says(at, Meaning::Brings) {
            at += 1;
        }
        let is_not = self.says(at, Not);
        let (levels, end) = several(at + usize::from(is_not), &[Or])?;
        Some((if is_not { Filter::Not(Box::new(is(levels))) } else { is(levels) }, end))
    }

    /// `renewing in March`, `renewal is not before June`, `Q1 renewals`.
    pub(super) fn renewal(&self, i: usize) -> Read {
        if let Some(Renewal(is_verb)) = self.word(i) {
            let mut at = i + 1;
            while self.says_any(at, &[Meaning::Brings]) && self.when(at).is_none() {
                at += 1;
            }
            if self.says(at, Not)
                && let Some((filter, end)) = self.when(at + 1)
            {
                return Some((vec![Item::Not, Item::Filter(filter, is_verb), Item::Head(false)], end));
            }
            return Some(match self.when(at) {
                Some((filter, end)) if is_verb => (vec![Item::Filter(filter, true)], end),
                Some((filter, end)) => (vec![Item::Filter(filter, false), Item::Head(false)], end),
                None => (vec![Item::Renewal(is_verb)], i + 1),
            });
        }
        // `Who's up in February`
        if self.says(i, Goes("up")) && self.says(i + 1, In) {
            return self.when(i + 1).map(|(filter, end)| (vec![Item::Filter(filter, true)], end));
        }
        let (filter, end) = self.when(i)?;
        let items = vec![Item::Filter(filter, false), Item::Head(false)];
        matches!(self.word(end), Some(Renewal(false))).then_some((items, end + 1))
    }

    /// `churned this year`, `no usage in the last 30 days`, `not contacted for 30 days`.
    pub(super) fn past(&self, i: usize) -> Option<(Filter, usize)> {
        let is = |fact: &str, op, value| Filter::Compare { fact: named(fact).expect("a fact").id.clone(), op, value };
        let ago = |at: usize| {
            let start = at + usize::from(self.says_any(at, &[In, For, Within]));
            let start = start + usize::from(self.says_any(start, &[Last, Next]));
            let start = match self.word(start) {
                Some(Meaning::Is(Op::Over | Op::AtLeast)) => start + 1,
                _ => start,
            };
            let days = match self.unit(start + 1)? {
                Unit::Day => 1,
                Unit::Week => 7,
                _ => return None,
            };
            Some((Operand::Days(i64::from(self.whole(start)?) * days), start + 2))
        };
        match self.word(i)? {
            Churned => {
                let left = is("status", Op::Is, Operand::Words(vec!["churned".into()]));
                let at = i + 1 + usize::from(matches!(self.word(i + 1), Some(Customers(_))));
                let at = at + usize::from(self.says(at, In));
                Some(match self.stretch(at) {
                    Some((time, end)) => (Filter::All(vec![left, is("since", Op::Is, Operand::Time(time))]), end),
                    None => (left, at),
                })
            }
            Unused => match self.stretch(i + 1) {
                Some((time @ Time::This(_), end)) => Some((is("last-use", Op::Under, Operand::Time(time)), end)),
                _ => ago(i + 1).map(|(days, end)| (is("unused", Op::AtLeast, days), end)),
            },
            Untouched if self.says(i + 1, Ever) => {
                self.passed(i + 2).map(|(time, end)| (is("touch", Op::Under, Operand::Time(time)), end))
            }
            Untouched => ago(i + 1).map(|(days, end)| (is("touch", Op::AtLeast, days), end)),
            No => match self.word(i + 1)? {
                Meaning::Data(short) | Words(short) => Some((Filter::Missing(named(short)?.id.clone()), i + 2)),
                _ => None,
            },
            _ => None,
        }
    }
}
