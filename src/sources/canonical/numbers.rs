//! Small numbers for things that rows name again and again, so that a million rows stay small.

use std::{collections::HashMap, hash::Hash};

/// Things by the order in which they were met.
#[derive(Debug)]
pub(super) struct Numbers<T> {
    things: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self { things: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Numbers<T> {
    /// The number of `thing`, which it has from now on if it had none.
    pub(super) fn of(&mut self, thing: T) -> u32 {
        let next = u32::try_from(self.things.len()).expect("there are fewer things than rows");
        *self.numbers.entry(thing).or_insert_with_key(|thing| {
            self.things.push(thing.clone());
            next
        })
    }

    /// The thing with this number.
    pub(super) fn at(&self, number: u32) -> &T {
        &self.things[number as usize]
    }
}
