//! A folder that answers are written into, one file a customer.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use contracts::planner::PlannerResult;
use tempfile::NamedTempFile;

use super::Form;

/// A folder that is there.
#[derive(Debug)]
pub struct Folder(PathBuf);

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {error}; choose another folder with --out", path.display())]
pub struct FolderError {
    path: PathBuf,
    error: io::Error,
}

impl Folder {
    /// The folder at `path`, made where it is not there.
    pub fn at(path: &Path) -> Result<Self, FolderError> {
        fs::create_dir_all(path).map_err(|error| FolderError { path: path.to_owned(), error })?;
        Ok(Self(path.to_owned()))
    }

    /// Writes a document of an answer, whole or not at all; one of the same customer and task that is there is replaced.
    pub fn write(&self, form: Form, result: &PlannerResult, document: &str) -> Result<PathBuf, FolderError> {
        let name = format!("{}-{}.{}", result.customer_id, result.task, form.extension());
        let path = self.0.join(name);
        let written = NamedTempFile::new_in(&self.0).and_then(|mut file| {
            io::Write::write_all(&mut file, document.as_bytes())?;
            file.persist(&path).map_err(|error| error.error)
        });
        match written {
            Ok(_) => Ok(path),
            Err(error) => Err(FolderError { path, error }),
        }
    }
}
