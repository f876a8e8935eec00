//! What a book comes to.

use chrono::{Datelike, Months, NaiveDate};
use contracts::{
    attention::{RenewalMonth, Totals},
    book::Standing,
    facts::{Money, Trend},
    health::Risk,
};

use super::order::sums;
use crate::{
    case::Case,
    health::{inputs_of, judge},
};

/// How many months of renewals are told, with the present one.
const MONTHS: u32 = 6;

/// The totals of customers on a day. Those that left are not counted.
pub fn totals<'a>(cases: impl Iterator<Item = &'a Case>, as_of: NaiveDate) -> Totals {
    let cases: Vec<&Case> = cases.filter(|case| case.standing() == Standing::Active).collect();
    let high: Vec<&Case> = cases.iter().filter(|case| judge(&inputs_of(case)).risk == Risk::High).copied().collect();
    let is_silent = |case: &&&Case| case.usage.known().is_some_and(|usage| usage.trend == Some(Trend::Silent));
    let is_stale = |case: &&&Case| case.usage.is_stale() || case.tickets.is_stale() || case.contract.is_stale();
    let first = as_of.with_day(1).unwrap_or(as_of);
    let months = (0..MONTHS).filter_map(|months| first.checked_add_months(Months::new(months)));
    Totals {
        customers: number(cases.len()),
        high: number(high.len()),
        at_risk: sums(high.iter().flat_map(|case| arr(case))),
        silent: number(cases.iter().filter(is_silent).count()),
        stale: number(cases.iter().filter(is_stale).count()),
        renewals: months.map(|month| renewals(&cases, month, as_of)).collect(),
    }
}

/// Those that renew in a month and have not yet.
fn renewals(cases: &[&Case], month: NaiveDate, as_of: NaiveDate) -> RenewalMonth {
    let is_in_it = |day: NaiveDate| day >= as_of && (day.year(), day.month()) == (month.year(), month.month());
    let renewing = cases.iter().filter(|case| case.renewal().known().is_some_and(|day| is_in_it(*day)));
    let renewing: Vec<_> = renewing.collect();
    RenewalMonth { month, customers: number(renewing.len()), arr: sums(renewing.iter().flat_map(|case| arr(case))) }
}

fn arr(case: &Case) -> &[Money] {
    case.contract.known().map(|contract| contract.arr.as_slice()).unwrap_or_default()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
