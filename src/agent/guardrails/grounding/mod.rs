//! Whether every figure of a text is in the data of its run, or follows from it, and what it says in words.
//!
//! A sentence passes as a whole or is taken out as a whole. What it is checked for, in this order: secrets and addresses
//! of people, links, other customers, figures, statements in words, names. The check reads the sentence in one spelling
//! ([`reading`]) and leaves what passes as it was written.

mod claims;
mod derive;
mod figures;
mod internal;
mod known;
mod links;
mod names;
mod plain;
mod proper;
mod reading;
mod sentences;
mod support;

use std::collections::HashMap;

use chrono::NaiveDate;
use contracts::{CustomerId, Line, planner::Evidence};

pub(super) use self::links::{without_links, without_urls};
pub use self::{claims::Topic, known::Known};
use super::redaction::is_clean;

/// What the text is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The customer.
    pub id: &'a CustomerId,
    /// Its name.
    pub name: &'a Line,
    /// What was asked: names of the question may be repeated. Its figures carry nothing.
    pub question: Option<&'a Line>,
    /// The day (UTC) the answer counts from.
    pub as_of: NaiveDate,
    /// The names of the other customers of the book, none of which may be spoken of.
    pub others: &'a [Line],
}

/// A sentence that was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The sentence.
    pub sentence: String,
    /// What in it has no support.
    pub reason: Reason,
}

/// Why a sentence was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It has a figure that no data carries, such as `99%`.
    Figure(String),
    /// It says in words what the data does not.
    Wrong(Topic),
    /// It has a name that no data has, such as `Salesforce`.
    Name(String),
    /// It has a link or the address of a machine.
    Link,
    /// It has a secret, an e-mail address or a phone number.
    Secret,
    /// It speaks of another customer or company.
    OtherCustomer,
    /// The customer would read it, and it has a word that stays in the house.
    Internal,
}

/// A text after the check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is left of the text, in its lines.
    pub text: String,
    /// What each figure in it rests on.
    pub evidence: Vec<Evidence>,
    /// What was taken out.
    pub removed: Vec<Removed>,
}

/// What the figures of a sentence rest on, or why it has to go.
type Verdict = Result<Vec<Evidence>, Reason>;

/// What was found of each sentence so far, for a text that is checked again and again while it grows.
#[derive(Debug, Default)]
pub(super) struct Verdicts(HashMap<String, Verdict>);

/// Checks a text sentence by sentence.
pub fn check(text: &str, known: &Known) -> Checked {
    check_again(text, known, &mut Verdicts::default())
}

/// The same, where each sentence is judged once.
pub(super) fn check_again(text: &str, known: &Known, verdicts: &mut Verdicts) -> Checked {
    let mut checked = Checked::default();
    let plain = plain::plain(text);
    let mut numbering = sentences::Numbering::default();
    let lines = plain.lines().filter_map(|line| {
        numbering.line(line, |rest| {
            sentences::sentences(rest)
                .into_iter()
                .filter(|sentence| checked.keeps(sentence, verdicts.of(sentence, known)))
                .collect()
        })
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    // What passes in pieces may still be a link or a secret when it is read as one.
    match foreign(&text, &known.without_own_name(&reading::reading(&text)), known) {
        None => Checked { text: text.trim().to_owned(), ..checked },
        Some(reason) => {
            checked.removed.push(Removed { sentence: text, reason });
            Checked { removed: checked.removed, ..Checked::default() }
        }
    }
}

impl Verdicts {
    fn of(&mut self, sentence: &str, known: &Known) -> &Verdict {
        self.0.entry(sentence.to_owned()).or_insert_with(|| judge(sentence, known))
    }
}

impl Checked {
    /// Whether the sentence passes; either way the reason is kept.
    fn keeps(&mut self, sentence: &str, verdict: &Verdict) -> bool {
        match verdict {
            Ok(evidence) => {
                for piece in evidence {
                    if !self.evidence.contains(piece) {
                        self.evidence.push(piece.clone());
                    }
                }
                true
            }
            Err(reason) => {
                self.removed.push(Removed { sentence: sentence.trim().to_owned(), reason: reason.clone() });
                false
            }
        }
    }
}

/// The text up to its last sentence, which may go on; in its lines, without Markdown.
pub(super) fn finished(text: &str) -> String {
    let mut plain = plain::plain(text);
    let line = plain.rfind('\n').map_or(0, |end| end + 1);
    let (mark, rest) = sentences::unmarked(&plain[line..]);
    let last = sentences::sentences(rest).last().map_or(0, |sentence| sentence.len());
    // The mark of a list waits for what it marks.
    let open = if last == rest.len() { mark.len() + last } else { last };
    plain.truncate(plain.len() - open);
    plain
}

fn judge(sentence: &str, known: &Known) -> Verdict {
    let read = known.without_own_name(&reading::reading(sentence));
    if let Some(reason) = foreign(sentence, &read, known) {
        return Err(reason);
    }
    if known.is_outward() && internal::is_internal(&read) {
        return Err(Reason::Internal);
    }
    let mut evidence = Vec::new();
    let mut found = |figure: &str, basis: &str| {
        evidence.push(Evidence { figure: Line::new(figure), basis: Line::new(basis) });
    };
    let settled = known.settle(&read, &mut found);
    for figure in known.figures(&settled) {
        let basis = known.basis(&figure).ok_or_else(|| Reason::Figure(figure.text.clone()))?;
        found(&figure.text, basis);
    }
    let unquoted = known.unquoted(&read);
    if let Some(topic) = known.standing.contradicted(&unquoted) {
        return Err(Reason::Wrong(topic));
    }
    known.proper.unknown(&unquoted).map_or(Ok(evidence), |name| Err(Reason::Name(name)))
}

/// What does not belong into any answer, whatever its figures are.
fn foreign(written: &str, read: &str, known: &Known) -> Option<Reason> {
    if !is_clean(read) || !is_clean(&reading::fold(read)) || (written != read && !is_clean(written)) {
        Some(Reason::Secret)
    } else if links::has_link(read) {
        Some(Reason::Link)
    } else {
        known.names.has_foreign(read).then_some(Reason::OtherCustomer)
    }
}
