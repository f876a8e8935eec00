//! A contract, of what a row of any system says.

use std::{collections::HashMap, mem};

use ::contracts::Line;
use chrono::NaiveDate;

use super::LeftOut;
use crate::sources::{
    problem::BadCell,
    says::{Cells, Says},
};

/// The columns of the canonical file that are made.
pub(super) const COLUMNS: [&str; 9] =
    ["contract_id", "customer_id", "renewal_date", "arr", "currency", "plan", "seats", "auto_renew", "notice_days"];

/// Where its id, its customer, its end, its revenue, the currency of that and its plan are among them.
pub(super) const ID: usize = 0;
const CUSTOMER: usize = 1;
const RENEWAL: usize = 2;
const ARR: usize = 3;
const CURRENCY: usize = 4;
const PLAN: usize = 5;

/// Whether there is an amount and nobody has said in which currency.
pub(super) fn lacks_currency(row: &Cells<'_>) -> bool {
    !row[ARR].is_empty() && row[CURRENCY].is_empty()
}

/// Whether nothing is paid for it yet.
pub(super) fn is_without_revenue(says: &Says<'_>) -> bool {
    ["trial", "future"].contains(&says.text("status"))
}

/// Whether its amount is taken for that of several seats together.
pub(super) fn is_of_all_seats(says: &Says<'_>) -> bool {
    let has_amount = !says.text("amount").is_empty() && says.text("arr").is_empty() && says.text("mrr").is_empty();
    has_amount
        && !is_without_revenue(says)
        && !is_without_interval(says)
        && says.text("seats").parse().is_ok_and(|seats: u32| seats > 1)
}

/// Whether it has an amount of which nothing says how often it is paid.
pub(super) fn is_without_interval(says: &Says<'_>) -> bool {
    let has_amount = !says.first(&["amount", "unit_amount"]).is_empty();
    has_amount && !is_without_revenue(says) && arr(says).is_empty()
}

/// The canonical cells of a row, as of `day`; `currency` is that of amounts without one.
///
/// # Errors
/// The contract is none any more.
pub(super) fn row<'a>(
    mut says: Says<'a>,
    customer: &'a str,
    currency: Option<&'a Line>,
    day: NaiveDate,
) -> Result<Cells<'a>, LeftOut> {
    let is_cancelled = says.text("status") == "ended";
    let ends = says.text("ended_on").parse::<NaiveDate>().ok();
    // One that is cancelled may run to a day that is still to come.
    if ends.map_or(is_cancelled, |ends| ends <= day) {
        return Err(LeftOut::Ended);
    }
    // Nothing is paid for a trial, and what is to come is no revenue yet.
    let arr = if is_without_revenue(&says) { String::new() } else { arr(&says) };
    let currency = match says.take("currency") {
        _ if arr.is_empty() => "".into(),
        own if own.is_empty() => currency.map_or("", Line::as_str).into(),
        own => own,
    };
    let auto_renew = if is_cancelled || says.text("cancels") == "yes" { "no".into() } else { says.take("auto_renew") };
    let mut text = |name| says.take(name);
    Ok(vec![
        text("contract_id"),
        customer.into(),
        text("renewal_date"),
        arr.into(),
        currency,
        text("plan"),
        text("seats"),
        auto_renew,
        text("notice_days"),
    ])
}

/// The revenue of a year: as the row says it, else twelve months of it, else what is paid each interval.
fn arr(says: &Says<'_>) -> String {
    // A price of each seat says nothing where nobody can tell how many there are.
    let amount = match (says.text("amount"), says.text("unit_amount")) {
        ("", _) if says.is_bad("amount") || says.is_bad("seats") => None,
        ("", unit) => times(unit, says.text("seats").parse().unwrap_or(1), 1),
        (amount, _) => Some(amount.to_owned()),
    };
    let yearly = || {
        let (times_a_year, of) = times_a_year(says.text("interval")).filter(|_| !says.is_bad("interval_count"))?;
        let count = says.text("interval_count").parse().unwrap_or(1);
        times(&amount.filter(|amount| !amount.is_empty())?, times_a_year, of * count)
    };
    let monthly = || times(says.text("mrr"), 12, 1);
    Some(says.text("arr").to_owned()).filter(|arr| !arr.is_empty()).or_else(monthly).or_else(yearly).unwrap_or_default()
}

/// How often something is paid in so many years.
fn times_a_year(interval: &str) -> Option<(i64, i64)> {
    Some(match interval {
        "day" => (365, 1),
        "week" => (52, 1),
        "month" => (12, 1),
        "quarter" => (4, 1),
        "half-year" => (2, 1),
        "year" => (1, 1),
        _ => return None,
    })
}

/// An exact amount times `factor` over `by`, rounded half up to hundredths; none where it is no plain amount. One that is
/// negative is no revenue however often it is paid, and stays as it is, to be refused.
fn times(amount: &str, factor: i64, by: i64) -> Option<String> {
    if amount.starts_with('-') {
        return Some(amount.to_owned());
    }
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    let hundredths = whole.parse::<i64>().ok()?.checked_mul(100)? + format!("{fraction:0<2}").parse::<i64>().ok()?;
    let times = hundredths.checked_mul(factor)?.checked_mul(2)?.checked_add(by)?;
    let hundredths = times / by.checked_mul(2).filter(|by| *by > 0)?;
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

/// A contract, to be seen beside the others of its table.
pub(super) struct Contract {
    pub(super) line: u64,
    pub(super) cells: Cells<'static>,
    pub(super) bad: Vec<BadCell>,
}

impl Contract {
    pub(super) fn new(line: u64, cells: Cells<'_>, bad: Vec<BadCell>) -> Self {
        Self { line, cells: cells.into_iter().map(|cell| cell.into_owned().into()).collect(), bad }
    }

    /// Its customer and plan; none where it has an id and no plan, so that it may be of anything.
    fn plan(&self) -> Option<(String, String)> {
        let may_be_of_anything = !self.cells[ID].is_empty() && self.cells[PLAN].is_empty();
        (!may_be_of_anything).then(|| (self.cells[CUSTOMER].to_string(), self.cells[PLAN].to_string()))
    }
}

/// Takes out the contracts that were over by `day` where the customer has another of the same plan that ends later: that is
/// what they were renewed by. Returns how many.
pub(super) fn leave_out_renewed(contracts: &mut Vec<Contract>, day: NaiveDate) -> u64 {
    let day = day.to_string();
    let mut last: HashMap<(String, String), String> = HashMap::new();
    for contract in contracts.iter() {
        let Some(plan) = contract.plan() else { continue };
        let last = last.entry(plan).or_default();
        *last = mem::take(last).max(contract.cells[RENEWAL].to_string());
    }
    let before = contracts.len();
    contracts.retain(|contract| {
        let ends = contract.cells[RENEWAL].as_ref();
        ends.is_empty() || ends > day.as_str() || contract.plan().is_none_or(|plan| last[&plan] == ends)
    });
    (before - contracts.len()) as u64
}

/// Tells contracts without ids of their own apart: a customer's only one bears the customer's id, several their plans
/// besides. Where their plans are the same nothing tells them apart, and they keep the one id.
pub(super) fn tell_apart(contracts: &mut [Contract]) {
    let mut of: HashMap<String, HashMap<String, usize>> = HashMap::new();
    let is_nameless = |contract: &&mut Contract| contract.cells[ID].is_empty();
    for Contract { cells, .. } in contracts.iter_mut().filter(is_nameless) {
        *of.entry(cells[CUSTOMER].to_string()).or_default().entry(cells[PLAN].to_string()).or_default() += 1;
    }
    let are_told_apart =
        |plans: &HashMap<String, usize>| plans.len() > 1 && plans.iter().all(|(plan, n)| *n == 1 && !plan.is_empty());
    for Contract { cells, .. } in contracts.iter_mut().filter(is_nameless) {
        if are_told_apart(&of[cells[CUSTOMER].as_ref()]) {
            cells[ID] = format!("{} {}", cells[CUSTOMER], cells[PLAN]).into();
        }
    }
}
