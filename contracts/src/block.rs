//! Lines of an answer and who wrote them. What the program writes rests on data; what a language model wrote may be wrong.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Line, Text,
    tools::{EmailDraft, QbrOutline},
};

/// Who wrote a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// This program, from facts.
    #[default]
    Program,
    /// A language model. It may be wrong.
    Model,
    /// The user, by hand.
    User,
}

/// The part of an answer that a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Place {
    Summary,
    Email,
    Outline,
}

/// A line of an answer, or a paragraph of an email, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// The part of the answer.
    pub place: Place,
    /// Who wrote it.
    pub by: By,
    /// The words.
    pub text: Text,
    /// The section of the outline that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Line>,
    /// The statement that it says, such as `usage.change`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cites: Option<Line>,
}

impl Block {
    fn new(place: Place, by: By, text: &str) -> Self {
        Self { place, by, text: Text::new(text), section: None, cites: None }
    }

    /// A line that the program wrote.
    pub fn program(place: Place, text: &str) -> Self {
        Self::new(place, By::Program, text)
    }

    /// A line that a language model wrote.
    pub fn model(place: Place, text: &str) -> Self {
        Self::new(place, By::Model, text)
    }

    /// The same line, which says this statement.
    pub fn citing(self, id: &str) -> Self {
        Self { cites: Some(Line::new(id)), ..self }
    }

    /// The same line in this section of the outline.
    pub fn in_section(self, section: &Line) -> Self {
        Self { section: Some(section.clone()), ..self }
    }

    /// The sentences of a summary.
    pub fn of_summary<'a>(by: By, sentences: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Self> {
        sentences.map(move |sentence| Self::new(Place::Summary, by, sentence))
    }

    /// The paragraphs of an email.
    pub fn of_email(by: By, draft: &EmailDraft) -> impl Iterator<Item = Self> {
        draft.paragraphs().map(move |paragraph| Self::new(Place::Email, by, paragraph))
    }

    /// The points of an outline.
    pub fn of_outline(by: By, outline: &QbrOutline) -> impl Iterator<Item = Self> {
        outline.sections.iter().flat_map(move |section| {
            let point = move |line: &Line| Self::new(Place::Outline, by, line.as_str()).in_section(&section.title);
            section.talking_points.iter().map(point)
        })
    }
}
