//! Words that are looked for in what is read, and where they are.

use tui_input::Input;

use super::{Evals, Mode, Model, Pane, Sheet, View};

/// Words that are looked for in what is on the screen.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// The words.
    pub line: Input,
    /// Whether they are being typed.
    pub is_typed: bool,
    /// Which of the places that have them is gone to, from 0.
    pub at: usize,
    /// Where the reader was before.
    pub(super) from: usize,
    /// Whether the words changed since the last frame, so that nobody knows where they are.
    pub(super) is_new: bool,
}

impl Find {
    /// Looks for these words from the beginning.
    pub(super) fn of(words: &str) -> Self {
        Self { line: Input::new(words.to_owned()), is_new: true, ..Self::default() }
    }
}

impl Model {
    /// The words that are looked for; none where nothing is.
    pub fn words(&self) -> Option<&str> {
        self.find.as_ref().map(|find| find.line.value().trim()).filter(|words| !words.is_empty())
    }

    /// Whether what is on the screen is a text or a table that can be looked through.
    pub(super) fn is_searchable(&self) -> bool {
        match self.view.mode() {
            Mode::Help | Mode::Why | Mode::Sheet | Mode::Evals | Mode::Outgoing | Mode::Sendings => true,
            Mode::Normal => self.focus != Pane::List && self.report.is_none() && self.result().is_some(),
            _ => false,
        }
    }

    /// Where the reader is: lines that are scrolled away, or the row under the cursor.
    pub(super) fn reads_at(&mut self) -> &mut usize {
        match &mut self.view {
            View::Help { scroll, .. } | View::Why { scroll, .. } => scroll,
            View::Sheet(Sheet { scroll, .. }) | View::Note { sheet: Some(Sheet { scroll, .. }), .. } => scroll,
            View::Outgoing(outgoing) => &mut outgoing.scroll,
            View::Sendings(sendings) => &mut sendings.at,
            View::Evals(Evals { opened: Some(opened), .. }) => &mut opened.scroll,
            View::Evals(evals) => &mut evals.row,
            _ => &mut self.scroll,
        }
    }

    /// Whether the reader goes from row to row and does not scroll.
    pub(super) fn reads_rows(&self) -> bool {
        matches!(&self.view, View::Evals(Evals { opened: None, .. }) | View::Sendings(_))
    }
}
