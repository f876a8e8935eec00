//! Summary, figures and notes: they fit the task, carry their sources and say what is missing.

use contracts::{
    TaskId,
    facts::{Money, OpenByPriority, Source, Trend},
    failure::Stage,
    health::{Gap, HealthInput, HealthPart, Risk, Signal, Why},
    planner::{Completeness, PlannerResult, TimingInfo},
    tools::{HealthReport, ToolName, ToolOutput},
};
use cs_copilot::agent::synthesis::synthesise;
use domain::case::ContractFigures;
use domain::tasks::Tasks;

use crate::{
    case,
    support::given::{
        answer, answer_with, contract, contract_as, day, email, failure, health, no_tickets, open_tickets, outline,
        part, poor_health, renewal, request, source, terms, tickets, tickets_as, today, usage, usage_as,
    },
};

fn three_tickets() -> ToolOutput {
    tickets(OpenByPriority { urgent: 1, high: 0, normal: 2, low: 0 }, "2026-11-01")
}

fn summary(result: &PlannerResult) -> &str {
    result.summary.as_ref().map_or("", |summary| summary.as_str())
}

fn notes(result: &PlannerResult) -> Vec<&str> {
    result.notes.iter().map(|note| note.as_str()).collect()
}

#[test]
fn every_task_is_summed_up_in_its_own_order() {
    let down = || usage(Trend::Down, 41.0, 29.0);
    let all = [down(), three_tickets(), contract(40, Some(true)), poor_health(), email(), outline()];
    let (score, figures, renewal) = (
        "Acme scores 24 of 100: high risk.",
        "Logins a day fell from 41 to 29, by 29%, and 3 tickets are open (1 urgent, 2 normal).",
        "The contract renews by itself on 2 Jan 2027, in 40 days. The yearly contract value is USD 120,000.",
    );
    let drivers = "What costs most: usage trend (down, 45 points short), open tickets (3 open, 17.5 points short) and \
                   days to renewal (40 days, 14 points short).";
    let expected = [
        (TaskId::HEALTH, format!("{score} {figures} {renewal}")),
        (TaskId::RENEWAL, format!("{renewal} {score} {figures}")),
        (
            TaskId::QBR,
            format!("The QBR outline for Acme has 2 sections with 2 talking points. {score} {figures} {renewal}"),
        ),
        (TaskId::CHURN, format!("{score} {drivers} {figures}")),
        (TaskId::EMAIL, format!("The email to Acme is drafted. {figures} {score}")),
    ];
    for (task, sentences) in expected {
        assert_eq!(summary(&answer(task.clone(), &all)), sentences, "{task}");
    }
}

#[test]
fn the_summary_says_only_what_is_known() {
    for task in Tasks::shipped().ids() {
        assert_eq!(answer(task, &[]).summary, None);
    }
    assert_eq!(summary(&answer(TaskId::HEALTH, &[no_tickets()])), "No tickets are open.");
    let overdue = answer(TaskId::RENEWAL, &[contract(-1, None)]);
    let expected =
        "The contract was due for renewal on 22 Nov 2026, yesterday. The yearly contract value is USD 120,000.";
    assert_eq!(summary(&overdue), expected);
}

#[test]
fn a_score_with_gaps_is_told_with_its_worst_case() {
    let parts = [part(HealthInput::OpenTickets(0), 100, 55), part(renewal(200), 100, 55)];
    let result = answer(TaskId::CHURN, &[health(100, Risk::Medium, &[Signal::NoTickets], &parts)]);
    let expected = "Acme scores 100 of 100 on what is known, and 20 at the worst: medium risk. \
                    Not known: usage trend (nothing on record).";
    assert_eq!(summary(&result), expected);
    let gap = "The score rests on 55 of 100 weights; not known: usage trend (nothing on record). \
               With everything known it lies between 20 and 70.";
    assert!(notes(&result).contains(&gap), "{result:?}");

    let little = health(100, Risk::Unknown, &[], &[part(HealthInput::OpenTickets(0), 100, 35)]);
    let result = answer(TaskId::CHURN, &[little]);
    assert!(
        summary(&result)
            .starts_with("Too little is known of Acme to judge its risk: the score lies anywhere between 20 and 70.")
    );
}

#[test]
fn a_change_is_told_as_what_it_is() {
    let of = |trend, before: Option<f64>, recent| {
        let figures = case::usage(trend, before, recent, day("2026-11-20"), Some(day("2026-11-20")));
        let result = answer(TaskId::EMAIL, &[usage_as(case::known(figures, source("usage.csv")))]);
        (summary(&result).to_owned(), result.facts[0].value.to_string())
    };
    let told = |sentence: &str, figure: &str| (sentence.to_owned(), figure.to_owned());
    let cases = [
        (
            Some(Trend::Up),
            Some(29.0),
            41.0,
            told("Logins a day rose from 29 to 41, by 41%.", "logins a day rose from 29 to 41, by 41%"),
        ),
        (
            Some(Trend::Flat),
            Some(27.0),
            28.0,
            told("The usage (logins a day) is steady.", "logins a day rose from 27 to 28, by 4%"),
        ),
        (
            Some(Trend::Flat),
            Some(27.0),
            15.0,
            told(
                "Logins a day fell from 27 to 15, by 44%, within the usual ups and downs.",
                "logins a day fell from 27 to 15, by 44%, within the usual ups and downs",
            ),
        ),
        (None, None, 12.0, told("The latest usage is 12 logins a day.", "12 logins a day")),
    ];
    for (trend, before, recent, expected) in cases {
        assert_eq!(of(trend, before, recent), expected);
    }
}

#[test]
fn silence_is_told_by_its_first_day() {
    let silent = |last_use| {
        let figures = case::usage(Some(Trend::Silent), Some(41.0), 0.0, day("2026-11-20"), last_use);
        answer(TaskId::EMAIL, &[usage_as(case::known(figures, source("usage.csv")))])
    };
    assert_eq!(summary(&silent(Some(day("2026-08-10")))), "No use since 10 Aug 2026 (105 days).");
    assert_eq!(summary(&silent(None)), "No use at all, up to 20 Nov 2026.");
}

fn last_told() -> Source {
    Source { origin: "crm".into(), as_of: day("2026-03-12") }
}

/// A customer of whom all that is known is too old.
fn stale() -> [ToolOutput; 4] {
    let usage = case::usage(Some(Trend::Up), Some(29.0), 41.0, day("2026-03-12"), Some(day("2026-03-12")));
    let tickets = open_tickets(OpenByPriority { urgent: 1, high: 0, normal: 2, low: 0 }, "2026-03-01");
    let ToolOutput::Health(report) = poor_health() else { unreachable!("health") };
    let why = || Why::Stale { source: last_told() };
    let gaps = HealthPart::ALL.map(|part| Gap { part, why: why() }).to_vec();
    [
        usage_as(case::known(usage, last_told()).into_stale()),
        tickets_as(case::known(tickets, last_told()).into_stale()),
        contract_as(case::known(case::contract(terms(-3, Some(false))), last_told()).into_stale()),
        ToolOutput::Health(HealthReport {
            score: None,
            risk: Risk::Unknown,
            coverage: 0,
            contributions: Vec::new(),
            last_known: None,
            gaps,
            ..report
        }),
    ]
}

#[test]
fn what_is_too_old_is_not_spoken_of_as_present() {
    let result = answer(TaskId::HEALTH, &stale());
    let expected = "Too little is known of Acme to judge its risk: the score lies anywhere between 20 and 70. \
                    The latest usage was last known on 12 Mar 2026: 41 logins a day, and the number of open tickets \
                    was last known on 12 Mar 2026: 3 tickets. The renewal date was last known on 12 Mar 2026: \
                    20 Nov 2026. The yearly contract value was last known on 12 Mar 2026: USD 120,000. Not known: \
                    usage trend (too old: crm speaks of 12 Mar 2026), open tickets (too old: crm speaks of 12 Mar 2026) \
                    and days to renewal (too old: crm speaks of 12 Mar 2026).";
    assert_eq!(summary(&result), expected);
    assert_eq!(result.facts[0].value.as_str(), "no score, unknown risk");
    for fact in &result.facts[1..] {
        assert!(fact.stale && fact.value.as_str().ends_with(", last known 12 Mar 2026"), "{fact:?}");
    }
    let old = "Old data: crm speaks of 12 Mar 2026, 256 days before the day of this answer.";
    assert!(notes(&result).contains(&old), "{result:?}");
}

#[test]
fn what_is_too_old_makes_one_action_and_no_advice() {
    let actions = answer(TaskId::HEALTH, &stale()).actions;
    assert_eq!(actions.len(), 1, "{actions:?}");
    let asked = "Find out for Acme: which way usage moves, how many tickets are open and when the next renewal is; crm \
                 told last on 12 Mar 2026.";
    assert_eq!(actions[0].text.as_str(), asked);
    assert!(actions[0].because.as_str().contains("usage trend (too old: crm speaks of 12 Mar 2026)"), "{actions:?}");
}

#[test]
fn revenue_in_several_currencies_is_told_as_several_amounts() {
    let money = |minor, currency: &str| Money { minor, currency: currency.into() };
    let contract = case::contract(terms(40, None));
    let figures = ContractFigures { arr: vec![money(9_950, "EUR"), money(12_000_000, "USD")], ..contract };
    let output = contract_as(case::known(figures, source("contracts.csv")));
    let result = answer(TaskId::HEALTH, &[output, poor_health()]);
    assert!(summary(&result).contains("The yearly contract value is EUR 99.50 and USD 120,000."), "{result:?}");
    let because = "EUR 99.50 and USD 120,000 a year at high risk (score 24): the contract is up for renewal on \
                   2 Jan 2027, in 40 days";
    assert_eq!(result.actions[0].because.as_str(), because);
}

#[test]
fn every_figure_has_its_source() {
    let all = [usage(Trend::Up, 29.0, 41.0), three_tickets(), contract(40, Some(false)), poor_health()];
    let facts: Vec<_> = answer(TaskId::HEALTH, &all)
        .facts
        .iter()
        .map(|fact| format!("{}: {} [{} {}]", fact.label, fact.value, fact.source.origin, fact.source.as_of))
        .collect();
    let expected = [
        "Health: 24 of 100, high risk [health model v2 2026-11-23]",
        "Change of usage: logins a day rose from 29 to 41, by 41% [usage.csv 2026-11-20]",
        "Usage now: 41 logins a day [usage.csv 2026-11-20]",
        "Last use: 20 Nov 2026 [usage.csv 2026-11-20]",
        "Open tickets: 3 tickets [tickets.csv 2026-11-20]",
        "Urgent tickets: 1 urgent ticket [tickets.csv 2026-11-20]",
        "Oldest ticket: 22 days [tickets.csv 2026-11-20]",
        "Renewal: 2 Jan 2027 [contracts.csv 2026-11-23]",
        "ARR: USD 120,000 [contracts.csv 2026-11-23]",
        "Plan: Enterprise [contracts.csv 2026-11-23]",
        "Seats: 1,500 seats [contracts.csv 2026-11-23]",
        "Renews by itself: no [contracts.csv 2026-11-23]",
    ];
    assert_eq!(facts, expected);
}

#[test]
fn what_failed_and_what_is_missing_are_told_apart_with_their_place() {
    let result = answer_with(TaskId::CHURN, &[poor_health()], |tool| match tool {
        ToolName::GetCustomerUsage => failure(Stage::Connect, "No way there."),
        _ => cs_copilot::backend::CallError::Missing("no tickets of Acme".into()),
    });
    assert_eq!(result.completeness(), Completeness::Partial);
    let expected = [
        "get_customer_usage failed: No way there. (at: connect, attempt 2, request req-7)",
        "No answer from get_recent_tickets: no tickets of Acme",
    ];
    assert_eq!(notes(&result), expected);
}

#[test]
fn a_call_under_way_is_not_called_missing() {
    let plan = Tasks::shipped().get(&TaskId::CHURN).unwrap().plan(Some(today()));
    let reports = [None, None, None];
    let result = synthesise(&request(TaskId::CHURN), today(), &plan, &reports, TimingInfo::default());
    assert_eq!((result.notes.len(), result.used_tools.len(), result.summary), (0, 0, None));
    assert_eq!(result.decision_log.len(), 3);
}
