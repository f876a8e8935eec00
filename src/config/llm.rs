//! The language model: where it is, what it may do and how much of it may be used.

use std::{collections::BTreeMap, num::NonZeroUsize, time::Duration};

use contracts::planner::Task;

use super::{ApiUrl, Planner, TokenStore};

/// Which model, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LlmConfig {
    /// Where the Chat Completions API is, such as `https://api.openai.com/v1`.
    pub base_url: ApiUrl,
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
    /// The models that may do a task; any may where a task is not named.
    pub allowed: BTreeMap<Task, Vec<String>>,
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
