//! Tokens of a run with a language model. The conversation is the real one over the demo book; only the model is played. A
//! token is taken to be four bytes of the request or of what the model writes.

#![expect(clippy::print_stdout, reason = "a bench is there to print")]

use domain::tasks::{Task, Tasks};

use contracts::{
    book::{BookQuery, CustomerRow},
    planner::ModelUsage,
    tools::ToolCall,
};
use cs_copilot::{
    agent::{
        guardrails::lines::Subject,
        llm::{
            conversation::{Conversation, Next, Terms},
            desk::Desk,
            prompt::{self, Wanted},
            surroundings::Surroundings,
            tools::Rights,
        },
    },
    backend::{Backend, CallReport, Target},
    chat::{Taken, estimated_input, turn::Turn},
    config::Limits,
};
use domain::statements::Told;
use serde_json::json;

#[tokio::main]
async fn main() {
    let directory = tempfile::tempdir().expect("a directory for the book");
    let backend = Backend::new(Target::Embedded(directory.path().to_owned()));
    let book = backend.book(&BookQuery::default()).await.expect("the demo book");
    let customer = book.customers.iter().find(|row| row.name.as_str() == "Acme Corp").expect("Acme Corp");
    println!("| task | statements | tokens read | tokens written |\n|---|---|---|---|");
    for task in Tasks::shipped().iter() {
        let mut data = Vec::new();
        for step in task.plan_with_reads(None) {
            data.push((step.call, backend.call(&customer.id, &step.call).await));
        }
        let beside = Surroundings::read(&backend, &customer.id, backend.today(), false).await.expect("the demo book");
        let (statements, usage) = play(&backend, customer, task, &data, &beside);
        println!("| {} | {statements} | {} | {} |", task.id, usage.input_tokens, usage.output_tokens);
    }
}

/// How many statements the model is handed, and what a run of one turn takes.
fn play(
    backend: &Backend,
    customer: &CustomerRow,
    task: &Task,
    data: &[(ToolCall, CallReport)],
    beside: &Surroundings,
) -> (usize, ModelUsage) {
    let (name, today) = (&customer.name, backend.today());
    let subject = Subject { id: &customer.id, name, question: None, others: &[] };
    let outputs = data.iter().filter_map(|(_, report)| report.outcome.as_ref().ok());
    let told: Vec<_> = outputs.map(|output| Told { on: None, output }).collect();
    let desk = Desk::new(subject, &told, today, false).with(beside.statements.iter().cloned());
    let rights = Rights { customer: customer.id.clone(), today };
    let terms = Terms { model: "played".to_owned(), rights, limits: Limits::default() };
    let wanted = Wanted { customer: name, task, question: None, earlier: &[], company: None, today };
    let wanted = prompt::user(wanted, &desk, data, beside);
    let mut conversation = Conversation::new(terms, wanted);
    let turn = Turn { content: answer(), finish: Some("stop".to_owned()), ..Turn::default() };
    let (input, output) = (estimated_input(&conversation.request()), (turn.size() / 4) as u64);
    conversation.count(Taken { input, output, is_estimated: true });
    assert!(matches!(conversation.take(turn, &desk), Next::Answer(_)), "nothing in it has to be mended");
    (desk.statements.iter().count(), conversation.usage().expect("it was asked"))
}

/// An answer of usual length.
fn answer() -> String {
    let say = "The teams that use it less should be asked before the renewal is spoken of.";
    let point = json!({"cite": ["usage.change", "health.risk"], "say": say});
    let action = json!({"do": say, "who": "csm", "due": null, "because": ["usage.change"]});
    json!({"points": vec![point; 4], "actions": vec![action; 4], "email": null, "outline": null}).to_string()
}
