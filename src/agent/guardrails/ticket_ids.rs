//! Ids of tickets in a text.

use std::{collections::HashSet, sync::LazyLock};

use contracts::Line;
use regex::Regex;

use super::outward::fold;
use crate::pattern::pattern;

/// What looks like the id of a ticket: `HOO-205`, `T-ee1ef3`, `#4711`, `ticket 4711`.
static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?P<coded>[A-Z]{1,10}[-_][A-Za-z]*[0-9][A-Za-z0-9]*)\b|#(?P<marked>[A-Za-z]*[0-9][\w-]*)|",
        r"(?i:\b(?:tickets?|cases?|issues?|incidents?)(?: (?:no\.?|number|nr\.?))? (?P<called>[a-z-]*[0-9]{2,}[\w-]*))",
    ))
});

/// Standards are written in the same way.
const STANDARDS: [&str; 6] = ["COVID-", "EN-", "ISO-", "SOC-", "TLS-", "UTF-"];

/// The ids of the customer's tickets.
#[derive(Debug, Clone, Default)]
pub(super) struct TicketIds(HashSet<String>);

impl TicketIds {
    pub fn new<'a>(ids: impl Iterator<Item = &'a Line>) -> Self {
        Self(ids.map(|id| key(id.as_str())).collect())
    }

    /// Whether the text names any ticket, be it the customer's or not.
    pub fn is_named(&self, read: &str) -> bool {
        let words = || read.split(|c: char| c.is_whitespace() || ",.;:!?()“”\"'".contains(c));
        self.foreign(read) || words().any(|word| !word.is_empty() && self.0.contains(&key(word)))
    }

    /// Whether the text names a ticket that is not the customer's.
    pub fn foreign(&self, read: &str) -> bool {
        SHAPE.captures_iter(read).any(|found| {
            let Some(id) = ["coded", "marked", "called"].into_iter().find_map(|name| found.name(name)) else {
                return false;
            };
            let is_standard = STANDARDS.iter().any(|standard| id.as_str().starts_with(standard));
            !is_standard && !self.0.contains(&key(id.as_str()))
        })
    }
}

fn key(id: &str) -> String {
    fold(id.trim_start_matches('#'))
}
