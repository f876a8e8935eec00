//! What is worse than before, and what is not.

use contracts::{
    TaskId,
    eval::{EvalResult, Verdict},
};
use cs_copilot::eval::{
    compare::{Comparison, Regression, compare},
    report,
};

use crate::given::run;

fn result(customer: &str, task: TaskId, verdict: Verdict) -> EvalResult {
    EvalResult { customer_id: customer.parse().unwrap(), task, verdict, latency_ms: 100.0, ..run().judged() }
}

fn against(before: &[EvalResult], now: &[EvalResult]) -> Comparison {
    compare("eval-1".parse().unwrap(), before, now)
}

#[test]
fn a_case_that_passed_and_does_not_now_is_worse() {
    let passed = result("acme", TaskId::HEALTH, Verdict::Pass);
    for now in [Verdict::Fail, Verdict::Timeout, Verdict::Error] {
        let worse = result("acme", TaskId::HEALTH, now);
        let comparison = against(std::slice::from_ref(&passed), std::slice::from_ref(&worse));
        assert!(matches!(&comparison.regressions[..], [Regression::Verdict { now: told, .. }] if *told == now));
        let fixed = against(std::slice::from_ref(&worse), std::slice::from_ref(&passed));
        assert_eq!((fixed.fixed, fixed.regressions), (1, vec![]));
        let as_bad = against(std::slice::from_ref(&worse), std::slice::from_ref(&worse));
        assert_eq!((as_bad.fixed, as_bad.regressions), (0, vec![]));
    }
    let repeated = [passed.clone(), EvalResult { repeat: 2, ..result("acme", TaskId::HEALTH, Verdict::Fail) }];
    assert_eq!(
        against(std::slice::from_ref(&passed), &repeated).regressions.len(),
        1,
        "once of several times is enough"
    );
    assert_eq!(against(&repeated, &[passed]).fixed, 1);
}

#[test]
fn only_what_both_have_is_compared() {
    let before = [result("acme", TaskId::HEALTH, Verdict::Pass), result("gone", TaskId::HEALTH, Verdict::Pass)];
    let now = [result("acme", TaskId::EMAIL, Verdict::Fail), result("new", TaskId::HEALTH, Verdict::Fail)];
    let comparison = against(&before, &now);
    assert_eq!((comparison.compared, comparison.fixed, comparison.regressions), (0, 0, vec![]));
    assert_eq!(against(&before, &before).compared, 2);
}

#[test]
fn only_what_takes_much_longer_or_many_more_tokens_is_worse() {
    let took = |latency_ms, tokens| EvalResult {
        latency_ms,
        input_tokens: Some(tokens),
        ..result("acme", TaskId::CHURN, Verdict::Pass)
    };
    for (before, now, worse) in [
        ((100.0, 0), (600.0, 0), false),
        ((100.0, 0), (601.0, 0), true),
        ((1000.0, 0), (2000.0, 0), false),
        ((1000.0, 0), (2001.0, 0), true),
        ((100.0, 1000), (100.0, 1250), false),
        ((100.0, 1000), (100.0, 1251), true),
        ((100.0, 0), (100.0, 9000), false),
    ] {
        let runs = |n, of: (f64, u64)| vec![took(of.0, of.1); n];
        let comparison = against(&runs(20, before), &runs(20, now));
        assert_eq!(comparison.regressions.len(), usize::from(worse), "{before:?} {now:?}");
        let is_slower = matches!(comparison.regressions[..], [Regression::Latency { .. }]);
        let few = against(&runs(20, before), &runs(19, now));
        assert_eq!(few.regressions.is_empty(), !worse || is_slower, "a few runs say nothing of time");
    }
}

#[test]
fn results_are_counted_task_by_task() {
    let timed = |ms, verdict| EvalResult { latency_ms: ms, ..result("acme", TaskId::QBR, verdict) };
    let mut results: Vec<_> = (1..=20).map(|ms| timed(f64::from(ms), Verdict::Pass)).collect();
    results.push(EvalResult { input_tokens: Some(7), ..result("acme", TaskId::HEALTH, Verdict::Timeout) });
    let tasks = [TaskId::HEALTH, TaskId::CHURN, TaskId::QBR];
    let [health, qbr] = &report::by_task(&tasks, &results)[..] else { panic!("two tasks") };
    assert_eq!((&health.task, health.totals.timeouts, health.totals.input_tokens), (&TaskId::HEALTH, 1, 7));
    assert_eq!((health.p50_ms, health.p95_ms), (100.0, 100.0));
    assert_eq!((&qbr.task, qbr.totals.passed, qbr.p50_ms, qbr.p95_ms), (&TaskId::QBR, 20, 10.0, 19.0));
    assert_eq!(report::by_task(&tasks, &[]), []);
}
