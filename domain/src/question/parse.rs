//! Tokens as conditions and wishes.

use chrono::NaiveDate;
use contracts::{
    Line,
    query::{Filter, Measure, Op, Operand, Time, Unit},
    reading::FactId,
};

use super::{
    RENEWAL,
    names::{Meant, Names},
    table::Meaning::{
        self, And, By, Churned, Compare, Condition, Customers, Each, Extreme, Figure, For, Goes, HowMany, HowMuch, In,
        Last, Level, Mean, Median, Most, Neither, Next, No, Nor, Not, Nothing, Or, Ordered, Pays, Renewal, Risk, Share,
        Some as Having, Sort, Than, Top, Total, Untouched, Unused, Versus, Within, Words,
    },
    tokens::{Number, Says, Token},
};
use crate::{facts::named, query};

/// A part of a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A condition; whether a verb or a preposition brings it in.
    Filter(Filter, bool),
    /// A word that brings in another condition.
    Brings,
    And,
    Or,
    Not,
    /// What follows is said to be without something.
    Without,
    Except,
    Neither,
    Nor,
    /// Customers; whether one of them.
    Head(bool),
    /// A renewal without a time; whether as a verb.
    Renewal(bool),
    /// A time, perhaps of a renewal.
    When(Filter),
    Measure(Measure),
    Group(FactId, Option<Unit>),
    /// An order by a figure, whether the greatest comes first, and whether it is that of a superlative.
    Order(FactId, bool, bool),
    /// Whether the greatest comes first, of the order that was said.
    Direction(bool),
    Limit(u32),
    Top,
    /// A figure of which nothing is said.
    Figure(FactId),
}

/// The tokens, from one to another, that say nothing where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stuck {
    pub from: usize,
    pub to: usize,
}

/// Tokens, seen from a day.
pub(super) struct Reader<'t> {
    pub tokens: &'t [Token],
    pub today: NaiveDate,
}

type Read = Option<(Vec<Item>, usize)>;

/// The items of all tokens.
pub(super) fn items(tokens: &[Token], today: NaiveDate) -> Result<Vec<Item>, Stuck> {
    let said: Vec<Token> = tokens.iter().filter(|token| token.is != Says::Word(Nothing)).cloned().collect();
    let reader = Reader { tokens: &said, today };
    let (mut items, mut i) = (Vec::new(), 0);
    while i < said.len() {
        let Some((found, end)) = reader.item(i) else {
            let place = |i: usize| said.get(i).and_then(|at| tokens.iter().position(|token| token.from == at.from));
            return Err(Stuck { from: place(i).unwrap_or(tokens.len()), to: place(i + 1).unwrap_or(tokens.len()) });
        };
        items.extend(found);
        i = end;
    }
    Ok(items)
}

impl Reader<'_> {
    pub(super) fn says(&self, i: usize, meaning: Meaning) -> bool {
        self.word(i) == Some(meaning)
    }

    pub(super) fn says_any(&self, i: usize, meanings: &[Meaning]) -> bool {
        self.word(i).is_some_and(|word| meanings.contains(&word))
    }

    pub(super) fn number(&self, i: usize) -> Option<&Number> {
        match &self.tokens.get(i)?.is {
            Says::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn whole(&self, i: usize) -> Option<u32> {
        self.number(i)?.whole()
    }

    pub(super) fn unit(&self, i: usize) -> Option<Unit> {
        match self.word(i)? {
            Meaning::Unit(unit) => Some(unit),
            _ => None,
        }
    }

    fn named(&self, i: usize) -> Option<&[Meant]> {
        match &self.tokens.get(i)?.is {
            Says::Named(meant) => Some(meant),
            _ => None,
        }
    }

    /// What begins at a place, and the place behind it.
    fn item(&self, i: usize) -> Read {
        let condition = |filter, end| {
            let without = self.says(i, No).then_some(Item::Without);
            (without.into_iter().chain([Item::Filter(filter, self.is_brought(i))]).collect(), end)
        };
        self.order(i)
            .or_else(|| self.measure(i))
            .or_else(|| self.comparison(i).map(|(filter, end)| condition(filter, end)))
            .or_else(|| self.risk(i).map(|(filter, end)| condition(filter, end)))
            .or_else(|| self.renewal(i))
            .or_else(|| self.past(i).map(|(filter, end)| condition(filter, end)))
            .or_else(|| self.names(i))
            .or_else(|| self.single(i))
    }

    fn is_brought(&self, i: usize) -> bool {
        matches!(self.word(i), Some(Renewal(true) | Pays | Unused | Untouched | Churned))
    }

    /// What one word says by itself.
    fn single(&self, i: usize) -> Read {
        let items = match self.word(i)? {
            Condition(text) => vec![Item::Filter(query::parse_filter(text).ok()?, false)],
            Customers(single) => vec![Item::Head(single)],
            Meaning::Brings => vec![Item::Brings],
            And => vec![Item::And],
            Or => vec![Item::Or],
            Not | No => vec![Item::Not],
            Meaning::Except => vec![Item::Except],
            Neither => vec![Item::Neither],
            Nor => vec![Item::Nor],
            Goes(way @ ("down" | "flat")) => {
                vec![Item::Filter(query::parse_filter(&format!("trend:{way}")).ok()?, false)]
            }
            Having(short) if i == 0 => vec![Item::Figure(named(short)?.id.clone())],
            Having(short) => vec![Item::Filter(query::parse_filter(&format!("{short}:>0")).ok()?, false)],
            Figure(short) => vec![Item::Figure(named(short)?.id.clone())],
            Meaning::Descending => vec![Item::Direction(true)],
            Meaning::Ascending => vec![Item::Direction(false)],
            // `In FinTech`, `at high risk`: what it stands before says it all.
            In if self.named(i + 1).is_some() || self.says_any(i + 1, &[Risk]) || self.is_level(i + 1) => {
                vec![Item::Brings]
            }
            // `Renewals for high risk customers`.
            For if self.is_level(i + 1) || self.says_any(i + 1, &[Customers(false)]) => vec![Item::Brings],
            _ => return self.when(i).map(|(filter, end)| (vec![Item::When(filter)], end)),
        };
        Some((items, i + 1))
    }

    fn is_level(&self, i: usize) -> bool {
        matches!(self.word(i), Some(Level(_)))
    }

    /// `high or medium risk`, `risk is low`, `neither high nor medium risk`.
    fn risk(&self, i: usize) -> Option<(Filter, usize)> {
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
    fn renewal(&self, i: usize) -> Read {
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
    fn past(&self, i: usize) -> Option<(Filter, usize)> {
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
            Untouched => ago(i + 1).map(|(days, end)| (is("touch", Op::AtLeast, days), end)),
            No => match self.word(i + 1)? {
                Meaning::Data(short) | Words(short) => Some((Filter::Missing(named(short)?.id.clone()), i + 2)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Words of the book: `FinTech`, `segment SMB`, `compare Acme and Globex`, `except Hooli`.
    fn names(&self, i: usize) -> Read {
        let condition = |fact: &FactId, values: Vec<Line>| {
            Item::Filter(Filter::Compare { fact: fact.clone(), op: Op::Is, value: Operand::Words(values) }, false)
        };
        let name = |i: usize| match self.named(i)? {
            [only] if Names::is_customer(only) => Some((only.fact.clone(), only.value.clone())),
            _ => None,
        };
        if self.says_any(i, &[Compare, Meaning::Except]) || (name(i).is_some() && self.says(i + 1, Versus)) {
            let is_named_first = name(i).is_some();
            let start = i + usize::from(!is_named_first);
            let (fact, first) = name(start)?;
            let (mut values, mut at) = (vec![first], start + 1);
            while let Some((_, value)) = name(at + usize::from(self.says_any(at, &[And, Versus, Or]))) {
                at += usize::from(self.says_any(at, &[And, Versus, Or])) + 1;
                values.push(value);
            }
            let is_enough = self.says(i, Meaning::Except) || values.len() > 1;
            let except = self.says(i, Meaning::Except).then_some(Item::Except);
            return is_enough.then(|| (except.into_iter().chain([condition(&fact, values)]).collect(), at));
        }
        if let (Some((fact, a)), Some(Than(order)), Some((_, b))) = (name(i), self.word(i + 1), name(i + 2)) {
            let (short, descending) = order.strip_prefix('-').map_or((order, false), |short| (short, true));
            let order = Item::Order(named(short)?.id.clone(), descending, false);
            return Some((vec![condition(&fact, vec![a, b]), order], i + 3));
        }
        let of = |fact: &FactId, i: usize| self.named(i)?.iter().find(|meant| meant.fact == *fact).cloned();
        // `FinTech, EdTech and Health care`: any of them.
        let several = |fact: &FactId, mut at: usize| {
            let mut values = vec![of(fact, at)?.value];
            at += 1;
            while let Some(meant) = of(fact, at + usize::from(self.says_any(at, &[And, Or]))) {
                at += 1 + usize::from(self.says_any(at, &[And, Or]));
                values.push(meant.value);
            }
            Some((condition(fact, values), at))
        };
        if let Some(Words(short)) = self.word(i) {
            let mut at = i + 1;
            while self.says(at, Meaning::Brings) {
                at += 1;
            }
            let is_not = self.says(at, Not);
            at += usize::from(is_not);
            let (condition, end) = several(&named(short)?.id, at)?;
            let not = is_not.then_some(Item::Not);
            return Some((not.into_iter().chain([condition]).collect(), end));
        }
        if let Some(Words(short)) = self.word(i + 1)
            && let Some(meant) = of(&named(short)?.id, i)
        {
            return Some((vec![condition(&meant.fact, vec![meant.value])], i + 2));
        }
        // `Paying in USD`
        let at = i + usize::from(self.says(i, Pays)) + usize::from(self.says(i, Pays) && self.says(i + 1, In));
        match self.named(at)? {
            [only] if !Names::is_customer(only) => {
                Some((vec![condition(&only.fact, vec![only.value.clone()])], at + 1))
            }
            _ => None,
        }
    }

    /// `how many`, `total ARR`, `average score`, `what share of customers`, `by segment`.
    fn measure(&self, i: usize) -> Read {
        let figure = |at: usize| self.figure(at).map(|(fact, _)| fact.id.clone());
        let one = |item, end| Some((vec![item], end));
        match self.word(i)? {
            HowMany => match figure(i + 1) {
                Some(fact) => one(Item::Measure(Measure::Sum(fact)), i + 2),
                None => one(Item::Measure(Measure::Count), i + 1),
            },
            HowMuch => {
                let arr = named("arr")?.id.clone();
                let end = i + 1 + usize::from(figure(i + 1).as_ref() == Some(&arr));
                one(Item::Measure(Measure::Sum(arr)), end)
            }
            Total if self.says(i + 1, HowMany) => self.measure(i + 1),
            Total => one(Item::Measure(Measure::Sum(figure(i + 1)?)), i + 2),
            Mean => one(Item::Measure(Measure::Mean(figure(i + 1)?)), i + 2),
            Median => one(Item::Measure(Measure::Median(figure(i + 1)?)), i + 2),
            Share => match (figure(i + 1), self.word(i + 1)) {
                (Some(fact), _) => one(Item::Measure(Measure::Share(Some(fact))), i + 2),
                (None, Some(Customers(_))) => one(Item::Measure(Measure::Share(None)), i + 2),
                _ => None,
            },
            By | Each => match self.word(i + 1)? {
                Words(short) => one(Item::Group(named(short)?.id.clone(), None), i + 2),
                Risk => one(Item::Group(named("risk")?.id.clone(), None), i + 2),
                Meaning::Unit(unit) => one(Item::Group(RENEWAL, Some(unit)), i + 2),
                _ => None,
            },
            _ => None,
        }
    }

    /// `top 5`, `3 biggest`, `by ARR`, `with the most tickets`, `soonest renewal first`.
    fn order(&self, i: usize) -> Read {
        let superlative = |short: &str, descending| Some(Item::Order(named(short)?.id.clone(), descending, true));
        // `The 3 biggest`
        let is_ordinal = self.number(i).is_some_and(|number| number.is_ordinal);
        if let (Some(n), Some(Most(..)), false) = (self.whole(i), self.word(i + 1), is_ordinal) {
            let (mut items, end) = self.order(i + 1)?;
            items.push(Item::Limit(n));
            return Some((items, end));
        }
        let with_number = |item: Item, at: usize| {
            let limit = self.whole(at).filter(|_| self.unit(at + 1).is_none() && self.figure(at + 1).is_none());
            let items = [Some(item), limit.map(Item::Limit)];
            Some((items.into_iter().flatten().collect(), at + usize::from(limit.is_some())))
        };
        match self.word(i)? {
            Top => {
                let n = self.whole(i + 1).filter(|_| self.unit(i + 2).is_none());
                match n {
                    Some(n) => Some((vec![Item::Top, Item::Limit(n)], i + 2)),
                    None => Some((vec![Item::Top], i + 1)),
                }
            }
            // `The biggest drop in usage`
            Most("arr", true) | Extreme(true) if self.drop(i + 1).is_some() => {
                with_number(superlative("usage-change", false)?, self.drop(i + 1)?)
            }
            // What renews next has not renewed yet, nor should it have.
            Most("renewal", false) => {
                let (mut items, end) = with_number(superlative("renewal", false)?, i + 1)?;
                items.push(Item::Filter(query::parse_filter("renewal:>=0d").ok()?, true));
                Some((items, end))
            }
            Most(short, descending) => {
                let end = i + 1 + usize::from(short == "arr" && self.says(i + 1, Figure("arr")));
                with_number(superlative(short, descending)?, end)
            }
            Extreme(descending) => {
                let (fact, _) = self.figure(i + 1)?;
                Some((vec![Item::Order(fact.id.clone(), descending, true)], i + 2))
            }
            Pays => match self.word(i + 1)? {
                Extreme(descending) => Some((vec![superlative("arr", descending)?], i + 2)),
                _ => None,
            },
            Ordered(short, descending) => Some((vec![Item::Order(named(short)?.id.clone(), descending, false)], i + 1)),
            By | Sort => {
                let at = i + 1;
                let short = match self.word(at)? {
                    Figure(short) | Having(short) => short,
                    Renewal(_) => "renewal",
                    Risk if self.says(i, Sort) => "risk",
                    _ => return None,
                };
                let greatest = !matches!(short, "score" | "renewal" | "risk");
                Some((vec![Item::Order(named(short)?.id.clone(), greatest, false)], at + 1))
            }
            _ => None,
        }
    }

    /// `usage drop`, `drop in usage`: the place behind it.
    fn drop(&self, i: usize) -> Option<usize> {
        let falls = |i: usize| self.says(i, Meaning::Change(false));
        if self.says(i, Meaning::Usage) && falls(i + 1) {
            return Some(i + 2);
        }
        (falls(i) && self.says(i + 1, In) && self.says(i + 2, Meaning::Usage)).then_some(i + 3)
    }
}
