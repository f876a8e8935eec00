//! Answers of several customers on their way out at once: who has none to send, and why.

use std::fmt;

use chrono::{DateTime, Utc};
use contracts::planner::PlannerResult;
use domain::occasion::words;

use super::{Form, Prepared, prepare};

/// Why there is no file of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Without {
    /// The email should not be sent yet.
    Held(String),
    /// There is no answer.
    Answer(String),
    /// The answer has nothing that such a file could hold.
    Content(Form),
}

impl fmt::Display for Without {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held(why) => write!(f, "held: {why}"),
            Self::Answer(why) => write!(f, "no answer: {why}"),
            Self::Content(Form::Mail) => f.write_str("this task writes no email; renewal and email do"),
            Self::Content(Form::Calendar) => f.write_str("the answer has no date that is still to come"),
            Self::Content(_) => f.write_str("the answer has no figures"),
        }
    }
}

/// Why an answer should not go out in this form yet: emails alone are held.
pub fn hold(form: Form, result: &PlannerResult) -> Option<String> {
    let draft = result.email_draft.as_ref().filter(|_| form == Form::Mail)?;
    draft.hold().map(words::hold)
}

/// Whether one answer among several goes out in this form: nobody reads each of them first, so what should wait waits.
///
/// # Errors
/// Why it does not.
pub fn goes(form: Form, result: &PlannerResult) -> Result<(), Without> {
    match hold(form, result) {
        Some(why) => Err(Without::Held(why)),
        None if form.fits(result) => Ok(()),
        None => Err(Without::Content(form)),
    }
}

/// The file of an answer. `now` is when it is written.
///
/// # Errors
/// The answer has nothing that the form could hold.
pub fn file(form: Form, name: &str, result: &PlannerResult, now: DateTime<Utc>) -> Result<Prepared, Without> {
    prepare(form, name, result, now).ok_or(Without::Content(form))
}
