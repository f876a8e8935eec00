//! Servers of this API as they are met, each played at the wire: a run ends in the model's answer, or says in the server's
//! own words why not. What is not served here is in the documents' table of servers, which names these tests.

mod failing;
mod refusing;
mod wrapping;

use contracts::{TaskId, planner::PlanSource};
use serde_json::{Value, json};

use crate::{
    requests::assert_described,
    scripted::{ScriptedModel, reply::Reply},
    support::{Done, World, answer},
};

/// A run against a server that replies so, and what it was sent; every request is one of the public API.
async fn tried(reply: impl FnMut(&Value) -> Reply + Send + 'static) -> (Done, Vec<Value>) {
    let world = World::with(ScriptedModel::answering(reply).await).await;
    let done = world.run(TaskId::CHURN).await;
    let sent: Vec<_> = world.model.requests().into_iter().map(|request| request.body).collect();
    sent.iter().for_each(assert_described);
    (done, sent)
}

/// What a server was sent last, and how often it was asked, until the model had answered.
async fn answers(reply: impl FnMut(&Value) -> Reply + Send + 'static) -> (Value, usize) {
    let (done, mut sent) = tried(reply).await;
    assert_eq!((done.result.plan_source, done.hint()), (PlanSource::Llm, ""), "{:#}", sent.last().unwrap());
    let asked = sent.len();
    (sent.pop().unwrap(), asked)
}

/// How often a server was asked until it was said why it has no answer.
async fn says(reply: impl FnMut(&Value) -> Reply + Send + 'static, why: &str) -> usize {
    let (done, sent) = tried(reply).await;
    assert_eq!(done.hint(), format!("{why}, so the rules answered."));
    assert_eq!(done.result.plan_source, PlanSource::Deterministic);
    sent.len()
}

/// The model's answer as this text.
fn said() -> String {
    answer().to_string()
}

/// An error in the API's own form.
fn refusal(message: &str, param: &str) -> Value {
    json!({"error": {"message": message, "type": "invalid_request_error", "param": param, "code": "unsupported_parameter"}})
}
