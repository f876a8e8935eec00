//! A folder that answers are written into, one file a customer.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::Prepared;

/// A folder that is there.
#[derive(Debug)]
pub struct Folder(PathBuf);

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {error}; choose a folder that you may write to", path.display())]
pub struct FolderError {
    /// The file or the folder.
    pub path: PathBuf,
    /// What the system says.
    pub error: io::Error,
}

impl Folder {
    /// The folder at `path`, made where it is not there.
    pub fn at(path: &Path) -> Result<Self, FolderError> {
        fs::create_dir_all(path).map_err(|error| FolderError { path: path.to_owned(), error })?;
        Ok(Self(path.to_owned()))
    }

    /// Writes a file, whole or not at all; one of the same name that is there is replaced.
    pub fn write(&self, prepared: &Prepared) -> Result<PathBuf, FolderError> {
        let path = self.0.join(prepared.file());
        let written = NamedTempFile::new_in(&self.0).and_then(|mut file| {
            io::Write::write_all(&mut file, prepared.document.as_bytes())?;
            file.persist(&path).map_err(|error| error.error)
        });
        match written {
            Ok(_) => Ok(path),
            Err(error) => Err(FolderError { path, error }),
        }
    }
}
