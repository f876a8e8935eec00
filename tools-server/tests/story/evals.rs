//! Chapters about evaluations.

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    EvalId, TaskId,
    eval::{Check, CheckName, EvalBatch, EvalResult, EvalTotals, ExecStep, ModelCounts, NewEval, StepOutcome, Verdict},
    planner::PlanSource,
    tools::ToolName,
};
use tools_server::store::{ResultsPage, Store, StoreError, Write};

use crate::support::{day, id, import_small_book, owner, write};

const ALL: ResultsPage = ResultsPage { customer: None, steps: false, limit: 500, offset: 0 };

fn eval(id: &str) -> NewEval {
    NewEval {
        id: id.parse().unwrap(),
        planner: PlanSource::Llm,
        model: Some("a-model".into()),
        tasks: vec![TaskId::HEALTH, TaskId::CHURN],
        customers: 3,
        repeat: 2,
        as_of: day(20),
    }
}

fn step(tool: Option<ToolName>, took_ms: f64) -> ExecStep {
    ExecStep { tool, took_ms, outcome: StepOutcome::Failed, error: Some("it was “gone”".into()) }
}

fn result(customer: &str, task: TaskId, repeat: u32, verdict: Verdict) -> EvalResult {
    EvalResult {
        customer_id: id(customer),
        customer_name: format!("{customer} Ltd").as_str().into(),
        task,
        repeat,
        plan_source: PlanSource::Deterministic,
        verdict,
        checks: vec![Check { check: CheckName::Outward, passed: false, detail: Some("99%".into()) }],
        latency_ms: 0.1 + 0.2,
        rounds: Some(2),
        input_tokens: Some(1000),
        output_tokens: None,
        written: Some(ModelCounts { lines: 8, removed: 1, first_point_ms: Some(640.25), ..ModelCounts::default() }),
        steps: vec![step(Some(ToolName::CalculateHealth), 1.0 / 3.0), step(None, 812.25)],
    }
}

fn batch(results: Vec<EvalResult>, finished: bool) -> EvalBatch {
    EvalBatch { results, finished }
}

/// An owner with the small book and one evaluation.
async fn begun(store: &dyn Store, owner: &str) -> EvalId {
    import_small_book(store, owner).await;
    store.create_eval(&write(owner, day(20)), &eval("first")).await.unwrap();
    eval("first").id
}

pub async fn an_evaluation_is_read_back_as_it_was_sent(store: &dyn Store) {
    let me = owner("evals");
    let first = begun(store, "evals").await;
    let session = store.eval(&me, &first).await.unwrap();
    assert_eq!((&session.eval, session.finished_at, session.totals), (&eval("first"), None, EvalTotals::default()));
    assert_eq!(store.results(&me, &first, &ALL).await.unwrap(), []);

    let sent = vec![
        result("bare", TaskId::CHURN, 1, Verdict::Pass),
        result("bare", TaskId::HEALTH, 1, Verdict::Error),
        result("bare", TaskId::HEALTH, 2, Verdict::Timeout),
        result("full", TaskId::HEALTH, 1, Verdict::Fail),
    ];
    store.add_results(&write("evals", day(20)), &first, &batch(sent[..3].to_vec(), false)).await.unwrap();
    assert_eq!(store.eval(&me, &first).await.unwrap().finished_at, None);
    let last = write("evals", day(21));
    store.add_results(&last, &first, &batch(sent[3..].to_vec(), true)).await.unwrap();

    let with_steps = ResultsPage { steps: true, ..ALL };
    assert_eq!(store.results(&me, &first, &with_steps).await.unwrap(), sent, "to the last bit");
    let bare: Vec<_> = sent.iter().map(|result| EvalResult { steps: Vec::new(), ..result.clone() }).collect();
    assert_eq!(store.results(&me, &first, &ALL).await.unwrap(), bare);
    let session = store.eval(&me, &first).await.unwrap();
    assert_eq!(session.finished_at, Some(last.now));
    let totals =
        EvalTotals { cases: 4, passed: 1, failed: 1, timeouts: 1, errors: 1, input_tokens: 4000, ..session.totals };
    assert_eq!((session.totals, session.totals.output_tokens), (totals, 0));

    store.create_eval(&write("evals", day(22)), &eval("second")).await.unwrap();
    let ids = |sessions: Vec<contracts::eval::EvalSession>| {
        sessions.into_iter().map(|session| session.eval.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(store.evals(&me, 20).await.unwrap()), ["second", "first"], "newest first");
    assert_eq!(ids(store.evals(&me, 1).await.unwrap()), ["second"]);
}

pub async fn a_result_is_stored_once(store: &dyn Store) {
    let me = owner("evals-once");
    let first = begun(store, "evals-once").await;
    let again = store.create_eval(&write("evals-once", day(20)), &eval("first")).await;
    assert!(matches!(again, Err(StoreError::EvalExists(id)) if id == first));

    let passed = result("full", TaskId::HEALTH, 1, Verdict::Pass);
    let failed = EvalResult { verdict: Verdict::Fail, ..passed.clone() };
    let longer = EvalResult { steps: [passed.steps.clone(), passed.steps.clone()].concat(), ..passed.clone() };
    for results in [vec![passed.clone(), failed.clone()], vec![failed], vec![longer]] {
        store.add_results(&write("evals-once", day(20)), &first, &batch(results, true)).await.unwrap();
    }
    let kept = store.results(&me, &first, &ResultsPage { steps: true, ..ALL }).await.unwrap();
    assert_eq!(kept, [passed]);
    assert_eq!(store.eval(&me, &first).await.unwrap().totals.cases, 1);
}

pub async fn results_come_in_pages(store: &dyn Store) {
    let me = owner("evals-pages");
    let first = begun(store, "evals-pages").await;
    let customers = ["bare", "full", "quiet"];
    let all: Vec<_> = customers.map(|customer| result(customer, TaskId::HEALTH, 1, Verdict::Pass)).to_vec();
    let reversed = all.iter().rev().cloned().collect();
    store.add_results(&write("evals-pages", day(20)), &first, &batch(reversed, true)).await.unwrap();
    for (limit, offset, expected) in [(2, 0, &all[..2]), (2, 2, &all[2..]), (2, 3, &[])] {
        let page = ResultsPage { steps: true, limit, offset, ..ALL };
        assert_eq!(store.results(&me, &first, &page).await.unwrap(), expected, "{limit} after {offset}");
    }
    let of_one = ResultsPage { customer: Some(id("full")), steps: true, ..ALL };
    assert_eq!(store.results(&me, &first, &of_one).await.unwrap(), &all[1..2]);
}

pub async fn results_go_with_their_customer_and_with_their_evaluation(store: &dyn Store) {
    let me = owner("evals-gone");
    let first = begun(store, "evals-gone").await;
    let results =
        vec![result("full", TaskId::HEALTH, 1, Verdict::Pass), result("bare", TaskId::HEALTH, 1, Verdict::Pass)];
    let add = async |results: &[EvalResult]| {
        let write = write("evals-gone", day(20));
        store.add_results(&write, &first, &batch(results.to_vec(), false)).await
    };
    add(&results).await.unwrap();
    store.delete_customer(&write("evals-gone", day(20)), &id("full")).await.unwrap();
    assert_eq!(store.eval(&me, &first).await.unwrap().totals.cases, 1);
    add(&results).await.unwrap();
    assert_eq!(store.eval(&me, &first).await.unwrap().totals.cases, 1, "nothing is kept of a customer that is gone");

    store.delete_eval(&write("evals-gone", day(20)), &first).await.unwrap();
    let unknown = |result: Result<(), StoreError>| matches!(result, Err(StoreError::UnknownEval(id)) if id == first);
    assert!(unknown(store.delete_eval(&write("evals-gone", day(20)), &first).await));
    assert!(unknown(add(&results).await));
    assert!(unknown(store.eval(&me, &first).await.map(drop)));
    assert!(unknown(store.results(&me, &first, &ALL).await.map(drop)));
}

pub async fn evaluations_of_owners_are_kept_apart(store: &dyn Store) {
    let first = begun(store, "evals-a").await;
    begun(store, "evals-b").await;
    let add = |owner: &str, date: NaiveDate| Write {
        now: write(owner, date).now + TimeDelta::hours(1),
        ..write(owner, date)
    };
    let results = batch(vec![result("full", TaskId::HEALTH, 1, Verdict::Pass)], true);
    store.add_results(&add("evals-a", day(20)), &first, &results).await.unwrap();
    let other = store.eval(&owner("evals-b"), &first).await.unwrap();
    assert_eq!((other.totals.cases, other.finished_at), (0, None));
    store.delete_eval(&write("evals-b", day(20)), &first).await.unwrap();
    assert_eq!(store.results(&owner("evals-a"), &first, &ALL).await.unwrap().len(), 1);
}
