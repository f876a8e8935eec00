//! The language model: where it is, what it may do and how much of it may be used.

use std::{
    collections::BTreeMap,
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use contracts::TaskId;
use serde::Deserialize;

use super::{ApiUrl, LlmArgs, Planner, TokenStore};

const BASE_URL: &str = "https://api.openai.com/v1";
const MODEL: &str = "gpt-5-mini";
const DAILY_TOKENS: u64 = 500_000;
const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// The `[llm]` part of a configuration file.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LlmFile {
    /// See [`LlmConfig::base_url`].
    pub base_url: Option<ApiUrl>,
    /// See [`LlmConfig::model`].
    pub model: Option<String>,
    /// See [`LlmConfig::planner`].
    pub planner: Option<Planner>,
    /// See [`LlmConfig::store`].
    pub store: Option<TokenStore>,
    /// See [`Limits::rounds`].
    pub rounds: Option<NonZeroU32>,
    /// See [`Limits::tool_calls`].
    pub tool_calls: Option<u32>,
    /// See [`Limits::call`].
    pub call_seconds: Option<NonZeroU32>,
    /// See [`Limits::run`].
    pub run_seconds: Option<NonZeroU32>,
    /// See [`Limits::input_tokens`].
    pub input_tokens: Option<u64>,
    /// See [`Limits::output_tokens`].
    pub output_tokens: Option<u64>,
    /// See [`LlmConfig::daily_tokens`].
    pub daily_tokens: Option<u64>,
    /// See [`LlmConfig::concurrency`].
    pub concurrency: Option<NonZeroUsize>,
    /// See [`LlmConfig::share_activity`].
    pub share_activity: Option<bool>,
    /// See [`LlmConfig::allowed`].
    pub allowed: Option<BTreeMap<TaskId, Vec<String>>>,
}

/// Which model, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LlmConfig {
    /// Where the Chat Completions API is, such as `https://api.openai.com/v1`.
    pub base_url: ApiUrl,
    /// Whether the address was set: then the server may be one that needs no key.
    pub is_own_server: bool,
    /// The model's name, as the API knows it.
    pub model: String,
    /// Who plans, unless a command says otherwise.
    pub planner: Planner,
    /// Where the key is kept.
    pub store: TokenStore,
    /// What one run may take.
    pub limits: Limits,
    /// How many tokens a user may take a day (UTC), read and written ones together.
    pub daily_tokens: u64,
    /// How many runs may use the model at once.
    pub concurrency: NonZeroUsize,
    /// Whether the model may read what the user wrote of customers.
    pub share_activity: bool,
    /// The models that may do a task; any may where a task is not named.
    pub allowed: BTreeMap<TaskId, Vec<String>>,
}

impl LlmConfig {
    /// Flags and environment over the file over the defaults.
    pub(super) fn merge(given: &LlmArgs, file: LlmFile) -> Self {
        let set = given.llm_url.clone().or(file.base_url);
        let usual = Limits::default();
        let seconds = |set: Option<NonZeroU32>, usual| set.map_or(usual, |set| Duration::from_secs(set.get().into()));
        Self {
            is_own_server: set.is_some(),
            base_url: set.unwrap_or_else(|| BASE_URL.parse().expect("it is an address")),
            model: given.llm_model.clone().or(file.model).unwrap_or_else(|| MODEL.to_owned()),
            planner: file.planner.unwrap_or_default(),
            store: file.store.unwrap_or_default(),
            limits: Limits {
                rounds: file.rounds.map_or(usual.rounds, NonZeroU32::get),
                tool_calls: file.tool_calls.unwrap_or(usual.tool_calls),
                call: seconds(file.call_seconds, usual.call),
                run: seconds(file.run_seconds, usual.run),
                input_tokens: file.input_tokens.unwrap_or(usual.input_tokens),
                output_tokens: file.output_tokens.unwrap_or(usual.output_tokens),
            },
            daily_tokens: file.daily_tokens.unwrap_or(DAILY_TOKENS),
            concurrency: file.concurrency.unwrap_or(CONCURRENCY),
            share_activity: file.share_activity.unwrap_or(false),
            allowed: file.allowed.unwrap_or_default(),
        }
    }

    /// Whether this model may do the task.
    pub fn allows(&self, task: &TaskId) -> bool {
        self.allowed.get(task).is_none_or(|models| models.contains(&self.model))
    }
}

/// What one run may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Turns of the model.
    pub rounds: u32,
    /// Tool calls that the model asks for.
    pub tool_calls: u32,
    /// A turn, from the request to its last token.
    pub call: Duration,
    /// All turns and the tool calls between them.
    pub run: Duration,
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rounds: 8,
            tool_calls: 12,
            call: Duration::from_secs(30),
            run: Duration::from_secs(90),
            input_tokens: 60_000,
            output_tokens: 8_000,
        }
    }
}
