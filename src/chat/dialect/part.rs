//! The parts of a request that some servers refuse: by which words they name them, and what is sent instead.

use async_openai::types::chat::{
    ChatCompletionRequestMessage, ChatCompletionRequestSystemMessageContent, ChatCompletionRequestUserMessage,
    ChatCompletionRequestUserMessageContent, ChatCompletionTools, CreateChatCompletionRequest, FunctionObject,
    ResponseFormat, ResponseFormatJsonSchema,
};
use serde::{Deserialize, Serialize};

use super::reduced::reduced;

/// A part that a request can do without. In the order in which they are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    /// `parallel_tool_calls`.
    ParallelCalls,
    /// `stream_options`, which ask for the count of tokens.
    StreamOptions,
    /// `max_completion_tokens`: its older name `max_tokens` is sent.
    NewTokenLimit,
    /// `max_tokens` as well.
    TokenLimit,
    /// Keywords of schemas beside the most common ones.
    SchemaKeywords,
    /// `strict`.
    Strict,
    /// `tool_choice`.
    ToolChoice,
    /// `response_format`: the prompt has the schema.
    Schema,
    /// `tools`.
    Tools,
    /// `stream`: the answer comes in one piece.
    Stream,
    /// The system's message: the user's begins with it.
    System,
}

/// What is known of a part.
pub(super) struct Row {
    pub(super) part: Part,
    /// What refusals call it: words that follow one another, in small letters.
    names: &'static [&'static str],
    /// What the reader is told that the server does not take.
    pub(super) told: &'static str,
}

/// Rows that name something inside of another part come before it.
pub(super) const TABLE: [Row; 11] = [
    Row { part: Part::ParallelCalls, names: &["parallel_tool_calls"], told: "several tool calls at once" },
    Row { part: Part::StreamOptions, names: &["stream_options"], told: "a wish for the count of tokens" },
    Row { part: Part::NewTokenLimit, names: &["max_completion_tokens"], told: "`max_completion_tokens`" },
    Row { part: Part::TokenLimit, names: &["max_tokens"], told: "a limit of length" },
    Row {
        part: Part::SchemaKeywords,
        names: &["additionalproperties", "anyof", "format", "const", "nullable", "json schema", "schema keyword"],
        told: "every keyword of a schema",
    },
    Row { part: Part::Strict, names: &["strict"], told: "strict schemas" },
    Row { part: Part::ToolChoice, names: &["tool_choice", "tool choice"], told: "a choice of tools" },
    Row {
        part: Part::Schema,
        names: &[
            "response_format",
            "json_schema",
            "response_schema",
            "schema",
            "grammar",
            "structured output",
            "structured outputs",
        ],
        told: "a schema for the answer",
    },
    Row {
        part: Part::Tools,
        names: &["tools", "tool choice", "tool use", "tool calls", "tool calling", "function calling", "functions"],
        told: "tools",
    },
    Row { part: Part::Stream, names: &["stream", "streaming"], told: "streaming" },
    Row {
        part: Part::System,
        names: &["system role", "role system", "system", "developer instruction"],
        told: "a message of the system",
    },
];

/// What is left out where a refusal names nothing, step by step.
pub(super) const BLIND: [&[Part]; 4] = [
    &[Part::ParallelCalls, Part::StreamOptions, Part::NewTokenLimit, Part::SchemaKeywords, Part::Strict],
    &[Part::Schema],
    &[Part::ToolChoice, Part::Tools],
    &[Part::Stream, Part::System],
];

impl Row {
    /// Whether one of its names is among these words.
    pub(super) fn is_named(&self, said: &[&str]) -> bool {
        self.names.iter().any(|name| {
            let name: Vec<_> = words(name).collect();
            said.windows(name.len()).any(|window| window == name)
        })
    }
}

/// The words of a text: letters, digits and underscores.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '_').filter(|word| !word.is_empty())
}

impl Part {
    /// The request without it.
    #[expect(deprecated, reason = "servers that do not know the newer name of the limit want this one")]
    pub(super) fn leave_out(self, request: &mut CreateChatCompletionRequest) {
        match self {
            Self::ParallelCalls => request.parallel_tool_calls = None,
            Self::StreamOptions => request.stream_options = None,
            Self::NewTokenLimit => request.max_tokens = request.max_completion_tokens.take(),
            Self::TokenLimit => request.max_tokens = None,
            Self::SchemaKeywords => {
                functions(request).for_each(|function| function.parameters = function.parameters.take().map(reduced));
                schema(request).into_iter().for_each(|format| format.schema = reduced(format.schema.take()));
                Self::Strict.leave_out(request);
            }
            Self::Strict => {
                functions(request).for_each(|function| function.strict = None);
                schema(request).into_iter().for_each(|format| format.strict = None);
            }
            Self::ToolChoice => request.tool_choice = None,
            Self::Schema => say_schema(request),
            Self::Tools => {
                request.tools = None;
                request.tool_choice = None;
                request.parallel_tool_calls = None;
            }
            Self::Stream => {
                request.stream = Some(false);
                request.stream_options = None;
            }
            Self::System => say_rules(request),
        }
    }
}

fn functions(request: &mut CreateChatCompletionRequest) -> impl Iterator<Item = &mut FunctionObject> {
    request.tools.iter_mut().flatten().filter_map(|tool| match tool {
        ChatCompletionTools::Function(tool) => Some(&mut tool.function),
        ChatCompletionTools::Custom(_) => None,
    })
}

fn schema(request: &mut CreateChatCompletionRequest) -> Option<&mut ResponseFormatJsonSchema> {
    match &mut request.response_format {
        Some(ResponseFormat::JsonSchema { json_schema }) => Some(json_schema),
        _ => None,
    }
}

/// The schema of the answer at the end of the rules, instead of in its own place.
fn say_schema(request: &mut CreateChatCompletionRequest) {
    let Some(format) = schema(request) else { return };
    let said = format!("\nAnswer with the JSON object alone, of this schema:\n{}", format.schema);
    request.response_format = None;
    if let Some(ChatCompletionRequestMessage::System(system)) = request.messages.first_mut()
        && let ChatCompletionRequestSystemMessageContent::Text(text) = &mut system.content
    {
        text.push_str(&said);
    }
}

/// The rules at the beginning of what the user says, instead of in a message of their own.
fn say_rules(request: &mut CreateChatCompletionRequest) {
    use ChatCompletionRequestMessage::{System, User};
    let [System(system), User(user), rest @ ..] = request.messages.as_slice() else { return };
    let ChatCompletionRequestSystemMessageContent::Text(rules) = &system.content else { return };
    let ChatCompletionRequestUserMessageContent::Text(wanted) = &user.content else { return };
    let content = format!("{rules}\n\n{wanted}").into();
    let said = User(ChatCompletionRequestUserMessage { content, name: None });
    request.messages = std::iter::once(said).chain(rest.iter().cloned()).collect();
}
