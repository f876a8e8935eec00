//! Letters to customers: an [`Occasion`] in a language and a voice. The program chooses what is said, a language says it.
//!
//! The reader is the customer, so nothing internal is said, no code and no priority of a ticket, and no figure that
//! shames.

mod filled;
mod language;
mod names;
mod review;
mod trial;

use chrono::NaiveDate;
use contracts::{Line, Text, occasion::Occasion, tools::EmailDraft};
use serde::Deserialize;

pub use self::language::{Language, LanguageError};
use self::{filled::Filled, names::greeted};

/// Who writes, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Voice {
    /// The sender's name.
    pub sender: Option<Line>,
    /// The sender's title, such as `Customer Success Manager`.
    pub title: Option<Line>,
    /// The sender's company.
    pub company: Option<Line>,
    /// What the product is called.
    pub product: Option<Line>,
    /// How a letter ends, where it is not as the language has it.
    pub sign_off: Option<Line>,
    /// How the reader is addressed.
    pub register: Register,
    /// How much is said.
    pub tone: Tone,
    /// Which language, by its name; English where absent. Whoever has a letter written reads it.
    pub language: Option<Line>,
}

/// How the reader is addressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Register {
    Formal,
    #[default]
    Informal,
}

/// How much is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// What matters, and no more.
    Short,
    /// A sentence more, for the person who reads it.
    #[default]
    Warm,
}

/// Whom a letter is written to.
#[derive(Debug, Clone, Copy)]
pub struct Addressee<'a> {
    /// The customer's name.
    pub customer: &'a Line,
    /// The person's name, where one is known.
    pub contact: Option<&'a Line>,
}

/// Writes the letter of an occasion on the day `today`.
pub fn letter(
    occasion: &Occasion,
    to: Addressee<'_>,
    today: NaiveDate,
    voice: &Voice,
    language: &Language,
) -> Result<EmailDraft, LanguageError> {
    let filled = Filled::of(occasion, to.customer, today, voice, language)?;
    let say = |part| filled.say(part);
    let opening = [say("opening")?, say("next")?].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut paragraphs = vec![greeting(to, voice, language)?, opening];
    paragraphs.extend(say("ask")?);
    paragraphs.extend(filled.also(occasion)?);
    paragraphs.extend(say("warm")?.filter(|_| voice.tone == Tone::Warm));
    paragraphs.push(closing(voice, language)?);
    Ok(EmailDraft {
        subject: Line::new(&say("subject")?.unwrap_or_default()),
        body: Text::new(&paragraphs.join("\n\n")),
        ..EmailDraft::default()
    })
}

fn greeting(to: Addressee<'_>, voice: &Voice, language: &Language) -> Result<String, LanguageError> {
    let name = to.contact.and_then(|contact| greeted(contact.as_str(), voice.register));
    let key = if name.is_some() { "greeting.named" } else { "greeting.team" };
    let given = minijinja::context! { name, customer => to.customer.as_str() };
    language.say(key, voice.register, given).map(Option::unwrap_or_default)
}

fn closing(voice: &Voice, language: &Language) -> Result<String, LanguageError> {
    let usual = language.say("closing.sign_off", voice.register, minijinja::context! {})?.unwrap_or_default();
    let sign_off = voice.sign_off.as_ref().map_or(usual, ToString::to_string);
    let title = [voice.title.as_ref(), voice.company.as_ref()];
    let title = title.into_iter().flatten().map(Line::as_str).collect::<Vec<_>>().join(", ");
    let sender = voice.sender.as_ref().map(ToString::to_string);
    let lines = [Some(sign_off), sender, Some(title)].into_iter().flatten().filter(|line| !line.is_empty());
    Ok(lines.collect::<Vec<_>>().join("\n"))
}
