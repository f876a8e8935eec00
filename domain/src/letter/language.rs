//! A language of letters: a file of phrases, checked whole when it is read.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{Datelike, NaiveDate};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, context, value::ValueKind};
use serde::Deserialize;

use super::{Register, filled, review, trial};
use crate::words::capital;

/// A language that letters are written in.
#[derive(Debug, Clone)]
pub struct Language {
    dates: Dates,
    numbers: Numbers,
    phrases: Environment<'static>,
}

/// What is wrong with a language's file.
#[derive(Debug, thiserror::Error)]
pub enum LanguageError {
    /// It is no TOML, or has a key that is not known or lacks one.
    #[error("line {line}: {message}")]
    Form {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// A letter is missing.
    #[error("the letter [letters.{0}] is missing")]
    Letter(&'static str),
    /// A phrase of reviews is missing.
    #[error("the phrase {0} under [review] is missing")]
    Missing(&'static str),
    /// A phrase that there is not.
    #[error("there is no phrase {0} of reviews; there are {names}", names = review::PHRASES.map(|row| row.name).join(", "))]
    Unknown(String),
    /// A letter that there is not.
    #[error("there is no letter [letters.{0}]; there are {1}")]
    NoLetter(String, String),
    /// A phrase cannot be filled in.
    #[error("the phrase {key}: {why}")]
    Phrase {
        /// Which one, such as `letters.hello.ask`.
        key: String,
        /// Why not, in the words of the template.
        why: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "name")]
    _name: String,
    numbers: Numbers,
    dates: Dates,
    ticket: Ticket,
    contract: Contract,
    metric: Metric,
    greeting: Greeting,
    closing: Closing,
    also: Also,
    letters: BTreeMap<String, Letter>,
    review: BTreeMap<String, Phrase>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    decimal: String,
    thousands: String,
    percent: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dates {
    months: [String; 12],
    this_year: String,
    other_year: String,
    today: String,
    tomorrow: String,
    in_days: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ticket {
    named: Phrase,
    unnamed: Phrase,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contract {
    only: Phrase,
    one_of_several: Phrase,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Metric {
    total: Phrase,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Greeting {
    named: Phrase,
    team: Phrase,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Closing {
    sign_off: Phrase,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Also {
    tickets: Phrase,
    silence: Phrase,
    decline: Phrase,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Letter {
    subject: Phrase,
    opening: Phrase,
    next: Option<Phrase>,
    ask: Option<Phrase>,
    warm: Option<Phrase>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "a phrase is a text, or { formal = \"…\", informal = \"…\" }")]
enum Phrase {
    Same(String),
    ByRegister(ByRegister),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByRegister {
    formal: String,
    informal: String,
}

impl Language {
    /// English, which is shipped.
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Language> = LazyLock::new(|| shipped(include_str!("../../../languages/en.toml")));
        &ENGLISH
    }

    /// German, which is shipped.
    pub fn german() -> &'static Self {
        static GERMAN: LazyLock<Language> = LazyLock::new(|| shipped(include_str!("../../../languages/de.toml")));
        &GERMAN
    }

    /// Reads a language's file. What it returns can write every letter: each phrase has been filled in once.
    pub fn read(file: &str) -> Result<Self, LanguageError> {
        let file: File = toml::from_str(file).map_err(|error| unreadable(file, &error))?;
        let mut language = Self { dates: file.dates, numbers: file.numbers, phrases: environment() };
        let mut known = filled::LETTERS.iter();
        if let Some(missing) = known.find(|name| !file.letters.contains_key(**name)) {
            return Err(LanguageError::Letter(missing));
        }
        let mut phrases = review::PHRASES.iter();
        if let Some(missing) = phrases.find(|row| !file.review.contains_key(row.name)) {
            return Err(LanguageError::Missing(missing.name));
        }
        let parts = [
            ("ticket.named", Some(file.ticket.named)),
            ("ticket.unnamed", Some(file.ticket.unnamed)),
            ("contract.only", Some(file.contract.only)),
            ("contract.one_of_several", Some(file.contract.one_of_several)),
            ("metric.total", Some(file.metric.total)),
            ("greeting.named", Some(file.greeting.named)),
            ("greeting.team", Some(file.greeting.team)),
            ("closing.sign_off", Some(file.closing.sign_off)),
            ("also.tickets", Some(file.also.tickets)),
            ("also.silence", Some(file.also.silence)),
            ("also.decline", Some(file.also.decline)),
        ];
        for (key, phrase) in parts {
            language.add(key, phrase)?;
        }
        for (name, letter) in file.letters {
            if !filled::LETTERS.contains(&name.as_str()) {
                return Err(LanguageError::NoLetter(name, filled::LETTERS.join(", ")));
            }
            let parts = [
                ("subject", Some(letter.subject)),
                ("opening", Some(letter.opening)),
                ("next", letter.next),
                ("ask", letter.ask),
                ("warm", letter.warm),
            ];
            for (part, phrase) in parts {
                language.add(&format!("letters.{name}.{part}"), phrase)?;
            }
        }
        for (name, phrase) in file.review {
            if !review::PHRASES.iter().any(|row| row.name == name) {
                return Err(LanguageError::Unknown(name));
            }
            language.add(&format!("review.{name}"), Some(phrase))?;
        }
        trial::try_all(&language)?;
        Ok(language)
    }

    fn add(&mut self, key: &str, phrase: Option<Phrase>) -> Result<(), LanguageError> {
        let Some(phrase) = phrase else { return Ok(()) };
        let ByRegister { formal, informal } = match phrase {
            Phrase::Same(text) => ByRegister { formal: text.clone(), informal: text },
            Phrase::ByRegister(both) => both,
        };
        for (register, text) in [(Register::Formal, formal), (Register::Informal, informal)] {
            let added = self.phrases.add_template_owned(name(key, register), text);
            added.map_err(|error| told(key, &error))?;
        }
        Ok(())
    }

    /// Says a phrase, beginning with a capital; `None` where the language does not have it.
    pub(super) fn say(&self, key: &str, register: Register, given: Value) -> Result<Option<String>, LanguageError> {
        let Ok(template) = self.phrases.get_template(&name(key, register)) else { return Ok(None) };
        let said = template.render(given).map_err(|error| told(key, &error))?;
        Ok(Some(capital(said.trim())))
    }

    /// How a ticket is called within a sentence.
    pub(super) fn ticket(
        &self,
        subject: Option<&str>,
        opened: &str,
        register: Register,
    ) -> Result<String, LanguageError> {
        let key = if subject.is_some() { "ticket.named" } else { "ticket.unnamed" };
        self.within(key, register, context! { subject, opened })
    }

    /// How the contract is called that a sentence speaks of.
    pub(super) fn contract(&self, several: bool, register: Register) -> Result<String, LanguageError> {
        let key = if several { "contract.one_of_several" } else { "contract.only" };
        self.within(key, register, context! {})
    }

    /// What a total over days is of.
    pub(super) fn total(&self, metric: &str, days: u32, register: Register) -> Result<String, LanguageError> {
        self.within("metric.total", register, context! { metric, days => days.to_string() })
    }

    /// Says a phrase as it stands within a sentence.
    pub(super) fn within(&self, key: &str, register: Register, given: Value) -> Result<String, LanguageError> {
        let template = self.phrases.get_template(&name(key, register)).map_err(|error| told(key, &error))?;
        template.render(given).map_err(|error| told(key, &error))
    }

    /// `18 December`, with the year where it is not that of `today`.
    pub(super) fn date(&self, day: NaiveDate, today: NaiveDate) -> String {
        let form = if day.year() == today.year() { &self.dates.this_year } else { &self.dates.other_year };
        let month = &self.dates.months[day.month0() as usize];
        let filled = form.replace("{{ day }}", &day.day().to_string()).replace("{{ month }}", month);
        filled.replace("{{ year }}", &day.year().to_string())
    }

    /// `today`, `tomorrow`, `in 12 days`.
    pub(super) fn when(&self, days: i64) -> String {
        match days {
            0 => self.dates.today.clone(),
            1 => self.dates.tomorrow.clone(),
            _ => self.dates.in_days.replace("{{ days }}", &days.to_string()),
        }
    }

    /// A figure with the language's own separators.
    pub(super) fn number(&self, english: &str) -> String {
        let separators = english.chars().map(|c| match c {
            ',' => self.numbers.thousands.clone(),
            '.' => self.numbers.decimal.clone(),
            '%' => self.numbers.percent.clone(),
            c => c.to_string(),
        });
        separators.collect()
    }
}

fn unreadable(file: &str, error: &toml::de::Error) -> LanguageError {
    let start = error.span().map_or(0, |span| span.start.min(file.len()));
    let line = 1 + file.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count();
    LanguageError::Form { line, message: error.message().to_owned() }
}

fn shipped(file: &str) -> Language {
    Language::read(file).expect("a test reads the shipped languages")
}

/// Phrases that are filled in with nothing but what they are given: what is not there is an error and never empty.
fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(|output: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value| match value.kind() {
        ValueKind::String | ValueKind::Number => Ok(write!(output, "{value}")?),
        _ => Err(Error::new(ErrorKind::UndefinedError, "it says what may not be there; ask {% if … %} first")),
    });
    environment
}

fn name(key: &str, register: Register) -> String {
    format!("{key}.{}", if register == Register::Formal { "formal" } else { "informal" })
}

fn told(key: &str, error: &Error) -> LanguageError {
    LanguageError::Phrase { key: key.to_owned(), why: error.to_string() }
}
