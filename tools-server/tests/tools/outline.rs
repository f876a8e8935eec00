//! The QBR outline: its sections and the numbers in them.

use contracts::{
    delivery::ContractTerms,
    facts::{Money, Priority, Trend, UsagePoint},
};
use domain::case::Case;
use proptest::prelude::*;

use crate::facts::{any_case, contract, in_days, nameless, of_terms, outline, tickets, usage};

const TITLES: [&str; 5] = ["Where we stand", "Usage", "Support", "Contract and renewal", "Next quarter"];

fn full() -> Case {
    let point = |days, value| UsagePoint { date: in_days(days), value };
    let mut facts = nameless();
    facts.usage = usage(Some(Trend::Down), 41.0, 29.0);
    facts.points = vec![point(-14, 40.0), point(-7, 42.0), point(0, 29.0)];
    facts.tickets = tickets(&[Priority::Urgent, Priority::Normal, Priority::Normal]);
    facts.contract = of_terms(ContractTerms {
        renewal_date: Some(in_days(80)),
        arr: Some(Money { minor: 12_000_000, currency: "USD".into() }),
        plan: Some("Enterprise".into()),
        seats: Some(1),
        auto_renew: Some(false),
        notice_days: None,
    });
    facts
}

fn points(facts: &Case, section: &str) -> Vec<String> {
    let outline = outline(facts).unwrap();
    let section = outline.sections.iter().find(|candidate| candidate.title.as_str() == section).unwrap();
    section.talking_points.iter().map(|point| point.as_str().to_owned()).collect()
}

#[test]
fn a_full_outline_carries_the_numbers_with_their_date() {
    let facts = full();
    let outline = outline(&facts).unwrap();
    assert_eq!(outline.title.as_str(), "Acme Corp: quarterly business review, 23 Nov 2026");
    assert_eq!(outline.sections.iter().map(|section| section.title.as_str()).collect::<Vec<_>>(), TITLES);
    let expected: [(&str, &[&str]); 5] = [
        (
            "Where we stand",
            &[
                "Usage is going down.",
                "3 tickets open: 1 urgent and 2 normal.",
                "The renewal is due on 11 Feb 2027, in 80 days.",
            ],
        ),
        (
            "Usage",
            &[
                "logins a day: 29 now, 41 before, 29% less (as of 23 Nov 2026).",
                "On record from 9 Nov 2026 to 23 Nov 2026, 3 measurements.",
                "Highest 42 on 16 Nov 2026, lowest 29 on 23 Nov 2026.",
            ],
        ),
        (
            "Support",
            &[
                "3 tickets open: 1 urgent and 2 normal (as of 23 Nov 2026).",
                "The oldest is open since 2 Nov 2026.",
                "T-1 (urgent) “Subject 1”, open since 2 Nov 2026.",
            ],
        ),
        (
            "Contract and renewal",
            &[
                "Renewal on 11 Feb 2027, in 80 days; it does not renew by itself (as of 23 Nov 2026).",
                "ARR USD 120,000 (as of 23 Nov 2026).",
                "Plan Enterprise, 1 seat (as of 23 Nov 2026).",
            ],
        ),
        (
            "Next quarter",
            &[
                "Agree on what brings usage (logins a day) back from 29 to 41.",
                "Agree on dates for the open tickets: 1 urgent and 2 normal.",
                "Agree on the way to the renewal on 11 Feb 2027, in 80 days.",
            ],
        ),
    ];
    for (title, expected) in expected {
        assert_eq!(points(&facts, title), expected, "{title}");
    }
}

#[test]
fn a_section_without_data_says_so_and_nothing_else() {
    let mut facts = nameless();
    facts.tickets = tickets(&[]);
    assert_eq!(points(&facts, "Usage"), ["Nothing on record of usage: import usage.csv to fill this section."]);
    assert_eq!(
        points(&facts, "Contract and renewal"),
        ["Nothing on record of the contract: import contracts.csv to fill this section."]
    );
    assert_eq!(points(&facts, "Support"), ["No ticket is open (as of 23 Nov 2026)."]);
    assert_eq!(points(&facts, "Where we stand"), ["No ticket is open."]);
    assert!(outline(&nameless()).unwrap_err().to_string().contains("Acme Corp"));
}

#[test]
fn an_overdue_renewal_is_said_to_be_one() {
    let mut facts = nameless();
    facts.contract = contract(Some(-12));
    assert_eq!(points(&facts, "Where we stand"), ["The renewal was due on 11 Nov 2026, 12 days ago."]);
    assert_eq!(points(&facts, "Next quarter"), ["Settle the renewal that was due on 11 Nov 2026, 12 days ago."]);
}

#[test]
fn a_renewal_that_came_by_itself_is_to_be_confirmed() {
    let mut facts = nameless();
    let renewal_date = Some(in_days(-12));
    facts.contract = of_terms(ContractTerms { renewal_date, auto_renew: Some(true), ..ContractTerms::default() });
    assert_eq!(points(&facts, "Where we stand"), ["The renewal on record was on 11 Nov 2026, 12 days ago."]);
    assert_eq!(points(&facts, "Next quarter"), ["Confirm that the contract renewed by itself on 11 Nov 2026."]);
}

#[test]
fn what_is_all_too_old_is_said_to_be() {
    let mut facts = nameless();
    facts.tickets = tickets(&[Priority::Urgent]).into_stale();
    assert_eq!(points(&facts, "Where we stand"), ["All that is on record is too old to speak of today."]);
}

#[test]
fn use_that_has_stopped_is_asked_about_without_figures() {
    let mut facts = nameless();
    let point = |days, value| UsagePoint { date: in_days(days), value };
    facts.points = vec![point(-14, 4_711.0), point(-7, 0.0), point(0, 0.0)];
    facts.usage = usage(Some(Trend::Silent), 4_711.0, 0.0);
    assert_eq!(points(&facts, "Where we stand"), ["There has been no use of late."]);
    assert_eq!(
        points(&facts, "Usage"),
        [
            "No use of late (as of 23 Nov 2026): ask what changed.",
            "Ask what the team works with now, and what it is missing."
        ]
    );
    assert_eq!(points(&facts, "Next quarter"), ["Agree on what would make the product worth opening again."]);
}

proptest! {
    #[test]
    fn every_section_has_something_to_say(facts in any_case()) {
        let Ok(outline) = outline(&facts) else {
            let missing = [facts.usage.any().is_none(), facts.tickets.any().is_none(), facts.contract.any().is_none()];
            prop_assert_eq!(missing, [true; 3]);
            return Ok(());
        };
        prop_assert_eq!(outline.sections.len(), TITLES.len());
        for section in outline.sections {
            prop_assert!(!section.talking_points.is_empty(), "{}", section.title);
            prop_assert!(section.talking_points.iter().all(|point| !point.is_empty()));
        }
    }
}
