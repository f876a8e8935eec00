//! What the model's server can do, found out with one tiny request that says nothing about any customer.

use std::time::Duration;

use async_openai::types::chat::{
    ChatCompletionRequestMessage, ChatCompletionRequestSystemMessage, ChatCompletionRequestUserMessage,
    ChatCompletionTool, ChatCompletionTools, CreateChatCompletionRequest, FunctionObject,
};
use chrono::NaiveDate;
use contracts::OwnerId;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Heard, Model, NoAnswer, Patience, dialect::Dialect, object, request::Whole, schema, turn::Turn};

const RULES: &str = "You are being tried out. Answer with a JSON object in which ok is true.";
/// As many tokens may be written: a model that thinks first needs some for that.
const MAX_TOKENS: u64 = 1_000;

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
    /// does; it counts in the day's tokens of `owner`. What was remembered of the server is forgotten, and what shows now
    /// is remembered. None where no model is configured.
    ///
    /// # Errors
    /// It has no answer.
    pub async fn try_out(&self, owner: OwnerId, today: NaiveDate) -> Result<Option<Abilities>, NoAnswer> {
        let ready = match self.ready(owner, today).await {
            Err(NoAnswer::NotConfigured) => return Ok(None),
            ready => ready?,
        };
        let (mut pieces, mut took) = (0, Duration::ZERO);
        let call = self.config().limits.call;
        let heard = |heard: Heard<'_>| match heard {
            Heard::Started => pieces = 0,
            Heard::Grew(turn) => pieces += u32::from(turn.has_begun()),
            Heard::Ended(turn, _) => took = Duration::from_secs_f64(turn.total_ms / 1000.0),
        };
        let patience = Patience::new(call, call);
        let asked = ready.ask_in(Dialect::default(), &request(&self.config().model), patience, heard).await;
        let Turn { content, usage, .. } = asked.turn?;
        ready.learn(&asked.dialect);
        let keeps_schema = object::find(&content, |text| serde_json::from_str::<TriedOut>(text));
        Ok(Some(Abilities {
            took,
            dialect: asked.dialect,
            keeps_schema: keeps_schema.is_ok_and(|answer| answer.ok),
            is_streamed: pieces > 1,
            counts_tokens: usage.is_some_and(|usage| usage.prompt_tokens.is_some()),
        }))
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

fn request(model: &str) -> CreateChatCompletionRequest {
    let function = FunctionObject {
        name: "look".to_owned(),
        description: Some("Nothing that is needed now.".to_owned()),
        parameters: Some(schema::of::<Nothing>()),
        strict: Some(true),
    };
    let rules = ChatCompletionRequestSystemMessage { content: RULES.into(), name: None };
    let wanted = ChatCompletionRequestUserMessage { content: "Is everything well?".into(), name: None };
    let whole = Whole {
        model,
        messages: vec![ChatCompletionRequestMessage::System(rules), ChatCompletionRequestMessage::User(wanted)],
        schema: schema::of::<TriedOut>(),
        tools: vec![ChatCompletionTools::Function(ChatCompletionTool { function })],
        may_call: true,
        tokens: MAX_TOKENS,
    };
    whole.request()
}
