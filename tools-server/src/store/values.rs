//! What statements are given and what they answer, as JSON.

use std::cell::Cell;

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use sqlx::types::Json;

use super::StoreError;

/// The source of what a user says in this program.
pub(super) const MANUAL: &str = "manual";

/// Rows of a bulk statement: one JSON object keyed by customer id, written once.
pub(super) type Rows = Json<Box<RawValue>>;

pub(super) fn rows(of: &impl Serialize) -> Rows {
    Json(to_raw_value(of).expect("records are plain data with text for keys"))
}

/// Rows with their keys, written as they come.
pub(super) fn keyed<K: Serialize, V: Serialize>(pairs: impl IntoIterator<Item = (K, V)>) -> Rows {
    rows(&Pairs(Cell::new(Some(pairs.into_iter()))))
}

/// Rows under any keys: their own say what they belong to.
pub(super) fn numbered<T: Serialize>(items: impl IntoIterator<Item = T>) -> Rows {
    keyed(items.into_iter().enumerate())
}

/// An object that is written once.
struct Pairs<I>(Cell<Option<I>>);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)>> Serialize for Pairs<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.take().into_iter().flatten())
    }
}

/// A stored value that the program cannot have written.
pub(super) type Unreadable = Box<dyn std::error::Error + Send + Sync>;

pub(super) fn unreadable(error: Unreadable) -> StoreError {
    StoreError::Broken(sqlx::Error::Decode(error))
}
