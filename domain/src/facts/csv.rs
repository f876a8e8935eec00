//! Facts for a spreadsheet: amounts are exact and apart from their currencies, days are YYYY-MM-DD, and the last column
//! names what is stale.

use std::collections::BTreeMap;

use contracts::reading::{FactId, Knowledge, Reading, Value};

use super::{Fact, Kind};
use crate::words;

/// Parts several amounts, and several names.
const SEPARATOR: &str = "; ";

/// The headings of columns of these facts: their ids, beside those of money `…_currency`, and at the end `stale`.
pub fn headings(facts: &[&Fact]) -> Vec<String> {
    let columns = facts.iter().flat_map(|fact| {
        let id = fact.id.as_str();
        let currency = (fact.kind == Kind::Money).then(|| format!("{id}_currency"));
        [Some(id.to_owned()), currency].into_iter().flatten()
    });
    columns.chain(["stale".to_owned()]).collect()
}

/// The cells of one customer under these [`headings`]. What is missing, or was not read, is an empty cell.
pub fn cells(facts: &[&Fact], readings: &[Reading]) -> Vec<String> {
    let readings: BTreeMap<&FactId, _> = readings.iter().map(|reading| (&reading.fact, &reading.knowledge)).collect();
    let of = |fact: &Fact| readings.get(&fact.id).copied().unwrap_or(&Knowledge::Missing);
    let stale = facts.iter().filter(|fact| of(fact).is_stale()).filter_map(|fact| {
        let day = of(fact).source()?.as_of;
        Some(format!("{} {day}", fact.id.as_str()))
    });
    let stale: Vec<_> = stale.collect();
    let columns = facts.iter().flat_map(|fact| {
        let value = of(fact).any();
        let currency = (fact.kind == Kind::Money).then(|| value.map(currencies).unwrap_or_default());
        [Some(value.map(cell).unwrap_or_default()), currency].into_iter().flatten()
    });
    columns.chain([stale.join(SEPARATOR)]).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Count(n) => n.to_string(),
        Value::Measurement { value, .. } => value.to_string(),
        Value::Money(amounts) => joined(amounts.iter().map(|money| words::amount(money.minor))),
        Value::Date(day) => day.to_string(),
        Value::Days(days) => days.to_string(),
        // Of one, as spreadsheets reckon: 0.3200 is 32%.
        Value::Share(basis_points) => {
            let sign = if *basis_points < 0 { "-" } else { "" };
            let share = basis_points.unsigned_abs();
            format!("{sign}{}.{:04}", share / 10_000, share % 10_000)
        }
        Value::Flag(_) => words::cell_of(value),
        Value::Choice(text) | Value::Text(text) => inert(text.as_str()),
    }
}

fn currencies(value: &Value) -> String {
    match value {
        Value::Money(amounts) => joined(amounts.iter().map(|money| inert(money.currency.as_str()))),
        _ => String::new(),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(SEPARATOR)
}

/// Foreign text that a spreadsheet would take for a formula, made plain text.
pub fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
