use contracts::{
    facts::Trend,
    import::{TicketsRecord, UsageSeries},
};

use super::*;

fn id(text: &str) -> CustomerId {
    text.parse().expect("an id")
}

fn customer(text: &str) -> CustomerRecord {
    CustomerRecord { id: id(text), name: text.into(), industry: None, segment: None, contact: None }
}

fn request(customers: &[&str]) -> ImportRequest {
    ImportRequest {
        origin: "files".into(),
        as_of: "2026-11-20".parse().expect("a day"),
        dry_run: false,
        customers: customers.iter().map(|id| customer(id)).collect(),
        usage: Vec::new(),
        tickets: Vec::new(),
        contracts: Vec::new(),
    }
}

fn kept(text: &str, demo: bool) -> BTreeMap<CustomerId, Kept> {
    let facts = CustomerFacts { customer: customer(text), usage: None, tickets: None, contract: None };
    BTreeMap::from([(id(text), Kept { facts, demo })])
}

#[test]
fn points_are_kept_in_the_order_of_their_days() {
    let point = |date: &str, value| UsagePoint { date: date.parse().expect("a day"), value };
    let mut request = request(&["a"]);
    request.usage.push(UsageRecord {
        customer_id: id("a"),
        metric: "logins".into(),
        series: UsageSeries::Points(vec![point("2026-11-03", 3.0), point("2026-11-01", 1.0), point("2026-11-02", 2.0)]),
    });
    let changes = changes(&request, &BTreeMap::new(), false).expect("every row names a customer");
    let report = &changes.usage[&id("a")];
    assert_eq!(report.points.iter().map(|point| point.value).collect::<Vec<_>>(), [1.0, 2.0, 3.0]);
    assert_eq!((report.trend, report.recent, report.before), (None, 2.5, Some(1.0)));
}

#[test]
fn a_summary_row_is_taken_at_its_word() {
    let mut request = request(&["a"]);
    let series = UsageSeries::Summary { trend: Trend::Down, recent: 9.0, before: 9.5 };
    request.usage.push(UsageRecord { customer_id: id("a"), metric: "logins".into(), series });
    let changes = changes(&request, &BTreeMap::new(), false).expect("every row names a customer");
    let report = &changes.usage[&id("a")];
    assert_eq!((report.trend, report.recent, report.before), (Some(Trend::Down), 9.0, Some(9.5)));
    assert!(report.points.is_empty());
}

#[test]
fn an_empty_list_of_tickets_is_news_where_nothing_was_known() {
    let mut request = request(&[]);
    request.tickets.push(TicketsRecord { customer_id: id("a"), tickets: Vec::new() });
    let changes = changes(&request, &kept("a", false), false).expect("the store has the customer");
    assert_eq!(changes.tickets[&id("a")].open, 0);
    assert!(changes.customers.is_empty());
    assert_eq!((changes.report.updated, changes.report.without_tickets.len()), (1, 0));
    assert_eq!(changes.report.without_usage, [id("a")]);
}

#[test]
fn the_demo_book_leaves_the_users_own_customers_alone() {
    let changes = changes(&request(&["a", "b"]), &kept("a", false), true).expect("every row names a customer");
    assert_eq!(changes.customers.keys().collect::<Vec<_>>(), [&id("b")]);
    assert_eq!((changes.report.created, changes.report.unchanged), (1, 0));
}

#[test]
fn a_demo_customer_becomes_the_users_own_even_where_its_record_stays() {
    let changes = changes(&request(&["a"]), &kept("a", true), false).expect("every row names a customer");
    assert_eq!(changes.customers.values().collect::<Vec<_>>(), [&customer("a")]);
    assert_eq!(changes.report.updated, 1);
}

#[test]
fn a_row_of_nobody_is_refused_by_name() {
    let mut request = request(&["a"]);
    request.tickets.push(TicketsRecord { customer_id: id("stranger"), tickets: Vec::new() });
    assert_eq!(changes(&request, &BTreeMap::new(), false), Err(id("stranger")));
}
