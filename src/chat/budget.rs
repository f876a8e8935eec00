//! How many tokens a user has taken today, kept in a file that all processes of this account share.

use std::{collections::BTreeMap, io, path::Path};

use chrono::NaiveDate;
use contracts::OwnerId;
use serde::{Deserialize, Serialize};

use crate::kept::Kept;

/// The daily budget of tokens, for each user of this machine's account.
#[derive(Debug, Clone)]
pub struct Budget {
    kept: Kept,
    daily: u64,
}

/// Tokens that are set aside for one turn. Where a turn is broken off they stay counted, as nobody knows how much of them
/// its server takes.
#[derive(Debug)]
#[must_use]
pub struct Share<'a> {
    budget: &'a Budget,
    owner: &'a OwnerId,
    today: NaiveDate,
    tokens: u64,
}

/// What was taken on one day.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Day {
    date: NaiveDate,
    taken: BTreeMap<OwnerId, u64>,
}

impl Budget {
    /// A budget of `daily` tokens, counted in `dir`.
    pub fn new(dir: &Path, daily: u64) -> Self {
        Self { kept: Kept::new(dir, "usage"), daily }
    }

    /// How many tokens a day there are.
    pub fn daily(&self) -> u64 {
        self.daily
    }

    /// How many tokens the user has left on this day (UTC).
    ///
    /// # Errors
    /// The count cannot be read. A file that is no count counts as nothing taken.
    pub fn left(&self, owner: &OwnerId, today: NaiveDate) -> io::Result<u64> {
        let day = self.kept.read::<Day>()?.on(today);
        Ok(self.daily.saturating_sub(day.taken.get(owner).copied().unwrap_or_default()))
    }

    /// Sets aside what a turn reads and may write, or as much of it as the user has left on this day (UTC); none where
    /// that leaves nothing to write. In one step, so that runs at the same time cannot take the same tokens.
    ///
    /// # Errors
    /// The count cannot be kept.
    pub fn set_aside<'a>(
        &'a self,
        owner: &'a OwnerId,
        today: NaiveDate,
        read: u64,
        written: u64,
    ) -> io::Result<Option<Share<'a>>> {
        self.change(owner, today, |taken| {
            let tokens = read.saturating_add(written).min(self.daily.saturating_sub(*taken));
            (tokens > read).then(|| {
                *taken = taken.saturating_add(tokens);
                Share { budget: self, owner, today, tokens }
            })
        })
    }

    fn change<T>(&self, owner: &OwnerId, today: NaiveDate, change: impl FnOnce(&mut u64) -> T) -> io::Result<T> {
        self.kept.change(|day: &mut Day| {
            *day = std::mem::take(day).on(today);
            change(day.taken.entry(owner.clone()).or_default())
        })
    }
}

impl Day {
    /// This day, where it is that one; else a new one.
    fn on(self, today: NaiveDate) -> Self {
        if self.date == today { self } else { Self { date: today, ..Self::default() } }
    }
}

impl Share<'_> {
    /// How many tokens there are, read and written ones together.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Counts what the turn has taken, in place of what was set aside.
    ///
    /// # Errors
    /// The count cannot be kept: all that was set aside stays counted.
    pub fn settle(self, taken: u64) -> io::Result<()> {
        let Self { budget, owner, today, tokens } = self;
        budget.change(owner, today, |count| *count = count.saturating_sub(tokens).saturating_add(taken))
    }
}
