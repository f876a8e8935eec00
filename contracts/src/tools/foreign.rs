//! Texts of a report that others wrote.

use crate::{
    Line, Text,
    facts::Source,
    reading::{Knowledge, Reading, Value},
};

/// Cleans texts that others wrote.
pub trait Foreign {
    /// A line of free text, such as a ticket's title.
    fn line(&self, line: &mut Line);

    /// A name in which a bare domain is no link, such as `Booking.com` and `usage.csv`.
    fn name(&self, name: &mut Line);

    /// A text of several lines.
    fn text(&self, text: &mut Text);

    /// Where something comes from.
    fn source(&self, source: &mut Source) {
        self.name(&mut source.origin);
    }

    /// Facts with their values and the words for them.
    fn readings(&self, readings: &mut [Reading]) {
        for reading in readings {
            if let Knowledge::Known { value, source } | Knowledge::Stale { value, source } = &mut reading.knowledge {
                self.source(source);
                if let Value::Text(text) | Value::Measurement { unit: text, .. } = value {
                    self.line(text);
                }
            }
            if let Some(says) = &mut reading.says {
                self.line(&mut says.about);
                says.to.iter_mut().for_each(|to| self.line(to));
            }
        }
    }
}
