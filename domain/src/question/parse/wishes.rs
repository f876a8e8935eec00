//! What is wanted of those who fit: figures, groups and an order.

use contracts::query::Measure;

use super::{Item, Read, Reader};
use crate::{
    facts::named,
    query,
    question::{
        RENEWAL,
        table::Meaning::{
            self, By, Customers, Each, Extreme, Figure, HowMany, HowMuch, In, Mean, Median, Most, Ordered, Pays,
            Renewal, Risk, Share, Some as Having, Sort, Top, Total, Words,
        },
    },
};

impl Reader<'_> {
    /// `how many`, `total ARR`, `average score`, `what share of customers`, `by segment`.
    pub(super) fn measure(&self, i: usize) -> Read {
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
    pub(super) fn order(&self, i: usize) -> Read {
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
