//! Reads a model's answer out of what it wrote, and its points while they are still being written.

use contracts::Line;
use jiter::{JsonValue, PartialMode};

use super::answer::{ModelAnswer, Point};
use crate::chat::object;

/// A text that is longer than this, in bytes, is read no further while it grows.
const LONGEST: usize = 64 * 1024;

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

/// The points of a growing answer.
#[derive(Debug, Default)]
pub struct Growing {
    done: bool,
}

impl Growing {
    /// The points that are whole, where more may still come or have just come. `text` is all that was written so far.
    pub fn read(&mut self, text: &str) -> Option<Vec<Point>> {
        if self.done || text.len() > LONGEST {
            return None;
        }
        let object = object::begun(text);
        let value = JsonValue::parse_with_config(object.as_bytes(), false, PartialMode::On).ok()?;
        let JsonValue::Object(fields) = value else { return None };
        // Whatever comes after them, the points have ended; before that the last one may go on.
        let has_ended = fields.len() > 1;
        self.done |= has_ended;
        let (_, JsonValue::Array(points)) = fields.iter().find(|(name, _)| name == "points")? else { return None };
        let whole = if has_ended { points.len() } else { points.len().saturating_sub(1) };
        Some(points[..whole].iter().map(point).collect())
    }
}

fn point(value: &JsonValue<'_>) -> Point {
    let JsonValue::Object(fields) = value else { return Point::default() };
    let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let text = |value: &JsonValue<'_>| match value {
        JsonValue::Str(text) => Some(text.to_string()),
        _ => None,
    };
    let cite = match field("cite") {
        Some(JsonValue::Array(ids)) => ids.iter().filter_map(text).collect(),
        Some(id) => text(id).into_iter().collect(),
        None => Vec::new(),
    };
    Point { cite, say: field("say").and_then(text).map(|say| Line::new(&say)) }
}
