//! What a server streams, read leniently: servers of this API leave out, add and misspell fields.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// One chunk of a turn.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Chunk {
    choices: Option<Vec<Choice>>,
    /// Tokens, mostly in the last chunk, which then has no choices.
    pub usage: Option<Usage>,
    /// What some servers send when they fail after they have begun to answer.
    pub error: Option<Value>,
}

/// What was read and written, as far as the server counts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Usage {
    /// Tokens read.
    #[serde(default, deserialize_with = "count")]
    pub prompt_tokens: Option<u64>,
    /// Tokens written.
    #[serde(default, deserialize_with = "count")]
    pub completion_tokens: Option<u64>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Choice {
    index: Option<u32>,
    pub(super) delta: Option<Delta>,
    pub(super) finish_reason: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Delta {
    pub(super) content: Option<String>,
    pub(super) refusal: Option<String>,
    pub(super) tool_calls: Option<Vec<CallPart>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct CallPart {
    pub(super) index: Option<u32>,
    pub(super) id: Option<String>,
    pub(super) function: Option<FunctionPart>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct FunctionPart {
    pub(super) name: Option<String>,
    pub(super) arguments: Option<String>,
}

impl Chunk {
    /// The one answer that was asked for; a server that gives several is not followed.
    pub(super) fn into_choice(self) -> Option<Choice> {
        self.choices?.into_iter().find(|choice| choice.index.unwrap_or_default() == 0)
    }
}

/// A count that is no count is none. One beyond all measure is cut, so that sums of them stay numbers.
fn count<'de, D: Deserializer<'de>>(count: D) -> Result<Option<u64>, D::Error> {
    let count: Option<Value> = Option::deserialize(count)?;
    Ok(count.and_then(|count| count.as_u64()).map(|count| count.min(u32::MAX.into())))
}
