//! Two tables side by side, with an empty column between them. Read as one, the rows of the second would be said of
//! whoever is in the same line of the first. Pure.

use csv::StringRecord;

use super::layout::{filled, has_words, is_total};

/// How titles of a pivot table begin whose rows are no rows of anything else, in lower case.
const LABELS: [&str; 2] = ["row labels", "zeilenbeschriftungen"];

/// How titles of a pivot table begin before the title that they add up, in lower case.
const ADDED_UP: [&str; 8] =
    ["sum of ", "count of ", "average of ", "max of ", "min of ", "summe von ", "anzahl von ", "mittelwert von "];

/// How many columns are looked at: nobody puts more tables beside one another, and a sheet may have thousands.
const GAPS: usize = 16;

/// The columns that may part two tables, with what the rows so far have shown.
#[derive(Debug, Default)]
pub(super) struct Sides {
    titles: Vec<String>,
    gaps: Vec<Gap>,
}

/// A column without a name, in which no row so far says anything.
#[derive(Debug)]
struct Gap {
    at: usize,
    left: Side,
    right: Side,
}

/// The rows on one side of a gap.
#[derive(Debug, Default)]
struct Side {
    /// The last of them.
    last: StringRecord,
    /// What the other side says beside it.
    beside: StringRecord,
    /// Whether each says more than one thing.
    is_wide: bool,
    rows: u64,
    /// How many rows the other side has had since the last.
    since: u64,
    /// Whether they are below one another without a gap.
    is_block: bool,
}

impl Sides {
    /// Before any row was seen.
    pub(super) fn new(header: &StringRecord) -> Self {
        let titles = header.iter().map(|title| title.trim().to_lowercase()).collect::<Vec<_>>();
        let side = || Side { is_wide: true, is_block: true, ..Side::default() };
        let gap = |at| Gap { at, left: side(), right: side() };
        let gaps = (1..titles.len()).filter(|at| titles[*at].is_empty()).take(GAPS).map(gap).collect();
        Self { titles, gaps }
    }

    /// Looks at a row.
    pub(super) fn see(&mut self, row: &StringRecord) {
        self.gaps.retain(|gap| row.get(gap.at).unwrap_or_default().trim().is_empty());
        for Gap { at, left, right } in &mut self.gaps {
            let one = row.iter().take(*at).collect::<StringRecord>();
            let two = row.iter().skip(*at).collect::<StringRecord>();
            left.see(&one, &two);
            right.see(&two, &one);
        }
    }

    /// The column that parts two tables: both have a column of the same name, one is put together of the other, as a pivot
    /// table is, one has totals of its own, or one ends before the other.
    pub(super) fn parting(&self) -> Option<usize> {
        let parts = |gap: &&Gap| {
            let (left, right) = (&self.titles[..gap.at], &self.titles[gap.at + 1..]);
            let is_there_again = right.iter().any(|title| !title.is_empty() && left.contains(title));
            is_there_again
                || is_pivot(left, right) != is_pivot(right, left)
                || [&gap.left, &gap.right].into_iter().any(|side| side.has_own_total() || side.ends_early())
        };
        self.gaps.iter().find(parts).map(|gap| gap.at)
    }
}

impl Side {
    fn see(&mut self, own: &StringRecord, other: &StringRecord) {
        match filled(own) {
            // A remark or a total below is no row of the other side.
            0 => self.since += u64::from(filled(other) > 1 && !is_total(other, &StringRecord::new())),
            cells => {
                self.is_block &= self.since == 0;
                self.is_wide &= cells > 1;
                (self.rows, self.since) = (self.rows + 1, 0);
                (self.last, self.beside) = (own.clone(), other.clone());
            }
        }
    }

    /// Whether its last row adds up, while the other side of it is a row, and no mere remark.
    fn has_own_total(&self) -> bool {
        let adds_up = |row: &StringRecord| is_total(row, &StringRecord::new());
        adds_up(&self.last) && !adds_up(&self.beside) && filled(&self.beside) > 1 && has_words(&self.beside)
    }

    /// Whether it is a block of rows that ends before the other side does; remarks beside some rows are none.
    fn ends_early(&self) -> bool {
        self.is_block && self.is_wide && self.rows > 1 && self.since > 1
    }
}

/// Whether these are titles of a pivot table, put together of a table with the `other` titles.
fn is_pivot(titles: &[String], other: &[String]) -> bool {
    let adds_up =
        |title: &String| ADDED_UP.iter().any(|word| title.strip_prefix(word).is_some_and(|of| is_in(of, other)));
    titles.iter().any(|title| LABELS.iter().any(|label| title.starts_with(label)) || adds_up(title))
}

fn is_in(title: &str, titles: &[String]) -> bool {
    titles.iter().any(|other| other == title.trim())
}
