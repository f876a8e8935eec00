//! Reads a model's answer out of what it wrote, and its summary while it is still being written.

use std::borrow::Cow;

use jiter::{JsonValue, PartialMode};

use super::{answer::ModelAnswer, object};

/// A summary that is longer than this, in bytes, is read no further while it grows.
const LONGEST: usize = 16 * 1024;

/// What is wrong with an answer, for the model to repair.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is not what the schema says; where, and what was expected.
    #[error(transparent)]
    Form(#[from] serde_path_to_error::Error<serde_json::Error>),
}

/// The answer.
///
/// # Errors
/// It cannot be read as one.
pub fn answer(text: &str) -> Result<ModelAnswer, Unreadable> {
    let read = |object: &str| serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(object));
    Ok(object::find(text, read)?)
}

/// The summary of a growing answer.
#[derive(Debug, Default)]
pub struct Summary {
    done: bool,
}

impl Summary {
    /// The summary so far, where it may still grow or has just ended. `text` is all that was written so far.
    pub fn read<'a>(&mut self, text: &'a str) -> Option<Cow<'a, str>> {
        let object = object::begun(text);
        if self.done || object.is_empty() {
            return None;
        }
        self.done = object.len() > LONGEST;
        let value = JsonValue::parse_with_config(object.as_bytes(), false, PartialMode::TrailingStrings).ok()?;
        let JsonValue::Object(fields) = value else { return None };
        // Whatever comes after it, the summary has ended.
        self.done |= fields.len() > 1;
        let (_, JsonValue::Str(summary)) = fields.iter().find(|(name, _)| name == "summary")? else { return None };
        Some(summary.clone())
    }
}
