//! What would be lost: things that are gone, and values that are cleared.

use std::collections::BTreeMap;

use contracts::{
    Line,
    delivery::{Loss, columns::Columns},
    facts::Part,
};

/// More than one in so many asks first.
const ASKS_OVER_ONE_IN: u64 = 5;

/// Things of a part that the source knew before the delivery.
#[derive(Debug, Default)]
struct Things {
    /// Those that the delivery has.
    here: u64,
    /// Those that it does not have, and that are gone.
    gone: u64,
    /// Those that it does not have, and that stay.
    staying: u64,
}

/// Values of a column that the source had before the delivery, of the things that the delivery has.
#[derive(Debug, Default)]
struct Values {
    had: u64,
    cleared: u64,
}

#[derive(Debug, Default)]
pub(super) struct Losses {
    things: BTreeMap<Part, Things>,
    values: BTreeMap<(Part, &'static str), Values>,
}

impl Losses {
    /// A thing that the source knew is in the delivery.
    pub(super) fn here(&mut self, part: Part) {
        self.things.entry(part).or_default().here += 1;
    }

    /// A thing that the source knew is gone.
    pub(super) fn gone(&mut self, part: Part) {
        self.things.entry(part).or_default().gone += 1;
    }

    /// Things that the source knew are not in the delivery, and stay.
    pub(super) fn stays(&mut self, part: Part, things: usize) {
        self.things.entry(part).or_default().staying += things as u64;
    }

    /// A thing was said to be `before` and is said to be `now`.
    pub(super) fn compare<T: Columns>(&mut self, part: Part, before: &T, now: &T) {
        for column in T::COLUMNS.iter().filter(|column| (column.has)(before)) {
            let values = self.values.entry((part, column.name)).or_default();
            values.had += 1;
            values.cleared += u64::from(!(column.has)(now));
        }
    }

    /// Where more than a fifth would be lost. Values of things that the delivery does not have stay, too. A single value
    /// asks only where the part is so small that one of its things is more than a fifth: a nightly delivery is not to
    /// stop for the only note in a book of hundreds.
    pub(super) fn that_ask(&self) -> Vec<Loss> {
        let known = |part| self.things.get(&part).map_or(0, |things| things.here + things.gone + things.staying);
        let things = self.things.iter().map(|(part, things)| loss(*part, None, things.gone, known(*part)));
        let values = self.values.iter().map(|((part, column), values)| {
            let staying = self.things.get(part).map_or(0, |things| things.staying);
            loss(*part, Some(column), values.cleared, values.had + staying)
        });
        let values = values.filter(|loss| loss.lost > 1 || known(loss.part) < ASKS_OVER_ONE_IN);
        let mut losses: Vec<_> = things.chain(values).filter(|loss| loss.lost * ASKS_OVER_ONE_IN > loss.of).collect();
        losses.sort_by_key(|loss| loss.part);
        losses
    }
}

fn loss(part: Part, column: Option<&str>, lost: u64, of: u64) -> Loss {
    Loss { part, column: column.map(Line::new), lost, of }
}
