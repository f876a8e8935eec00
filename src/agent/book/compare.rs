//! Some customers side by side.

use chrono::NaiveDate;
use contracts::{CustomerId, Line, Text, book::CustomerRow, health::Risk};

use super::{BookAnswer, Column, Rank, listing, rank};
use crate::words;

const COLUMNS: [Column; 6] =
    [Column::Score, Column::Risk, Column::Trend, Column::OpenTickets, Column::RenewalDate, Column::Arr];

pub(super) fn answer(customers: &[CustomerId], sentence: &str, book: &[CustomerRow], as_of: NaiveDate) -> BookAnswer {
    let rows: Vec<_> = customers.iter().filter_map(|id| book.iter().find(|row| row.id == *id)).collect();
    let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
    BookAnswer {
        question: Line::new(sentence),
        title: Line::new(&format!("{} side by side", words::list(&names))),
        as_of,
        summary: summary(&rows, as_of),
        columns: COLUMNS.to_vec(),
        rows: rows.iter().map(|&row| row.clone()).collect(),
        total: book.len(),
        fit: rows.len(),
        unknown: 0,
        arr: listing::sums(&rows),
        unread: Vec::new(),
        notes: notes(&rows),
    }
}

/// Who leads in which figure.
fn summary(rows: &[&CustomerRow], as_of: NaiveDate) -> Text {
    let lead = |by: Column, descending, says: &str, alike: &str| {
        let is_comparable = |row: &&CustomerRow| by.is_known(row) && !(by == Column::Score && rank::is_partial(row));
        let mut known: Vec<_> = rows.iter().copied().filter(is_comparable).collect();
        rank::sort(&mut known, Rank { by, descending });
        let (first, last) = (known.first()?, known.last()?);
        let (most, least) = (by.cell(first, as_of), by.cell(last, as_of));
        match known.len() {
            1 => None,
            _ if by == Column::Arr && rank::currencies(&known).len() > 1 => None,
            n if most == least => (n == rows.len()).then(|| format!("{alike} ({most}).")),
            _ => Some(format!("{} {says} ({most}), {} last ({least}).", first.name, last.name)),
        }
    };
    let sentences = [
        lead(Column::Risk, true, "is most at risk", "All are at the same risk"),
        lead(Column::Score, true, "scores best", "All score the same"),
        lead(Column::Renewal, false, "renews first", "All renew on the same day"),
        lead(Column::Arr, true, "pays most", "All pay the same"),
        lead(Column::OpenTickets, true, "has the most open tickets", "All have as many open tickets"),
    ];
    let sentences = sentences.into_iter().chain([partial(rows)]).flatten();
    Text::new(&sentences.collect::<Vec<_>>().join(" "))
}

/// Whose score or risk is not that of all the data.
fn partial(rows: &[&CustomerRow]) -> Option<String> {
    let of = |row: &&CustomerRow| {
        let score = rank::is_partial(row).then(|| format!("score {}", row.score.unwrap_or_default()));
        let risk = (row.risk == Risk::Unknown).then(|| "risk unknown".to_owned());
        let gaps: Vec<_> = score.into_iter().chain(risk).collect();
        (!gaps.is_empty()).then(|| format!("{} ({})", row.name, gaps.join(", ")))
    };
    let partial: Vec<_> = rows.iter().filter_map(of).collect();
    (!partial.is_empty()).then(|| format!("Partial data, so not ranked by score: {}.", words::list(&partial)))
}

fn notes(rows: &[&CustomerRow]) -> Vec<Line> {
    let asked = [Column::Score, Column::Trend, Column::OpenTickets, Column::Renewal, Column::Arr];
    let mut notes = Vec::new();
    for column in asked {
        let without: Vec<_> = rows.iter().filter(|row| !column.is_known(row)).map(|row| row.name.as_str()).collect();
        if !without.is_empty() {
            notes.push(format!("There is no {} of {}.", column.noun(), words::list(&without)));
        }
    }
    let currencies: Vec<_> = rank::currencies(rows).into_keys().collect();
    if currencies.len() > 1 {
        notes.push(format!("ARR is in {}: nothing is converted.", words::list(&currencies)));
    }
    notes.iter().map(|note| Line::new(note)).collect()
}
