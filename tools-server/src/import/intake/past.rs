//! What the source said before, by thing, and what it says with a row more.

use std::collections::HashMap;

use contracts::{CustomerId, Line, SourceName, delivery::columns::Columns};
use domain::rows::{CustomerRows, Version};

use super::Kept;

/// Kept rows by customer and key.
pub(super) type ByKey<'a, T> = HashMap<(&'a CustomerId, &'a Line), T>;

/// The rows of a kind that are `source`'s, by customer and key.
pub(super) fn by_key<'a, T>(
    kept: &'a Kept,
    source: &SourceName,
    of: fn(&CustomerRows) -> &[T],
    names: fn(&T) -> (&SourceName, &Line),
) -> ByKey<'a, &'a T> {
    let rows = kept.iter().flat_map(|(id, rows)| of(rows).iter().map(move |row| (id, row)));
    let rows = rows.filter(|(_, row)| names(row).0 == source);
    rows.map(|(id, row)| ((id, names(row).1), row)).collect()
}

/// What the source said of one thing.
#[derive(Debug)]
pub(super) struct Past<'a, T> {
    /// Its newest version.
    pub(super) newest: &'a Version<T>,
    /// The newest that says something, where `newest` may say that the thing is gone.
    pub(super) said: Option<&'a Version<T>>,
}

impl<'a, T> Past<'a, T> {
    /// The versions that are `source`'s, by customer and key.
    pub(super) fn by_key(
        kept: &'a Kept,
        source: &SourceName,
        of: fn(&CustomerRows) -> &[Version<T>],
    ) -> ByKey<'a, Self> {
        let mut pasts: ByKey<'a, Self> = HashMap::new();
        for (id, rows) in kept {
            for version in of(rows).iter().filter(|version| version.source == *source) {
                let past = pasts.entry((id, &version.key)).or_insert(Self { newest: version, said: None });
                if version.from > past.newest.from {
                    past.newest = version;
                }
                if version.says.is_some() && past.said.is_none_or(|said| version.from > said.from) {
                    past.said = Some(version);
                }
            }
        }
        pasts
    }

    /// What is said still; none of a thing that is gone.
    pub(super) fn says(&self) -> Option<&'a T> {
        self.newest.says.as_ref()
    }

    /// What was said last, also of a thing that is gone.
    pub(super) fn last_said(&self) -> Option<&'a T> {
        self.said.and_then(|version| version.says.as_ref())
    }
}

/// A row over what was said before: a column that was delivered counts as the row has it, empty or not, and one that was
/// not delivered stays as it was.
pub(super) fn merged<T: Columns>(before: Option<&T>, row: &T, delivered: &[Line]) -> T {
    let mut merged = row.clone();
    let is_delivered = |name: &str| delivered.iter().any(|column| column.as_str() == name);
    for column in T::COLUMNS.iter().filter(|column| !(column.has)(row) && !is_delivered(column.name)) {
        if let Some(before) = before {
            (column.copy)(&mut merged, before);
        }
    }
    merged
}
