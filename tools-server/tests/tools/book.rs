//! The book: orders, filter and pages.

use contracts::{
    book::{BookPage, BookQuery, BookSort},
    facts::{Money, Trend},
    health::Risk,
};
use tools_server::{
    book::page,
    store::{BookEntry, StoredRenewal},
};

use crate::facts::{in_days, source, today};

fn entry(id: &str, name: &str) -> BookEntry {
    BookEntry {
        id: id.parse().unwrap(),
        name: name.into(),
        trend: None,
        spark: vec![1.0, 2.0],
        open_tickets: None,
        renewal: None,
        arr: None,
    }
}

fn known(id: &str, trend: Trend, open: u32, days: i64) -> BookEntry {
    BookEntry { trend: Some(trend), open_tickets: Some(open), ..renewing(id, days) }
}

fn renewing(id: &str, days: i64) -> BookEntry {
    let renewal = StoredRenewal { date: in_days(days), automatic: false, source: source() };
    BookEntry { renewal: Some(renewal), ..entry(id, id) }
}

fn paying(id: &str, minor: i64, currency: &str) -> BookEntry {
    BookEntry { arr: Some(Money { minor, currency: currency.into() }), ..entry(id, id) }
}

fn sorted(sort: BookSort, entries: Vec<BookEntry>) -> String {
    ids(&page(entries, &BookQuery { sort, ..BookQuery::default() }, today()))
}

fn ids(page: &BookPage) -> String {
    page.customers.iter().map(|row| row.id.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn by_risk_the_worst_comes_first_and_the_unknown_next_after_the_high() {
    let entries = vec![
        known("low", Trend::Up, 0, 200),
        entry("nothing", "nothing"),
        known("medium", Trend::Flat, 2, 80),
        BookEntry { trend: Some(Trend::Down), ..entry("untold", "untold") },
        BookEntry { trend: Some(Trend::Silent), ..entry("silent", "silent") },
        known("high-later", Trend::Down, 6, 20),
        known("high", Trend::Down, 6, 10),
        known("worse-score", Trend::Down, 6, -5),
    ];
    assert_eq!(sorted(BookSort::Risk, entries), "silent worse-score high high-later untold nothing medium low");
}

#[test]
fn by_renewal_the_overdue_come_first_and_the_unknown_last() {
    let entries = vec![entry("none", "none"), renewing("later", 90), renewing("overdue", -3), renewing("soon", 4)];
    assert_eq!(sorted(BookSort::Renewal, entries), "overdue soon later none");
}

#[test]
fn by_arr_the_largest_comes_first_within_its_currency() {
    let entries = vec![
        entry("none", "none"),
        paying("small-usd", 5, "USD"),
        paying("eur", 7, "EUR"),
        paying("large-usd", 900, "USD"),
    ];
    assert_eq!(sorted(BookSort::Arr, entries), "eur large-usd small-usd none");
}

#[test]
fn by_name_case_does_not_matter_and_the_id_breaks_ties() {
    let entries = vec![entry("z", "acme"), entry("b", "Zeta"), entry("a", "ACME"), entry("c", "beta")];
    assert_eq!(sorted(BookSort::Name, entries), "a z c b");
}

#[test]
fn the_filter_finds_names_and_ids_whatever_the_case() {
    let book =
        || vec![entry("acme-1", "Rocket Works"), entry("x", "ÉCOLE"), entry("y", "株式会社さくら"), entry("n", "n")];
    let found = |filter: &str| {
        let query = BookQuery { filter: Some(filter.to_owned()), ..BookQuery::default() };
        let page = page(book(), &query, today());
        assert_eq!(page.total as usize, page.customers.len());
        ids(&page)
    };
    assert_eq!(found("ACME"), "acme-1");
    assert_eq!(found(" rocket "), "acme-1");
    // An accent that comes as a character of its own.
    assert_eq!(found("e\u{301}cole"), "x");
    assert_eq!(found("さくら"), "y");
    assert_eq!(found("nobody"), "");
    assert_eq!(found("").split(' ').count(), 4);
}

#[test]
fn pages_cut_the_order_without_gaps() {
    let book = || (0..5).map(|n| entry(&format!("c{n}"), &format!("c{n}"))).collect::<Vec<_>>();
    let cut = |offset, limit| {
        let query = BookQuery { sort: BookSort::Name, limit, offset, ..BookQuery::default() };
        let page = page(book(), &query, today());
        assert_eq!((page.total, page.as_of), (5, today()));
        ids(&page)
    };
    assert_eq!(cut(None, Some(2)), "c0 c1");
    assert_eq!(cut(Some(2), Some(2)), "c2 c3");
    assert_eq!(cut(Some(4), None), "c4");
    assert_eq!(cut(Some(u32::MAX), None), "");
    assert_eq!(cut(None, Some(u32::MAX)), "c0 c1 c2 c3 c4");
}

#[test]
fn a_row_shows_what_is_known_and_leaves_out_what_is_not() {
    let page = page(vec![known("k", Trend::Up, 2, 80), entry("u", "u")], &BookQuery::default(), today());
    let [unknown, known] = page.customers.as_slice() else { panic!("two rows: {page:?}") };
    assert_eq!((known.score, known.risk, known.days_to_renewal), (Some(87), Risk::Low, Some(80)));
    assert_eq!((known.trend, known.open_tickets, known.spark.as_slice()), (Some(Trend::Up), Some(2), &[1.0, 2.0][..]));
    assert_eq!((unknown.score, unknown.risk, unknown.days_to_renewal), (None, Risk::Unknown, None));
}

#[test]
fn a_renewal_that_came_by_itself_is_shown_and_not_judged() {
    let mut renewed = known("k", Trend::Up, 0, -12);
    renewed.renewal.as_mut().unwrap().automatic = true;
    let row = page(vec![renewed], &BookQuery::default(), today()).customers.remove(0);
    assert_eq!((row.score, row.coverage, row.days_to_renewal), (Some(100), 80, Some(-12)));
}
