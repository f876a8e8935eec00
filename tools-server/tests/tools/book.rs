//! The book: orders, filter and pages.

use contracts::{
    CustomerId,
    book::{BookPage, BookQuery, BookSort, Standing},
    delivery::{ContractTerms, CustomerFields},
    facts::{Money, Part, Priority, Status, Trend},
    health::Risk,
    reading::Knowledge,
};
use domain::case::Case;
use tools_server::{
    book::{self, Entry, asked},
    order::{Listing, Order},
};

use crate::facts::{contract, in_days, known as fresh, nameless, of_terms, source, tickets, today, usage};

fn of(case: Case) -> Entry {
    Entry { case, spark: vec![1.0, 2.0] }
}

fn named(id: &str, name: &str) -> Case {
    Case { id: id.parse().unwrap(), name: name.into(), ..nameless() }
}

fn entry(id: &str, name: &str) -> Entry {
    of(named(id, name))
}

fn using(id: &str, trend: Trend) -> Entry {
    of(Case { usage: usage(Some(trend), 10.0, 20.0), ..named(id, id) })
}

fn known(id: &str, trend: Trend, open: usize, days: i64) -> Entry {
    let tickets = tickets(&vec![Priority::Normal; open]);
    of(Case { usage: usage(Some(trend), 10.0, 20.0), tickets, contract: contract(Some(days)), ..named(id, id) })
}

fn renewing(id: &str, days: i64) -> Entry {
    of(Case { contract: contract(Some(days)), ..named(id, id) })
}

fn paying(id: &str, minor: i64, currency: &str) -> Entry {
    let arr = Some(Money { minor, currency: currency.into() });
    of(Case { contract: of_terms(ContractTerms { arr, ..ContractTerms::default() }), ..named(id, id) })
}

fn page(entries: Vec<Entry>, query: &BookQuery) -> BookPage {
    let facts = asked(query.facts.as_deref()).unwrap();
    let rows: Vec<_> = entries.into_iter().map(|entry| book::row(entry, &facts)).collect();
    let order = Order::of(rows.clone(), 7);
    let Listing { customers, total, next } = order.list(query).expect("it begins after somebody");
    let row = |id: &CustomerId| rows.iter().find(|row| row.id == *id).unwrap().clone();
    BookPage { customers: customers.iter().map(row).collect(), total, next, as_of: today(), revision: order.revision }
}

fn sorted(sort: BookSort, entries: Vec<Entry>) -> String {
    ids(&page(entries, &BookQuery { sort, ..BookQuery::default() }))
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
        using("untold", Trend::Down),
        using("silent", Trend::Silent),
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
        let page = page(book(), &query);
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
fn pages_cut_every_order_without_gaps() {
    let book = || {
        let mut book = vec![known("k", Trend::Up, 2, 80), paying("p", 5, "USD"), renewing("r", -3), entry("n", "Änn")];
        book.extend((0..5).map(|n| entry(&format!("c{n}"), &format!("C{n}"))));
        book
    };
    for sort in [BookSort::Risk, BookSort::Renewal, BookSort::Arr, BookSort::Name, BookSort::Id] {
        let whole = page(book(), &BookQuery { sort, ..BookQuery::default() });
        assert_eq!((whole.customers.len(), whole.total, &whole.next), (9, 9, &None));
        for limit in [1, 2, 3, 9] {
            let (mut after, mut customers) = (None, Vec::new());
            loop {
                let query = BookQuery { sort, limit: Some(limit), after: after.take(), ..BookQuery::default() };
                let part = page(book(), &query);
                assert_eq!(part.total, 9);
                customers.extend(part.customers);
                after = part.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(customers, whole.customers, "{sort:?} by {limit}");
        }
    }
    let nobody = BookQuery { after: Some("nobody".parse().unwrap()), ..BookQuery::default() };
    assert_eq!(Order::of(Vec::new(), 1).list(&nobody), None);
}

#[test]
fn a_row_shows_what_is_known_and_leaves_out_what_is_not() {
    let page = page(vec![known("k", Trend::Up, 2, 80), entry("u", "u")], &BookQuery::default());
    let [unknown, known] = page.customers.as_slice() else { panic!("two rows: {page:?}") };
    assert_eq!((known.score, known.risk, known.days_to_renewal), (Some(87), Risk::Low, Some(80)));
    assert_eq!((known.trend, known.open_tickets, known.spark.as_slice()), (Some(Trend::Up), Some(2), &[1.0, 2.0][..]));
    assert_eq!((unknown.score, unknown.risk, unknown.days_to_renewal), (None, Risk::Unknown, None));
}

#[test]
fn a_renewal_that_came_by_itself_is_shown_and_not_judged() {
    let mut renewed = known("k", Trend::Up, 0, 0);
    let renewal_date = Some(in_days(-12));
    let terms = ContractTerms { renewal_date, auto_renew: Some(true), ..ContractTerms::default() };
    renewed.case.contract = of_terms(terms);
    let row = page(vec![renewed], &BookQuery::default()).customers.remove(0);
    assert_eq!((row.score, row.coverage, row.days_to_renewal), (Some(100), 80, Some(-12)));
}

#[test]
fn who_left_comes_last_and_what_is_stale_is_named_and_left_out() {
    let churned = CustomerFields { status: Some(Status::Churned), ..CustomerFields::default() };
    let mut left = known("left", Trend::Down, 6, -5);
    left.case.fields = fresh(churned);
    let mut gone = known("gone", Trend::Down, 6, -5);
    gone.case.gone = Some(source());
    let mut old = known("old", Trend::Up, 0, 200);
    old.case.usage = old.case.usage.into_stale();
    let page = page(vec![left, gone, old], &BookQuery::default());
    assert_eq!(ids(&page), "old left gone");
    let standings: Vec<_> = page.customers.iter().map(|row| row.standing).collect();
    assert_eq!(standings, [Standing::Active, Standing::Churned, Standing::Gone]);
    let old = &page.customers[0];
    assert_eq!((old.stale.as_slice(), old.trend, old.coverage), (&[Part::Usage][..], None, 55));
}

#[test]
fn facts_are_read_as_they_were_asked_for() {
    let ask = |facts: &str| BookQuery { facts: Some(facts.to_owned()), ..BookQuery::default() };
    let told = page(vec![known("k", Trend::Up, 2, 80)], &ask("tickets.open,usage.trend"));
    let read: Vec<_> = told.customers[0].facts.iter().map(|reading| reading.fact.as_str()).collect();
    assert_eq!((read.as_slice(), told.revision), (&["tickets.open", "usage.trend"][..], 7));
    assert_eq!(asked(Some("all")).unwrap().len(), domain::facts::catalogue().count());
    assert_eq!(asked(Some("tickets.open,nothing")).unwrap_err().to_string(), "there is no fact nothing");
    assert!(asked(None).unwrap().is_empty());
    let missing = page(vec![entry("u", "u")], &ask("contract.arr"));
    assert_eq!(missing.customers[0].facts[0].knowledge, Knowledge::Missing);
}
