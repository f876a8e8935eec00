//! Rows of several customers that are read together: as many customers as fit into memory with all of their rows.

use super::{assembly::Assembly, rows::PartRow, values::Unreadable};

/// How long the texts of a portion may be, in bytes. Made into rows they take some five times as much.
const ROOM: usize = 32 * 1024 * 1024;

/// Rows that are being put together, until there is no room for more.
#[derive(Default)]
pub(super) struct Portion {
    assembly: Assembly,
    bytes: usize,
}

impl Portion {
    /// Adds a row, where there is room.
    pub(super) fn add(&mut self, row: PartRow) -> Result<(), Unreadable> {
        self.bytes += row.length();
        if self.bytes <= ROOM {
            return self.assembly.add(row);
        }
        self.assembly = Assembly::default();
        Ok(())
    }

    /// What was put together; nothing, where there was no room for all of it.
    pub(super) fn assembled(self) -> Option<Assembly> {
        (self.bytes <= ROOM).then_some(self.assembly)
    }
}

/// Items that are worked on some at a time: by halves, where there is no room for all of them.
pub(super) struct Portions<'a, T>(Vec<&'a [T]>);

impl<'a, T> Portions<'a, T> {
    /// All of them.
    pub(super) fn of(items: &'a [T]) -> Self {
        Self(vec![items])
    }

    /// Those that are next.
    pub(super) fn next(&mut self) -> Option<&'a [T]> {
        self.0.pop()
    }

    /// Takes those back for which there was no room.
    pub(super) fn halve(&mut self, some: &'a [T]) {
        let (first, second) = some.split_at(some.len() / 2);
        self.0.extend([second, first]);
    }
}
