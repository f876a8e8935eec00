use contracts::{
    CustomerId, SourceName,
    activity::ActivityKind,
    delivery::{Contact, ContractTerms, CustomerFields, UsageSummary},
    facts::Priority,
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

fn points(points: Vec<UsagePoint>) -> Vec<UsageRows> {
    vec![UsageRows { customer_id: id(), metric: "logins".into(), measure: None, says: UsageSays::Points(points) }]
}

fn one(opened: &str, closed: Option<&str>) -> Ticket {
    Ticket {
        id: "T-1".into(),
        subject: None,
        priority: Priority::Low,
        opened_on: day(opened),
        closed_on: closed.map(day),
    }
}

fn money(currency: &str, minor: i64) -> Option<Money> {
    Some(Money { minor, currency: currency.into() })
}

fn due(due: &str, closed: Option<&str>) -> Option<FollowUp> {
    Some(FollowUp { due: day(due), closed_on: closed.map(day) })
}

/// A piece that holds one good row of each kind.
fn good() -> Piece {
    let terms = ContractTerms { arr: money("USD", 0), ..ContractTerms::default() };
    let contact = Contact { name: Some("Dana".into()), ..Contact::default() };
    Piece {
        customers: vec![CustomerRow { id: id(), fields: CustomerFields::default() }],
        usage: points(vec![point("2026-11-01", 0.0), point("2026-11-02", 1.5)]),
        tickets: vec![TicketRows { customer_id: id(), tickets: vec![one("2026-11-01", Some("2026-11-01"))] }],
        contracts: vec![ContractRow { customer_id: id(), contract_id: "C-1".into(), terms }],
        contacts: vec![ContactRow { customer_id: id(), key: "dana@acme.example".into(), contact }],
        satisfaction: vec![ResponseRow {
            customer_id: id(),
            response_id: "R-1".into(),
            date: day("2026-11-01"),
            survey: Survey::Csat,
            score: 5,
        }],
        activity: vec![Activity {
            id: "A-1".parse().expect("an id"),
            customer_id: id(),
            kind: ActivityKind::Call,
            on: day("2026-11-01"),
            text: "spoke".into(),
            agreed: None,
            follow_up: due("2026-11-01", Some("2026-11-01")),
        }],
    }
}

/// A delivery of two parts.
fn good_delivery() -> Delivery {
    Delivery {
        source: SourceName::try_from("files".to_owned()).expect("a name"),
        day: day("2026-11-20"),
        mode: contracts::delivery::Mode::Snapshot,
        parts: [(Part::Customers, vec!["name".into(), "since".into()]), (Part::Usage, vec!["measure".into()])].into(),
        pieces: 1,
        rejected: [(Part::Usage, 3)].into(),
        partly: [].into(),
        gone: contracts::delivery::Gone::Keep,
        accept_losses: false,
        strict: false,
        dry_run: false,
        primary_metric: Some("logins".into()),
        source_order: Vec::new(),
    }
}

#[test]
fn good_pieces_and_deliveries_pass() {
    assert_eq!(piece(&good()), Ok(()));
    assert_eq!(piece(&Piece::default()), Ok(()));
    assert_eq!(delivery(&good_delivery()), Ok(()));
}

#[test]
fn every_bad_row_is_refused_by_name() {
    let long: Line = "x".repeat(MAX_LINE + 1).as_str().into();
    let long = || Some(long.clone());
    let many: Vec<_> = day("2020-01-01").iter_days().take(MAX_POINTS + 1).collect();
    let many = || many.iter().map(|date| UsagePoint { date: *date, value: 1.0 }).collect();
    let summary = |recent, before| UsageSays::Summary(UsageSummary { trend: Trend::Up, recent, before });
    type Spoil<'a> = &'a dyn Fn(&mut Piece);
    let cases: [(Spoil, &str); 47] = [
        (&|p| p.customers.push(p.customers[0].clone()), "customer acme: it is there twice"),
        (&|p| p.usage.push(p.usage[0].clone()), "usage of acme: it is there twice"),
        (&|p| p.tickets.push(p.tickets[0].clone()), "tickets of acme: it is there twice"),
        (&|p| p.contracts.push(p.contracts[0].clone()), "contract C-1 of acme: it is there twice"),
        (&|p| p.contacts.push(p.contacts[0].clone()), "contact dana@acme.example of acme: it is there twice"),
        (&|p| p.satisfaction.push(p.satisfaction[0].clone()), "response R-1 of acme: it is there twice"),
        (&|p| p.activity.push(p.activity[0].clone()), "activity A-1 of acme: it is there twice"),
        (&|p| p.activity[0].text = "\n".into(), "activity A-1 of acme: text must not be empty"),
        (
            &|p| p.activity[0].text = "x".repeat(4_001).as_str().into(),
            "activity A-1 of acme: the text has 4001 characters; 4000 are the most",
        ),
        (&|p| p.activity[0].agreed = long(), "activity A-1 of acme: agreed has 201 characters; 200 are the most"),
        (
            &|p| p.activity[0].follow_up = due("2026-10-31", None),
            "activity A-1 of acme: its follow-up is due on 2026-10-31, before the day of the activity, 2026-11-01",
        ),
        (
            &|p| p.activity[0].follow_up = due("2026-11-02", Some("2026-10-31")),
            "activity A-1 of acme: its follow-up was closed on 2026-10-31, before the day of the activity, 2026-11-01",
        ),
        (&|p| p.customers[0].fields.name = Some(" \u{7}".into()), "customer acme: name must not be empty"),
        (&|p| p.customers[0].fields.industry = long(), "customer acme: industry has 201 characters; 200 are the most"),
        (&|p| p.customers[0].fields.segment = long(), "customer acme: segment has 201 characters; 200 are the most"),
        (&|p| p.customers[0].fields.owner = Some("".into()), "customer acme: owner must not be empty"),
        (&|p| p.customers[0].fields.contact = long(), "customer acme: contact has 201 characters; 200 are the most"),
        (
            &|p| p.customers[0].fields.since = Some(NaiveDate::MAX),
            "customer acme: since must be in the years 1 to 9999",
        ),
        (&|p| p.usage[0].metric = "".into(), "usage of acme: metric must not be empty"),
        (&|p| p.usage = points(Vec::new()), "usage of acme: there are no points"),
        (&|p| p.usage = points(many()), "usage of acme: 1501 points are too many; send the newest 1500"),
        (
            &|p| p.usage = points(vec![point("2026-11-01", -1.0)]),
            "usage of acme: the value on 2026-11-01 must be a number, zero or more",
        ),
        (
            &|p| p.usage = points(vec![point("2026-11-01", f64::NAN)]),
            "usage of acme: the value on 2026-11-01 must be a number, zero or more",
        ),
        (&|p| p.usage = points(vec![point("2026-11-01", 1.0); 2]), "usage of acme: 2026-11-01 is there twice"),
        (
            &|p| p.usage = points(vec![point("2026-11-02", 1.0), point("2026-11-01", 1.0)]),
            "usage of acme: 2026-11-02 comes before 2026-11-01; the oldest point must be first",
        ),
        (
            &|p| p.usage = points(vec![UsagePoint { date: NaiveDate::MIN, value: 1.0 }]),
            "usage of acme: date must be in the years 1 to 9999",
        ),
        (&|p| p.usage[0].says = summary(f64::NAN, 1.0), "usage of acme: recent must be a number, zero or more"),
        (&|p| p.usage[0].says = summary(1.0, f64::INFINITY), "usage of acme: before must be a number, zero or more"),
        (
            &|p| p.usage[0].says = UsageSays::Summary(UsageSummary { trend: Trend::Silent, recent: 0.0, before: 0.0 }),
            "usage of acme: trend must be up, flat or down; 0 before and 0 recently is silent by itself",
        ),
        (&|p| p.tickets[0].tickets[0].id = "".into(), "a ticket of acme: id must not be empty"),
        (&|p| p.tickets[0].tickets[0].subject = long(), "ticket T-1 of acme: subject has 201 characters; 200 are"),
        (
            &|p| p.tickets[0].tickets[0].opened_on = NaiveDate::MIN,
            "ticket T-1 of acme: opened must be in the years 1 to 9999",
        ),
        (
            &|p| p.tickets[0].tickets[0].closed_on = Some(NaiveDate::MAX),
            "ticket T-1 of acme: closed must be in the years 1 to 9999",
        ),
        (
            &|p| p.tickets[0].tickets = vec![one("2026-11-02", Some("2026-11-01"))],
            "ticket T-1 of acme: it was closed on 2026-11-01, before it was opened on 2026-11-02",
        ),
        (&|p| p.tickets[0].tickets = vec![one("2026-11-02", None); 2], "ticket T-1 of acme: it is there twice"),
        (&|p| p.contracts[0].contract_id = "".into(), "a contract of acme: id must not be empty"),
        (&|p| p.contracts[0].terms.plan = long(), "contract C-1 of acme: plan has 201 characters; 200 are the most"),
        (
            &|p| p.contracts[0].terms.renewal_date = Some(NaiveDate::MIN),
            "contract C-1 of acme: renewal date must be in the years 1 to 9999",
        ),
        (
            &|p| p.contracts[0].terms.arr = money("usd", 1),
            "contract C-1 of acme: the currency must be three capital letters, such as USD",
        ),
        (
            &|p| p.contracts[0].terms.arr = money("USDX", 1),
            "contract C-1 of acme: the currency must be three capital letters, such as USD",
        ),
        (&|p| p.contracts[0].terms.arr = money("USD", -1), "contract C-1 of acme: the ARR must not be negative"),
        (&|p| p.contacts[0].key = "".into(), "a contact of acme: key must not be empty"),
        (&|p| p.contacts[0].contact.email = long(), "contact dana@acme.example of acme: email has 201 characters; 200"),
        (&|p| p.satisfaction[0].response_id = "".into(), "a response of acme: id must not be empty"),
        (&|p| p.satisfaction[0].date = NaiveDate::MAX, "response R-1 of acme: date must be in the years 1 to 9999"),
        (&|p| p.satisfaction[0].score = 0, "response R-1 of acme: the score must be 1 to 5"),
        (
            &|p| (p.satisfaction[0].survey, p.satisfaction[0].score) = (Survey::Nps, 11),
            "response R-1 of acme: the score must be 0 to 10",
        ),
    ];
    for (spoil, expected) in cases {
        let mut spoilt = good();
        spoil(&mut spoilt);
        let message = piece(&spoilt).expect_err(expected).to_string();
        assert!(message.starts_with(expected), "expected {expected:?}, got {message:?}");
    }
}

#[test]
fn scores_are_good_from_the_lowest_to_the_highest() {
    for (survey, scores) in [(Survey::Csat, [1, 5]), (Survey::Nps, [0, 10])] {
        for score in scores {
            let mut piece = good();
            (piece.satisfaction[0].survey, piece.satisfaction[0].score) = (survey, score);
            assert_eq!(super::piece(&piece), Ok(()), "{survey:?} {score}");
        }
    }
}

#[test]
fn the_same_key_of_another_customer_is_another_thing() {
    let mut piece = good();
    let other: CustomerId = "bolt".parse().expect("an id");
    piece.tickets.push(TicketRows { customer_id: other.clone(), ..piece.tickets[0].clone() });
    piece.contracts.push(ContractRow { customer_id: other.clone(), ..piece.contracts[0].clone() });
    piece.contacts.push(ContactRow { customer_id: other.clone(), ..piece.contacts[0].clone() });
    piece.satisfaction.push(ResponseRow { customer_id: other, ..piece.satisfaction[0].clone() });
    assert_eq!(super::piece(&piece), Ok(()));
}

#[test]
fn a_customer_may_be_measured_by_several_metrics() {
    let mut piece = good();
    piece.usage.push(UsageRows { metric: "seats".into(), ..piece.usage[0].clone() });
    assert_eq!(super::piece(&piece), Ok(()));
}

#[test]
fn a_customer_has_a_name_and_no_long_lines() {
    let long: Line = "x".repeat(MAX_LINE + 1).as_str().into();
    let too_long = || Some(long.clone());
    let good =
        CustomerRecord { id: id(), name: "Acme".into(), industry: None, segment: None, contact: Some("".into()) };
    assert_eq!(record(&good), Ok(()));
    let cases = [
        (CustomerRecord { name: " \u{7}".into(), ..good.clone() }, "name must not be empty"),
        (CustomerRecord { name: long.clone(), ..good.clone() }, "name has 201 characters; 200 are the most"),
        (CustomerRecord { industry: too_long(), ..good.clone() }, "industry has 201 characters; 200 are the most"),
        (CustomerRecord { segment: too_long(), ..good.clone() }, "segment has 201 characters; 200 are the most"),
        (CustomerRecord { contact: too_long(), ..good.clone() }, "contact has 201 characters; 200 are the most"),
    ];
    for (spoilt, expected) in cases {
        assert_eq!(record(&spoilt).expect_err(expected).to_string(), format!("customer acme: {expected}"));
    }
}

#[test]
fn every_bad_delivery_is_refused_by_name() {
    let name = |at: usize| SourceName::try_from(format!("s{at}")).expect("a name");
    type Spoil<'a> = &'a dyn Fn(&mut Delivery);
    let cases: [(Spoil, &str); 9] = [
        (&|d| d.day = NaiveDate::MAX, "delivery: day must be in the years 1 to 9999"),
        (&|d| (d.parts, d.rejected) = Default::default(), "delivery: there are no parts"),
        (
            &|d| d.partly = [Part::Contracts].into(),
            "contracts: something of it is said not to be there, but it is not among the parts",
        ),
        (&|d| drop(d.parts.insert(Part::Health, Vec::new())), "health: it is no part that sources deliver"),
        (
            &|d| drop(d.parts.insert(Part::Contracts, vec!["arr".into(), "currency".into()])),
            "contracts: it has no optional column currency",
        ),
        (
            &|d| d.rejected = [(Part::Contracts, 1)].into(),
            "contracts: rows of it were rejected, but it is not among the parts",
        ),
        (&|d| d.pieces = 10_001, "delivery: 10001 pieces are too many; 10000 are the most"),
        (&|d| d.primary_metric = Some("".into()), "delivery: primaryMetric must not be empty"),
        (
            &|d| d.source_order = (0..101).map(name).collect(),
            "delivery: 101 sources are too many for an order; 100 are the most",
        ),
    ];
    for (spoil, expected) in cases {
        let mut spoilt = good_delivery();
        spoil(&mut spoilt);
        assert_eq!(delivery(&spoilt).expect_err(expected).to_string(), expected);
    }
}
