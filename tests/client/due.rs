//! By when what is advised is to be done: what is about a renewal while it can still be changed.

use chrono::TimeDelta;
use contracts::{
    TaskId,
    delivery::ContractTerms,
    facts::Source,
    health::{HealthInput, Risk, Signal},
    occasion::{About, Ask, Occasion},
    planner::Urgency,
    tools::ToolOutput,
};
use cs_copilot::words;

use crate::case;
use crate::support::given::{answer, contract_as, email, health, part, source, terms, today};

/// The contract with so many days of notice.
fn with_notice(days: i64, auto_renew: Option<bool>, notice_days: u32) -> ToolOutput {
    let terms = ContractTerms { notice_days: Some(notice_days), ..terms(days, auto_renew) };
    let source = Source { as_of: today(), ..source("contracts.csv") };
    contract_as(case::known(case::contract(terms), source))
}

#[test]
fn what_is_to_be_settled_with_them_is_due_while_it_can_still_be_changed() {
    let due = |days, notice| {
        let actions = answer(TaskId::HEALTH, &[with_notice(days, Some(false), notice)]).actions;
        actions.iter().map(|action| (action.urgency, words::when(action, today()))).collect::<Vec<_>>()
    };
    assert_eq!(due(80, 30), [(Urgency::ThisMonth, "by 21 Dec 2026".to_owned())]);
    assert_eq!(due(80, 70), [(Urgency::ThisMonth, "by 3 Dec 2026".to_owned())], "notice ends in ten days");
    assert_eq!(due(80, 80), [(Urgency::Today, "today".to_owned())], "notice ends today");
    assert_eq!(due(80, 85), [(Urgency::ThisMonth, "by 21 Dec 2026".to_owned())], "notice has passed");
}

#[test]
fn nothing_of_a_renewal_is_due_when_it_has_renewed_also_where_the_score_alone_tells_of_it() {
    for automatic in [false, true] {
        let due = |days| {
            let renewal = part(HealthInput::Renewal { days, automatic }, 30, 20);
            let score = health(30, Risk::Unknown, &[Signal::RenewalNear], &[renewal]);
            let actions = answer(TaskId::CHURN, &[score]).actions;
            let of_it = actions.iter().find(|action| action.because.as_str().starts_with("days to renewal"));
            words::when(of_it.expect("what is to be done about the renewal"), today())
        };
        assert_eq!([0, 1, 3, 40].map(due), ["today", "today", "by 25 Nov 2026", "by 30 Nov 2026"]);
    }
}

#[test]
fn a_draft_that_counts_the_days_to_a_renewal_goes_out_today_where_that_is_near() {
    let urgency = |days: i64| {
        let ToolOutput::Email(mut draft) = email() else { panic!("an email") };
        let about =
            About::AutomaticRenewal { date: today() + TimeDelta::days(days), days, notice_by: None, several: false };
        draft.occasion = Some(Occasion {
            about,
            ask: Ask::Nothing,
            next_on: None,
            also: Vec::new(),
            hold: None,
            statements: Vec::new(),
        });
        answer(TaskId::EMAIL, &[ToolOutput::Email(draft)]).actions[0].urgency
    };
    assert_eq!([10, 40].map(urgency), [Urgency::Today, Urgency::ThisWeek]);
}
