//! The customers that fit, in order, and what is left out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{Line, Text, book::CustomerRow, facts::Money};

use super::{BookAnswer, Column, Filter, Listing, Rank, Side, Wanted, filter::Gap, rank, title};
use crate::words;

pub(super) fn answer(listing: &Listing, sentence: &str, book: &[CustomerRow], as_of: NaiveDate) -> BookAnswer {
    let order = listing.rank.unwrap_or_else(|| usual_order(listing));
    let mut gaps = BTreeMap::new();
    let mut fitting = Vec::new();
    for row in book {
        match fits(row, listing, as_of) {
            Ok(true) => fitting.push(row),
            Ok(false) => {}
            Err(gap) => *gaps.entry(gap).or_insert(0) += 1,
        }
    }
    rank::sort(&mut fitting, order);
    let mut shown = fitting.clone();
    if let Some(limit) = listing.limit {
        rank::cut(&mut shown, order, limit);
    }
    BookAnswer {
        question: Line::new(sentence),
        title: title::title(listing, order, as_of),
        as_of,
        summary: summary(listing, order, &fitting, &shown, book.len(), as_of),
        columns: columns(listing, order),
        rows: shown.iter().map(|&row| row.clone()).collect(),
        total: book.len(),
        fit: fitting.len(),
        unknown: gaps.values().sum(),
        notes: notes(listing, order, &fitting, &shown, &gaps),
        arr: sums(&shown),
        unread: listing.unread.iter().chain(&listing.untold).cloned().collect(),
    }
}

/// Whether every filter holds, and there are the figures that were asked for and to be ranked by. One that does not hold decides,
/// whatever else is not known.
fn fits(row: &CustomerRow, listing: &Listing, as_of: NaiveDate) -> Result<bool, Gap> {
    let mut gap = None;
    for filter in &listing.filters {
        match filter.holds(row, as_of) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(unknown) => gap = gap.or(Some(unknown)),
        }
    }
    // The risk has a band for those of whom too little is known.
    let ranked = listing.rank.map(|rank| rank.by).filter(|&by| by != Column::Risk);
    let measured = measured(listing).filter(|_| listing.wanted != Wanted::TotalArr);
    let missing = measured.into_iter().chain(ranked).find(|column| !column.is_known(row)).map(Gap::Figure);
    gap.or(missing).map_or(Ok(true), Err)
}

/// The figure of which something is wanted.
fn measured(listing: &Listing) -> Option<Column> {
    match listing.wanted {
        Wanted::TotalArr => Some(Column::Arr),
        Wanted::Figure(_, of) => Some(of),
        Wanted::Customers | Wanted::Count => None,
    }
}

/// The order where none was asked for.
fn usual_order(listing: &Listing) -> Rank {
    let of = |filter: &Filter| match filter {
        Filter::Renewal(_) => Some(Rank { by: Column::Renewal, descending: false }),
        Filter::Arr(..) | Filter::Currency(_) => Some(Rank { by: Column::Arr, descending: true }),
        // All that have none have as many.
        Filter::OpenTickets(Side::AtMost, 0) => None,
        Filter::OpenTickets(..) => Some(Rank { by: Column::OpenTickets, descending: true }),
        Filter::Risk(_) | Filter::Trend(_) | Filter::Score(..) | Filter::Without(_) => None,
    };
    // The lower a score, the more it asks for attention.
    let by_figure = || measured(listing).map(|by| Rank { by, descending: by != Column::Score });
    by_figure().or_else(|| listing.filters.iter().find_map(of)).unwrap_or(Rank { by: Column::Risk, descending: true })
}

/// What was asked about first, then what every CSM wants to see.
fn columns(listing: &Listing, order: Rank) -> Vec<Column> {
    let asked = listing.filters.iter().map(|filter| match filter {
        Filter::Risk(_) => Column::Risk,
        Filter::Trend(_) => Column::Trend,
        Filter::Renewal(_) => Column::RenewalDate,
        Filter::Arr(..) | Filter::Currency(_) => Column::Arr,
        Filter::Score(..) => Column::Score,
        Filter::OpenTickets(..) => Column::OpenTickets,
        Filter::Without(column) => *column,
    });
    let usual = [Column::Risk, Column::Score, Column::Renewal, Column::Arr];
    // Where a time was asked for, its day says as much as how far away it is.
    let is_dated = listing.filters.iter().any(|filter| matches!(filter, Filter::Renewal(_)));
    let dated = |column| if is_dated && column == Column::Renewal { Column::RenewalDate } else { column };
    let mut columns = Vec::new();
    for column in measured(listing).into_iter().chain([order.by]).chain(asked).chain(usual).map(dated) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

fn summary(
    listing: &Listing,
    order: Rank,
    fitting: &[&CustomerRow],
    shown: &[&CustomerRow],
    total: usize,
    as_of: NaiveDate,
) -> Text {
    // `They` are those of whom the sentence before speaks.
    let counted = if listing.filters.is_empty() { total } else { fitting.len() };
    let customers = |n: usize| words::count(n as u64, "customer");
    let how_many = match (listing.filters.is_empty(), fitting.len()) {
        (_, _) if total == 0 => "The book is empty.".to_owned(),
        (true, _) => format!("The book has {}.", customers(total)),
        (false, 0) => format!("None of {} fits.", customers(total)),
        (false, 1) => format!("1 of {} fits.", customers(total)),
        (false, n) => format!("{n} of {} fit.", customers(total)),
    };
    let sums: Vec<_> = sums(shown).iter().map(words::money).collect();
    let together = match (sums.is_empty(), shown.len()) {
        (true, 0) => None,
        (true, _) => (listing.wanted == Wanted::TotalArr).then(|| "None of them has an ARR on record.".to_owned()),
        (false, 1) if fitting.len() > 1 && listing.wanted == Wanted::Customers => {
            Some(format!("It pays {} a year.", words::list(&sums)))
        }
        (false, 1) => Some(format!("{} pays {} a year.", shown[0].name, words::list(&sums))),
        (false, n) if n < counted => Some(format!("The {n} shown pay {} a year together.", words::list(&sums))),
        (false, _) => Some(format!("Together they pay {} a year.", words::list(&sums))),
    };
    let first = shown
        .first()
        .filter(|_| fitting.len() > 1)
        .map(|row| format!("First comes {}: {}.", row.name, order.by.said(row, as_of)));
    let sentences = match listing.wanted {
        Wanted::Customers => [Some(how_many), first, together],
        Wanted::Count | Wanted::TotalArr => [Some(how_many), together, None],
        Wanted::Figure(measure, of) => [Some(how_many), measure.sentence(of, shown), None],
    };
    let sentences = passed_over(listing).into_iter().chain(sentences.into_iter().flatten());
    Text::new(&sentences.collect::<Vec<_>>().join(" "))
}

/// What the answer takes no account of.
fn passed_over(listing: &Listing) -> Vec<String> {
    let quoted = |lines: &[Line]| {
        let words: Vec<_> = lines.iter().map(|word| format!("“{word}”")).collect();
        (!words.is_empty()).then(|| words::list(&words))
    };
    let unread = quoted(&listing.unread).map(|words| format!("I did not understand: {words}."));
    let is_date = |line: &Line| {
        let parts: Vec<_> = line.as_str().split(['/', '.', '-']).collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let form = listing.unread.iter().any(is_date).then(|| "Write a day as YYYY-MM-DD.".to_owned());
    let untold = quoted(&listing.untold)
        .map(|words| format!("The book does not tell {words}: ask about one customer, or leave it out."));
    unread.into_iter().chain(form).chain(untold).collect()
}

fn notes(
    listing: &Listing,
    order: Rank,
    fitting: &[&CustomerRow],
    shown: &[&CustomerRow],
    gaps: &BTreeMap<Gap, usize>,
) -> Vec<Line> {
    let mut notes = Vec::new();
    let partial = fitting.iter().filter(|row| rank::is_partial(row)).count();
    if order.by == Column::Score && partial > 0 {
        let (have, scores) =
            if partial == 1 { ("has", "its score (with ?)") } else { ("have", "their scores (with ?)") };
        notes.push(format!(
            "{} {have} partial data only: {scores} may change with the rest of it, and {} last.",
            words::count(partial as u64, "customer"),
            if partial == 1 { "comes" } else { "come" }
        ));
    }
    for (gap, &count) in gaps {
        let have = if count == 1 { "has" } else { "have" };
        let who = words::count(count as u64, "customer");
        notes.push(match gap {
            Gap::Figure(Column::Risk) => format!("Left out: {who} that {have} too little data to judge the risk."),
            Gap::Figure(column) => format!("Left out: {who} that {have} no {}.", column.noun()),
            Gap::OtherCurrency => format!("Left out: {who} that {have} an ARR in another currency; none is converted."),
        });
    }
    let currencies: Vec<_> = rank::currencies(fitting).into_keys().collect();
    let bound = listing.filters.iter().any(|filter| matches!(filter, Filter::Arr(_, _, None)));
    if currencies.len() > 1 && (bound || order.by == Column::Arr) {
        let how = if order.by == Column::Arr { "and ranked " } else { "" };
        notes.push(format!(
            "ARR is in {}: nothing is converted, and amounts are compared {how}within each currency.",
            words::list(&currencies)
        ));
    }
    let unpaid = shown.iter().filter(|row| row.arr.is_none()).count();
    if unpaid > 0 && !matches!(listing.wanted, Wanted::Figure(..)) && unpaid < shown.len() {
        let have = if unpaid == 1 { "has" } else { "have" };
        notes.push(format!(
            "The sum is without {} that {have} no ARR on record.",
            words::count(unpaid as u64, "customer")
        ));
    }
    notes.iter().map(|note| Line::new(note)).collect()
}

/// What the rows pay a year, one sum a currency.
pub(super) fn sums(rows: &[&CustomerRow]) -> Vec<Money> {
    let mut sums = BTreeMap::new();
    for arr in rows.iter().filter_map(|row| row.arr.as_ref()) {
        let sum: &mut i64 = sums.entry(arr.currency.clone()).or_default();
        *sum = sum.saturating_add(arr.minor);
    }
    sums.into_iter().map(|(currency, minor)| Money { minor, currency }).collect()
}
