use contracts::{
    facts::{Priority, Ticket, UsagePoint},
    import::ContractRecord,
};

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn id() -> CustomerId {
    "acme".parse().expect("an id")
}

fn point(date: &str, value: f64) -> UsagePoint {
    UsagePoint { date: day(date), value }
}

fn ticket(opened: &str, closed: Option<&str>) -> Ticket {
    Ticket {
        id: "T-1".into(),
        subject: None,
        priority: Priority::Low,
        opened_on: day(opened),
        closed_on: closed.map(day),
    }
}

fn contract(currency: &str, minor: i64) -> ContractRecord {
    let arr = Some(Money { minor, currency: currency.into() });
    ContractRecord { customer_id: id(), renewal_date: None, arr, plan: None, seats: None, auto_renew: None }
}

fn usage(points: Vec<UsagePoint>) -> UsageRecord {
    UsageRecord { customer_id: id(), metric: "logins".into(), series: UsageSeries::Points(points) }
}

/// A request that holds one good record of each kind.
fn good() -> ImportRequest {
    ImportRequest {
        origin: "files".into(),
        as_of: day("2026-11-20"),
        dry_run: false,
        customers: vec![CustomerRecord { id: id(), name: "Acme".into(), industry: None, segment: None, contact: None }],
        usage: vec![usage(vec![point("2026-11-01", 0.0), point("2026-11-02", 1.5)])],
        tickets: vec![TicketsRecord { customer_id: id(), tickets: vec![ticket("2026-11-01", Some("2026-11-01"))] }],
        contracts: vec![contract("USD", 0)],
    }
}

#[test]
fn a_good_import_passes() {
    assert_eq!(validate(&good()), Ok(()));
}

#[test]
fn every_bad_record_is_refused_by_name() {
    let long = "x".repeat(MAX_LINE + 1);
    let many: Vec<_> = day("2020-01-01").iter_days().take(MAX_POINTS + 1).collect();
    let many = || many.iter().map(|date| UsagePoint { date: *date, value: 1.0 }).collect();
    type Spoil<'a> = &'a dyn Fn(&mut ImportRequest);
    let cases: [(Spoil, &str); 20] = [
        (&|r| r.origin = "".into(), "import: origin must not be empty"),
        (&|r| r.as_of = NaiveDate::MAX, "import: asOf must be in the years"),
        (&|r| r.customers.push(r.customers[0].clone()), "customers: acme is there twice"),
        (&|r| r.usage.push(r.usage[0].clone()), "usage: acme is there twice"),
        (&|r| r.tickets.push(r.tickets[0].clone()), "tickets: acme is there twice"),
        (&|r| r.contracts.push(r.contracts[0].clone()), "contracts: acme is there twice"),
        (&|r| r.customers[0].name = " \u{7}".into(), "customer acme: name must not be empty"),
        (&|r| r.customers[0].contact = Some(long.as_str().into()), "customer acme: contact has 201 characters"),
        (&|r| r.usage[0].metric = "".into(), "usage of acme: metric must not be empty"),
        (&|r| r.usage = vec![usage(Vec::new())], "usage of acme: there are no points"),
        (&|r| r.usage = vec![usage(many())], "usage of acme: 401 points are too many; send the newest 400"),
        (&|r| r.usage = vec![usage(vec![point("2026-11-01", -1.0)])], "value on 2026-11-01 must be a number, zero or"),
        (&|r| r.usage = vec![usage(vec![point("2026-11-01", f64::NAN)])], "value on 2026-11-01 must be a number"),
        (&|r| r.usage = vec![usage(vec![point("2026-11-01", 1.0); 2])], "usage of acme: 2026-11-01 is there twice"),
        (&|r| r.tickets[0].tickets = vec![ticket("2026-11-02", Some("2026-11-01"))], "closed on 2026-11-01, before"),
        (&|r| r.tickets[0].tickets = vec![ticket("2026-11-02", None); 2], "ticket T-1 of acme: its id is there twice"),
        (&|r| r.contracts = vec![contract("usd", 1)], "contract of acme: the currency must be three capital letters"),
        (&|r| r.contracts = vec![contract("USDX", 1)], "three capital letters, such as USD"),
        (&|r| r.contracts = vec![contract("USD", -1)], "contract of acme: the ARR must not be negative"),
        (&|r| r.contracts[0].renewal_date = Some(NaiveDate::MIN), "contract of acme: renewal date must be in"),
    ];
    for (spoil, expected) in cases {
        let mut request = good();
        spoil(&mut request);
        let message = validate(&request).expect_err(expected);
        assert!(message.contains(expected), "expected {expected:?}, got {message:?}");
    }
}

#[test]
fn a_summary_row_holds_numbers() {
    let mut request = good();
    request.usage[0].series = UsageSeries::Summary { trend: Trend::Up, recent: 1.0, before: f64::INFINITY };
    assert_eq!(validate(&request), Err("usage of acme: before must be a number, zero or more".to_owned()));
    request.usage[0].series = UsageSeries::Summary { trend: Trend::Silent, recent: 0.0, before: 0.0 };
    let told = validate(&request).expect_err("silence is read, not told");
    assert!(told.starts_with("usage of acme: trend must be up, flat or down"), "{told}");
}
