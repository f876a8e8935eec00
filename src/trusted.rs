//! Which files of the user's own tasks a language model may be given as its instruction: those that the user has looked at
//! and confirmed, each by its digest, so that a file that changes is asked about again.

use std::{collections::BTreeSet, io, path::Path};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::tasks::Task;
use sha2::{Digest, Sha256};

use crate::kept::Kept;

/// The digests of the files that were confirmed, in one private file of this machine.
#[derive(Debug, Clone)]
pub struct Trusted(Kept);

impl Trusted {
    /// What was confirmed, in this directory.
    pub fn within(dir: &Path) -> Self {
        Self(Kept::new(dir, "trusted-tasks"))
    }

    /// Whether the task is one that is shipped, or its file was confirmed as it is. What cannot be read was not confirmed.
    pub fn holds(&self, task: &Task) -> bool {
        task.is_shipped() || self.digests().contains(&digest(task))
    }

    /// Confirms the file of a task as it is.
    ///
    /// # Errors
    /// It cannot be kept.
    pub fn confirm(&self, task: &Task) -> io::Result<()> {
        self.0.change(|digests: &mut BTreeSet<String>| {
            digests.insert(digest(task));
        })
    }

    fn digests(&self) -> BTreeSet<String> {
        self.0.read().unwrap_or_default()
    }
}

fn digest(task: &Task) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&task.file))
}
