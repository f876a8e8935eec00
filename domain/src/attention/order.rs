//! The list of the day: one row a customer, what matters most first, and as much of it as the time allows.

use std::{cmp::Reverse, collections::BTreeMap, fmt};

use chrono::NaiveDate;
use contracts::{
    Line,
    attention::{About, Item, State},
    facts::Money,
};

use super::{Minutes, Weights};

/// How much an item matters: value times likelihood times urgency. The larger comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Priority(u64);

impl Priority {
    /// Thousandths and three times percent make the product of the factors in billionths.
    const ONE: u64 = 1_000_000_000;

    /// Of an item, with the weight of its kind.
    pub fn of(item: &Item, weights: &Weights) -> Self {
        let factors = &item.factors;
        let percents = [weights.of(item.kind), factors.likelihood.percent, factors.urgency.percent];
        Self(percents.into_iter().fold(factors.value.thousandths, |product, by| product.saturating_mul(by.into())))
    }

    /// The product of the factors in hundredths, half up.
    pub fn hundredths(self) -> u64 {
        self.0.saturating_add(Self::ONE / 200) / (Self::ONE / 100)
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.hundredths() / 100, self.hundredths() % 100)
    }
}

/// An item with how much it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Ranked {
    pub item: Item,
    pub priority: Priority,
}

/// A customer or a source with all that waits of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What matters most of it.
    pub first: Ranked,
    /// What else there is, by how much it matters.
    pub others: Vec<Ranked>,
}

impl Row {
    /// Whom or what it is about.
    pub fn about(&self) -> &About {
        &self.first.item.about
    }

    /// All of its items, what matters most first.
    pub fn items(&self) -> impl Iterator<Item = &Ranked> {
        [&self.first].into_iter().chain(&self.others)
    }
}

/// The rows of the items that wait, what matters most first. A kind without weight is left out. Equal ones come by the id
/// of the item, so that the order is always the same.
pub fn rows(items: &[Item], weights: &Weights) -> Vec<Row> {
    let open = items.iter().filter(|item| item.state == State::Open && weights.of(item.kind) > 0);
    let mut ranked: Vec<_> =
        open.map(|item| Ranked { priority: Priority::of(item, weights), item: item.clone() }).collect();
    ranked.sort_by(|one, other| (Reverse(one.priority), &one.item.id).cmp(&(Reverse(other.priority), &other.item.id)));
    let mut places: BTreeMap<About, usize> = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for next in ranked {
        match places.get(&next.item.about) {
            Some(&place) => rows[place].others.push(next),
            None => {
                places.insert(next.item.about.clone(), rows.len());
                rows.push(Row { first: next, others: Vec::new() });
            }
        }
    }
    rows
}

/// How many of the rows there is time for, from the first on. A row takes as long as its first item.
pub fn within(rows: &[Row], minutes: &Minutes, time: u32) -> usize {
    let mut left = time;
    let fits = |row: &&Row| {
        let rest = left.checked_sub(minutes.of(row.first.item.kind));
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    rows.iter().take_while(fits).count()
}

/// How many minutes the items took that were done on a day.
pub fn spent(items: &[Item], minutes: &Minutes, day: NaiveDate) -> u32 {
    let done = items.iter().filter(|item| item.state == State::Done(day));
    done.map(|item| minutes.of(item.kind)).fold(0, u32::saturating_add)
}

/// The yearly revenue that hangs on rows, one amount a currency. A source's is that of customers who may have rows of their
/// own, so it is not counted.
pub fn arr(rows: &[Row]) -> Vec<Money> {
    let of_customers = rows.iter().filter(|row| row.about().customer().is_some());
    sums(of_customers.flat_map(|row| row.first.item.arr()))
}

/// Amounts by currency.
pub(crate) fn sums<'a>(amounts: impl Iterator<Item = &'a Money>) -> Vec<Money> {
    let mut sums: BTreeMap<&Line, i64> = BTreeMap::new();
    for amount in amounts {
        let sum = sums.entry(&amount.currency).or_default();
        *sum = sum.saturating_add(amount.minor);
    }
    sums.into_iter().map(|(currency, minor)| Money { minor, currency: currency.clone() }).collect()
}
