use std::time::Duration;

use chrono::NaiveDate;

use super::{Model, Run, RunStatus};

/// How far the question is whether the book is still what the data says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The server is being asked, or the book being read for the first time.
    UnderWay,
    /// The server answered at this time since the program's start.
    Answered(Duration),
    /// The server could not be asked at this time since the program's start.
    Failed(Duration),
}

/// Why an answer does not belong to the book that is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outdated {
    /// The data changed since it was made.
    DataChanged,
    /// It counts from this day and the book from another.
    OtherDay(NaiveDate),
}

impl Model {
    /// Why what was made of this revision for this day does not belong to the book on the screen; none where it does, and
    /// where nobody can say.
    pub fn outdated(&self, revision: Option<u64>, as_of: NaiveDate) -> Option<Outdated> {
        if revision.is_some_and(|revision| revision < self.book.revision()) {
            return Some(Outdated::DataChanged);
        }
        self.is_another_day(as_of).then_some(Outdated::OtherDay(as_of))
    }

    /// The same of a run's own answer, once that is complete.
    pub fn outdated_run(&self, run: &Run) -> Option<Outdated> {
        let answer = run.answer.as_ref().filter(|_| run.status == RunStatus::Finished)?;
        self.outdated(answer.result.revision, answer.result.as_of)
    }

    /// Whether the book counts from another day than this one. Where the user set the day, no other counts.
    pub(super) fn is_another_day(&self, day: NaiveDate) -> bool {
        self.settings.as_of.is_none() && self.book.as_of().is_some_and(|of_book| of_book != day)
    }
}
