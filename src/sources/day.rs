//! The day that a delivery speaks of: what somebody says, else what a name says, else when the files were last changed.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::cell;

/// The day of a delivery (UTC), and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// How it was found.
    pub found: Found,
}

/// How the day of a delivery was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Somebody said so.
    Said,
    /// The name of a file or of the directory has it.
    Named(String),
    /// This file was last changed on it.
    Changed(String),
}

impl Day {
    /// The day that somebody says.
    pub fn said(day: NaiveDate) -> Self {
        Self { day, found: Found::Said }
    }

    /// The newest day that one of the `names` has, else the newest of those on which the `files` were last changed.
    /// Days after `today` are of something else and do not count; `today` itself where nothing is known.
    pub fn of<'a>(
        names: impl IntoIterator<Item = &'a str>,
        files: impl IntoIterator<Item = (&'a str, DateTime<Utc>)>,
        today: NaiveDate,
    ) -> Self {
        let named = names.into_iter().filter_map(|name| {
            let day = days_in(name).filter(|day| *day <= today).max()?;
            Some(Self { day, found: Found::Named(name.to_owned()) })
        });
        let newest = |day: &Self| day.day;
        named.max_by_key(newest).unwrap_or_else(|| {
            let changed = files.into_iter().map(|(name, changed)| Self {
                day: changed.date_naive().min(today),
                found: Found::Changed(name.to_owned()),
            });
            changed.max_by_key(newest).unwrap_or(Self::said(today))
        })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.day;
        match &self.found {
            Found::Said => write!(f, "as of {day}"),
            Found::Named(name) => write!(f, "as of {day}, by the name of {name}"),
            Found::Changed(name) => write!(f, "as of {day}, the day {name} was last changed"),
        }
    }
}

/// The newest day in a name.
pub fn in_name(name: &str) -> Option<NaiveDate> {
    days_in(name).max()
}

/// The days in a name, written `2026-11-21`, `2026_11_21` or `20261121`.
fn days_in(name: &str) -> impl Iterator<Item = NaiveDate> {
    let starts = name.char_indices().map(|(at, _)| at);
    starts.filter(|&at| !name[..at].ends_with(|c: char| c.is_ascii_digit())).filter_map(|at| day_at(&name[at..]))
}

/// The day that `text` begins with.
fn day_at(text: &str) -> Option<NaiveDate> {
    let digits = |from: usize, to: usize| {
        text.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned)
    };
    let sign = text.get(4..5)?;
    let (length, month, day) = match sign {
        "-" | "_" if text.get(7..8)? == sign => (10, digits(5, 7)?, digits(8, 10)?),
        _ => (8, digits(4, 6)?, digits(6, 8)?),
    };
    let is_longer = text[length..].starts_with(|c: char| c.is_ascii_digit());
    cell::date(&format!("{}-{month}-{day}", digits(0, 4)?)).ok().filter(|_| !is_longer)
}
