//! Every answer that the client reads.

use std::{fmt::Debug, str::FromStr};

use contracts::{
    CustomerId, TaskId,
    activity::ActivityQuery,
    attention::AttentionQuery,
    book::BookQuery,
    changes::{ChangesQuery, TimelineQuery},
    checks::HealthRequest,
    delivery::Delivery,
    eval::{EvalBatch, EvalResultsQuery, EvalsQuery},
    facts::OpenByPriority,
    failure::{Failure, Stage},
    history::{HistoryQuery, NewMessage},
    outcome::QueryRequest,
    planner::PlannerResult,
    tools::{ToolCall, ToolName},
};
use cs_copilot::backend::{Backend, CallError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{given, server::today};

/// What was read, in the words of its types, or why it could not be.
pub type Read = (String, Result<String, Failure>);

/// Puts in what answers are about.
pub async fn fill(backend: &Backend) {
    let activity = json!({
        "id": "call-1", "customerId": "acme", "kind": "call", "on": "2027-01-10", "text": "We spoke.",
        "followUp": { "due": "2027-01-12" },
    });
    backend.keep_activity(&of(activity)).await.unwrap();
    for (run, task) in [("run-1", TaskId::RENEWAL), ("run-2", TaskId::QBR), ("run-3", TaskId::EMAIL)] {
        backend.record(&NewMessage { run_id: id(run), result: result(task) }).await.unwrap();
    }
    backend.begin_eval(&of(eval())).await.unwrap();
    let batch = EvalBatch { results: vec![of(eval_result())], finished: true };
    backend.add_results(&id("eval-1"), &batch).await.unwrap();
}

/// Asks for everything there is.
pub async fn reads(backend: &Backend) -> Vec<Read> {
    let acme: CustomerId = "acme".parse().unwrap();
    let mut reads = Vec::new();
    let mut read = |what: &str, answer: Result<Box<dyn Debug>, Failure>| {
        reads.push((what.to_owned(), answer.map(|answer| format!("{answer:#?}"))));
    };
    macro_rules! read {
        ($what:expr, $answer:expr) => {
            read($what, $answer.await.map(|answer| Box::new(answer) as Box<dyn Debug>))
        };
    }

    read!("identity", backend.identity());
    read!("server", async { backend.server().await.map(|server| server.lacks()) });
    read!("db_health", backend.db_health());
    let facts = Some("all".to_owned());
    let book = async { backend.whole_book(&BookQuery { facts: facts.clone(), ..BookQuery::default() }).await };
    read!("book", async { book.await.map(|book| book.customers) });
    let query = |query: &str| QueryRequest { query: query.to_owned(), facts: facts.clone(), ..QueryRequest::default() };
    read!("query", async { backend.ask(&query("risk:high"), |_| ()).await.map(|page| (page.outcome, page.customers)) });
    let sums = query("by:segment sum:arr");
    read!("sums", async { backend.ask(&sums, |_| ()).await.map(|page| page.outcome) });
    read!("attention", async {
        backend.attention(&AttentionQuery::default()).await.map(|attention| (attention.items, attention.totals))
    });
    for tool in ToolName::ALL {
        let call = ToolCall::of(tool, None);
        let answer = backend.call(&acme, &call).await.outcome.map_err(|error| match error {
            CallError::Failed(failure) => failure,
            CallError::Missing(what) => panic!("{tool}: {what}"),
        });
        read(tool.as_str(), answer.map(|answer| Box::new(answer) as Box<dyn Debug>));
    }
    let everybody = HealthRequest::default();
    read!("check", async { backend.check(&everybody).await.map(|checked| checked.0.checks) });
    let since = today() - chrono::TimeDelta::days(30);
    let changes = |customer_id| ChangesQuery { since, as_of: None, customer_id, filter: None, after: None, all: true };
    read!("changes", backend.changes(&changes(None)));
    read!("changes of one", backend.changes(&changes(Some(acme.clone()))));
    read!("timeline", backend.timeline(&TimelineQuery { customer_id: acme.clone(), as_of: None }));
    read!("history", async {
        let history = backend.history(&HistoryQuery { customer_id: acme.clone(), limit: None }).await?;
        Ok(history.into_iter().map(|message| message.result).collect::<Vec<_>>())
    });
    read!("activity", backend.activity(&ActivityQuery { customer_id: acme.clone(), limit: None }));
    read!("visit", backend.visit());
    read!("evals", async {
        Ok(backend.evals(&EvalsQuery::default()).await?.into_iter().map(|eval| eval.eval).collect::<Vec<_>>())
    });
    read!("eval", async { backend.eval(&id("eval-1")).await.map(|eval| eval.eval) });
    let steps = EvalResultsQuery { steps: true, ..EvalResultsQuery::default() };
    read!("eval_results", backend.eval_results(&id("eval-1"), &steps));
    read!("export", backend.export(None));
    read!("revision", async { backend.revision().await.map(|revision| revision.as_of) });
    let piece = json!({ "customers": [{ "id": "new", "fields": { "name": "New" } }] });
    read!("piece", backend.send_piece(&id("import-2"), 1, &of(piece)));
    read!("deliver", backend.deliver(&id("import-2"), &of::<Delivery>(delivery())));
    read!("check_and_keep", async { backend.check_and_keep(&everybody).await.map(|checked| checked.0.checks) });
    reads
}

/// What was answered where every tool had something to say but one, which failed.
fn result(task: TaskId) -> PlannerResult {
    let (tickets, contract) = (
        given::tickets(OpenByPriority { urgent: 1, high: 0, normal: 2, low: 0 }, "2026-11-02"),
        given::contract(40, None),
    );
    let outputs = [tickets, contract, given::poor_health(), given::email(), given::outline()];
    given::answer_with(task, &outputs, |_| given::failure(Stage::Timeout, "There was no answer."))
}

fn id<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn delivery() -> Value {
    json!({ "source": "test", "day": today(), "parts": { "customers": ["name"] }, "pieces": 1, "dryRun": true })
}

fn eval() -> Value {
    json!({
        "id": "eval-1", "planner": "deterministic", "tasks": [TaskId::HEALTH], "customers": 1, "repeat": 1,
        "asOf": "2026-11-20",
    })
}

fn eval_result() -> Value {
    json!({
        "customerId": "acme", "customerName": "Acme", "task": TaskId::HEALTH, "repeat": 1, "planSource": "deterministic",
        "verdict": "pass", "checks": [{ "check": "answered", "passed": true }], "latencyMs": 4.5,
        "written": { "lines": 1, "removed": 0, "repeated": 0, "ids": 1, "unknownIds": 0, "refusedCalls": 0, "needed": 1,
            "carried": 1, "actions": 1, "caused": 1, "shown": 1, "own": 1 },
        "steps": [{ "tool": "calculate_health", "tookMs": 1.5, "outcome": "answered" }],
    })
}
