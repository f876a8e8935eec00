use std::{
    fs::{self, DirBuilder},
    io::{self, Write},
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret, SecretString};
use tempfile::Builder;

use super::SecretError;

/// A file that is always whole, and that this account alone can read.
#[derive(Debug)]
pub(super) struct SecretFile {
    path: PathBuf,
}

impl SecretFile {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn read(&self) -> Result<Option<SecretString>, SecretError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Writes beside the file and puts the new one in its place, so that a reader finds one or the other.
    pub(super) fn write(&self, text: &SecretString) -> Result<(), SecretError> {
        let dir = self.path.parent().unwrap_or(Path::new("."));
        let written = private_directory(dir).and_then(|()| {
            // The library makes it readable by this account alone.
            let mut new = Builder::new().prefix(".secret-").tempfile_in(dir)?;
            new.write_all(text.expose_secret().as_bytes())?;
            new.as_file().sync_all()?;
            new.persist(&self.path)?;
            restrict(&self.path, 0o600)
        });
        written.map_err(|error| self.failed(&error))
    }

    pub(super) fn delete(&self) -> Result<(), SecretError> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed(&error)),
            _ => Ok(()),
        }
    }

    fn failed(&self, error: &io::Error) -> SecretError {
        SecretError::File { place: self.path.clone(), why: error.to_string() }
    }
}

/// Makes the directory, for this account alone; one that is there already is closed to others again.
pub(crate) fn private_directory(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(dir)?;
    restrict(dir, 0o700)
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Elsewhere the profile's own rights keep other accounts out.
#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
