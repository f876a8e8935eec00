use chrono::NaiveDate;
use contracts::attention::Item;
use domain::attention::order;
use tui_input::Input;

use super::{Choice, Confirm, Evals, Noting, Outgoing, Palette, Sendings, Sheet, SignIn};

/// What has the keys, with all that it needs to be on the screen.
#[derive(Debug, Clone)]
pub enum View {
    /// The panes.
    Panes,
    /// The panes, and typing goes into the filter.
    Filter,
    /// The panes, and the next key says what is copied.
    Yank,
    /// The panes, and the next key says how the answer goes out.
    Out,
    /// An answer on its way out, over the panes.
    Outgoing(Box<Outgoing>),
    /// The answers of several customers on their way out, over the panes.
    Sendings(Sendings),
    /// The panes, and typing goes into the question.
    Ask,
    /// Everything there is to do, to find and to set, over what was there before.
    Palette(Palette),
    /// The panes, and typing says until when an item is put off.
    Snooze(Snooze),
    /// The panes, and typing says which file or folder is imported.
    Import(Input),
    /// The keys, over what was there before.
    Help {
        /// What they are the keys of.
        below: Box<View>,
        /// Lines that are scrolled away.
        scroll: usize,
    },
    /// What makes the priority of an item, over the panes.
    Why {
        /// The item, and what else there is of its customer.
        row: Box<order::Row>,
        /// Lines that are scrolled away.
        scroll: usize,
    },
    /// An attempt to sign in, over the panes.
    SignIn(SignIn),
    /// The customers a question may be about, over the panes.
    Choose(Choice),
    /// A question before something is done, over the panes.
    Confirm(Confirm),
    /// All tasks, over the panes: the one at this place is under the cursor.
    Tasks {
        /// Its place.
        at: usize,
    },
    /// The evaluations, in the place of the panes.
    Evals(Evals),
    /// What happened with a customer, or what changed, in the place of the panes.
    Sheet(Sheet),
    /// Typing goes into a note.
    Note {
        /// The note.
        noting: Noting,
        /// The sheet it is typed below; the panes where there is none.
        sheet: Option<Sheet>,
    },
}

/// Items that are about to be put off.
#[derive(Debug, Clone)]
pub struct Snooze {
    /// The items.
    pub items: Vec<Item>,
    /// The day (UTC) that days are counted from.
    pub as_of: NaiveDate,
    /// The line that says until when.
    pub line: Input,
}

/// What the keys mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the view of its name")]
pub enum Mode {
    /// What the table of keys says for the pane.
    Normal,
    Palette,
    Filter,
    Yank,
    Out,
    Outgoing,
    Sendings,
    Help,
    SignIn,
    Ask,
    Choose,
    Tasks,
    Evals,
    Snooze,
    Import,
    Why,
    Sheet,
    /// Typing goes into the words that are looked for in what is read.
    Find,
    Confirm,
    Note,
}

impl Mode {
    /// Whether what is typed goes into a line.
    pub fn is_typing(self) -> bool {
        matches!(self, Self::Palette | Self::Filter | Self::Ask | Self::Find | Self::Note | Self::Snooze | Self::Import)
    }

    /// Whether something is read in it, and keys move.
    pub fn is_reading(self) -> bool {
        matches!(
            self,
            Self::Normal
                | Self::Help
                | Self::Why
                | Self::Outgoing
                | Self::Sendings
                | Self::Choose
                | Self::Tasks
                | Self::Evals
                | Self::Sheet
        )
    }
}

impl View {
    /// What the keys mean in it.
    pub fn mode(&self) -> Mode {
        match self {
            Self::Panes => Mode::Normal,
            Self::Filter => Mode::Filter,
            Self::Yank => Mode::Yank,
            Self::Out => Mode::Out,
            Self::Outgoing(_) => Mode::Outgoing,
            Self::Sendings(_) => Mode::Sendings,
            Self::Ask => Mode::Ask,
            Self::Palette(_) => Mode::Palette,
            Self::Snooze(_) => Mode::Snooze,
            Self::Import(_) => Mode::Import,
            Self::Help { .. } => Mode::Help,
            Self::Why { .. } => Mode::Why,
            Self::SignIn(_) => Mode::SignIn,
            Self::Confirm(_) => Mode::Confirm,
            Self::Choose(_) => Mode::Choose,
            Self::Tasks { .. } => Mode::Tasks,
            Self::Evals(_) => Mode::Evals,
            Self::Sheet(_) => Mode::Sheet,
            Self::Note { .. } => Mode::Note,
        }
    }

    /// The attempt to sign in that is on the screen.
    pub fn sign_in(&self) -> Option<&SignIn> {
        match self {
            Self::SignIn(sign_in) => Some(sign_in),
            _ => None,
        }
    }

    /// The evaluations that are on the screen.
    pub fn evals(&self) -> Option<&Evals> {
        match self {
            Self::Evals(evals) => Some(evals),
            _ => self.below()?.evals(),
        }
    }

    /// The answers on their way out.
    pub fn sendings(&self) -> Option<&Sendings> {
        match self {
            Self::Sendings(sendings) => Some(sendings),
            _ => self.below()?.sendings(),
        }
    }

    /// The sheet that is on the screen.
    pub fn sheet(&self) -> Option<&Sheet> {
        match self {
            Self::Sheet(sheet) | Self::Note { sheet: Some(sheet), .. } => Some(sheet),
            _ => self.below()?.sheet(),
        }
    }

    /// What it lies over, where that comes back.
    pub fn below(&self) -> Option<&View> {
        match self {
            Self::Palette(Palette { below, .. }) | Self::Help { below, .. } => Some(below),
            _ => None,
        }
    }

    pub(super) fn evals_mut(&mut self) -> Option<&mut Evals> {
        match self {
            Self::Evals(evals) => Some(evals),
            Self::Palette(Palette { below, .. }) | Self::Help { below, .. } => below.evals_mut(),
            _ => None,
        }
    }

    pub(super) fn sendings_mut(&mut self) -> Option<&mut Sendings> {
        match self {
            Self::Sendings(sendings) => Some(sendings),
            Self::Palette(Palette { below, .. }) | Self::Help { below, .. } => below.sendings_mut(),
            _ => None,
        }
    }

    pub(super) fn sheet_mut(&mut self) -> Option<&mut Sheet> {
        match self {
            Self::Sheet(sheet) | Self::Note { sheet: Some(sheet), .. } => Some(sheet),
            Self::Palette(Palette { below, .. }) | Self::Help { below, .. } => below.sheet_mut(),
            _ => None,
        }
    }
}
