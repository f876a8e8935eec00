//! What statements are given and what they answer, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
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

/// Rows under any keys: their own say what they belong to.
pub(super) fn numbered<T: Serialize>(items: impl IntoIterator<Item = T>) -> Rows {
    rows(&items.into_iter().enumerate().collect::<BTreeMap<_, _>>())
}

/// A stored value that the program cannot have written.
pub(super) type Unreadable = Box<dyn std::error::Error + Send + Sync>;

pub(super) fn unreadable(error: Unreadable) -> StoreError {
    StoreError::Broken(sqlx::Error::Decode(error))
}
