use std::ops::Range;

use super::{Action, Tab};

/// Something that the mouse did, and in which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub did: MouseDid,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

/// What a mouse can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum MouseDid {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// Cells of the screen that mean something to the mouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Its columns.
    pub columns: Range<u16>,
    /// Its rows.
    pub rows: Range<u16>,
    /// What it is.
    pub is: SpotIs,
}

/// What a spot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpotIs {
    /// The list.
    List,
    /// The row of the list at this place.
    Row(usize),
    /// The answer.
    Answer,
    /// The tools.
    Tools,
    /// A tab of the answer.
    Tab(Tab),
    /// The hint of a key.
    Hint(Action),
    /// The border between list and answer.
    Border,
}

impl Spot {
    /// Whether the cell is in it.
    pub(super) fn has(&self, mouse: Mouse) -> bool {
        self.columns.contains(&mouse.column) && self.rows.contains(&mouse.row)
    }
}
