//! Outlines of meetings as tools: of which quarter, and what is refused. What they say is the `domain` crate's.

use contracts::{
    facts::{Priority, Trend},
    tools::{Edition, QbrParams, ReadParams, ToolCall, ToolOutput},
};
use domain::case::Case;
use proptest::prelude::*;
use tools_server::tools::{period, run};

use crate::facts::{any_case, contract, in_days, nameless, outline, tickets, today, usage};

fn review(quarter: Option<&str>) -> ToolCall {
    let quarter = quarter.map(|quarter| quarter.parse().unwrap());
    ToolCall::GenerateQbrOutline(QbrParams { quarter, ..QbrParams::default() })
}

#[test]
fn a_review_is_of_the_last_full_quarter_where_none_is_named() {
    let days =
        |quarter| period(&review(quarter), today()).map(|period| (period.from.to_string(), period.to.to_string()));
    assert_eq!(days(None), Some(("2026-07-01".to_owned(), "2026-09-30".to_owned())));
    assert_eq!(days(Some("2025-Q1")), Some(("2025-01-01".to_owned(), "2025-03-31".to_owned())));
    assert_eq!(period(&ToolCall::CalculateHealth(ReadParams::default()), today()), None);
    let quarter = "2024-Q2".parse().unwrap();
    let reads = ToolCall::GetRecentTickets(ReadParams { quarter: Some(quarter), ..ReadParams::default() });
    assert_eq!(period(&reads, today()), Some(quarter.into()), "who reads may name a quarter, too");
}

#[test]
fn a_quarter_that_has_not_begun_and_a_customer_of_whom_nothing_is_known_are_refused() {
    let next = Case { period: "2027-Q1".parse::<contracts::quarter::Quarter>().unwrap().into(), ..full() };
    let told = outline(&next).unwrap_err().to_string();
    assert_eq!(told, "2027-Q1 has not begun yet; 2026-Q3 is the last full quarter.");
    assert!(outline(&nameless()).unwrap_err().to_string().contains("Acme Corp"));
    let told = run(&ToolCall::GenerateRenewalBrief(ReadParams::default()), &nameless()).unwrap_err().to_string();
    assert!(told.starts_with("No renewal date of Acme Corp is known"), "{told}");
}

#[test]
fn an_overdue_renewal_is_briefed_on() {
    let case = Case { contract: contract(Some(-12)), ..full() };
    let Ok(ToolOutput::Brief(brief)) = run(&ToolCall::GenerateRenewalBrief(ReadParams::default()), &case) else {
        panic!("no brief")
    };
    assert_eq!(brief.0.title.as_str(), "Acme Corp: renewal on 11 Nov 2026, 12 days ago");
    let said = serde_json::to_string(&brief).unwrap();
    assert!(said.contains("it was due, and nothing says that it was settled"), "{said}");
    assert!(in_days(-12) < today());
}

fn full() -> Case {
    Case { usage: usage(Some(Trend::Down), 41.0, 29.0), tickets: tickets(&[Priority::Urgent]), ..nameless() }
}

proptest! {
    #[test]
    fn every_section_has_something_to_say(case in any_case(), customer in any::<bool>()) {
        let edition = if customer { Edition::Customer } else { Edition::Internal };
        let call = ToolCall::GenerateQbrOutline(QbrParams { edition, ..QbrParams::default() });
        let Ok(ToolOutput::Qbr(outline)) = run(&call, &case) else {
            let missing = [case.usage.any().is_none(), case.tickets.any().is_none(), case.contract.any().is_none()];
            prop_assert_eq!(missing, [true; 3]);
            return Ok(());
        };
        prop_assert!(outline.sections.len() >= 2);
        for section in outline.sections {
            prop_assert!(!section.talking_points.is_empty(), "{}", section.title);
            prop_assert!(section.talking_points.iter().all(|point| !point.is_empty()));
        }
    }
}
