//! Every rule of the action table, at its edges.

use contracts::{
    TaskId,
    facts::{OpenByPriority, Trend},
    health::{HealthInput, Risk, Signal},
    planner::{Action, PlannerResult, Urgency},
    reading::{FactId, Knowledge, Reading, Value},
    tools::ToolOutput,
};
use cs_copilot::{agent::RunRequest, words};
use domain::tasks::Tasks;
use proptest::prelude::*;

use crate::support::given::{
    answer, answer_of, contract, email, health, no_tickets, outline, part, poor_health, renewal, request, tickets,
    today, usage,
};

fn open(urgent: u32, high: u32, normal: u32, low: u32) -> OpenByPriority {
    OpenByPriority { urgent, high, normal, low }
}

/// The actions as `urgency | because`.
fn reasons(result: &PlannerResult) -> Vec<String> {
    result.actions.iter().map(|action| format!("{} | {}", action.urgency.label(), action.because)).collect()
}

#[track_caller]
fn check(task: TaskId, outputs: &[ToolOutput], expected: &[&str]) {
    assert_eq!(reasons(&answer(task, outputs)), expected);
}

#[test]
fn tickets_count_by_severity_number_and_age() {
    let cases: [(OpenByPriority, &str, &[&str]); 7] = [
        (open(0, 0, 0, 0), "2026-11-20", &[]),
        (open(0, 0, 3, 0), "2026-11-20", &[]),
        (
            open(1, 0, 0, 0),
            "2026-11-20",
            &["today | 1 urgent ticket is open: T-urgent “Export fails” since 20 Nov 2026"],
        ),
        (
            open(0, 2, 0, 0),
            "2026-11-20",
            &["this week | 2 high-priority tickets are open, first of them T-high “Export fails” since 20 Nov 2026"],
        ),
        (open(0, 0, 4, 0), "2026-11-20", &["this week | 4 tickets are open (all normal)"]),
        (open(0, 0, 0, 1), "2026-10-24", &[]),
        (open(0, 0, 0, 1), "2026-10-23", &["this week | the oldest open ticket has been open for 31 days"]),
    ];
    for (by_priority, oldest, expected) in cases {
        check(TaskId::CHURN, &[tickets(by_priority, oldest)], expected);
    }
}

#[test]
fn a_fall_of_usage_is_more_urgent_when_it_is_sharp() {
    check(TaskId::CHURN, &[usage(Trend::Down, 40.0, 29.0)], &["this week | logins a day fell from 40 to 29, by 28%"]);
    check(TaskId::CHURN, &[usage(Trend::Down, 40.0, 28.0)], &["today | logins a day fell from 40 to 28, by 30%"]);
    check(TaskId::CHURN, &[usage(Trend::Flat, 40.0, 39.0)], &[]);
}

/// A customer whose usage moves so, without tickets and with 200 days to go.
fn steady(trend: Trend, points: u32, score: u32, risk: Risk) -> ToolOutput {
    let usage = part(HealthInput::Usage(trend), points, 100);
    health(score, risk, &[], &[usage, part(HealthInput::OpenTickets(0), 100, 100), part(renewal(200), 100, 100)])
}

#[test]
fn growth_and_references_are_asked_for_only_where_all_is_known_to_go_well() {
    let growing = || usage(Trend::Up, 40.5, 1250.0);
    let growth = "this quarter | logins a day rose from 40.5 to 1,250, by 2,986%";
    let reference = "this quarter | score 100 of 100, low risk";
    check(TaskId::CHURN, &[growing(), steady(Trend::Up, 100, 100, Risk::Low)], &[growth, reference]);
    // What fell sharply is no time to ask for a favour, be it within the usual ups and downs.
    check(TaskId::CHURN, &[usage(Trend::Flat, 26.0, 0.0), steady(Trend::Flat, 50, 78, Risk::Low)], &[]);
    // Without the score nobody knows how old the figures are, and without tickets not whether anything hurts.
    check(TaskId::CHURN, &[growing()], &[]);
    let parts = [part(HealthInput::Usage(Trend::Up), 100, 65), part(renewal(200), 100, 65)];
    let no_tickets_known = answer(TaskId::CHURN, &[growing(), health(100, Risk::Low, &[], &parts)]);
    assert_eq!(
        reasons(&no_tickets_known),
        ["this month | only 65 of 100 weights of the score known; not known: open tickets (nothing on record)"]
    );
}

#[test]
fn a_customer_who_has_stopped_is_asked_what_happened_today() {
    let silent = usage(Trend::Silent, 40.0, 0.0);
    check(TaskId::CHURN, std::slice::from_ref(&silent), &["today | no use since 20 Nov 2026 (3 days)"]);
    let result = answer(TaskId::CHURN, &[silent, steady(Trend::Silent, 0, 55, Risk::Medium)]);
    assert_eq!(
        result.actions[0].text.as_str(),
        "Call your champion at Acme and ask what happened: the product is not used any more."
    );
    for advice in ["reference", "growth", "seats"] {
        assert!(result.actions.iter().all(|action| !action.text.as_str().contains(advice)), "{result:?}");
    }
    let told_by_the_score = answer(TaskId::CHURN, &[steady(Trend::Silent, 0, 55, Risk::Medium)]);
    assert_eq!(reasons(&told_by_the_score)[0], "today | usage trend silent");
}

#[test]
fn the_renewal_windows_meet_without_gap_or_overlap() {
    let cases = [
        (-22, "today | the contract was due for renewal on 1 Nov 2026, 22 days ago"),
        (-1, "today | the contract was due for renewal on 22 Nov 2026, yesterday"),
        (0, "today | the contract is up for renewal today"),
        (30, "today | the contract is up for renewal on 23 Dec 2026, in 30 days"),
        (31, "this week | the contract is up for renewal on 24 Dec 2026, in 31 days"),
        (60, "this week | the contract is up for renewal on 22 Jan 2027, in 60 days"),
        (61, "this month | the contract is up for renewal on 23 Jan 2027, in 61 days"),
        (90, "this month | the contract is up for renewal on 21 Feb 2027, in 90 days"),
        (91, "this quarter | the contract is up for renewal on 22 Feb 2027, in 91 days"),
        (180, "this quarter | the contract is up for renewal on 22 May 2027, in 180 days"),
    ];
    for (days, expected) in cases {
        check(TaskId::HEALTH, &[contract(days, None)], &[expected]);
    }
    check(TaskId::HEALTH, &[contract(181, None)], &[]);
}

#[test]
fn an_automatic_renewal_is_confirmed_and_not_signed() {
    let result = answer(TaskId::HEALTH, &[contract(10, Some(true))]);
    assert_eq!(result.actions[0].text.as_str(), "Confirm with Acme that the automatic renewal stands.");
    assert_eq!(result.actions[0].because.as_str(), "the contract renews by itself on 3 Dec 2026, in 10 days");
}

#[test]
fn without_the_contract_the_score_tells_the_renewal() {
    let of = |signal, days| {
        let parts = [part(renewal(days), 30, 20)];
        health(30, Risk::Unknown, &[signal], &parts)
    };
    let near = answer(TaskId::CHURN, &[of(Signal::RenewalNear, 40)]);
    assert!(reasons(&near).contains(&"this week | days to renewal: 40 days".to_owned()), "{near:?}");
    let overdue = answer(TaskId::CHURN, &[of(Signal::RenewalOverdue, -3)]);
    assert_eq!(reasons(&overdue)[0], "today | days to renewal: 3 days overdue");
}

#[test]
fn every_risk_band_has_its_action() {
    let weakest = "weakest: usage trend (down, 45 points short)";
    check(
        TaskId::CHURN,
        &[steady(Trend::Down, 0, 49, Risk::High)],
        &[&format!("this week | score 49 of 100, high risk; {weakest}")],
    );
    check(
        TaskId::CHURN,
        &[steady(Trend::Down, 0, 55, Risk::Medium)],
        &[&format!("this month | score 55 of 100, medium risk; {weakest}")],
    );
    check(TaskId::CHURN, &[steady(Trend::Up, 100, 100, Risk::Low)], &["this quarter | score 100 of 100, low risk"]);
    let little = [health(100, Risk::Unknown, &[], &[part(HealthInput::OpenTickets(0), 100, 35)])];
    check(
        TaskId::CHURN,
        &little,
        &["this week | only 35 of 100 weights of the score known; not known: usage trend (nothing on record) and \
           days to renewal (nothing on record)"],
    );
}

#[test]
fn revenue_at_high_risk_goes_to_the_account_review() {
    let result = answer(TaskId::HEALTH, &[poor_health(), contract(90, None)]);
    assert_eq!(
        reasons(&result)[0],
        "today | USD 120,000 a year at high risk (score 24): the contract is up for renewal on 21 Feb 2027, in 90 days"
    );
    let far = answer(TaskId::HEALTH, &[poor_health(), contract(91, None)]);
    assert!(far.actions.iter().all(|action| action.urgency != Urgency::Today), "{far:?}");
}

#[test]
fn the_task_adds_what_to_do_with_its_document() {
    check(TaskId::RENEWAL, &[email()], &["this week | drafted: Acme: your renewal"]);
    check(TaskId::EMAIL, &[email()], &["this week | drafted: Acme: your renewal"]);
    check(TaskId::QBR, &[outline()], &["this month | outlined: QBR with Acme"]);
}

#[test]
fn every_action_has_a_day_and_a_time_that_it_takes() {
    let everything =
        [usage(Trend::Down, 41.0, 20.0), tickets(open(1, 2, 3, 0), "2026-09-01"), contract(20, None), poor_health()];
    for action in answer(TaskId::HEALTH, &everything).actions {
        let due = action.due.expect("a day");
        assert!(action.minutes.is_some_and(|minutes| (5..=120).contains(&minutes)), "{action:?}");
        assert_eq!(due == today(), action.urgency == Urgency::Today, "{action:?}");
    }
}

#[test]
fn what_is_done_is_in_proportion_to_the_customer() {
    let of = |segment: &str| {
        let mut outputs = [poor_health(), contract(20, None)];
        let ToolOutput::Contract(report) = &mut outputs[1] else { panic!("a contract") };
        let source = report.source.clone();
        let facts = [("customer.segment", segment), ("customer.owner", "Dana Field"), ("contact.primary", "Ana Lopez")];
        report.facts.retain(|reading| facts.iter().all(|(id, _)| reading.fact.as_str() != *id));
        report.facts.extend(facts.map(|(id, text)| Reading {
            fact: FactId::of(id),
            knowledge: Knowledge::Known { value: Value::Text(text.into()), source: source.clone() },
            says: None,
        }));
        answer(TaskId::HEALTH, &outputs).actions
    };
    let (small, large) = (of("SMB"), of("Enterprise"));
    let says = |actions: &[Action], words: &str| actions.iter().any(|action| action.text.as_str().contains(words));
    assert!(!says(&small, "account review") && says(&large, "account review"));
    assert!(!says(&small, "sponsor") && says(&small, "the one thing") && says(&large, "a sponsor on both sides"));
    let papers = |actions: &[Action]| {
        let found = actions.iter().find(|action| action.text.as_str().contains("renewal papers")).cloned();
        found.expect("the renewal")
    };
    assert_eq!((papers(&small).minutes, papers(&large).minutes), (Some(15), Some(60)));
    let terms = "Dana Field, about 15 min";
    assert_eq!(words::terms(&papers(&small)).as_deref(), Some(terms), "whom the action names is not named again");
    assert!(papers(&small).text.as_str().starts_with("Send Ana Lopez at Acme the renewal papers"));
}

#[test]
fn what_it_pays_decides_before_its_segment_and_what_nobody_knows_does_not() {
    let minutes = |worth: Option<u64>, segment: &str| {
        let mut outputs = [poor_health(), contract(20, None)];
        let ToolOutput::Contract(report) = &mut outputs[1] else { panic!("a contract") };
        let source = report.source.clone();
        report.facts.retain(|reading| reading.fact.as_str() != "customer.segment");
        report.facts.push(Reading {
            fact: FactId::of("customer.segment"),
            knowledge: Knowledge::Known { value: Value::Text(segment.into()), source },
            says: None,
        });
        let actions = answer_of(RunRequest { worth, ..request(TaskId::HEALTH) }, &outputs).actions;
        let papers = actions.iter().find(|action| action.text.as_str().contains("renewal papers"));
        papers.expect("the renewal").minutes
    };
    for (worth, segment, expected) in [
        (None, "SMB", 15),
        (None, "Mid-Market", 30),
        (None, "Enterprise", 60),
        (Some(5_000), "SMB", 60),
        (Some(1_000), "SMB", 15),
        (Some(1_000), "Mid-Market", 30),
        (Some(100), "Mid-Market", 15),
        (Some(100), "Enterprise", 30),
    ] {
        assert_eq!(minutes(worth, segment), Some(expected), "{worth:?} {segment}");
    }
}

#[test]
fn a_renewal_by_itself_that_has_passed_is_checked_alone() {
    let actions = answer(TaskId::RENEWAL, &[contract(-5, Some(true))]).actions;
    assert_eq!(actions[0].text.as_str(), "Check that the renewal of Acme went through.");
    assert_eq!(words::terms(&actions[0]).as_deref(), Some("about 30 min"));
}

#[test]
fn for_those_who_have_left_there_is_nothing_to_do() {
    let mut outputs = [poor_health(), contract(20, None)];
    let ToolOutput::Contract(report) = &mut outputs[1] else { panic!("a contract") };
    report.facts.retain(|reading| reading.fact.as_str() != "customer.status");
    report.facts.push(Reading {
        fact: FactId::of("customer.status"),
        knowledge: Knowledge::Known { value: Value::Choice("churned".into()), source: report.source.clone() },
        says: None,
    });
    let result = answer(TaskId::HEALTH, &outputs);
    assert!(result.actions.is_empty() && result.dates.is_empty(), "{result:?}");
}

#[test]
fn a_renewal_that_goes_by_itself_is_not_booked_whether_the_contract_or_the_score_says_so() {
    let automatic = HealthInput::Renewal { days: 40, automatic: true };
    let score = health(30, Risk::Unknown, &[Signal::RenewalNear], &[part(automatic, 30, 20)]);
    for (task, told) in [(TaskId::HEALTH, contract(40, Some(true))), (TaskId::CHURN, score)] {
        let actions = answer(task, &[told]).actions;
        assert!(actions.iter().all(|action| !action.text.as_str().contains("renewal call")), "{actions:?}");
        let asks = "Ask Acme whether anything should change before the renewal.";
        assert!(actions.iter().any(|action| action.text.as_str() == asks), "{actions:?}");
    }
}

#[test]
fn without_data_there_is_no_action() {
    for task in Tasks::shipped().ids() {
        check(task, &[], &[]);
    }
}

#[test]
fn the_most_urgent_seven_come_first() {
    let everything = [
        usage(Trend::Down, 41.0, 20.0),
        tickets(open(1, 2, 3, 0), "2026-09-01"),
        contract(20, Some(false)),
        poor_health(),
        email(),
    ];
    let result = answer(TaskId::RENEWAL, &everything);
    let expected = [
        "today | 1 urgent ticket is open: T-urgent “Export fails” since 1 Sep 2026",
        "today | USD 120,000 a year at high risk (score 24): the contract is up for renewal on 13 Dec 2026, in 20 days",
        "today | the contract is up for renewal on 13 Dec 2026, in 20 days",
        "today | logins a day fell from 41 to 20, by 51%",
        "this week | score 24 of 100, high risk; weakest: usage trend (down, 45 points short)",
        "this week | 2 high-priority tickets are open, first of them T-high “Export fails” since 1 Sep 2026",
        "this week | 6 tickets are open (1 urgent, 2 high, 3 normal)",
    ];
    assert_eq!(reasons(&result), expected);
}

proptest! {
    #[test]
    fn whatever_the_data_actions_are_few_sorted_unique_and_founded(
        counts in (0u32..5, 0u32..5, 0u32..5, 0u32..5),
        days in -400i64..800,
        before in 0.0f64..1e6,
        recent in 0.0f64..1e6,
        trend in prop::sample::select(Trend::ALL.to_vec()),
        known in prop::collection::vec(any::<bool>(), 5),
        task in prop::sample::select(Tasks::shipped().ids().collect::<Vec<_>>()),
    ) {
        let (urgent, high, normal, low) = counts;
        let all = [
            usage(trend, before, recent),
            if urgent + high + normal + low == 0 { no_tickets() } else { tickets(open(urgent, high, normal, low), "2026-10-01") },
            contract(days, None),
            poor_health(),
            if task == TaskId::QBR { outline() } else { email() },
        ];
        let outputs: Vec<_> = all.into_iter().zip(&known).filter(|(_, known)| **known).map(|(output, _)| output).collect();
        let actions = answer(task.clone(), &outputs).actions;
        prop_assert!(actions.len() <= 7);
        prop_assert!(actions.is_sorted_by_key(|action| action.urgency));
        for (i, action) in actions.iter().enumerate() {
            prop_assert!(!action.because.is_empty());
            let when = words::when(action, today());
            prop_assert!(when == "today" || when.starts_with("by "), "{when}");
            let said = format!("{} {}", action.text, words::terms(action).unwrap_or_default()).to_lowercase();
            prop_assert!(["today", "this week", "this month"].iter().all(|span| !said.contains(span)), "{said}");
            prop_assert!(actions[..i].iter().all(|other| other.text != action.text));
        }
    }
}
