//! A request in full, to the standard. What a server does not take of it is left out later.

use async_openai::types::chat::{
    ChatCompletionRequestMessage, ChatCompletionStreamOptions, ChatCompletionToolChoiceOption, ChatCompletionTools,
    CreateChatCompletionRequest, ResponseFormat, ResponseFormatJsonSchema, ToolChoiceOptions,
};
use serde_json::Value;

/// So many bytes make a token where the server does not count: about right for English and JSON.
pub const BYTES_A_TOKEN: usize = 4;

/// What a request is made of.
#[derive(Debug)]
pub struct Whole<'a> {
    /// The model's name.
    pub model: &'a str,
    /// What was said so far, the rules first.
    pub messages: Vec<ChatCompletionRequestMessage>,
    /// The strict schema of the answer.
    pub schema: Value,
    /// What the model may call; nothing is said of tools where there are none.
    pub tools: Vec<ChatCompletionTools>,
    /// Whether it may call them now.
    pub may_call: bool,
    /// How many tokens it may write.
    pub tokens: u64,
}

impl Whole<'_> {
    /// The request.
    pub fn request(self) -> CreateChatCompletionRequest {
        let Self { model, messages, schema, tools, may_call, tokens } = self;
        let json_schema =
            ResponseFormatJsonSchema { description: None, name: "answer".to_owned(), schema, strict: Some(true) };
        let choice = if may_call { ToolChoiceOptions::Auto } else { ToolChoiceOptions::None };
        let has_tools = !tools.is_empty();
        CreateChatCompletionRequest {
            messages,
            model: model.to_owned(),
            tools: has_tools.then_some(tools),
            tool_choice: has_tools.then_some(ChatCompletionToolChoiceOption::Mode(choice)),
            parallel_tool_calls: has_tools.then_some(true),
            response_format: Some(ResponseFormat::JsonSchema { json_schema }),
            max_completion_tokens: Some(tokens.try_into().unwrap_or(u32::MAX)),
            stream: Some(true),
            stream_options: Some(ChatCompletionStreamOptions { include_usage: Some(true), include_obfuscation: None }),
            ..CreateChatCompletionRequest::default()
        }
    }
}

/// About how many tokens a request has.
pub fn estimated_input(request: &CreateChatCompletionRequest) -> u64 {
    estimated(serde_json::to_vec(request).map_or(0, |body| body.len()))
}

/// About how many tokens so many bytes are.
pub(super) fn estimated(bytes: usize) -> u64 {
    u64::try_from(bytes.div_ceil(BYTES_A_TOKEN)).unwrap_or(u64::MAX)
}
