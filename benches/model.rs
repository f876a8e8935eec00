//! Turns and tokens of a run with a language model: with the plan's data in the first request, as runs have it, against a
//! model that fetches everything itself, all at once or tool by tool. The conversation is the real one over the demo
//! book; only the model is played. A token is taken to be four bytes of the request or of what the model writes.

#![expect(clippy::print_stdout, reason = "a bench is there to print")]

use std::num::NonZeroUsize;

use contracts::{
    book::{BookQuery, CustomerRow},
    planner::{ModelUsage, Task},
    tools::ToolCall,
};
use cs_copilot::{
    agent::{
        llm::{
            conversation::{Conversation, Next, Terms},
            prompt,
            tools::Rights,
            turn::{Call, Turn},
        },
        tasks,
    },
    backend::{Backend, CallReport, Target},
    config::Limits,
};
use serde_json::json;

#[tokio::main]
async fn main() {
    let directory = tempfile::tempdir().expect("a directory for the book");
    let backend = Backend::new(Target::Embedded(directory.path().to_owned()));
    let book = backend.book(&BookQuery::default()).await.expect("the demo book");
    let customer = book.customers.iter().find(|row| row.name.as_str() == "Acme Corp").expect("Acme Corp");
    println!("| task | data first: turns, tokens | fetching at once: turns, tokens | tool by tool: turns, tokens |");
    println!("|---|---|---|---|");
    for task in Task::ALL {
        let plan = tasks::plan(task, None).into_iter().map(|step| step.call);
        let mut data = Vec::new();
        for call in plan {
            data.push((call, backend.call(&customer.id, &call).await));
        }
        let begin = |known: &[_]| conversation(&backend, customer, task, known);
        let first = play(begin(&data), Vec::new(), NonZeroUsize::MAX);
        let at_once = play(begin(&[]), data.clone(), NonZeroUsize::MAX);
        let one_by_one = play(begin(&[]), data, NonZeroUsize::MIN);
        let cells = [first, at_once, one_by_one]
            .map(|usage| format!("{}, {} read + {} written", usage.rounds, usage.input_tokens, usage.output_tokens));
        println!("| {task} | {} |", cells.join(" | "));
    }
}

fn conversation(
    backend: &Backend,
    customer: &CustomerRow,
    task: Task,
    known: &[(ToolCall, CallReport)],
) -> Conversation {
    let rights =
        Rights { tools: tasks::rights(task), customer: customer.id.clone(), as_of: None, today: backend.today() };
    let limits = Limits::default();
    let terms = Terms { model: "played".to_owned(), rights, limits, shares_activity: false };
    Conversation::new(terms, prompt::user(&customer.name, task, None), known)
}

/// A model that calls what it is missing, so many tools a turn, and then answers.
fn play(mut conversation: Conversation, mut missing: Vec<(ToolCall, CallReport)>, at_once: NonZeroUsize) -> ModelUsage {
    let mut next = conversation.begin();
    loop {
        next = match next {
            Next::Ask => {
                let asked = missing.iter().take(at_once.get()).enumerate();
                let calls: Vec<Call> = asked.map(|(place, (call, _))| prompt::planned(place, call)).collect();
                let finish = Some("stop".to_owned());
                let content = if calls.is_empty() { answer() } else { String::new() };
                let turn = Turn { content, calls, finish, ..Turn::default() };
                conversation.count(&conversation.request(), &turn);
                conversation.take(turn)
            }
            Next::Call(calls) => {
                let made: Vec<_> = missing.extract_if(.., |(call, _)| calls.contains(call)).collect();
                conversation.answered(&made)
            }
            Next::Answer(_) => return conversation.usage().expect("it was asked"),
            Next::GiveUp(why) => panic!("{why}"),
        };
    }
}

/// An answer of usual length.
fn answer() -> String {
    let sentence = "Usage has fallen since the last quarter, and tickets are still open.";
    let action = json!({"text": sentence, "urgency": "this_week", "because": sentence});
    let decision = json!({"tool": "get_customer_usage", "reason": sentence});
    let summary = [sentence; 3].join(" ");
    let answer = json!({
        "summary": summary,
        "actions": vec![action; 4],
        "emailDraft": null,
        "qbrOutline": null,
        "decisionLog": vec![decision; 4],
    });
    answer.to_string()
}
