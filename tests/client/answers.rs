//! Summary, figures and notes: they fit the task, carry their sources and say what is missing.

use contracts::{
    facts::{OpenByPriority, Trend, UsagePoint},
    failure::Stage,
    health::{Gap, HealthInput, HealthPart, HealthReport, Risk, Signal, Why},
    planner::{Completeness, PlannerResult, Task, TimingInfo},
    tools::{ToolName, ToolOutput, UsageReport},
};
use cs_copilot::agent::{synthesis::synthesise, tasks};

use crate::support::given::{
    answer, answer_with, contract, day, email, failure, health, no_tickets, outline, part, poor_health, renewal,
    request, source, tickets, today, usage,
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
        "Usage is down (41 -> 29 logins a day) and 3 tickets are open (1 urgent, 2 normal).",
        "The Enterprise contract of Acme (USD 120,000 a year) renews by itself in 40 days, on 2027-01-02.",
    );
    let drivers = "What costs most: usage trend (down, 45 points short), open tickets (3 open, 17.5 points short) and \
                   days to renewal (40 days, 14 points short).";
    let expected = [
        (Task::Health, format!("{score} {figures} {renewal}")),
        (Task::Renewal, format!("{renewal} {score} {figures}")),
        (
            Task::Qbr,
            format!("The QBR outline for Acme has 2 sections with 2 talking points. {score} {figures} {renewal}"),
        ),
        (Task::Churn, format!("{score} {drivers} {figures}")),
        (
            Task::Email,
            format!(
                "The email to Acme is drafted, under the subject “Acme: your renewal”. Usage is down (41 -> 29 logins a day). {score}"
            ),
        ),
    ];
    for (task, sentences) in expected {
        assert_eq!(summary(&answer(task, &all)), sentences, "{task}");
    }
}

#[test]
fn the_summary_says_only_what_is_known() {
    for task in Task::ALL {
        assert_eq!(answer(task, &[]).summary, None);
    }
    assert_eq!(summary(&answer(Task::Health, &[no_tickets()])), "No ticket is open.");
    let overdue = answer(Task::Renewal, &[contract(-1, None)]);
    assert!(summary(&overdue).ends_with("was to renew on 2026-11-22, 1 day ago."), "{overdue:?}");
}

#[test]
fn a_score_with_gaps_is_told_with_its_worst_case() {
    let parts = [part(HealthInput::OpenTickets(0), 100, 55), part(renewal(200), 100, 55)];
    let result = answer(Task::Churn, &[health(100, Risk::Medium, &[Signal::NoTickets], &parts)]);
    let expected = "Acme scores 100 of 100 on what is known, and 20 at the worst: medium risk. \
                    Not known: usage trend (nothing on record).";
    assert_eq!(summary(&result), expected);
    let gap = "The score rests on 55 of 100 weights; not known: usage trend (nothing on record). \
               With everything known it lies between 20 and 70.";
    assert!(notes(&result).contains(&gap), "{result:?}");

    let little = health(100, Risk::Unknown, &[], &[part(HealthInput::OpenTickets(0), 100, 35)]);
    let result = answer(Task::Churn, &[little]);
    assert!(
        summary(&result)
            .starts_with("Too little is known of Acme to judge its risk: the score lies anywhere between 20 and 70.")
    );
}

#[test]
fn too_few_points_for_a_trend_are_called_that() {
    let report = UsageReport {
        metric: "logins a day".into(),
        trend: None,
        recent: 12.0,
        before: None,
        points: Vec::new(),
        source: source("usage.csv"),
    };
    let result = answer(Task::Email, &[ToolOutput::Usage(report)]);
    assert_eq!(summary(&result), "Usage is at 12 logins a day, too few points for a trend.");
    assert_eq!(result.facts[0].value.as_str(), "12 logins a day, trend not known");
}

#[test]
fn silence_is_told_by_its_first_day() {
    let silent = |points| {
        let ToolOutput::Usage(report) = usage(Trend::Silent, 41.0, 0.0) else { unreachable!("usage") };
        answer(Task::Email, &[ToolOutput::Usage(UsageReport { points, ..report })])
    };
    let point = |date, value| UsagePoint { date: day(date), value };
    let stopped = silent(vec![point("2026-08-03", 41.0), point("2026-08-10", 7.0), point("2026-08-17", 0.0)]);
    assert_eq!(summary(&stopped), "Usage is silent (no use since 2026-08-10 by logins a day).");
    assert_eq!(stopped.facts[0].value.as_str(), "no use since 2026-08-10 by logins a day, silent");
    assert_eq!(summary(&silent(Vec::new())), "Usage is silent (no use on record by logins a day).");
}

/// Full data but for what is too old in these parts.
fn stale(parts: &[HealthPart]) -> [ToolOutput; 4] {
    let ToolOutput::Health(mut report) = poor_health() else { unreachable!("health") };
    report.contributions.retain(|contribution| !parts.contains(&contribution.part()));
    let why = || Why::Stale { source: source("crm") };
    report.gaps = parts.iter().map(|&part| Gap { part, why: why() }).collect();
    let health = ToolOutput::Health(HealthReport { score: None, risk: Risk::Unknown, coverage: 0, ..report });
    [usage(Trend::Up, 29.0, 41.0), three_tickets(), contract(-3, Some(false)), health]
}

#[test]
fn what_is_too_old_is_not_spoken_of_as_present() {
    let result = answer(Task::Health, &stale(&HealthPart::ALL));
    let expected = "Too little is known of Acme to judge its risk: the score lies anywhere between 20 and 70. \
                    Usage is not known since 2026-11-20 (then 29 -> 41 logins a day) and open tickets are not known \
                    since 2026-11-20 (then 3). The Enterprise contract of Acme (USD 120,000 a year) was to renew on \
                    2026-11-20, as known on 2026-11-20. Not known: usage trend (too old: crm speaks of 2026-11-20), \
                    open tickets (too old: crm speaks of 2026-11-20) and days to renewal (too old: crm speaks of \
                    2026-11-20).";
    assert_eq!(summary(&result), expected);
    let figures: Vec<_> = result.facts.iter().take(3).map(|fact| fact.value.as_str()).collect();
    let expected = [
        "no score, unknown risk",
        "29 -> 41 logins a day, up, too old to count",
        "3 (1 urgent, 2 normal), too old to count",
    ];
    assert_eq!(figures, expected);
}

#[test]
fn what_is_too_old_makes_one_action_and_no_advice() {
    let actions = answer(Task::Health, &stale(&HealthPart::ALL)).actions;
    assert_eq!(actions.len(), 1, "{actions:?}");
    let asked = "Find out for Acme: which way usage moves, how many tickets are open and when the contract renews.";
    assert_eq!(actions[0].text.as_str(), asked);
    assert!(actions[0].because.as_str().contains("usage trend (too old: crm speaks of 2026-11-20)"), "{actions:?}");
}

#[test]
fn every_figure_has_its_source() {
    let all = [usage(Trend::Up, 29.0, 41.0), three_tickets(), contract(40, Some(false)), poor_health()];
    let facts: Vec<_> = answer(Task::Health, &all)
        .facts
        .iter()
        .map(|fact| format!("{}: {} [{} {}]", fact.label, fact.value, fact.source.origin, fact.source.as_of))
        .collect();
    let expected = [
        "Health: 24 of 100, high risk [health model v2 2026-11-23]",
        "Usage: 29 -> 41 logins a day, up [usage.csv 2026-11-20]",
        "Open tickets: 3 (1 urgent, 2 normal) [tickets.csv 2026-11-20]",
        "Oldest open ticket: opened on 2026-11-01 [tickets.csv 2026-11-20]",
        "Renewal: 2027-01-02, in 40 days [contracts.csv 2026-11-20]",
        "Annual revenue: USD 120,000 [contracts.csv 2026-11-20]",
        "Plan: Enterprise [contracts.csv 2026-11-20]",
        "Seats: 1,500 [contracts.csv 2026-11-20]",
        "Renews by itself: no [contracts.csv 2026-11-20]",
    ];
    assert_eq!(facts, expected);
}

#[test]
fn what_failed_and_what_is_missing_are_told_apart_with_their_place() {
    let result = answer_with(Task::Churn, &[poor_health()], |tool| match tool {
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
fn old_data_is_pointed_out() {
    let with_tickets_of = |as_of: &str| {
        let ToolOutput::Tickets(mut report) = no_tickets() else { unreachable!("tickets") };
        report.source.as_of = day(as_of);
        answer(Task::Churn, &[usage(Trend::Flat, 40.0, 40.0), ToolOutput::Tickets(report), poor_health()])
    };
    assert_eq!(with_tickets_of("2026-10-09").notes, []);
    let old = with_tickets_of("2026-10-08");
    assert_eq!(notes(&old), ["Old data: tickets.csv speaks of 2026-10-08, 46 days before the day of this answer."]);
}

#[test]
fn a_call_under_way_is_not_called_missing() {
    let plan = tasks::plan(Task::Churn, Some(today()));
    let reports = [None, None, None];
    let result = synthesise(&request(Task::Churn), today(), &plan, &reports, TimingInfo::default());
    assert_eq!((result.notes.len(), result.used_tools.len(), result.summary), (0, 0, None));
    assert_eq!(result.decision_log.len(), 3);
}
