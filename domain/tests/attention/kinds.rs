//! Which facts give which items.

use contracts::{
    activity::Activity,
    attention::{Grounds, Kind, Pressure, State},
    facts::{Status, Trend},
};
use domain::{
    attention::{self, Seen},
    case::Case,
};

use crate::given::{Customer, call, day, items, kinds, of_kind, terms, today, urgent, usage, well};

fn reasons(book: &[Customer], kind: Kind) -> Vec<String> {
    of_kind(&items(book), kind).reasons.iter().map(ToString::to_string).collect()
}

#[test]
fn a_customer_who_is_well_gives_no_reason() {
    assert_eq!(items(&[well("a")]), []);
}

#[test]
fn each_kind_says_its_reason_and_its_day() {
    let silent = Customer { usage: Some(usage(Trend::Silent)), ..well("a") };
    let down = Customer { usage: Some(usage(Trend::Down)), ..well("a") };
    let ticket = Customer { tickets: vec![urgent("T-1", "2026-11-08")], ..well("a") };
    let renews = Customer { terms: Some(terms(100_000, "USD", "2026-12-21")), ..well("a") };
    let overdue = Customer { terms: Some(terms(100_000, "USD", "2026-11-10")), ..well("a") };
    let less = Customer { terms_before: Some((day("2026-11-01"), terms(120_000, "USD", "2027-10-01"))), ..well("a") };
    let gone = Customer { gone_on: Some(day("2026-11-14")), ..well("a") };
    let promised = Customer { activity: vec![call("p1", "2026-11-10", Some("2026-11-18"))], ..well("a") };
    let alone = Customer { activity: vec![call("p1", "2026-09-10", None)], ..well("a") };
    let table = [
        (promised, Kind::FollowUpDue, "the follow-up of 18 Nov 2026 is due: “send the order form”", Some("2026-11-18")),
        (alone, Kind::NoTouch, "the last touch was 71 days ago", Some("2026-09-10")),
        (silent, Kind::Silent, "no use since 1 Aug 2026 (111 days)", Some("2026-08-01")),
        (down, Kind::UsageFell, "logins in 28 days fell from 100 to 60, by 40%", Some("2026-10-11")),
        (
            ticket,
            Kind::UrgentTicket,
            "urgent ticket T-1 “Export loses rows” has been open for 12 days",
            Some("2026-11-08"),
        ),
        (renews, Kind::RenewalWindow, "the contract is up for renewal in 31 days", Some("2026-12-21")),
        (overdue, Kind::RenewalOverdue, "the contract was due for renewal 10 days ago", Some("2026-11-10")),
        (
            less,
            Kind::ArrFell,
            "the yearly contract value fell from USD 120,000 to USD 100,000, by 17%, after 1 Nov 2026",
            Some("2026-11-02"),
        ),
        (gone, Kind::Gone, "crm has had it no longer since 14 Nov 2026", Some("2026-11-14")),
    ];
    for (customer, kind, says, on) in table {
        let item = of_kind(&items(std::slice::from_ref(&customer)), kind);
        assert_eq!(item.reasons[0].as_str(), says, "{kind:?}");
        assert_eq!(item.day, on.map(day), "{kind:?}");
        assert_eq!(item.about.name(), "a Ltd");
    }
}

#[test]
fn revenue_at_high_risk_is_said_with_what_makes_the_risk() {
    let tickets = ["T-1", "T-2", "T-3"].map(|id| urgent(id, "2026-11-08")).to_vec();
    let high = Customer { usage: Some(usage(Trend::Silent)), tickets, ..well("a") };
    let says = reasons(std::slice::from_ref(&high), Kind::RevenueAtRisk);
    assert_eq!(says, ["the health score is 38 of 100", "no use since 1 Aug 2026 (111 days)", "3 tickets are open"]);
    let nothing_to_lose = Customer { terms: None, ..high };
    assert!(!kinds(&items(&[nothing_to_lose])).contains(&Kind::RevenueAtRisk));
}

#[test]
fn every_urgent_ticket_is_an_item_of_its_own_and_closed_ones_are_none() {
    let mut closed = urgent("T-3", "2026-11-01");
    closed.closed_on = Some(day("2026-11-19"));
    let tickets = vec![urgent("T-1", "2026-11-08"), urgent("T-2", "2026-11-20"), closed];
    let found = items(&[Customer { tickets, ..well("a") }]);
    assert_eq!(kinds(&found), [Kind::UrgentTicket, Kind::UrgentTicket]);
    assert_ne!(found[0].id, found[1].id);
}

#[test]
fn a_score_that_dropped_is_said_with_the_parts_that_fell() {
    let before = well("a").case_on(day("2026-10-23"));
    let now = Customer { usage: Some(usage(Trend::Down)), ..well("a") }.case();
    let found = |before: Option<&Case>| attention::items(&[Seen { now: &now, before }]);
    let says: Vec<_> =
        of_kind(&found(Some(&before)), Kind::ScoreDropped).reasons.iter().map(ToString::to_string).collect();
    assert_eq!(
        says,
        ["the health score fell from 78 to 55, by 23 points, since 23 Oct 2026", "the usage (logins) is going down"]
    );
    assert!(!kinds(&found(None)).contains(&Kind::ScoreDropped), "nothing is known of before");
    assert!(!kinds(&found(Some(&now))).contains(&Kind::ScoreDropped));
}

#[test]
fn the_churned_give_no_reason_and_the_gone_only_that_they_are() {
    let bad = Customer {
        usage: Some(usage(Trend::Silent)),
        tickets: vec![urgent("T-1", "2026-11-08")],
        terms: Some(terms(100_000, "USD", "2026-11-21")),
        ..well("a")
    };
    assert!(items(std::slice::from_ref(&bad)).len() > 3);
    let churned = Customer { status: Some(Status::Churned), ..bad.clone() };
    assert_eq!(items(&[churned]), []);
    let gone = Customer { gone_on: Some(day("2026-11-14")), ..bad };
    assert_eq!(kinds(&items(&[gone])), [Kind::Gone]);
}

#[test]
fn what_is_not_known_or_too_old_gives_no_reason() {
    let nothing = Customer { usage: None, terms: None, ..well("a") };
    assert_eq!(items(&[nothing]), []);
    let old = Customer {
        tickets: vec![urgent("T-1", "2026-09-01")],
        tickets_delivered: day("2026-10-01"),
        terms: Some(terms(100_000, "USD", "2026-11-10")),
        contracts_delivered: day("2026-11-01"),
        ..well("a")
    };
    // The renewal passed since the contract was delivered, and the tickets are seven weeks old: one item of their source.
    assert_eq!(kinds(&items(&[old])), [Kind::SourceStale]);
}

#[test]
fn a_renewal_that_came_by_itself_is_not_overdue() {
    let mut terms = terms(100_000, "USD", "2026-11-10");
    terms.auto_renew = Some(true);
    assert_eq!(items(&[Customer { terms: Some(terms), ..well("a") }]), []);
}

#[test]
fn the_day_to_give_notice_presses_before_the_renewal_does() {
    let mut terms = terms(100_000, "USD", "2027-02-11");
    terms.notice_days = Some(60);
    let item = of_kind(&items(&[Customer { terms: Some(terms), ..well("a") }]), Kind::RenewalWindow);
    assert_eq!(item.factors.urgency.by, Pressure::Notice(23));
    assert_eq!(item.factors.urgency.percent, 77);
}

#[test]
fn likelihood_rests_on_the_score_where_there_is_one() {
    let down = Customer { usage: Some(usage(Trend::Down)), ..well("a") };
    let item = of_kind(&items(std::slice::from_ref(&down)), Kind::UsageFell);
    assert_eq!((item.factors.likelihood.by, item.factors.likelihood.percent), (Grounds::Score(55), 45));
    let unknown = Customer { usage: None, terms: Some(terms(1, "USD", "2026-12-21")), ..well("a") };
    let unknown =
        Customer { tickets_delivered: day("2026-09-01"), tickets: vec![urgent("T", "2026-08-01")], ..unknown };
    let item = of_kind(&items(&[unknown]), Kind::RenewalWindow);
    assert_eq!((item.factors.likelihood.by, item.factors.likelihood.percent), (Grounds::NoScore, 50));
    assert_eq!(today(), day("2026-11-20"));
}

#[test]
fn a_promise_is_done_on_the_day_it_is_closed_and_gone_on_the_next() {
    let mut promise = call("p-1", "2026-11-10", Some("2026-11-18"));
    let item = |promise: &Activity| {
        let items = items(&[Customer { activity: vec![promise.clone()], ..well("a") }]);
        items.into_iter().find(|item| item.kind == Kind::FollowUpDue).map(|item| (item.promised.unwrap(), item.state))
    };
    assert_eq!(item(&promise), Some((promise.id.clone(), State::Open)));
    promise.follow_up.as_mut().unwrap().closed_on = Some(today());
    assert_eq!(item(&promise), Some((promise.id.clone(), State::Done(today()))));
    promise.follow_up.as_mut().unwrap().closed_on = today().pred_opt();
    assert_eq!(item(&promise), None);
}
