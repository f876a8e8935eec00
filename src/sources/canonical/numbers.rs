//! Small numbers for things that rows name again and again, so that a million rows stay small.

use std::{collections::HashMap, fmt::Display, hash::Hash};

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

impl<T: Copy + Eq + Hash> Numbers<T> {
    /// The number of `thing`, which it has from now on if it had none.
    pub(super) fn of(&mut self, thing: T) -> u32 {
        *self.numbers.entry(thing).or_insert_with(|| next(&mut self.things, thing))
    }

    /// The thing with this number.
    pub(super) fn at(&self, number: u32) -> T {
        self.things[number as usize]
    }
}

/// Things that are written in one way alone. A text that is known is not read again.
#[derive(Debug)]
pub(super) struct Named<T> {
    things: Vec<T>,
    numbers: HashMap<String, u32>,
    /// The text that was met last, with its number: the next row mostly has it again.
    last: Option<(String, u32)>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { things: Vec::new(), numbers: HashMap::new(), last: None }
    }
}

impl<T: Display> Named<T> {
    /// The number of the thing that `text` writes, which `read` reads where it is not known yet.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn read<E>(&mut self, text: &str, read: impl FnOnce() -> Result<T, E>) -> Result<u32, E> {
        if let Some((_, number)) = self.last.as_ref().filter(|(last, _)| last == text) {
            return Ok(*number);
        }
        let number = match self.numbers.get(text) {
            Some(number) => *number,
            None => {
                let thing = read()?;
                *self.numbers.entry(thing.to_string()).or_insert_with(|| next(&mut self.things, thing))
            }
        };
        self.last = Some((text.to_owned(), number));
        Ok(number)
    }

    /// The thing with this number.
    pub(super) fn at(&self, number: u32) -> &T {
        &self.things[number as usize]
    }
}

fn next<T>(things: &mut Vec<T>, thing: T) -> u32 {
    things.push(thing);
    u32::try_from(things.len() - 1).expect("there are fewer things than rows")
}
