//! What the page reads of rows of the book.

use contracts::{
    book::CustomerRow,
    facts::{Money, Trend},
    reading::{Reading, Value},
};

use super::Total;
use crate::attention::order::sums;

/// What is known of a fact, where the row has it.
pub(super) fn reading<'a>(row: &'a CustomerRow, id: &str) -> Option<&'a Reading> {
    row.facts.iter().find(|reading| reading.fact.as_str() == id)
}

/// What is known of a fact today.
pub(super) fn known<'a>(row: &'a CustomerRow, id: &str) -> Option<&'a Value> {
    reading(row, id)?.knowledge.known()
}

/// Whether the product is not used any more.
pub(super) fn is_silent(row: &CustomerRow) -> bool {
    row.trend == Some(Trend::Silent)
}

/// What the customer pays a year in all currencies, where that is known today.
fn arr(row: &CustomerRow) -> &[Money] {
    match known(row, "contract.arr") {
        Some(Value::Money(arr)) => arr,
        _ => &[],
    }
}

/// What these customers come to.
pub(super) fn total(rows: &[&CustomerRow]) -> Total {
    let without_arr = rows.iter().filter(|row| arr(row).is_empty()).count();
    Total { customers: rows.len(), arr: sums(rows.iter().flat_map(|row| arr(row))), without_arr }
}
