//! `generate_email`: a draft for the customer, made of the data alone.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, Params, Tool};
use crate::{
    Line, Text,
    occasion::{Hold, Occasion},
};

/// The tool.
#[derive(Debug)]
pub enum GenerateEmail {}

impl Tool for GenerateEmail {
    const SUMMARY: &'static str = "The rules' draft of an email.";
    const DRAFTS: bool = true;
    type Params = EmailParams;
    type Report = EmailDraft;

    fn clean(draft: &mut EmailDraft, by: &dyn Foreign) {
        by.line(&mut draft.subject);
        by.text(&mut draft.body);
        draft.person.iter_mut().for_each(|person| by.name(person));
        draft.occasion.iter_mut().flat_map(Occasion::foreign).for_each(|line| by.line(line));
    }
}

/// Why an email is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EmailOccasion {
    /// A regular check-in.
    #[default]
    CheckIn,
    /// The renewal that is coming, or overdue.
    Renewal,
}

/// Parameters of `generate_email`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmailParams {
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
    /// Why the email is written.
    #[serde(default)]
    pub occasion: EmailOccasion,
}

impl Params for EmailParams {
    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    fn on(self, as_of: Option<NaiveDate>) -> Self {
        Self { as_of, ..self }
    }
}

/// The answer of `generate_email`: text for the customer; it never holds scores or risk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmailDraft {
    /// The subject line, with the customer's name and the occasion.
    pub subject: Line,
    /// The body, plain text.
    pub body: Text,
    /// The address of the person it is written to, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Line>,
    /// The name of that person, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Line>,
    /// What it is about, for whoever says the same in another language or voice.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::newer::if_known")]
    pub occasion: Option<Occasion>,
}

impl EmailDraft {
    /// Why it should not be sent yet; `None` where it may be.
    pub fn hold(&self) -> Option<&Hold> {
        self.occasion.as_ref()?.hold.as_ref()
    }
}

impl EmailDraft {
    /// The paragraphs of the body, which an empty line parts.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.body.as_str().split("\n\n")
    }

    /// The greeting and the closing: the first paragraph of a draft, and the last.
    pub fn frame(&self) -> [&str; 2] {
        let body = self.body.as_str();
        [body.split("\n\n").next().unwrap_or_default(), body.rsplit("\n\n").next().unwrap_or_default()]
    }
}
