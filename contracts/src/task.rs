//! What a task is called. What it does stands in its file, which the `domain` crate reads.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The longest name of a task, in bytes.
const MAX_LEN: usize = 64;

/// The name of a task, as its file is called: 1 to 64 of `a-z0-9-`, with no hyphen at an end or beside another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskId(Cow<'static, str>);

/// A word that is no name of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a task's name is 1 to 64 of a-z, 0-9 and single hyphens within, such as handover-notes")]
pub struct InvalidTaskId;

impl TaskId {
    /// The score, its risk and what to do.
    pub const HEALTH: Self = Self(Cow::Borrowed("health"));
    /// What to know before a renewal.
    pub const RENEWAL: Self = Self(Cow::Borrowed("renewal"));
    /// The outline of a business review.
    pub const QBR: Self = Self(Cow::Borrowed("qbr"));
    /// Why a customer may leave.
    pub const CHURN: Self = Self(Cow::Borrowed("churn"));
    /// A check-in with the customer.
    pub const EMAIL: Self = Self(Cow::Borrowed("email"));

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as a title, such as `Handover notes`.
    pub fn title(&self) -> String {
        let words = self.0.replace('-', " ");
        let mut chars = words.chars();
        chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
    }
}

fn is_name(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.len() <= MAX_LEN && text.split('-').all(is_word)
}

impl TryFrom<String> for TaskId {
    type Error = InvalidTaskId;

    fn try_from(text: String) -> Result<Self, InvalidTaskId> {
        if is_name(&text) { Ok(Self(Cow::Owned(text))) } else { Err(InvalidTaskId) }
    }
}

impl FromStr for TaskId {
    type Err = InvalidTaskId;

    fn from_str(text: &str) -> Result<Self, InvalidTaskId> {
        Self::try_from(text.to_owned())
    }
}

impl From<TaskId> for String {
    fn from(id: TaskId) -> Self {
        id.0.into_owned()
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl JsonSchema for TaskId {
    fn schema_name() -> Cow<'static, str> {
        "TaskId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "minLength": 1, "maxLength": MAX_LEN })
    }
}
