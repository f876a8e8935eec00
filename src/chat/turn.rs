//! One turn of the model, put together from the chunks of its stream. Pure and bounded.

use serde_json::Value;

use super::{
    chunk::{CallPart, Choice, Chunk, Usage},
    object,
};

/// The longest text of a turn, in bytes: an answer has a few thousand.
pub const MAX_CONTENT: usize = 256 * 1024;
/// The longest arguments of one tool call, in bytes.
pub const MAX_ARGUMENTS: usize = 64 * 1024;
/// The most tool calls of one turn that are read at all.
const MAX_CALLS: usize = 64;

/// What has come of a turn so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// The text.
    pub content: String,
    /// Why the model will not answer.
    pub refusal: String,
    /// The tool calls, in the order they were begun.
    pub calls: Vec<Call>,
    /// Why it ended, such as `stop`, `tool_calls` or `length`; none where the stream broke off.
    pub finish: Option<String>,
    /// Tokens, where the server counts them.
    pub usage: Option<Usage>,
}

/// A tool call as the model wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    /// The server's id for it; empty where it gave none.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// The arguments, meant to be a JSON object.
    pub arguments: String,
    index: Option<u64>,
}

impl Call {
    /// A whole call.
    pub fn new(id: String, name: String, arguments: String) -> Self {
        Self { id, name, arguments, index: None }
    }
}

/// Why a turn is not read on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TurnError {
    /// It writes without end.
    #[error("The model wrote more than {} KB in one turn", MAX_CONTENT / 1024)]
    TooLong,
    /// So do the arguments of a tool call, or there is no end of calls.
    #[error("The model's tool calls were too large")]
    CallsTooLarge,
    /// The server says that it failed, and why.
    #[error("The model's server failed")]
    Failed(Value),
}

/// What is wrong with a turn once nothing more comes, as the beginning of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The model will not answer.
    #[error("The model declined to answer")]
    Declined,
    /// Its server will not show the answer.
    #[error("The model's API filtered the answer")]
    Filtered,
    /// It was allowed no more.
    #[error("The model's answer was cut off at its limit of length")]
    CutOff,
    /// There is nothing in it.
    #[error("The model's answer was empty")]
    Empty,
    /// Its server says that something went wrong, and no more.
    #[error("The model's API failed in the middle of an answer")]
    Failed,
    /// It has no end.
    #[error("The model broke off in the middle of its answer")]
    BrokeOff,
}

impl Turn {
    /// Takes the next chunk.
    ///
    /// # Errors
    /// The turn is over: it has grown beyond all measure, or the server failed.
    pub fn take(&mut self, mut chunk: Chunk) -> Result<(), TurnError> {
        if let Some(error) = chunk.error.take() {
            return Err(TurnError::Failed(error));
        }
        self.usage = chunk.usage.take().or(self.usage);
        let Some(Choice { content, refusal, calls, finish_reason }) = chunk.choice.take() else { return Ok(()) };
        self.content += &content;
        self.refusal += &refusal;
        if self.content.len().max(self.refusal.len()) > MAX_CONTENT {
            return Err(TurnError::TooLong);
        }
        for part in calls {
            self.take_call(part)?;
        }
        self.finish = finish_reason.or(self.finish.take());
        Ok(())
    }

    fn take_call(&mut self, part: CallPart) -> Result<(), TurnError> {
        let CallPart { index, id, name, arguments } = part;
        let place = self.place(index, &id);
        if place == MAX_CALLS {
            return Err(TurnError::CallsTooLarge);
        }
        if place == self.calls.len() {
            self.calls.push(Call { id, index, ..Call::default() });
        }
        let call = &mut self.calls[place];
        // Some servers repeat the name in every part.
        if call.name.is_empty() {
            call.name = name;
        }
        call.arguments += &arguments;
        if call.arguments.len() > MAX_ARGUMENTS { Err(TurnError::CallsTooLarge) } else { Ok(()) }
    }

    /// Which call a part belongs to: that of its index, unless another id says that it is a new one, as on servers that
    /// give every call the index 0.
    fn place(&self, index: Option<u64>, id: &str) -> usize {
        let same = |call: &Call| (index.is_none() || call.index == index) && (id.is_empty() || call.id == id);
        self.calls.iter().rposition(same).unwrap_or(self.calls.len())
    }

    /// Whether the model has begun to speak.
    pub fn has_begun(&self) -> bool {
        !self.content.is_empty() || !self.refusal.is_empty() || !self.calls.is_empty()
    }

    /// What is wrong with it once nothing more comes; none where it may be read.
    pub fn flaw(&self) -> Option<Flaw> {
        match self.finish.as_deref() {
            _ if !self.refusal.is_empty() => Some(Flaw::Declined),
            Some("content_filter") => Some(Flaw::Filtered),
            Some("error") => Some(Flaw::Failed),
            Some("length") => Some(Flaw::CutOff),
            None if !self.calls.is_empty() => Some(Flaw::BrokeOff),
            _ if !self.calls.is_empty() => None,
            _ if self.content.trim().is_empty() => Some(Flaw::Empty),
            // Some servers never say that they have come to the end.
            None if !object::is_whole(&self.content) => Some(Flaw::BrokeOff),
            _ => None,
        }
    }

    /// How much the model wrote, in bytes.
    pub fn size(&self) -> usize {
        let calls: usize = self.calls.iter().map(|call| call.name.len() + call.arguments.len()).sum();
        self.content.len() + self.refusal.len() + calls
    }
}
