//! What can be taken back: one step after the other, the last one first.

use contracts::{CustomerId, activity::Activity, attention::Item, book::BookSort};

use super::{Book, Marks, Run};

/// So many steps can be taken back at most.
const MOST: usize = 50;

/// Something that the user did, with all that it takes to take it back.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Items were done or put off together: the items as they were, and who was marked then.
    Dealt { before: Vec<Item>, marks: Marks },
    /// Something was noted.
    Noted(Activity),
    /// The email of an answer was edited, or one that was edited gave way to another run: the run as it was.
    Answered { customer: CustomerId, before: Box<Run> },
    /// The book was filtered or put into another order: how it was.
    Arranged(Arrangement),
    /// Several customers were marked at once, or all marks went: who was marked before.
    Marked(Marks),
}

/// Which customers the book shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrangement {
    pub filter: String,
    pub sort: BookSort,
}

impl Arrangement {
    pub(super) fn of(book: &Book) -> Self {
        Self { filter: book.filter().value().trim().to_owned(), sort: book.sort() }
    }
}

/// The steps that can be taken back.
#[derive(Debug, Clone, Default)]
pub(super) struct Undo {
    steps: Vec<Step>,
    /// How the book is arranged, once that is known.
    arranged: Option<Arrangement>,
}

impl Undo {
    /// Whether there is nothing to take back.
    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Remembers a step.
    pub(super) fn push(&mut self, step: Step) {
        if self.steps.len() == MOST {
            self.steps.remove(0);
        }
        self.steps.push(step);
    }

    /// The last step, which is forgotten.
    pub(super) fn pop(&mut self) -> Option<Step> {
        self.steps.pop()
    }

    /// Notices that the book is arranged in another way than before, whatever did it.
    pub(super) fn notice(&mut self, now: Arrangement) {
        if self.arranged.as_ref() == Some(&now) {
            return;
        }
        if let Some(before) = self.arranged.replace(now) {
            self.push(Step::Arranged(before));
        }
    }

    /// Takes it as given how the book is arranged: nobody is to undo it.
    pub(super) fn settle(&mut self, now: Option<Arrangement>) {
        self.arranged = now;
    }
}
