//! An item lives from day to day, and another begins where its cause is new.

use contracts::{
    attention::{Kind, State, Until},
    facts::Trend,
};
use domain::attention::{self, state_on};

use crate::given::{Customer, day, items, of_kind, seen, terms, today, urgent, usage, well};

fn id_on(customer: &Customer, kind: Kind, on: &str) -> String {
    let cases = [customer.case_on(day(on))];
    of_kind(&attention::items(&seen(&cases)), kind).id.to_string()
}

#[test]
fn an_item_is_the_same_on_the_next_day() {
    let customers = [
        (Customer { usage: Some(usage(Trend::Silent)), ..well("a") }, Kind::Silent),
        (Customer { usage: Some(usage(Trend::Down)), ..well("a") }, Kind::UsageFell),
        (Customer { tickets: vec![urgent("T-1", "2026-11-08")], ..well("a") }, Kind::UrgentTicket),
        (Customer { terms: Some(terms(1, "USD", "2026-12-21")), ..well("a") }, Kind::RenewalWindow),
    ];
    for (customer, kind) in customers {
        assert_eq!(id_on(&customer, kind, "2026-11-20"), id_on(&customer, kind, "2026-11-21"), "{kind:?}");
    }
}

#[test]
fn ids_are_short_and_the_same_on_every_machine() {
    let silent = Customer { usage: Some(usage(Trend::Silent)), ..well("a") };
    assert_eq!(id_on(&silent, Kind::Silent, "2026-11-20"), "hy5j6r5j");
}

#[test]
fn a_new_cause_is_a_new_item() {
    let silent = |last_use: &str| {
        let mut figures = usage(Trend::Silent);
        figures.last_use = Some(day(last_use));
        Customer { usage: Some(figures), ..well("a") }
    };
    let fell = |since: &str| {
        let mut figures = usage(Trend::Down);
        figures.down_since = Some(day(since));
        Customer { usage: Some(figures), ..well("a") }
    };
    let ticket = |id: &str| Customer { tickets: vec![urgent(id, "2026-11-08")], ..well("a") };
    let renews = |on: &str| Customer { terms: Some(terms(1, "USD", on)), ..well("a") };
    let pairs = [
        (silent("2026-08-01"), silent("2026-08-15"), Kind::Silent),
        (fell("2026-10-11"), fell("2026-11-15"), Kind::UsageFell),
        (ticket("T-1"), ticket("T-2"), Kind::UrgentTicket),
        (renews("2026-12-21"), renews("2027-01-21"), Kind::RenewalWindow),
    ];
    for (one, other, kind) in pairs {
        assert_ne!(id_on(&one, kind, "2026-11-20"), id_on(&other, kind, "2026-11-20"), "{kind:?}");
    }
}

#[test]
fn a_renewal_that_is_put_right_by_a_day_is_the_same_item() {
    let renews = |on: &str| Customer { terms: Some(terms(1, "USD", on)), ..well("a") };
    let [one, other] = [renews("2026-12-21"), renews("2026-12-22")];
    let id = |customer| id_on(customer, Kind::RenewalWindow, "2026-11-20");
    assert_eq!(id(&one), id(&other));
}

#[test]
fn done_stays_done_and_what_is_snoozed_comes_back() {
    let item = of_kind(&items(&[Customer { usage: Some(usage(Trend::Silent)), ..well("a") }]), Kind::Silent);
    let until = |day| State::Snoozed(Until::Day(day));
    assert_eq!(state_on(State::Done(today()), &item, day("2027-11-20")), State::Done(today()));
    assert_eq!(state_on(State::Done(today()), &item, day("2026-11-19")), State::Open, "it was not done yet");
    assert_eq!(state_on(until(day("2026-11-24")), &item, day("2026-11-23")), until(day("2026-11-24")));
    assert_eq!(state_on(until(day("2026-11-24")), &item, day("2026-11-24")), State::Open);
    let same = State::Snoozed(Until::Change(item.situation.clone()));
    assert_eq!(state_on(same.clone(), &item, today()), same);
    assert_eq!(state_on(State::Snoozed(Until::Change("another".into())), &item, today()), State::Open);
}

#[test]
fn something_changes_where_a_fact_does_and_not_where_only_days_go_by() {
    let customer = Customer { terms: Some(terms(100_000, "USD", "2026-12-21")), ..well("a") };
    let on = |customer: &Customer, on: &str| {
        let cases = [customer.case_on(day(on))];
        of_kind(&attention::items(&seen(&cases)), Kind::RenewalWindow).situation
    };
    assert_eq!(on(&customer, "2026-11-20"), on(&customer, "2026-11-21"));
    let with_a_ticket = Customer { tickets: vec![urgent("T-1", "2026-11-08")], ..customer.clone() };
    assert_ne!(on(&customer, "2026-11-20"), on(&with_a_ticket, "2026-11-20"));
    let dearer = Customer { terms: Some(terms(100_001, "USD", "2026-12-21")), ..customer.clone() };
    assert_ne!(on(&customer, "2026-11-20"), on(&dearer, "2026-11-20"));
}
