//! Which occasion a situation is, and why some letters should wait.

use contracts::{
    facts::{
        Priority::{High, Low, Normal, Urgent},
        Trend,
    },
    occasion::{Also, Hold, Occasion},
};
use domain::occasion::{occasion, renewal, working_days_after};

use crate::given::{Customer, customer, day};

fn kind(occasion: &Occasion) -> String {
    serde_json::to_value(&occasion.about).expect("JSON")["kind"].as_str().expect("a kind").to_owned()
}

/// Everything at once: what is most pressing comes first, and without it the next.
/// What happens to a customer besides.
type Step = fn(Customer) -> Customer;

#[test]
fn the_most_pressing_occasion_is_chosen() {
    let steps: [(&str, Step); 9] = [
        ("growth", |it| it.usage(Trend::Up, 10.0, 20.0)),
        ("solved", |it| it.ticket(Normal, "2024-12-01", Some("2024-12-10"), "Slow")),
        ("recurred", |it| {
            let days = [("2024-10-01", "2024-10-02"), ("2024-10-11", "2024-10-12"), ("2024-10-21", "2024-10-22")];
            days.into_iter().fold(it, |it, (opened, closed)| it.ticket(High, opened, Some(closed), "Import stuck"))
        }),
        ("automatic_renewal", |it| it.contract("2024-12-30", true, None)),
        ("waiting", |it| it.ticket(High, "2024-12-15", None, "SSO broken")),
        ("decline", |it| it.usage(Trend::Down, 20.0, 10.0)),
        ("silence", |it| it.usage(Trend::Silent, 20.0, 0.0)),
        ("renewal", |mut it| {
            it.forget_contracts();
            it.contract("2025-01-10", false, None)
        }),
        ("incident", |it| it.ticket(Urgent, "2024-12-19", None, "Data lost")),
    ];
    for upto in 1..=steps.len() {
        let made = steps[..upto].iter().fold(customer("Acme"), |it, (_, add)| add(it));
        assert_eq!(kind(&occasion(&made.case())), steps[upto - 1].0);
    }
}

#[test]
fn what_is_small_is_no_occasion() {
    let quiet = [
        customer("a").ticket(Low, "2023-11-16", None, "Dark mode"),
        customer("b").ticket(Normal, "2024-12-16", None, "Slow"),
        customer("c").contract("2025-08-17", false, None),
        customer("d").contract("2025-08-17", true, None),
        customer("e").usage(Trend::Flat, 10.0, 10.0),
        customer("f").ticket(Normal, "2024-11-01", Some("2024-11-20"), "Slow"),
    ];
    for customer in quiet {
        let occasion = occasion(&customer.case());
        assert_eq!(occasion.hold, Some(Hold::Nothing { since: day("2024-11-22") }), "{occasion:?}");
    }
}

#[test]
fn one_is_not_written_to_who_was_met_and_is_greeted_who_was_not_for_long() {
    let met = |on: &str| customer("a").met(on);
    let told = |customer: Customer| occasion(&customer.case());
    assert_eq!(told(met("2024-12-16").usage(Trend::Up, 1.0, 2.0)).hold, Some(Hold::InTouch { on: day("2024-12-16") }));
    assert_eq!(told(met("2024-12-15").usage(Trend::Up, 1.0, 2.0)).hold, None, "five days are enough");
    assert_eq!(told(met("2024-12-19").ticket(Urgent, "2024-12-19", None, "Data lost")).hold, None, "it hurts them");
    assert_eq!(told(met("2024-12-05")).hold, Some(Hold::Nothing { since: day("2024-12-05") }));
    let long_ago = told(met("2024-10-21"));
    assert_eq!((kind(&long_ago).as_str(), long_ago.hold), ("hello", None), "60 days");
}

#[test]
fn a_renewal_is_written_about_from_before_its_notice_on() {
    let kinds = |renewal: &str, notice| kind(&occasion(&customer("a").contract(renewal, false, notice).case()));
    assert_eq!(kinds("2025-02-18", None), "renewal", "60 days");
    assert_eq!(kinds("2025-02-19", None), "hello", "61 days");
    assert_eq!(kinds("2025-04-19", Some(90)), "renewal", "120 days, notice in 30");
    assert_eq!(kinds("2025-04-20", Some(90)), "hello");
}

#[test]
fn nothing_small_is_a_condition_of_a_renewal() {
    let case = customer("a").contract("2025-01-10", false, None).ticket(Low, "2023-11-16", None, "Dark mode").case();
    let occasion = occasion(&case);
    assert_eq!(occasion.also, [Also::Tickets { open: 1 }]);
    assert_eq!(occasion.next_on, Some(day("2024-12-27")));
}

#[test]
fn letters_wait_for_what_must_come_first() {
    let hold = |customer: Customer| renewal(&customer.case()).expect("a renewal").hold;
    assert_eq!(
        hold(customer("a").contract("2025-08-17", false, None)),
        Some(Hold::TooEarly { from: day("2025-06-18") })
    );
    assert_eq!(
        hold(customer("a").contract("2025-03-30", true, None)),
        Some(Hold::TooEarly { from: day("2025-01-29") })
    );
    assert_eq!(hold(customer("a").contract("2024-11-27", true, None)), Some(Hold::Verify { date: day("2024-11-27") }));
    let hurt = customer("a").contract("2025-01-10", false, None).ticket(Urgent, "2024-12-19", None, "Data lost");
    assert_eq!(hold(hurt), Some(Hold::IncidentFirst));
    assert_eq!(hold(customer("a").contract("2025-01-10", false, None)), None);
}

#[test]
fn promises_are_kept_on_days_on_which_people_work() {
    let days = [
        ("2024-12-20", 1, "2024-12-23"),
        ("2024-12-18", 3, "2024-12-23"),
        ("2024-12-21", 1, "2024-12-23"),
        ("2024-12-23", 2, "2024-12-27"),
        ("2024-12-31", 1, "2025-01-02"),
    ];
    for (from, count, to) in days {
        assert_eq!(working_days_after(day(from), count), day(to));
    }
}
