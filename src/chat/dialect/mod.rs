//! The request as one server takes it. A conversation makes the whole request, to the standard; what a server has refused
//! of it is left out here, or said in another way.

mod part;
mod reduced;

use std::collections::BTreeSet;

use async_openai::types::chat::CreateChatCompletionRequest;
use serde::{Deserialize, Serialize};

use self::part::{BLIND, Part, TABLE};
use crate::words;

/// What one server does without, for one model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dialect {
    without: BTreeSet<Part>,
}

impl Dialect {
    /// The request without what the server does not take.
    pub fn lower(&self, mut request: CreateChatCompletionRequest) -> CreateChatCompletionRequest {
        for part in &self.without {
            part.leave_out(&mut request);
        }
        request
    }

    /// What to try after a request was refused with these words of the server: without the part that they name, else,
    /// where `may_guess`, without the next ones that any server can do without. None where nothing is left to leave out.
    pub fn after(&self, request: &CreateChatCompletionRequest, said: &str, may_guess: bool) -> Option<Self> {
        let said = said.to_lowercase();
        let said: Vec<&str> = part::words(&said).collect();
        let sent = self.lower(request.clone());
        let tried = |parts: &[Part]| {
            let next = Self { without: self.without.iter().chain(parts).copied().collect() };
            (next.lower(request.clone()) != sent).then_some(next)
        };
        let named = TABLE.iter().filter(|row| row.is_named(&said)).find_map(|row| tried(&[row.part]));
        named.or_else(|| BLIND.iter().filter(|_| may_guess).find_map(|parts| tried(parts)))
    }

    /// What is left out beyond `before`, as a sentence for the reader; none where there is nothing new.
    pub fn news(&self, before: &Self) -> Option<String> {
        let new = TABLE.iter().filter(|row| self.lacks(row.part) && !before.lacks(row.part));
        let new: Vec<_> = new.map(|row| row.told).collect();
        let told = (!new.is_empty()).then(|| words::list(&new))?;
        Some(format!("The model's server does not take {told}; from now on it is asked without."))
    }

    /// Whether the server takes tools.
    pub fn has_tools(&self) -> bool {
        !self.lacks(Part::Tools)
    }

    /// Whether the server takes a schema for the answer.
    pub fn has_schema(&self) -> bool {
        !self.lacks(Part::Schema)
    }

    fn lacks(&self, part: Part) -> bool {
        self.without.contains(&part)
    }
}
