//! The book: every customer scored, sorted, filtered and paged. Pure.

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDate;
use contracts::{
    Line,
    book::{BookPage, BookQuery, BookSort, CustomerRow, MAX_PAGE},
    health::Risk,
};
use domain::health::judge;

use crate::{store::BookEntry, tools::inputs_of_entry};

/// Makes the page that `query` asks for.
pub fn page(customers: Vec<BookEntry>, query: &BookQuery, today: NaiveDate) -> BookPage {
    // Names are clean lines; the filter becomes one too, so that both spell an accent the same way.
    let needle = Line::new(query.filter.as_deref().unwrap_or_default()).as_str().to_lowercase();
    let mut rows: Vec<Sortable> = customers
        .into_iter()
        .map(|entry| Sortable::new(entry, today))
        .filter(|row| row.name.contains(&needle) || row.row.id.as_str().to_lowercase().contains(&needle))
        .collect();
    rows.sort_unstable_by(|a, b| a.compare(b, query.sort));
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let offset = query.offset.unwrap_or(0) as usize;
    let limit = query.limit.unwrap_or(MAX_PAGE).min(MAX_PAGE) as usize;
    let customers = rows.into_iter().skip(offset).take(limit).map(|sortable| sortable.row).collect();
    BookPage { customers, total, as_of: today }
}

/// A row with its name folded once, not at every comparison.
struct Sortable {
    row: CustomerRow,
    name: String,
}

impl Sortable {
    fn new(entry: BookEntry, today: NaiveDate) -> Self {
        let verdict = judge(&inputs_of_entry(&entry, today));
        let days_to_renewal = entry.days_to_renewal(today);
        Self {
            name: entry.name.as_str().to_lowercase(),
            row: CustomerRow {
                id: entry.id,
                name: entry.name,
                risk: verdict.risk,
                score: verdict.score,
                coverage: verdict.coverage,
                trend: entry.trend,
                spark: entry.spark,
                arr: entry.arr,
                days_to_renewal,
                open_tickets: entry.open_tickets,
            },
        }
    }

    fn compare(&self, other: &Self, sort: BookSort) -> Ordering {
        match sort {
            BookSort::Risk => self.by_risk().cmp(&other.by_risk()),
            BookSort::Renewal => self.by_renewal().cmp(&other.by_renewal()),
            BookSort::Arr => self.by_arr().cmp(&other.by_arr()),
            BookSort::Name => Ordering::Equal,
        }
        .then_with(|| self.name.cmp(&other.name))
        .then_with(|| self.row.id.cmp(&other.row.id))
    }

    /// Worst first; a score that is not there comes after those that are.
    fn by_risk(&self) -> (Risk, u32, i64) {
        (self.row.risk, self.row.score.unwrap_or(u32::MAX), self.by_renewal())
    }

    fn by_renewal(&self) -> i64 {
        self.row.days_to_renewal.unwrap_or(i64::MAX)
    }

    /// Amounts of one currency stand together, as they do not compare with those of another; unknown ones come last.
    fn by_arr(&self) -> (bool, Option<(&str, Reverse<i64>)>) {
        let arr = self.row.arr.as_ref().map(|arr| (arr.currency.as_str(), Reverse(arr.minor)));
        (arr.is_none(), arr)
    }
}
