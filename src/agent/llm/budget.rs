//! How many tokens a user may still take today.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use contracts::OwnerId;

/// The budget of every user. Clones share it.
#[derive(Debug, Clone)]
pub struct Budget {
    daily_tokens: u64,
    spent: Arc<Mutex<HashMap<OwnerId, u64>>>,
}

impl Budget {
    /// So many tokens a user and day (UTC).
    pub fn new(_data_dir: PathBuf, daily_tokens: u64) -> Self {
        Self { daily_tokens, spent: Arc::default() }
    }

    /// What `owner` has left today.
    pub async fn left(&self, owner: &OwnerId) -> u64 {
        let spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        self.daily_tokens.saturating_sub(spent.get(owner).copied().unwrap_or_default())
    }

    /// Counts what a run took.
    pub async fn spend(&self, owner: &OwnerId, tokens: u64) {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner).entry(owner.clone()).or_default() += tokens;
    }
}
