//! Values of facts: as a figure in a sentence, as a cell of a table.

use contracts::reading::{Knowledge, Value};

use super::{count, date, money, moneys, number, percent};

/// A value as a sentence has it; `noun` is what a count counts, in the singular: `2 urgent tickets`, `no tickets`.
pub fn figure(value: &Value, noun: Option<&str>) -> String {
    match (value, noun) {
        (Value::Count(0), Some(noun)) => format!("no {noun}s"),
        (Value::Count(n), Some(noun)) => count(*n, noun),
        (Value::Measurement { value, unit }, _) => format!("{} {unit}", number(*value)),
        (Value::Money(amounts), _) => moneys(amounts),
        (Value::Date(day), _) => date(*day),
        (Value::Days(days), _) => match days {
            ..0 => format!("-{}", count(days.unsigned_abs(), "day")),
            _ => count(days.unsigned_abs(), "day"),
        },
        _ => cell_of(value),
    }
}

/// A value as narrow as a column wants it; the heading says what it is.
pub fn cell_of(value: &Value) -> String {
    match value {
        Value::Count(n) => number(*n as f64),
        Value::Measurement { value, .. } => number(*value),
        Value::Money(amounts) => amounts.iter().map(money).collect::<Vec<_>>().join(", "),
        Value::Date(day) => date(*day),
        Value::Days(days) => number(*days as f64),
        Value::Share(basis_points) => percent(*basis_points),
        Value::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Choice(text) | Value::Text(text) => text.to_string(),
    }
}

/// What is known, as a cell: `610`; stale ones with their day, `610 (12 Mar 2026)`; missing ones are a dash.
pub fn cell(knowledge: &Knowledge<Value>) -> String {
    match knowledge {
        Knowledge::Known { value, .. } => cell_of(value),
        Knowledge::Stale { value, source } => format!("{} ({})", cell_of(value), date(source.as_of)),
        Knowledge::Missing => "–".to_owned(),
    }
}
