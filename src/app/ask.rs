use std::time::Duration;

use contracts::{Line, book::CustomerRow};
use tui_input::{Input, InputRequest};

use super::Question;
use crate::agent::book::BookAnswer;

/// The longest line, in characters.
pub(super) const LONGEST: usize = 500;

/// So many questions are remembered.
const MOST_EARLIER: usize = 50;

/// Changes a line, unless it would become too long.
pub(super) fn edit_line(line: &mut Input, request: InputRequest) {
    let before = line.clone();
    line.handle(request);
    if line.value().chars().count() > LONGEST {
        *line = before;
    }
}

/// The line questions are typed into, and what was asked before.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    input: Input,
    /// Earlier questions, newest first, each once.
    earlier: Vec<String>,
    /// Which of them is in the line; none while the user's own draft is.
    at: Option<usize>,
    draft: String,
}

impl Asking {
    /// The line's text and cursor.
    pub fn input(&self) -> &Input {
        &self.input
    }

    /// Changes the line, unless it would become too long.
    pub(super) fn edit(&mut self, request: InputRequest) {
        edit_line(&mut self.input, request);
    }

    /// What was asked, newest first.
    pub(super) fn earlier(&self) -> &[String] {
        &self.earlier[..self.earlier.len().min(MOST_EARLIER)]
    }

    /// Knows questions of earlier sessions, newest first.
    pub(super) fn recall(&mut self, questions: Vec<String>) {
        let fits = |question: &String| question.chars().count() <= LONGEST;
        self.earlier = questions.iter().map(|it| Line::new(it).to_string()).filter(fits).take(MOST_EARLIER).collect();
    }

    /// Goes to the question before; the draft waits below the newest one.
    pub(super) fn older(&mut self) {
        let next = self.at.map_or(0, |at| at + 1);
        if let Some(question) = self.earlier.get(next) {
            if self.at.is_none() {
                self.draft = self.input.value().to_owned();
            }
            self.input = Input::new(question.clone());
            self.at = Some(next);
        }
    }

    /// Goes to the question after, and in the end back to the draft.
    pub(super) fn newer(&mut self) {
        let Some(at) = self.at else { return };
        self.at = at.checked_sub(1);
        let text = self.at.and_then(|at| self.earlier.get(at)).unwrap_or(&self.draft);
        self.input = Input::new(text.clone());
    }

    /// Takes the question out of the line; none where there is none. A draft that an earlier question was asked before
    /// is in the line again.
    pub(super) fn take(&mut self) -> Option<Line> {
        let question = Line::new(self.input.value());
        let draft = self.at.take().map(|_| std::mem::take(&mut self.draft));
        self.input = Input::new(draft.unwrap_or_default());
        if question.is_empty() {
            return None;
        }
        self.earlier.retain(|earlier| earlier != question.as_str());
        self.earlier.insert(0, question.as_str().to_owned());
        Some(question)
    }

    /// Puts a question that came to nothing back into the line, to be asked in another way; the draft waits below it.
    pub(super) fn put_back(&mut self, question: &Line) {
        if let Some(at) = self.earlier.iter().position(|earlier| earlier == question.as_str()) {
            if self.at.is_none() {
                self.draft = self.input.value().to_owned();
            }
            self.input = Input::new(question.as_str().to_owned());
            self.at = Some(at);
        }
    }
}

/// A question that may be about several customers: the user says about which.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What was asked.
    pub question: Question,
    /// Whom it may be about, best match first.
    pub candidates: Vec<CustomerRow>,
    /// The one under the cursor.
    pub at: usize,
}

/// An answer about the whole book, in the place of a customer's.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The answer.
    pub answer: BookAnswer,
    /// When it was made, since the program's start.
    pub made: Duration,
    /// The revision of the data that it was made of.
    pub revision: u64,
    /// The customer under the cursor, by its place among the answer's rows.
    pub at: usize,
}
