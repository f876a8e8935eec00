//! What an item weighs: value, likelihood and urgency.

use std::collections::BTreeMap;

use contracts::{
    Line,
    attention::{Grounds, Kind, Likelihood, Pressure, Share, Urgency, Worth},
    facts::Money,
};

use crate::case::Case;

/// A customer as dear as the median, and one whose revenue nobody knows.
const ONE: u64 = 1_000;
/// However small its revenue, a customer is worth something.
const LEAST: u64 = 10;
/// Far above any real share, and small enough that products of it stay whole numbers.
const MOST: u64 = 1_000_000_000;

/// Where nobody can say how likely it is.
const NO_SCORE_PERCENT: u32 = 50;
/// However well a customer does, it may leave.
const LEAST_PERCENT: u32 = 20;

/// The median of the yearly revenue of the customers that pay in a currency, by currency.
pub(super) struct Medians(BTreeMap<Line, i64>);

impl Medians {
    pub(super) fn of<'a>(cases: impl Iterator<Item = &'a Case>) -> Self {
        let mut amounts: BTreeMap<Line, Vec<i64>> = BTreeMap::new();
        for arr in cases.flat_map(arr) {
            amounts.entry(arr.currency.clone()).or_default().push(arr.minor);
        }
        Self(amounts.into_iter().map(|(currency, amounts)| (currency, median(amounts))).collect())
    }

    /// What a customer is worth. Old revenue counts as well: it says how large the customer is.
    pub(super) fn worth(&self, case: &Case) -> Worth {
        let share = |arr: &Money| {
            // A customer that was not counted, such as one that is gone, may pay in a currency of its own.
            let minor = *self.0.get(&arr.currency)?;
            Some(Share { arr: arr.clone(), median: Money { minor, currency: arr.currency.clone() } })
        };
        let shares: Vec<_> = arr(case).filter_map(share).collect();
        let thousandths = match shares.is_empty() {
            true => ONE,
            false => shares.iter().map(thousandths).fold(0, u64::saturating_add).clamp(LEAST, MOST),
        };
        Worth { thousandths, shares }
    }

    /// What all of these are worth together.
    pub(super) fn worth_of_all<'a>(&self, cases: impl Iterator<Item = &'a Case>) -> Worth {
        let mut together = Worth { thousandths: 0, shares: Vec::new() };
        for worth in cases.map(|case| self.worth(case)) {
            together.thousandths = together.thousandths.saturating_add(worth.thousandths).clamp(LEAST, MOST);
            for share in worth.shares {
                match together.shares.iter_mut().find(|known| known.median == share.median) {
                    Some(known) => known.arr.minor = known.arr.minor.saturating_add(share.arr.minor),
                    None => together.shares.push(share),
                }
            }
        }
        together.shares.sort_by(|one, other| one.arr.currency.cmp(&other.arr.currency));
        together
    }
}

/// The revenue of a customer, where there is any.
fn arr(case: &Case) -> impl Iterator<Item = &Money> {
    let contract = case.contract.any().into_iter();
    contract.flat_map(|contract| &contract.arr).filter(|arr| arr.minor > 0)
}

/// The middle one, or the mean of the two in the middle.
fn median(mut amounts: Vec<i64>) -> i64 {
    amounts.sort_unstable();
    let (low, high) = (amounts[(amounts.len() - 1) / 2], amounts[amounts.len() / 2]);
    low + (high - low) / 2
}

/// Half up.
fn thousandths(share: &Share) -> u64 {
    let (arr, median) = (i128::from(share.arr.minor), i128::from(share.median.minor.max(1)));
    u64::try_from((arr * i128::from(ONE) + median / 2) / median).unwrap_or(MOST)
}

/// How likely it is by what is known of the customer: the worse the score, the likelier.
pub(super) fn likelihood(by: Grounds) -> Likelihood {
    let percent = match by {
        Grounds::Score(worst) => 100_u32.saturating_sub(worst).max(LEAST_PERCENT),
        Grounds::NoScore => NO_SCORE_PERCENT,
        Grounds::Kind => 100,
    };
    Likelihood { percent, by }
}

/// How urgent it is: by the most pressing thing, and never less than its kind by itself.
pub(super) fn urgency(kind: Kind, pressures: impl Iterator<Item = Pressure>) -> Urgency {
    let urgency = |by| Urgency { percent: percent(kind, by), by };
    let all = [Pressure::Kind].into_iter().chain(pressures).map(urgency);
    all.reduce(|most, next| if next.percent > most.percent { next } else { most }).expect("the kind is among them")
}

fn percent(kind: Kind, by: Pressure) -> u32 {
    let clamped = |percent: i64| u32::try_from(percent.clamp(10, 100)).unwrap_or(100);
    match by {
        // 90 days away it is 10, and 100 on the day.
        Pressure::Renewal(days) | Pressure::Notice(days) => clamped(100_i64.saturating_sub(days)),
        Pressure::Waiting(days) => clamped(days.saturating_mul(5).saturating_add(50)),
        Pressure::Due(days) => clamped(days.saturating_mul(5).saturating_add(80)),
        Pressure::Kind => match kind {
            Kind::FollowUpDue | Kind::RenewalOverdue => 80,
            Kind::SourceFell => 60,
            Kind::UrgentTicket | Kind::ScoreDropped | Kind::Gone => 50,
            Kind::Silent | Kind::UsageFell | Kind::RevenueAtRisk => 40,
            Kind::ArrFell | Kind::SourceStale => 30,
            Kind::NoTouch => 20,
            Kind::RenewalWindow => 10,
        },
    }
}
