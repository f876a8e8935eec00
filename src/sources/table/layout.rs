//! What of a sheet is its table: where the header is, and which rows are titles, totals and footers. Pure.

use csv::StringRecord;

/// How many rows may stand above a header.
pub(super) const TITLES: usize = 50;

/// How many rows a footer may have.
pub(super) const FOOTER: usize = 30;

/// Which of the first rows is the header: the first that is nearly as full as the fullest, and no title with a figure or
/// a day in it (`Generated; 2026-11-01`).
pub(super) fn header_at(rows: &[StringRecord]) -> Option<usize> {
    let fullest = rows.iter().map(filled).max().filter(|fullest| *fullest > 0)?;
    let is_full = |row: &&StringRecord| filled(row) * 5 >= fullest * 3 && (filled(row) > 1 || fullest == 1);
    let is_title = |row: &StringRecord| {
        filled(row) < fullest && row.iter().map(str::trim).any(|cell| is_figure(cell) || is_day(cell))
    };
    let rows = &rows[..rows.len().min(TITLES)];
    let is_header = |row: &StringRecord| is_full(&row) && !is_title(row);
    rows.iter().position(is_header).or_else(|| rows.iter().position(|row| is_full(&row)))
}

/// How many cells say something.
pub(super) fn filled(row: &StringRecord) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Whether the row adds others up: the first cell that says something is a word for that, and all the others are numbers.
pub(super) fn is_total(row: &StringRecord) -> bool {
    const WORDS: [&str; 21] = [
        "total",
        "totals",
        "grand total",
        "grand totals",
        "subtotal",
        "subtotals",
        "sub total",
        "sub-total",
        "sum",
        "overall",
        "count",
        "average",
        "mean",
        "gesamt",
        "gesamtsumme",
        "summe",
        "zwischensumme",
        "total general",
        "total général",
        "totale",
        "totaal",
    ];
    let mut cells = row.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let Some(first) = cells.next() else { return false };
    // `Total (12 records)`, `Total:`.
    let word = first.split(['(', ':']).next().unwrap_or_default().trim();
    WORDS.iter().any(|total| total.eq_ignore_ascii_case(word)) && cells.all(is_figure)
}

/// Whether a cell is a figure, with whatever signs, and no date; or counts something (`12 customers`).
fn is_figure(cell: &str) -> bool {
    if let Some((number, noun)) = cell.split_once(' ')
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && noun.chars().all(char::is_alphabetic)
    {
        return true;
    }
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && letters <= 3 && !cell.contains(['/', ':']) && !is_day(cell)
}

/// Whether a cell is written like `2026-12-24` or `24.12.2026`.
fn is_day(cell: &str) -> bool {
    let pieces = cell.split(['-', '.']).collect::<Vec<_>>();
    pieces.len() == 3
        && pieces.iter().all(|piece| (1..=4).contains(&piece.len()))
        && !cell.starts_with('-')
        && [pieces[0], pieces[2]].iter().any(|piece| piece.len() == 4)
}

/// Rows that may be the footer: where nothing but such rows follows, they are.
#[derive(Debug, Default)]
pub(super) struct Footer {
    /// The line and the cells of each.
    pub(super) rows: Vec<(u64, StringRecord)>,
}

impl Footer {
    /// Whether the row may belong to a footer of a table that is `width` wide. One begins with a row that says one thing,
    /// behind a blank line or in words.
    pub(super) fn may_take(&self, row: &StringRecord, width: usize, behind_blank: bool) -> bool {
        let filled = filled(row);
        if !self.rows.is_empty() {
            return filled <= 2 && width > 2 && self.rows.len() < FOOTER;
        }
        let says = row.iter().find(|cell| !cell.trim().is_empty()).unwrap_or_default().trim();
        filled == 1 && width > 1 && (behind_blank || (width > 2 && says.split_whitespace().count() > 2))
    }
}

/// Whether the row is the header once more, as in files that were put together of several.
pub(super) fn is_header(row: &StringRecord, header: &StringRecord) -> bool {
    let (names, mut rest) = (row.iter().take(header.len()), row.iter().skip(header.len()));
    names.eq(header) && rest.all(|cell| cell.trim().is_empty())
}
