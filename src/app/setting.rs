use contracts::book::BookSort;

use super::ThemeName;
use crate::config::Planner;

/// What can be set while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// The colours.
    Theme(ThemeName),
    /// Who plans.
    Planner(Planner),
    /// The language model at this place of the settings is asked.
    Model(usize),
    /// The order of the book.
    Sort(BookSort),
    /// Whether the mouse is listened to.
    Mouse(bool),
    /// The book shows the query at this place of those that are kept.
    View(usize),
}

/// An order in words.
pub(super) fn by(sort: BookSort) -> &'static str {
    match sort {
        BookSort::Risk => "by risk",
        BookSort::Renewal => "by renewal",
        BookSort::Arr => "by ARR",
        BookSort::Name => "by name",
        BookSort::Id => "by id",
    }
}
