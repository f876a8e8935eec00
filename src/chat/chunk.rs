//! What a server sends of a turn, read leniently: servers of this API leave out, add and misspell fields, and some send the
//! whole turn at once.

use serde::Deserialize;
use serde_json::Value;

/// One chunk of a turn, or all of it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Value")]
pub struct Chunk {
    pub(super) choice: Option<Choice>,
    /// Tokens, mostly in the last chunk, which then has no choices.
    pub usage: Option<Usage>,
    /// What the server says when it failed, before or after it has begun to answer.
    pub error: Option<Value>,
}

/// What was read and written, as far as the server counts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens read.
    pub prompt_tokens: Option<u64>,
    /// Tokens written.
    pub completion_tokens: Option<u64>,
}

/// The one answer that was asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Choice {
    pub(super) content: String,
    pub(super) refusal: String,
    pub(super) calls: Vec<CallPart>,
    pub(super) finish_reason: Option<String>,
}

/// A piece of a tool call.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CallPart {
    pub(super) index: Option<u64>,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) arguments: String,
}

impl From<Value> for Chunk {
    fn from(chunk: Value) -> Self {
        // Some put a list around it.
        let mut chunk = match chunk {
            Value::Array(chunks) => chunks.into_iter().next().unwrap_or_default(),
            chunk => chunk,
        };
        let error = error(&chunk).cloned();
        let usage = chunk.get("usage").filter(|usage| usage.is_object()).map(usage);
        // A server that gives several answers is not followed.
        let choices = chunk.get_mut("choices").and_then(Value::as_array_mut);
        let first = choices.into_iter().flatten().find(|choice| number(&choice["index"]).unwrap_or_default() == 0);
        Self { choice: first.map(Value::take).map(Choice::from), usage, error }
    }
}

impl From<Value> for Choice {
    fn from(mut choice: Value) -> Self {
        let finish_reason = choice["finish_reason"].as_str().filter(|reason| !reason.is_empty()).map(str::to_owned);
        // Sent at once it is called a message.
        let name = if choice["delta"].is_object() { "delta" } else { "message" };
        let mut delta = choice.get_mut(name).map(Value::take).unwrap_or_default();
        let calls = match delta.get_mut("tool_calls").map(Value::take).unwrap_or_default() {
            Value::Array(calls) => calls,
            call @ Value::Object(_) => vec![call],
            _ => Vec::new(),
        };
        Self {
            content: text(&delta["content"]),
            refusal: text(&delta["refusal"]),
            calls: calls.into_iter().map(CallPart::from).collect(),
            finish_reason,
        }
    }
}

impl From<Value> for CallPart {
    fn from(call: Value) -> Self {
        let arguments = match &call["function"]["arguments"] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            arguments => arguments.to_string(),
        };
        let id = match &call["id"] {
            Value::Number(id) => id.to_string(),
            id => id.as_str().unwrap_or_default().to_owned(),
        };
        Self { index: number(&call["index"]), id, name: text(&call["function"]["name"]), arguments }
    }
}

/// What a server that failed says, where a chunk says it.
fn error(chunk: &Value) -> Option<&Value> {
    let is_error = |error: &&Value| !error.is_null();
    let said = chunk.get("error").filter(is_error).or_else(|| chunk.pointer("/choices/0/error").filter(is_error));
    let is_one = || {
        let has_no_choices = chunk.get("choices").is_none_or(Value::is_null);
        chunk["object"] == "error"
            || has_no_choices && ["message", "detail"].iter().any(|name| chunk.get(*name).is_some())
    };
    said.or_else(|| is_one().then_some(chunk))
}

/// A text, or the texts of a list of parts; what a part is that the model only thought has another name.
fn text(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().filter_map(|part| part["text"].as_str()).collect(),
        Value::Object(_) => content.to_string(),
        _ => String::new(),
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn usage(usage: &Value) -> Usage {
    Usage { prompt_tokens: count(&usage["prompt_tokens"]), completion_tokens: count(&usage["completion_tokens"]) }
}

/// A count that is no count is none. One beyond all measure is cut, so that sums of them stay numbers.
fn count(count: &Value) -> Option<u64> {
    count.as_u64().map(|count| count.min(u32::MAX.into()))
}
