//! Tokens as conditions and wishes.

mod conditions;
mod named;
mod wishes;

use chrono::NaiveDate;
use contracts::{
    query::{Filter, Measure, Unit},
    reading::FactId,
};

use super::{
    names::{Meant, Names},
    table::Meaning::{
        self, And, But, Churned, Condition, Customers, Figure, For, Goes, In, Level, Neither, No, Nor, Not, Nothing,
        Or, Pays, Renewal, Risk, Some as Having, Untouched, Unused,
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
            But => vec![self.but(i)?],
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

    /// What `but` means: behind customers of whom nothing was said, and before a name, it takes out; between two conditions
    /// it joins them; of `high risk customers but the silent ones` it cannot be told.
    fn but(&self, i: usize) -> Option<Item> {
        let says_nothing = |at: usize| {
            use Meaning::{Brings, HowMany, HowMuch, Mean, Median, Share, Total};
            let is_figure = matches!(self.word(at), Some(Figure(_) | Having(_)));
            is_figure
                || self.says_any(at, &[Customers(false), Brings, For, HowMany, HowMuch, Mean, Median, Share, Total])
        };
        let is_behind_customers = self.says(i.checked_sub(1)?, Customers(false));
        let next = self.tokens.get(i + 1)?;
        match &next.is {
            Says::Named(meant) if meant.iter().all(Names::is_customer) => Some(Item::Except),
            _ if is_behind_customers => (0..i).all(says_nothing).then_some(Item::Except),
            // Words that were passed over, such as `the` and `those`, stand between.
            _ => (next.from == self.tokens[i].from + 1).then_some(Item::And),
        }
    }

    fn is_level(&self, i: usize) -> bool {
        matches!(self.word(i), Some(Level(_)))
    }
}
