//! A small file of JSON that all processes of this account share.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};
use tempfile::NamedTempFile;

use crate::secrets::private_directory;

/// The file, and the directory that it is in.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    dir: PathBuf,
    name: &'static str,
}

impl Kept {
    /// The file `name`.json in `dir`. Nothing is opened yet.
    pub(crate) fn new(dir: &Path, name: &'static str) -> Self {
        Self { dir: dir.to_owned(), name }
    }

    /// What it holds; the default where there is no file, or one that is something else.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn read<T: DeserializeOwned + Default>(&self) -> io::Result<T> {
        match fs::read(self.path("json")) {
            Ok(text) => Ok(serde_json::from_slice(&text).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
            Err(error) => Err(error),
        }
    }

    /// Changes it in one step, so that nobody's change is lost.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub(crate) fn change<T, R>(&self, change: impl FnOnce(&mut T) -> R) -> io::Result<R>
    where
        T: DeserializeOwned + Serialize + Default,
    {
        private_directory(&self.dir)?;
        let lock = File::options().create(true).append(true).open(self.path("lock"))?;
        // Held for one small write, by this process or another.
        lock.lock()?;
        let mut held = self.read()?;
        let changed = change(&mut held);
        let mut file = NamedTempFile::new_in(&self.dir)?;
        file.write_all(&serde_json::to_vec(&held)?)?;
        file.persist(self.path("json"))?;
        Ok(changed)
    }

    fn path(&self, ending: &str) -> PathBuf {
        self.dir.join(format!("{}.{ending}", self.name))
    }
}
