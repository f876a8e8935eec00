//! What the book answers, against a naive reading of the same question.

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    book::CustomerRow,
    facts::{Money, Trend},
    health::Risk,
};
use cs_copilot::agent::book::{
    BookAnswer, BookQuestion, Column, Filter, Listing, Period, Rank, Side, Time, Wanted, Window, Year, answer,
};
use proptest::prelude::*;

use crate::support::{row, today};

fn any_row() -> impl Strategy<Value = CustomerRow> {
    let risk = prop::sample::select(vec![Risk::High, Risk::Unknown, Risk::Medium, Risk::Low]);
    let trend = prop::option::of(prop::sample::select(Trend::ALL.to_vec()));
    let arr = prop::option::of((0..20_i64, prop::sample::select(vec!["USD", "EUR", "JPY"])));
    let rest = (prop::option::of(0..100_u32), prop::option::of(-400..800_i64), prop::option::of(0..8_u32));
    ("[a-d]{1,3}", risk, trend, arr, rest).prop_map(|(name, risk, trend, arr, (score, days, open))| CustomerRow {
        risk,
        trend,
        score,
        arr: arr.map(|(tens, currency)| Money { minor: tens * 1_000_000, currency: currency.into() }),
        days_to_renewal: days,
        open_tickets: open,
        ..row("x", &name)
    })
}

fn rows() -> impl Strategy<Value = Vec<CustomerRow>> {
    prop::collection::vec(any_row(), 0..40).prop_map(|mut rows| {
        for (i, row) in rows.iter_mut().enumerate() {
            row.id = format!("c{i}").parse().unwrap();
        }
        rows
    })
}

fn column() -> impl Strategy<Value = Column> {
    use Column::{Arr, OpenTickets, Renewal, Risk, Score, Trend};
    prop::sample::select(vec![Score, Risk, Trend, Arr, Renewal, OpenTickets])
}

fn filter() -> impl Strategy<Value = Filter> {
    let side = prop::sample::select(vec![Side::Over, Side::AtLeast, Side::Under, Side::AtMost]);
    let period = prop::sample::select(vec![Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year]);
    let window = prop_oneof![
        Just(Window::Overdue),
        (-1..=1, period.clone()).prop_map(|(n, period)| Window::In(Time::Relative(n, period))),
        (0..20_u32, period).prop_map(|(n, period)| Window::Within(n, period)),
        (1..=12_u32).prop_map(|month| Window::In(Time::Month(month, None))),
        (1..=12_u32).prop_map(|month| Window::Before(Time::Month(month, None))),
        (1..=12_u32).prop_map(|month| Window::After(Time::Month(month, None))),
        (1..=4_u32).prop_map(|quarter| Window::In(Time::Quarter(quarter, Some(Year::Of(2027))))),
    ];
    let currency = prop::option::of(prop::sample::select(vec!["USD", "EUR"]));
    prop_oneof![
        prop::sample::subsequence(vec![Risk::High, Risk::Medium, Risk::Low], 1..=3).prop_map(Filter::Risk),
        prop::sample::subsequence(vec![Trend::Up, Trend::Down, Trend::Silent], 1..=3).prop_map(Filter::Trend),
        window.prop_map(Filter::Renewal),
        (side.clone(), 0..20_i64, currency).prop_map(|(side, tens, currency)| Filter::Arr(
            side,
            tens * 1_000_000,
            currency.map(Into::into)
        )),
        prop::sample::select(vec!["USD", "EUR"]).prop_map(|currency| Filter::Currency(vec![currency.into()])),
        (side.clone(), 0..100_u32).prop_map(|(side, bound)| Filter::Score(side, bound)),
        (side, 0..8_u32).prop_map(|(side, bound)| Filter::OpenTickets(side, bound)),
        column().prop_map(Filter::Without),
    ]
}

fn within<T: Ord>(side: Side, value: T, bound: T) -> bool {
    match side {
        Side::Over => value > bound,
        Side::AtLeast => value >= bound,
        Side::Under => value < bound,
        Side::AtMost => value <= bound,
    }
}

/// The naive reading: walk the calendar day by day instead of computing with it.
fn renews_in(window: Window, day: NaiveDate) -> bool {
    use chrono::Datelike;
    let quarter = |day: NaiveDate| (day.year(), day.month0() / 3);
    // Today is in November.
    let coming = |month: u32| (if month < 11 { 2027 } else { 2026 }, month);
    let steps = |n: u32, months: u32| today().checked_add_months(chrono::Months::new(n * months)).unwrap();
    match window {
        Window::Overdue => day < today(),
        Window::In(Time::Relative(n, period)) => {
            let same = |a: NaiveDate, b: NaiveDate| match period {
                Period::Day => a == b,
                Period::Week => a.iso_week() == b.iso_week(),
                Period::Month => (a.year(), a.month()) == (b.year(), b.month()),
                Period::Quarter => quarter(a) == quarter(b),
                Period::Year => a.year() == b.year(),
            };
            let mut seen = today();
            while n != 0 && same(seen, today()) {
                seen = if n < 0 { seen.pred_opt() } else { seen.succ_opt() }.unwrap();
            }
            same(day, seen)
        }
        Window::Within(n, period) => {
            let last = match period {
                Period::Day => today() + TimeDelta::days(n.into()),
                Period::Week => today() + TimeDelta::days(7 * i64::from(n)),
                Period::Month => steps(n, 1),
                Period::Quarter => steps(n, 3),
                Period::Year => steps(n, 12),
            };
            today() <= day && day <= last
        }
        Window::In(Time::Month(month, _)) => (day.year(), day.month()) == coming(month),
        Window::Before(Time::Month(month, _)) => (day.year(), day.month()) < coming(month),
        Window::After(Time::Month(month, _)) => (day.year(), day.month()) > coming(month),
        Window::In(Time::Quarter(wanted, _)) => quarter(day) == (2027, wanted - 1),
        _ => unreachable!("not asked here"),
    }
}

/// Whether the filter holds; none where nobody can say.
fn holds(filter: &Filter, row: &CustomerRow) -> Option<bool> {
    Some(match filter {
        Filter::Risk(_) if row.risk == Risk::Unknown => return None,
        Filter::Risk(risks) => risks.contains(&row.risk),
        Filter::Trend(trends) => trends.contains(&row.trend?),
        Filter::Renewal(window) => renews_in(*window, today() + TimeDelta::days(row.days_to_renewal?)),
        Filter::Arr(side, amount, currency) => {
            let arr = row.arr.as_ref()?;
            if currency.as_ref().is_some_and(|currency| *currency != arr.currency) {
                return None;
            }
            within(*side, arr.minor, *amount)
        }
        Filter::Currency(currencies) => currencies.contains(&row.arr.as_ref()?.currency),
        Filter::Score(side, bound) => within(*side, row.score?, *bound),
        Filter::OpenTickets(side, bound) => within(*side, row.open_tickets?, *bound),
        Filter::Without(column) => {
            column.cell(row, today()) == "-" || (*column == Column::Risk && row.risk == Risk::Unknown)
        }
    })
}

fn asked(listing: Listing, rows: &[CustomerRow]) -> BookAnswer {
    answer(&BookQuestion::List(listing), "?", rows, today())
}

fn ids(rows: &[CustomerRow]) -> Vec<String> {
    rows.iter().map(|row| row.id.to_string()).collect()
}

proptest! {
    #[test]
    fn those_shown_are_those_that_fit_and_nobody_is_lost(
        rows in rows(), filters in prop::collection::vec(filter(), 0..3), limit in prop::option::of(1..5_usize),
    ) {
        let listing = Listing { filters: filters.clone(), limit, ..Listing::default() };
        let whole = asked(Listing { limit: None, ..listing.clone() }, &rows);
        let verdict = |row: &CustomerRow| {
            let all: Vec<_> = filters.iter().map(|filter| holds(filter, row)).collect();
            if all.contains(&Some(false)) { Some(false) } else if all.contains(&None) { None } else { Some(true) }
        };
        let mut expected: Vec<_> = rows.iter().filter(|row| verdict(row) == Some(true)).cloned().collect();
        let mut shown = whole.rows.clone();
        expected.sort_by(|a, b| a.id.cmp(&b.id));
        shown.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(ids(&shown), ids(&expected));
        let refused = rows.iter().filter(|row| verdict(row) == Some(false)).count();
        prop_assert_eq!((whole.total, whole.fit + whole.unknown + refused), (rows.len(), rows.len()));
        // What cannot be judged is said.
        prop_assert_eq!(whole.unknown > 0, whole.notes.iter().any(|note| note.as_str().starts_with("Left out: ")));
        // The sum is that of the rows, currency by currency.
        for sum in &whole.arr {
            let of = expected.iter().filter_map(|row| row.arr.as_ref()).filter(|arr| arr.currency == sum.currency);
            prop_assert_eq!(of.map(|arr| arr.minor).sum::<i64>(), sum.minor);
        }
        let cut = asked(listing, &rows);
        prop_assert_eq!((cut.fit, cut.unknown, cut.total), (whole.fit, whole.unknown, whole.total));
        prop_assert!(cut.rows.iter().all(|row| whole.rows.contains(row)));
    }

    #[test]
    fn ranks_are_sorted_and_ties_go_by_name(rows in rows(), by in column(), descending in any::<bool>()) {
        let rank = Some(Rank { by, descending });
        let found = asked(Listing { rank, ..Listing::default() }, &rows);
        prop_assert_eq!(found.fit + found.unknown, rows.len());
        for pair in found.rows.windows(2) {
            let [a, b] = pair else { unreachable!("two") };
            let figure = |row: &CustomerRow| match by {
                Column::Score => row.score.map(i64::from),
                Column::Risk => Some(-(row.risk as i64)),
                Column::Trend => row.trend.map(|trend| ["silent", "down", "flat", "up"].iter().position(|it| *it == trend.as_str()).unwrap() as i64),
                Column::Arr => row.arr.as_ref().map(|arr| arr.minor),
                Column::Renewal | Column::RenewalDate => row.days_to_renewal,
                Column::OpenTickets => row.open_tickets.map(i64::from),
            };
            if by == Column::Arr && a.arr.as_ref().unwrap().currency != b.arr.as_ref().unwrap().currency {
                continue;
            }
            let (first, second) = (figure(a).unwrap(), figure(b).unwrap());
            let is_sorted = if descending { first >= second } else { first <= second };
            prop_assert!(is_sorted);
            prop_assert!(first != second || by == Column::Risk || a.name <= b.name);
        }
    }
}

fn paying(id: &str, amount: i64, currency: &str) -> CustomerRow {
    CustomerRow { arr: Some(Money { minor: amount * 100, currency: currency.into() }), ..row(id, id) }
}

#[test]
fn currencies_are_never_mixed() {
    let rows = [paying("a", 90, "USD"), paying("b", 9_000, "JPY"), paying("c", 80, "USD"), paying("d", 70, "USD")];
    let rank = Some(Rank { by: Column::Arr, descending: true });
    let top = asked(Listing { rank, limit: Some(2), ..Listing::default() }, &rows);
    assert_eq!(ids(&top.rows), ["a", "c", "b"]);
    assert_eq!(
        top.notes[0].as_str(),
        "ARR is in JPY and USD: nothing is converted, and amounts are compared and ranked within each currency."
    );
    // What is shown is summed, not what fits.
    let told =
        "The book has 4 customers. First comes a: ARR USD 90. The 3 shown pay JPY 9,000 and USD 170 a year together.";
    assert_eq!((top.summary.as_str(), top.arr[1].minor), (told, 17_000));
    let euros = Filter::Currency(vec!["EUR".into(), "JPY".into()]);
    let in_yen = asked(Listing { filters: vec![euros], ..Listing::default() }, &rows);
    assert_eq!(
        (in_yen.title.as_str(), ids(&in_yen.rows)),
        ("Customers paying in EUR or JPY, by ARR, highest first", vec!["b".to_owned()])
    );
    let over = Filter::Arr(Side::Over, 7_500, Some("USD".into()));
    let dollars = asked(Listing { filters: vec![over], ..Listing::default() }, &rows);
    assert_eq!((ids(&dollars.rows), dollars.unknown), (vec!["a".to_owned(), "c".to_owned()], 1));
    assert_eq!(
        dollars.notes[0].as_str(),
        "Left out: 1 customer that has an ARR in another currency; none is converted."
    );
}

#[test]
fn an_answer_says_what_it_left_out() {
    let mut rows = vec![row("a", "Alpha"), row("b", "Beta"), row("c", "Gamma")];
    (rows[0].days_to_renewal, rows[1].days_to_renewal, rows[1].arr) = (None, Some(45), None);
    let listing = Listing {
        filters: vec![Filter::Renewal(Window::In(Time::Relative(1, Period::Quarter)))],
        wanted: Wanted::TotalArr,
        unread: vec!["germany".into()],
        ..Listing::default()
    };
    let found = asked(listing, &rows);
    assert_eq!(found.title.as_str(), "Total ARR of customers renewing from 2027-01-01 to 2027-03-31");
    let told = "I did not understand: “germany”. 2 of 3 customers fit. Together they pay USD 100,000 a year.";
    assert_eq!((found.summary.as_str(), found.unread), (told, vec!["germany".into()]));
    let notes: Vec<_> = found.notes.iter().map(contracts::Line::as_str).collect();
    assert_eq!(
        notes,
        ["Left out: 1 customer that has no renewal date.", "The sum is without 1 customer that has no ARR on record.",]
    );
}

#[test]
fn a_comparison_says_who_leads() {
    let mut rows = [row("a", "Alpha"), row("b", "Beta"), row("c", "Gamma")];
    (rows[0].score, rows[0].risk, rows[0].days_to_renewal) = (Some(40), Risk::High, None);
    let found = answer(&BookQuestion::Compare(vec!["b".parse().unwrap(), "a".parse().unwrap()]), "?", &rows, today());
    assert_eq!((found.title.as_str(), found.total, found.fit), ("Beta and Alpha side by side", 3, 2));
    assert_eq!(
        found.summary.as_str(),
        "Alpha is most at risk (high), Beta last (low). Beta scores best (80), Alpha last (40). All pay the same \
         (USD 100,000). All have as many open tickets (0)."
    );
    assert_eq!(found.notes[0].as_str(), "There is no renewal date of Alpha.");
}

#[test]
fn scores_of_partial_data_lead_nowhere() {
    let mut rows = [row("a", "Alpha"), row("b", "Beta"), row("c", "Gamma")];
    (rows[0].score, rows[0].coverage, rows[0].risk) = (Some(100), 30, Risk::Unknown);
    (rows[1].score, rows[1].coverage) = (Some(10), 60);
    for descending in [true, false] {
        let rank = Some(Rank { by: Column::Score, descending });
        let found = asked(Listing { rank, limit: Some(1), ..Listing::default() }, &rows);
        assert_eq!(ids(&found.rows), ["c"]);
        let told =
            "2 customers have partial data only: their scores (with ?) may change with the rest of it, and come last.";
        assert_eq!(found.notes[0].as_str(), told);
    }
    let compared = BookQuestion::Compare(rows.iter().map(|row| row.id.clone()).collect());
    let summary = answer(&compared, "?", &rows, today()).summary;
    assert!(!summary.as_str().contains("scores best"), "{summary}");
    let told = "Partial data, so not ranked by score: Alpha (score 100, risk unknown) and Beta (score 10).";
    assert!(summary.as_str().ends_with(told), "{summary}");
}
