//! Whether every figure of a text is in the data of its run, or follows from it.

use chrono::NaiveDate;
use contracts::{CustomerId, Line, planner::Evidence, tools::ToolOutput};

/// All that a text may rest on.
#[derive(Debug, Clone)]
pub struct Known {}

/// What the text is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The customer.
    pub id: &'a CustomerId,
    /// Its name.
    pub name: &'a Line,
    /// What was asked: names and figures of the question may be repeated.
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
    /// What in it has no support, such as `99%`.
    pub figure: String,
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

impl Known {
    /// Gathers what the tools answered about the subject.
    pub fn new(_subject: Subject<'_>, _outputs: &[ToolOutput]) -> Self {
        Self {}
    }
}

/// Checks a text sentence by sentence.
pub fn check(text: &str, _known: &Known) -> Checked {
    Checked { text: text.to_owned(), ..Checked::default() }
}
