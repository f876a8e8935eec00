//! What the rules write to customers, letters and reviews, in the house's own voice and language. What a model wrote is left as it is.

use std::{fs, io, path::PathBuf};

use chrono::NaiveDate;
use contracts::{
    Line,
    block::By,
    planner::PlannerResult,
    tools::{EmailDraft, QbrOutline},
};
use domain::letter::{Addressee, Language, LanguageError, Voice, letter};

use crate::config::Config;

/// How the house writes to its customers.
#[derive(Debug)]
pub struct Speech {
    voice: Voice,
    language: Language,
}

/// Why a language cannot be used: one sentence, with the file and the place.
#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    /// Its file cannot be read.
    #[error("cannot read {}, the language under [voice]: {reason} (\"en\" and \"de\" need no file)", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// Its file is no language.
    #[error("{}: {reason}", file.display())]
    Invalid {
        /// The file.
        file: PathBuf,
        /// What is wrong, and where.
        reason: LanguageError,
    },
}

impl Speech {
    /// The voice of the configuration; `None` where nothing is said of it, and letters stay as the tools server has them.
    ///
    /// # Errors
    /// The language's file cannot be read, or is wrong.
    pub fn of(config: &Config) -> Result<Option<Self>, SpeechError> {
        let voice = &config.voice;
        let language = match voice.language.as_ref().map_or("en", Line::as_str) {
            _ if *voice == Voice::default() => return Ok(None),
            "en" => Language::english().clone(),
            "de" => Language::german().clone(),
            name => {
                let folder = config.file.as_deref().and_then(|file| file.parent()).unwrap_or("".as_ref());
                read(folder.join("languages").join(format!("{name}.toml")))?
            }
        };
        Ok(Some(Self { voice: voice.clone(), language }))
    }

    /// The same answer, what the customer reads of it said anew.
    pub(super) fn say(&self, result: PlannerResult, customer: &Line) -> PlannerResult {
        let letter = result.email_draft.as_ref().and_then(|draft| self.letter(draft, customer, result.as_of));
        let result = match letter {
            Some(Ok(draft)) => result.with_draft(By::Program, draft),
            Some(Err(error)) => as_it_was(result, "email", &error),
            None => result,
        };
        match result.qbr_outline.as_ref().and_then(|outline| self.review(outline, result.as_of)) {
            Some(Ok(outline)) => result.with_outline(By::Program, outline),
            Some(Err(error)) => as_it_was(result, "review", &error),
            None => result,
        }
    }

    /// `None` where the outline is not for the customer, or the server, an older one, does not say what is in it.
    fn review(&self, outline: &QbrOutline, today: NaiveDate) -> Option<Result<QbrOutline, LanguageError>> {
        let said = self.language.review(outline.review.as_ref()?, today, self.voice.register);
        Some(said.map(|(title, sections)| QbrOutline { title, sections, review: outline.review.clone() }))
    }

    /// `None` where the server, an older one, does not say what its letter is about.
    fn letter(
        &self,
        draft: &EmailDraft,
        customer: &Line,
        today: NaiveDate,
    ) -> Option<Result<EmailDraft, LanguageError>> {
        let to = Addressee { customer, contact: draft.person.as_ref() };
        let said = letter(draft.occasion.as_ref()?, to, today, &self.voice, &self.language);
        Some(said.map(|EmailDraft { subject, body, .. }| EmailDraft { subject, body, ..draft.clone() }))
    }
}

fn as_it_was(mut result: PlannerResult, what: &str, error: &LanguageError) -> PlannerResult {
    result.notes.push(Line::new(&format!("The {what} is as the tools server wrote it, for {error}.")));
    result
}

fn read(file: PathBuf) -> Result<Language, SpeechError> {
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(reason) => return Err(SpeechError::Unreadable { file, reason }),
    };
    Language::read(&text).map_err(|reason| SpeechError::Invalid { file, reason })
}
