//! Reviews for the customer: a [`Review`] in a language. What is said is chosen elsewhere; here are the phrases and what
//! they are filled in with.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    Line,
    review::{Given, Review, Saying},
    tools::QbrSection,
};
use minijinja::Value;

use super::{Language, LanguageError, Register};
use crate::words::{grouped, money, number, percent};

/// A phrase of reviews.
pub(super) struct Row {
    pub name: &'static str,
    /// What it is always filled in with.
    pub always: &'static [&'static str],
    /// What may be there.
    pub perhaps: &'static [&'static str],
}

const fn row(name: &'static str, always: &'static [&'static str], perhaps: &'static [&'static str]) -> Row {
    Row { name, always, perhaps }
}

/// Every phrase that a review is made of.
pub(super) const PHRASES: [Row; 53] = [
    row("title", &["customer", "from", "to"], &["quarter"]),
    row("section-agreed", &[], &[]),
    row("section-adoption", &[], &[]),
    row("section-support", &[], &[]),
    row("section-changed", &[], &[]),
    row("section-renewal", &[], &[]),
    row("section-next", &[], &[]),
    row("section-asks", &[], &[]),
    row("begin-agreed", &[], &[]),
    row("usage-ask", &[], &[]),
    row("usage-none", &["from", "to"], &[]),
    row("usage-in-period", &["metric", "in_brackets", "value", "from", "to"], &["total"]),
    row("usage-moved-in-period", &["metric", "in_brackets", "before", "now", "from", "to"], &["rose", "fell", "by"]),
    row(
        "usage-moved",
        &["metric", "in_brackets", "before", "now"],
        &["days", "rose", "fell", "by", "seasonal", "stopped", "usual", "few"],
    ),
    row("usage-trend", &["metric", "in_brackets"], &["up", "down", "seasonal"]),
    row("seats-used", &["share", "seats"], &[]),
    row("usage-old", &["day"], &[]),
    row("tickets-opened", &["count", "from", "to"], &[]),
    row("tickets-closed", &["count", "from", "to"], &[]),
    row("time-to-solve", &["days", "from", "to"], &[]),
    row("recurring", &["times", "subject", "from", "to"], &[]),
    row("tickets-open", &["count"], &[]),
    row("ticket-open", &["subject", "since"], &[]),
    row("tickets-old", &["day"], &[]),
    row("value-moved", &["before", "now", "until"], &["rose", "fell", "by"]),
    row("renewal", &["date"], &["several", "past", "automatic"]),
    row("notice", &["date"], &["past"]),
    row("value", &["value"], &[]),
    row("plan", &["plan"], &["several"]),
    row("seats", &["seats"], &["several"]),
    row("contract-old", &["day"], &[]),
    row("us", &[], &[]),
    row("both", &[], &[]),
    row("step", &["what", "who", "by"], &[]),
    row("step-incident", &["count"], &[]),
    row("step-tickets", &["count"], &[]),
    row("step-recurring", &[], &["subject"]),
    row("step-decide-usage", &[], &[]),
    row("step-bring-back", &[], &[]),
    row("step-seats", &[], &[]),
    row("step-growth", &[], &[]),
    row("step-goal", &[], &[]),
    row("step-renewal", &[], &["date", "automatic"]),
    row("step-review", &[], &[]),
    row("ask", &["what"], &[]),
    row("ask-which-ticket", &[], &[]),
    row("ask-what-sets-off", &[], &["subject"]),
    row("ask-usage", &[], &["now", "changed", "joins", "growth"]),
    row("ask-who-decides", &[], &[]),
    row("ask-what-changes", &[], &[]),
    row("ask-goals", &[], &[]),
    row("ask-of-us", &[], &[]),
    row("ask-them", &["what"], &[]),
];

impl Language {
    /// The heading and the sections of a review; of which facts they are does not stand in them.
    ///
    /// # Errors
    /// It has a phrase that is not known here, as that of a newer server may.
    pub fn review(
        &self,
        review: &Review,
        today: NaiveDate,
        register: Register,
    ) -> Result<(Line, Vec<QbrSection>), LanguageError> {
        let say = |saying: &Saying| self.saying(saying, today, register);
        let mut sections = Vec::new();
        for section in &review.sections {
            let points = section.points.iter().map(say).collect::<Result<Vec<_>, _>>()?;
            sections.push(QbrSection { title: say(&section.title)?, talking_points: points, statements: Vec::new() });
        }
        Ok((say(&review.title)?, sections))
    }

    /// One line of it.
    pub fn saying(&self, saying: &Saying, today: NaiveDate, register: Register) -> Result<Line, LanguageError> {
        let key = format!("review.{}", saying.phrase);
        let said = self.say(&key, register, self.filled(saying, today, register)?)?;
        said.map(|said| Line::new(&said)).ok_or_else(|| LanguageError::Unknown(saying.phrase.to_string()))
    }

    /// What the phrase is filled in with. What is not there is said not to be, so that a phrase can ask for it.
    fn filled(&self, saying: &Saying, today: NaiveDate, register: Register) -> Result<Value, LanguageError> {
        let row = PHRASES.iter().find(|row| row.name == saying.phrase.as_str());
        let row = row.ok_or_else(|| LanguageError::Unknown(saying.phrase.to_string()))?;
        let mut filled = BTreeMap::new();
        for name in row.always.iter().chain(row.perhaps) {
            let given = saying.given.get(*name);
            let count = match given {
                Some(Given::Count(count)) => Some(*count),
                _ => None,
            };
            let written = given.map(|given| self.written(given, today, register)).transpose()?;
            filled.insert((*name).to_owned(), written.map_or(Value::from(()), Value::from));
            filled.insert(format!("{name}_is_none"), Value::from(count == Some(0)));
            filled.insert(format!("{name}_is_one"), Value::from(count == Some(1)));
        }
        Ok(Value::from(filled))
    }

    fn written(&self, given: &Given, today: NaiveDate, register: Register) -> Result<String, LanguageError> {
        Ok(match given {
            Given::Text(text) => text.to_string(),
            Given::Number(value) => self.number(&number(*value)),
            Given::Count(count) => self.number(&grouped(&count.to_string())),
            Given::Share(bp) => self.number(&percent(*bp)),
            Given::Money(amounts) => {
                let written = amounts.iter().map(|amount| self.number(&money(amount)));
                written.collect::<Vec<_>>().join(", ")
            }
            Given::Date(day) => self.date(*day, today),
            Given::Yes => "yes".to_owned(),
            Given::Saying(saying) => {
                self.within(&format!("review.{}", saying.phrase), register, self.filled(saying, today, register)?)?
            }
        })
    }
}
