//! How many tokens a user has taken today, kept in a file that all processes of this account share.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use contracts::OwnerId;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::vault::private_directory;

/// The daily budget of tokens, for each user of this machine's account.
#[derive(Debug, Clone)]
pub struct Budget {
    dir: PathBuf,
    daily: u64,
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
        Self { dir: dir.to_owned(), daily }
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
        Ok(self.daily.saturating_sub(self.read(today)?.taken.get(owner).copied().unwrap_or_default()))
    }

    /// Counts tokens that the user has taken on this day (UTC).
    ///
    /// # Errors
    /// The count cannot be kept.
    pub fn spend(&self, owner: &OwnerId, today: NaiveDate, tokens: u64) -> io::Result<()> {
        private_directory(&self.dir)?;
        let lock = File::options().create(true).append(true).open(self.dir.join("usage.lock"))?;
        // Held for one small write, by this process or another.
        lock.lock()?;
        let mut day = self.read(today)?;
        let taken = day.taken.entry(owner.clone()).or_default();
        *taken = taken.saturating_add(tokens);
        let mut file = NamedTempFile::new_in(&self.dir)?;
        file.write_all(&serde_json::to_vec(&day)?)?;
        file.persist(self.path())?;
        Ok(())
    }

    fn path(&self) -> PathBuf {
        self.dir.join("usage.json")
    }

    fn read(&self, today: NaiveDate) -> io::Result<Day> {
        let day = match fs::read(self.path()) {
            Ok(text) => serde_json::from_slice(&text).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Day::default(),
            Err(error) => return Err(error),
        };
        Ok(if day.date == today { day } else { Day { date: today, ..Day::default() } })
    }
}
