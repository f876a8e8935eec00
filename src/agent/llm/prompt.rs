//! The words that a conversation begins with.

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

use super::turn::Call;
use crate::{
    agent::guardrails::{data, redaction::redact},
    backend::{CallError, CallReport},
};

const RULES: &str = include_str!("prompt.md");

/// The rules.
pub fn system(today: NaiveDate) -> ChatCompletionRequestMessage {
    let text = format!("{RULES}\nThe day of this answer is {today} (UTC).");
    ChatCompletionRequestMessage::System(ChatCompletionRequestSystemMessage { content: text.into(), name: None })
}

/// What the user wants.
pub fn user(customer: &Line, task: &Task, question: Option<&Line>) -> ChatCompletionRequestMessage {
    let part = |tool, name| format!("{} {name}", if task.calls(tool) { "with an" } else { "no" });
    let email = part(ToolName::GenerateEmail, "email");
    let outline = part(ToolName::GenerateQbrOutline, "outline");
    let customer = data::clean_name(customer);
    let title = &task.title;
    let mut text = format!("The customer is {}. The task is: {title}, {email}, {outline}.", json!(customer));
    if let Some(question) = question {
        text += &format!("\nAnswer this question first, in the summary: {}", redact(question.as_str()));
    }
    said(&text)
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

/// The calls that the model made, or would have made for the task.
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

/// A call of the plan, as if the model had asked for it.
pub fn planned(place: usize, call: &ToolCall) -> Call {
    let arguments = call.params().unwrap_or_default().to_string();
    Call::new(format!("plan_{}", place + 1), call.name().to_string(), arguments)
}

/// What a tool answered, marked as data, or why it did not; with what the user wrote only where that is shared.
pub fn report(tool: ToolName, report: &CallReport, shares_activity: bool) -> String {
    match &report.outcome {
        Ok(output) => data::wrap(output, shares_activity),
        Err(CallError::Missing(what)) => json!({"tool": tool, "missing": data::clean_line(what)}).to_string(),
        Err(CallError::Failed(failure)) => {
            json!({"tool": tool, "failed": data::clean_line(&failure.message)}).to_string()
        }
    }
}
