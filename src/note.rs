//! What was done with a customer, typed in one line or several: `call: spoke to Ana on:yesterday follow-up:+3d`. The line
//! begins with what it was (a note where it does not say), `on:` and `follow-up:` name days, and what was agreed stands
//! behind `agreed:` to the end of its line.

use chrono::NaiveDate;
use contracts::{
    ActivityId, CustomerId, Line, MAX_LINE, Text,
    activity::{Activity, ActivityKind, FollowUp, MAX_WORDS},
};

use crate::days::{self, Towards};

/// What stands before the day on which something is to follow.
pub const FOLLOW_UP: &str = "follow-up:";

/// What was done, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Note {
    pub kind: ActivityKind,
    pub on: NaiveDate,
    pub text: Text,
    pub agreed: Option<Line>,
    pub follow_up: Option<NaiveDate>,
}

/// Why it cannot be kept as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// There is nothing to keep.
    #[error("There is nothing to note yet.")]
    Empty,
    /// A word names no day.
    #[error("{0} names no day: write 2026-12-24, yesterday, today, tomorrow, friday, +3d or -1d.")]
    NoDay(Line),
    /// A word is there twice.
    #[error("{0} is there twice.")]
    Twice(&'static str),
    /// There is more than can be kept.
    #[error("A note has {MAX_WORDS} characters at the most, and what was agreed {MAX_LINE}.")]
    TooLong,
    /// Something is to follow before it began.
    #[error("The follow-up is due before the day of the {0}.")]
    DueBefore(&'static str),
}

/// Reads what was typed; days are counted from `today`.
///
/// # Errors
/// It cannot be kept so.
pub fn read(typed: &str, today: NaiveDate) -> Result<Note, Problem> {
    let (mut on, mut due) = (None, None);
    let mut lines = Vec::new();
    for line in typed.lines() {
        let mut words = Vec::new();
        for word in line.split(' ') {
            match word.split_once(':') {
                Some(("on", day)) if !day.is_empty() => {
                    set(&mut on, "on:", word, days::day(day, today, Towards::Past))?
                }
                Some(("follow-up", day)) => set(&mut due, FOLLOW_UP, word, days::day(day, today, Towards::Future))?,
                _ => words.push(word),
            }
        }
        lines.push(words.join(" "));
    }
    let text = lines.join("\n");
    let kind = ActivityKind::NOTED.into_iter().find_map(|kind| Some((kind, behind(text.trim_start(), kind.as_str())?)));
    let (kind, text) = kind.unwrap_or((ActivityKind::Note, &text));
    let agreed = text.lines().find_map(agreed);
    Note { kind, on: on.unwrap_or(today), text: Text::new(text), agreed, follow_up: due }.checked()
}

fn set(known: &mut Option<NaiveDate>, name: &'static str, word: &str, day: Option<NaiveDate>) -> Result<(), Problem> {
    let day = day.ok_or_else(|| Problem::NoDay(Line::new(word)))?;
    match known.replace(day) {
        Some(_) => Err(Problem::Twice(name)),
        None => Ok(()),
    }
}

/// What stands behind `word:` at the beginning of a text, whatever the case.
fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = text.split_once(':')?;
    first.eq_ignore_ascii_case(word).then_some(rest)
}

fn agreed(line: &str) -> Option<Line> {
    const WORD: &str = "agreed:";
    let at = line.to_ascii_lowercase().find(WORD)?;
    Some(Line::new(&line[at + WORD.len()..])).filter(|agreed| !agreed.is_empty())
}

impl Note {
    /// The same, where it can be kept.
    ///
    /// # Errors
    /// It cannot.
    pub fn checked(self) -> Result<Self, Problem> {
        let is_long = |text: &str, most| text.chars().count() > most;
        if self.text.as_str().is_empty() {
            return Err(Problem::Empty);
        }
        if is_long(self.text.as_str(), MAX_WORDS)
            || self.agreed.as_ref().is_some_and(|line| is_long(line.as_str(), MAX_LINE))
        {
            return Err(Problem::TooLong);
        }
        if self.follow_up.is_some_and(|due| due < self.on) {
            return Err(Problem::DueBefore(self.kind.as_str()));
        }
        Ok(self)
    }

    /// As it is kept.
    pub fn activity(self, id: ActivityId, customer_id: CustomerId) -> Activity {
        let Self { kind, on, text, agreed, follow_up } = self;
        let follow_up = follow_up.map(|due| FollowUp { due, closed_on: None });
        Activity { id, customer_id, kind, on, text, agreed, follow_up }
    }
}
