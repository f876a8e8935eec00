//! The words of a conversation. What is the same for every customer comes first and never changes, so that servers can keep
//! it.

use async_openai::types::chat::{
    ChatCompletionMessageToolCall, ChatCompletionMessageToolCalls, ChatCompletionRequestAssistantMessage,
    ChatCompletionRequestMessage, ChatCompletionRequestSystemMessage, ChatCompletionRequestToolMessage,
    ChatCompletionRequestUserMessage, FunctionCall,
};
use chrono::NaiveDate;
use contracts::{
    Line,
    tools::{ToolCall, ToolName},
};
use domain::tasks::Task;
use serde_json::json;

use super::{desk::Desk, read::Removed, surroundings::Surroundings, tools::More};
use crate::{
    agent::guardrails::data,
    backend::{CallError, CallReport},
    chat::turn::Call,
    company::Company,
    conversations::Turn,
    redaction::redact,
};

const RULES: &str = include_str!("prompt.md");

/// What the user wants, and of whom.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The customer's name.
    pub customer: &'a Line,
    /// The task.
    pub task: &'a Task,
    /// What was asked.
    pub question: Option<&'a Line>,
    /// What was asked before it, and what answered that.
    pub earlier: &'a [Turn],
    /// What the house says of itself.
    pub company: Option<&'a Company>,
    /// The day (UTC) of the answer.
    pub today: NaiveDate,
}

/// The rules.
pub fn system() -> ChatCompletionRequestMessage {
    rules(RULES)
}

/// Rules of an answer.
pub fn rules(text: &str) -> ChatCompletionRequestMessage {
    ChatCompletionRequestMessage::System(ChatCompletionRequestSystemMessage { content: text.into(), name: None })
}

/// What the house says of itself, as a line of data that is the same for every customer; nothing where it says nothing.
pub fn company(company: Option<&Company>) -> String {
    company.map(|company| format!("{}\n", data::house(company.as_str()))).unwrap_or_default()
}

/// What the user wants, with what can be said of the customer and what nobody could tell.
pub fn user(
    wanted: Wanted<'_>,
    desk: &Desk,
    data: &[(ToolCall, CallReport)],
    beside: &Surroundings,
) -> ChatCompletionRequestMessage {
    let Wanted { customer, task, question, earlier, company: house, today } = wanted;
    let part = |tool, name| format!("{} {name}", if task.calls(tool) { "with an" } else { "no" });
    let email = part(ToolName::GenerateEmail, "email");
    let outline = part(ToolName::GenerateQbrOutline, "outline");
    let customer = data::clean_name(customer);
    let title = &task.title;
    let mut text = company(house);
    text += &format!(
        "The customer is {}. The task is: {title}, {email}, {outline}. Today is {today} (UTC).",
        json!(customer)
    );
    text += &format!(
        "\nWhat is wanted, as the file of the task says it to the program: {}",
        json!(data::safe_body(task.body()))
    );
    if !earlier.is_empty() {
        text += &format!("\n{}", data::earlier(earlier));
    }
    if let Some(question) = question {
        text += &format!("\nAnswer this question first, in the points: {}", redact(question.as_str()));
    }
    let Surroundings { since, timeline, .. } = beside;
    let earlier = timeline.iter().filter(|entry| desk.statements.get(&entry.id).is_none()).count();
    text += &format!("\nWhat changed is told since {since}; of the timeline {earlier} earlier entries are not shown.");
    let untold = data.iter().filter_map(|(call, report)| untold(call.name(), report));
    let untold: Vec<_> = untold.chain(beside.untold.iter().cloned()).collect();
    said(&format!("{text}\n{}", data::wrap(desk.statements.iter(), &untold)))
}

/// Something that is said to the model.
pub fn said(text: &str) -> ChatCompletionRequestMessage {
    ChatCompletionRequestMessage::User(ChatCompletionRequestUserMessage { content: text.into(), name: None })
}

/// What the model said itself.
pub fn answered(text: &str) -> ChatCompletionRequestMessage {
    let content = Some(text.into());
    ChatCompletionRequestMessage::Assistant(ChatCompletionRequestAssistantMessage { content, ..Default::default() })
}

/// The calls that the model made.
pub fn called<'a>(calls: impl IntoIterator<Item = &'a Call>) -> ChatCompletionRequestMessage {
    let calls = calls.into_iter().map(|call| {
        let function = FunctionCall { name: call.name.clone(), arguments: call.arguments.clone() };
        ChatCompletionMessageToolCalls::Function(ChatCompletionMessageToolCall { id: call.id.clone(), function })
    });
    let tool_calls = Some(calls.collect());
    ChatCompletionRequestMessage::Assistant(ChatCompletionRequestAssistantMessage { tool_calls, ..Default::default() })
}

/// What a call came to.
pub fn tool(id: &str, content: &str) -> ChatCompletionRequestMessage {
    ChatCompletionRequestMessage::Tool(ChatCompletionRequestToolMessage {
        content: content.into(),
        tool_call_id: id.to_owned(),
    })
}

/// What the model asked for, as statements, and why there are none.
pub fn told(more: &More, desk: &Desk, data: &[(ToolCall, CallReport)], beside: &Surroundings) -> String {
    let of_day = |id: &str, day: &NaiveDate| id.ends_with(&format!("@{day}"));
    let of_fact = |id: &str, fact: &str| id.split_once('@').is_some_and(|(of, _)| of == fact);
    let statements: Vec<_> = match more {
        More::Compared(day) => desk.statements.iter().filter(|statement| of_day(&statement.id, day)).collect(),
        More::History(fact) => {
            desk.statements.iter().filter(|statement| of_fact(&statement.id, fact.as_str())).collect()
        }
        More::Timeline(day) => beside.before(*day).0.iter().collect(),
    };
    let calls = more.calls(desk.as_of);
    let made = data.iter().filter(|(call, _)| calls.contains(call));
    let mut untold: Vec<_> = made.filter_map(|(call, report)| untold(call.name(), report)).collect();
    if statements.is_empty() && untold.is_empty() {
        untold.push("nothing is known of it".to_owned());
    }
    data::wrap(statements.into_iter(), &untold)
}

/// What a call could not tell.
fn untold(tool: ToolName, report: &CallReport) -> Option<String> {
    match report.outcome.as_ref().err()? {
        CallError::Missing(what) => Some(format!("{tool}: {}", data::clean_line(what))),
        CallError::Failed(failure) => Some(format!("{tool} failed: {}", data::clean_line(&failure.message))),
    }
}

/// What is wrong with an answer, line by line.
pub fn to_mend(removed: &[Removed]) -> ChatCompletionRequestMessage {
    let lines: Vec<_> = removed.iter().map(|Removed { at, fault }| format!("- {at}: {fault}")).collect();
    said(&format!(
        "These lines cannot stand:\n{}\nAnswer once more with the whole JSON object, without them or with others in their place.",
        lines.join("\n")
    ))
}
