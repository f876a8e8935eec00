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

/// Words for a row that adds others up, in lower case.
const TOTALS: [&str; 28] = [
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
    "gesamtergebnis",
    "ergebnis",
    "summe",
    "zwischensumme",
    "total general",
    "total général",
    "somme",
    "suma",
    "totale",
    "totale generale",
    "totaal",
    "total geral",
    "razem",
];

/// Whether the row adds others up: the first cell that says something is a word for that, and all the others are numbers
/// or their currency. A row that adds up a group names it (`Total Ada`, `Ada Total`), as the row `before` it does.
pub(super) fn is_total(row: &StringRecord, before: &StringRecord) -> bool {
    let mut cells = row.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let Some(first) = cells.next() else { return false };
    if !cells.all(|cell| is_figure(cell) || is_currency(cell)) {
        return false;
    }
    // `Total (12 records)`, `Total:`.
    let word = first.split(['(', ':']).next().unwrap_or_default().trim().to_lowercase();
    let names_group = |group: &str| before.iter().any(|cell| cell.trim().to_lowercase() == group);
    let is_of_group = |total: &&str| {
        let group = word.strip_prefix(*total).or_else(|| word.strip_suffix(*total));
        group.map(str::trim).is_some_and(|group| !group.is_empty() && names_group(group))
    };
    TOTALS.contains(&word.as_str()) || TOTALS.iter().any(is_of_group)
}

/// Whether a cell of the row says something other than a figure.
pub(super) fn has_words(row: &StringRecord) -> bool {
    row.iter().map(str::trim).any(|cell| !cell.is_empty() && !is_figure(cell) && !is_currency(cell))
}

/// Whether a cell is the code of a currency.
fn is_currency(cell: &str) -> bool {
    cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase())
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

/// Whether the row is the header once more, as in files that were put together of several; the first cell may have kept the
/// mark with which its file began.
pub(super) fn is_header(row: &StringRecord, header: &StringRecord) -> bool {
    let mut rest = row.iter().skip(header.len());
    let names = row.iter().take(header.len()).map(|cell| cell.trim_start_matches('\u{FEFF}'));
    names.eq(header) && rest.all(|cell| cell.trim().is_empty())
}

/// Whether the row is the header of another table: it names a column that this one has, too, and has no figure.
pub(super) fn is_other_header(row: &StringRecord, header: &StringRecord) -> bool {
    let mut cells = row.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let is_title = |cell: &str| header.iter().any(|title| title.trim() == cell);
    filled(row) > 1
        && !is_header(row, header)
        && row.iter().any(|cell| !cell.trim().is_empty() && is_title(cell.trim()))
        && cells.all(|cell| !is_figure(cell) && !is_day(cell))
}
