//! What the model's server can do, found out with one tiny request that says nothing about any customer.

use std::time::{Duration, Instant};

use async_openai::types::chat::{
    ChatCompletionRequestMessage, ChatCompletionRequestSystemMessage, ChatCompletionStreamOptions, ChatCompletionTool,
    ChatCompletionToolChoiceOption, ChatCompletionTools, CreateChatCompletionRequest, FunctionObject, ResponseFormat,
    ResponseFormatJsonSchema, ToolChoiceOptions,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::time::timeout;

use super::{
    Inner, Model, NoAnswer,
    dialect::Dialect,
    object, prompt,
    refusal::Cause,
    schema,
    turn::{Flaw, Turn},
};

const RULES: &str = "You are being tried out. Answer with a JSON object in which ok is true.";
/// As many tokens may be written: a model that thinks first needs some for that.
const MAX_TOKENS: u32 = 1_000;

/// What the server was found to do, when it was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Abilities {
    /// From the request that was taken to the end of its answer.
    pub took: Duration,
    dialect: Dialect,
    keeps_schema: bool,
    is_streamed: bool,
    counts_tokens: bool,
}

/// What the model is asked for.
#[derive(Debug, Deserialize, JsonSchema)]
struct TriedOut {
    ok: bool,
}

/// The parameters of the tool that it may call: none.
#[derive(Debug, JsonSchema)]
struct Nothing {}

impl Model {
    /// Asks the server for next to nothing, with a schema, a tool and a stream, and leaves out what it refuses, as a run
    /// does. What was remembered of it is forgotten, and what shows now is remembered. None where no model is configured.
    ///
    /// # Errors
    /// It has no answer.
    pub async fn check(&self, today: NaiveDate) -> Result<Option<Abilities>, NoAnswer> {
        let model = &*self.0;
        let Some(api) = model.api().await? else { return Ok(None) };
        let (whole, patience) = (request(model), model.config.limits.call);
        let (mut dialect, mut first_refusal) = (Dialect::default(), None);
        loop {
            let (mut turn, mut pieces, started) = (Turn::default(), 0, Instant::now());
            let request = dialect.lower(whole.clone());
            let asked = api.ask(&request, &mut turn, |turn| pieces += u32::from(turn.has_begun()));
            let outcome = timeout(patience, asked).await.unwrap_or_else(|_| Err(Cause::Late(patience).into()));
            match outcome {
                Ok(()) if !turn.has_begun() => return Err(Flaw::Empty.into()),
                Ok(()) => {
                    // The next run finds it out again.
                    if let Err(error) = model.remembered.keep(&model.config, &dialect, today) {
                        tracing::warn!(%error, "what the model's server does not take could not be kept");
                    }
                    let keeps_schema = object::find(&turn.content, |text| serde_json::from_str::<TriedOut>(text));
                    return Ok(Some(Abilities {
                        took: started.elapsed(),
                        dialect,
                        keeps_schema: keeps_schema.is_ok_and(|answer| answer.ok),
                        is_streamed: pieces > 1,
                        counts_tokens: turn.usage.is_some_and(|usage| usage.prompt_tokens.is_some()),
                    }));
                }
                Err(refusal) => match refusal.simpler(&dialect, &whole) {
                    Some(simpler) => {
                        dialect = simpler;
                        first_refusal.get_or_insert(refusal);
                    }
                    None => return Err(first_refusal.unwrap_or(refusal).into()),
                },
            }
        }
    }
}

impl Abilities {
    /// What a run may want of the server: its name, whether the server has it, and what that means.
    pub fn lines(&self) -> [(&'static str, bool, &'static str); 4] {
        let schema = match (self.dialect.has_schema(), self.keeps_schema) {
            (true, true) => "keeps to a schema",
            (true, false) => "takes a schema, and did not keep to it now",
            (false, true) => "takes no schema: the prompt has it, and it keeps to that",
            (false, false) => "takes no schema: the prompt has it, and it did not keep to that now",
        };
        let tools = match self.dialect.has_tools() {
            true => "takes tools",
            false => "takes no tools: it answers from what it is given",
        };
        let streaming = match self.is_streamed {
            true => "answers word by word",
            false => "answers all at once",
        };
        let tokens = match self.counts_tokens {
            true => "counts tokens",
            false => "does not count tokens: they are estimated",
        };
        [
            ("model schema", self.keeps_schema, schema),
            ("model tools", self.dialect.has_tools(), tools),
            ("model streaming", self.is_streamed, streaming),
            ("model tokens", self.counts_tokens, tokens),
        ]
    }
}

fn request(model: &Inner) -> CreateChatCompletionRequest {
    let function = FunctionObject {
        name: "look".to_owned(),
        description: Some("Nothing that is needed now.".to_owned()),
        parameters: Some(schema::of::<Nothing>()),
        strict: Some(true),
    };
    let json_schema = ResponseFormatJsonSchema {
        description: None,
        name: "answer".to_owned(),
        schema: schema::of::<TriedOut>(),
        strict: Some(true),
    };
    let rules = ChatCompletionRequestSystemMessage { content: RULES.into(), name: None };
    CreateChatCompletionRequest {
        messages: vec![ChatCompletionRequestMessage::System(rules), prompt::said("Is everything well?")],
        model: model.config.model.clone(),
        tools: Some(vec![ChatCompletionTools::Function(ChatCompletionTool { function })]),
        tool_choice: Some(ChatCompletionToolChoiceOption::Mode(ToolChoiceOptions::Auto)),
        parallel_tool_calls: Some(true),
        response_format: Some(ResponseFormat::JsonSchema { json_schema }),
        max_completion_tokens: Some(MAX_TOKENS),
        stream: Some(true),
        stream_options: Some(ChatCompletionStreamOptions { include_usage: Some(true), include_obfuscation: None }),
        ..CreateChatCompletionRequest::default()
    }
}
