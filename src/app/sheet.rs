use chrono::{Days, NaiveDate};
use contracts::{
    CustomerId, Line, TaskId,
    changes::{ChangesPage, Timeline},
};
use domain::portfolio::By;
use tui_input::Input;

use super::Loaded;
use crate::{
    agent,
    agent::portfolio::Page,
    render::{page, portfolio},
};

/// How many days back changes are told from where no earlier visit is on record.
const DAYS_BACK: u64 = 7;

/// What happened with a customer, or what changed, in the place of all panes.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What it is about.
    pub about: About,
    /// Lines that are scrolled away.
    pub scroll: usize,
}

/// What a sheet is about.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub enum About {
    /// What happened with a customer.
    Timeline { customer: CustomerId, name: Line, what: Loaded<Timeline> },
    /// What the book comes to, in groups of this.
    Portfolio { by: Option<By>, what: Loaded<Box<Page>> },
    /// What a task over the book says.
    Task { task: TaskId, title: Line, what: Loaded<Box<agent::page::Page>> },
    /// What changed since a day: of one customer, or of the book.
    Changes { customer: Option<(CustomerId, Line)>, since: Since, what: Loaded<ChangesPage> },
}

/// From when on changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// The day (UTC).
    pub day: NaiveDate,
    /// Whether the user looked at the book on it.
    pub is_visit: bool,
}

impl Since {
    /// The last visit, where it was before `as_of`; else a week before that.
    pub(super) fn of(visit: Option<NaiveDate>, as_of: NaiveDate) -> Self {
        let week = as_of.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(as_of);
        let visit = visit.filter(|day| *day < as_of);
        Self { day: visit.unwrap_or(week), is_visit: visit.is_some() }
    }
}

impl Sheet {
    /// One that is being read.
    pub(super) fn of(about: About) -> Self {
        Self { about, scroll: 0 }
    }

    /// Whether it is being read.
    pub fn is_loading(&self) -> bool {
        match &self.about {
            About::Timeline { what, .. } => matches!(what, Loaded::Loading),
            About::Changes { what, .. } => matches!(what, Loaded::Loading),
            About::Portfolio { what, .. } => matches!(what, Loaded::Loading),
            About::Task { what, .. } => matches!(what, Loaded::Loading),
        }
    }

    /// The page over the book as Markdown, where it is one and is there.
    pub fn markdown(&self) -> Option<String> {
        match &self.about {
            About::Portfolio { what: Loaded::Ready(page), .. } => {
                Some(portfolio::markdown(&portfolio::title(&page.portfolio), &portfolio::sections(page)))
            }
            About::Task { what: Loaded::Ready(page), .. } => Some(page::markdown(page)),
            _ => None,
        }
    }

    /// The customer it is about.
    pub fn customer(&self) -> Option<(&CustomerId, &Line)> {
        match &self.about {
            About::Timeline { customer, name, .. } => Some((customer, name)),
            About::Portfolio { .. } | About::Task { .. } => None,
            About::Changes { customer, .. } => customer.as_ref().map(|(customer, name)| (customer, name)),
        }
    }
}

/// A note that is being typed.
#[derive(Debug, Clone)]
pub struct Noting {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: Line,
    /// The line.
    pub line: Input,
}

/// Why the user's editor was of no use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotEdited {
    /// None is named.
    #[error("No editor is named: set VISUAL or EDITOR, such as EDITOR=nano.")]
    NoEditor,
    /// The file to edit cannot be made or read.
    #[error("The file for the editor cannot be written; is there room for temporary files?")]
    NoFile,
    /// It could not be started, or said that it failed.
    #[error("The editor {0} failed; nothing is lost of what was there.")]
    Failed(String),
    /// What was written is no text.
    #[error("What the editor wrote is no UTF-8 text; nothing is lost of what was there.")]
    NoText,
    /// What was written is longer than a note or an email may be.
    #[error("What the editor wrote is longer than may be, 4,000 characters; nothing is lost of what was there.")]
    TooLong,
}
