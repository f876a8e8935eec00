//! Rows and cells that cannot be read: left out, counted, and written down where somebody can mend them.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    io,
    path::Path,
};

use contracts::facts::Part;
use tempfile::NamedTempFile;

use super::{
    cell::inert,
    origin::Origin,
    problem::{BadCell, Lost, Reject, quoted},
};
use crate::words::{count, grouped};

/// How many rejects are kept; of more, the files are not what they seem.
pub const MAX: usize = 100_000;

/// How many kinds of rejects are told.
const KINDS: usize = 20;

/// The rows and cells that were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejects {
    kept: Vec<Reject>,
    by_part: BTreeMap<Part, u32>,
    cells: BTreeMap<(Part, String), u64>,
    unknown: BTreeSet<(Part, &'static str)>,
}

impl Rejects {
    pub(super) fn add(&mut self, part: Part, reject: Reject) {
        *self.by_part.entry(part).or_default() += 1;
        self.keep(Reject { lost: Lost::Row, ..reject });
    }

    pub(super) fn add_cell(&mut self, part: Part, BadCell { columns, reject }: BadCell) {
        *self.cells.entry((part, reject.column.clone())).or_default() += 1;
        self.unknown.extend(columns.into_iter().map(|column| (part, column)));
        self.keep(Reject { lost: Lost::Cell, ..reject });
    }

    fn keep(&mut self, reject: Reject) {
        if self.kept.len() < MAX {
            self.kept.push(reject);
        }
    }

    /// How many rows and cells there are.
    pub fn total(&self) -> u64 {
        self.rows() + self.cells.values().sum::<u64>()
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.by_part.values().map(|rows| u64::from(*rows)).sum()
    }

    /// How many cells there are without their rows, by part and by what the file calls their column.
    pub fn cells(&self) -> &BTreeMap<(Part, String), u64> {
        &self.cells
    }

    /// Whether a cell of this canonical column was left out, so that an empty one says nothing for certain.
    pub fn is_unknown(&self, part: Part, column: &str) -> bool {
        self.unknown.contains(&(part, column))
    }

    /// How many rows there are of each part.
    pub fn by_part(&self) -> &BTreeMap<Part, u32> {
        &self.by_part
    }

    /// The first of them, at most [`MAX`].
    pub fn first(&self) -> &[Reject] {
        &self.kept
    }

    /// The kinds of them as a line each, the most frequent first: how many, what is wrong, and the first.
    pub fn lines(&self) -> Vec<String> {
        let mut kinds = BTreeMap::<_, (u64, &Reject)>::new();
        for reject in &self.kept {
            match kinds.entry((&reject.origin, &reject.column, reject.why.kind(), reject.lost)) {
                Entry::Vacant(place) => _ = place.insert((1, reject)),
                Entry::Occupied(mut kind) => kind.get_mut().0 += 1,
            }
        }
        let mut kinds = kinds.into_iter().collect::<Vec<_>>();
        kinds.sort_by_key(|(_, (rows, _))| std::cmp::Reverse(*rows));
        let line =
            |((origin, column, kind, lost), (times, first)): &((&Origin, &String, String, Lost), (u64, &Reject))| {
                let (times, mut at) = (count(*times, lost.as_str()), origin.numbered(first.row));
                // A row that a preset made stands in no file: the customer's own id finds it.
                if matches!(origin, Origin::Section { .. }) && !first.customer.is_empty() {
                    at += &format!(" of the customer {}", quoted(&first.customer));
                }
                let text = if first.text.is_empty() { String::new() } else { format!(", {}", quoted(&first.text)) };
                format!("{origin}: {times} left out, column {column} {kind}; the first is {at}{text}")
            };
        let mut lines = kinds.iter().take(KINDS).map(line).collect::<Vec<_>>();
        let told = kinds.iter().take(KINDS).map(|(_, (times, _))| times).sum::<u64>();
        if told < self.total() {
            let more = grouped(&(self.total() - told).to_string());
            lines.push(format!("and {more} more rows and cells left out for other reasons"));
        }
        lines
    }

    /// Writes them as CSV, in which no cell is a formula; the file is there whole or not at all, and for its owner alone.
    ///
    /// # Errors
    /// The disk does not take them.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let beside = NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
        let mut file = csv::Writer::from_writer(beside);
        file.write_record(["file", "line", "column", "customer", "text", "why", "left_out"])?;
        for reject in &self.kept {
            let Reject { lost, origin, row, column, customer, text, .. } = reject;
            let [origin, column, customer, text] =
                [&origin.to_string(), column, customer, text].map(|cell| inert(cell));
            let (line, why, lost) = (row.to_string(), inert(&reject.says()), lost.as_str().to_owned());
            file.write_record([origin, line, column, customer, text, why, lost])?;
        }
        let beside = file.into_inner().map_err(csv::IntoInnerError::into_error)?;
        beside.persist(path).map(drop).map_err(|error| error.error)
    }
}
