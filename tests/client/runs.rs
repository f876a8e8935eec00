//! Runs from beginning to end, against the real tools server.

use domain::tasks::Tasks;
use std::{sync::Arc, time::Duration};

use axum::{Router, extract::Request, middleware, middleware::Next};
use contracts::{
    CustomerId, ErrorCode, TaskId,
    failure::Stage,
    history::{HistoryQuery, Message},
    planner::{Completeness, PlannerResult},
    run::{RunEvent, RunEventKind, ToolOutcome},
    tools::ToolName,
};
use cs_copilot::{
    agent::{Agent, Review, RunRequest},
    backend::Backend,
    config::Planner,
};
use tokio::sync::{Barrier, mpsc};

use crate::support::{
    server::{Server, blank, today},
    wire::{LONG, Reply, Wire, client, nobody, serve, sessions},
};

fn request(task: TaskId, customer: &str) -> RunRequest {
    RunRequest {
        run_id: format!("run-{task}-{customer}").parse().unwrap(),
        customer_id: customer.parse().unwrap(),
        customer_name: "Acme Corp".into(),
        task: Tasks::shipped().get(&task).unwrap().clone(),
        question: None,
        wanted: Vec::new(),
        unknown: Vec::new(),
        follows: None,
        planner: Planner::Deterministic,
        as_of: Some(today()),
        review: Review::default(),
        worth: None,
    }
}

async fn run(task: TaskId, customer: &str, backend: &Backend) -> (PlannerResult, Vec<RunEvent>) {
    let mut events = Vec::new();
    let result =
        Agent::new(backend.clone(), None).run(request(task, customer), |event| events.push(event)).await.result;
    (result, events)
}

async fn history(backend: &Backend, customer: &str) -> Vec<Message> {
    let query = HistoryQuery { customer_id: customer.parse().unwrap(), limit: None };
    backend.history(&query).await.unwrap()
}

/// Lets a tool's request through only when `tools` of them have arrived.
fn together(tools: usize) -> impl FnOnce(Router) -> Router {
    let barrier = Arc::new(Barrier::new(tools));
    move |router| {
        router.layer(middleware::from_fn(move |request: Request, next: Next| {
            let barrier = Arc::clone(&barrier);
            async move {
                if request.uri().path().starts_with("/v1/tools/") {
                    barrier.wait().await;
                }
                next.run(request).await
            }
        }))
    }
}

#[tokio::test]
async fn every_task_makes_its_calls_all_at_once_and_answers_whole() {
    for task in Tasks::shipped().ids() {
        let tools = Tasks::shipped().get(&task).unwrap().plan(None).len();
        let server = Server::start_behind(true, together(tools)).await;
        let backend = client(server.url.clone(), LONG);
        let (result, events) = run(task.clone(), "acme", &backend).await;
        assert_eq!(result.completeness(), Completeness::Complete, "{task}: {:?}", result.notes);
        assert!(result.summary.is_some() && result.health.is_some() && !result.actions.is_empty(), "{task}");
        assert_eq!(result.email_draft.is_some(), [TaskId::RENEWAL, TaskId::EMAIL].contains(&task), "{task}");
        assert_eq!(result.qbr_outline.is_some(), [TaskId::QBR, TaskId::RENEWAL].contains(&task), "{task}");
        assert_eq!(result.as_of, today());
        let starts = events.iter().filter(|event| matches!(event.kind, RunEventKind::ToolStarted { .. })).count();
        assert_eq!(starts, tools);
    }
}

#[tokio::test]
async fn events_tell_the_run_in_order_and_the_answer_grows() {
    let server = Server::start(true).await;
    let (result, events) = run(TaskId::RENEWAL, "acme", &client(server.url.clone(), LONG)).await;
    assert!(events.iter().all(|event| event.run_id.as_str() == "run-renewal-acme"));
    assert!(events.is_sorted_by_key(|event| event.at_ms));
    let kinds: Vec<_> = events.iter().map(|event| &event.kind).collect();
    let RunEventKind::Planned { tools, .. } = kinds[0] else { panic!("not planned first: {kinds:?}") };
    assert_eq!(tools.len(), 6);
    assert!(kinds[1..7].iter().all(|kind| matches!(kind, RunEventKind::ToolStarted { .. })));
    let patches = kinds.iter().filter_map(|kind| match kind {
        RunEventKind::Patch { result } => Some(result.used_tools.len()),
        _ => None,
    });
    let patches: Vec<_> = patches.collect();
    assert_eq!(patches, [1, 2, 3, 4, 5], "one while each other call is under way, and none after the last");
    let Some(RunEventKind::Finished { result: finished }) = kinds.last() else { panic!("not finished last") };
    assert_eq!(**finished, result);
    let log: Vec<_> = result.decision_log.iter().map(|decision| (decision.step, decision.tool)).collect();
    let expected = [
        (1, ToolName::GetCustomerUsage),
        (2, ToolName::GetRecentTickets),
        (3, ToolName::GetContractInfo),
        (4, ToolName::CalculateHealth),
        (5, ToolName::GenerateRenewalBrief),
        (6, ToolName::GenerateEmail),
    ];
    assert_eq!(log, expected);
}

#[tokio::test]
async fn a_finished_run_is_kept_as_history_once_where_the_caller_may_write() {
    let server = Server::start(true).await;
    let backend = client(server.url.clone(), LONG);
    let (result, _) = run(TaskId::HEALTH, "acme", &backend).await;
    run(TaskId::HEALTH, "acme", &backend).await;
    let kept = history(&backend, "acme").await;
    assert_eq!(kept.len(), 1, "the same run id is kept once");
    assert_eq!(kept[0].result.summary, result.summary);

    let read_only = Server::start(false).await;
    let backend = client(read_only.url.clone(), LONG);
    let (result, _) = run(TaskId::HEALTH, "acme", &backend).await;
    assert_eq!(result.completeness(), Completeness::Complete);
    assert_eq!(result.notes, [], "a guest who cannot write is not bothered with it");
    assert_eq!(history(&backend, "acme").await, []);
}

#[tokio::test]
async fn an_unknown_customer_fails_as_such() {
    let server = Server::start(true).await;
    let (result, events) = run(TaskId::QBR, "nobody", &client(server.url.clone(), LONG)).await;
    let Some(RunEventKind::Failed { failure, .. }) = events.last().map(|event| &event.kind) else {
        panic!("{events:?}")
    };
    assert_eq!((failure.code, failure.message.as_str()), (Some(ErrorCode::NotFound), "There is no customer nobody."));
    assert_eq!(result.completeness(), Completeness::Failed);
    assert_eq!((result.summary, result.actions.len()), (None, 0));
}

#[tokio::test]
async fn a_customer_of_whom_nothing_is_known_fails_with_the_way_to_add_it() {
    let server = Server::start(true).await;
    let backend = client(server.url.clone(), LONG);
    let (_, events) = run(TaskId::HEALTH, blank().as_str(), &backend).await;
    let Some(RunEventKind::Failed { failure, .. }) = events.last().map(|event| &event.kind) else {
        panic!("{events:?}")
    };
    assert_eq!(failure.code, Some(ErrorCode::MissingData));
    assert!(failure.message.as_str().contains("cs-copilot import"), "{failure}");
    assert_eq!(history(&backend, "blank").await, [], "what failed is not kept");
}

#[tokio::test]
async fn a_failed_tool_leaves_the_rest_of_the_answer() {
    let server = Server::start_behind(true, |router| {
        router.layer(middleware::from_fn(|request: Request, next: Next| async move {
            match request.uri().path() {
                "/v1/tools/get_contract_info" => {
                    axum::response::IntoResponse::into_response(Reply::Raw(500, b"oops".to_vec()))
                }
                _ => next.run(request).await,
            }
        }))
    })
    .await;
    let (result, events) = run(TaskId::RENEWAL, "acme", &client(server.url.clone(), LONG)).await;
    assert_eq!(result.completeness(), Completeness::Partial);
    assert!(matches!(events.last().map(|event| &event.kind), Some(RunEventKind::Finished { .. })));
    let failed = result.used_tools.iter().find(|tool| tool.name == ToolName::GetContractInfo).unwrap();
    let failure = failed.error.as_ref().unwrap();
    assert_eq!((failure.stage, failure.code), (Stage::Http, None));
    assert!(result.notes.iter().any(|note| note.as_str().starts_with("get_contract_info failed: Got HTTP 500")));
    assert!(result.email_draft.is_some() && result.health.is_some());
    assert!(result.facts.iter().all(|fact| fact.label.as_str() != "Renewal"), "no figure without its tool");
}

#[tokio::test]
async fn a_server_that_is_not_there_fails_the_run_with_provenance() {
    let url = nobody().await;
    let (result, events) = run(TaskId::CHURN, "acme", &client(url, LONG)).await;
    let outcomes = events.iter().filter_map(|event| match &event.kind {
        RunEventKind::ToolFinished { outcome: ToolOutcome::Failed { failure }, .. } => Some(failure.stage),
        _ => None,
    });
    assert_eq!(outcomes.collect::<Vec<_>>(), [Stage::Connect; 3]);
    assert_eq!(result.completeness(), Completeness::Failed);
}

/// Tells when it is dropped.
struct Guard(mpsc::UnboundedSender<&'static str>);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.send("dropped");
    }
}

#[tokio::test]
async fn dropping_a_run_stops_its_calls() {
    let (sender, mut heard) = mpsc::unbounded_channel();
    // A server that lets go of a request whose connection is closed; ours carries it out, as its client may be half-closed.
    let router = sessions().fallback(move || {
        let sender = sender.clone();
        async move {
            let _ = sender.send("arrived");
            let _guard = Guard(sender);
            std::future::pending::<()>().await;
        }
    });
    let backend = client(serve(router).await, LONG);
    let mut hear = async |expected: &str| {
        for _ in 0..3 {
            let word = tokio::time::timeout(Duration::from_secs(10), heard.recv()).await;
            assert_eq!(word, Ok(Some(expected)));
        }
    };
    let agent = Agent::new(backend, None);
    tokio::select! {
        _ = agent.run(request(TaskId::CHURN, "acme"), |_| {}) => panic!("it ended"),
        () = hear("arrived") => {}
    }
    hear("dropped").await;
}

#[tokio::test]
async fn a_server_that_dies_during_a_run_leaves_what_was_answered() {
    let (_, url) = Wire::start([Reply::error(404, ErrorCode::MissingData), Reply::BrokenOff]).await;
    let customer: CustomerId = "acme".parse().unwrap();
    let (result, events) = run(TaskId::CHURN, customer.as_str(), &client(url, LONG)).await;
    assert_eq!(result.used_tools.iter().filter(|tool| tool.missing.is_some()).count(), 1);
    let Some(RunEventKind::Failed { failure, .. }) = events.last().map(|event| &event.kind) else {
        panic!("{events:?}")
    };
    assert_eq!(failure.stage, Stage::Connect, "a failure is told before missing data");
}
