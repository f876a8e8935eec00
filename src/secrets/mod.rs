//! Where a secret is kept: this machine's keyring, else a file that this account alone can read.

mod file;
mod keyring;

use std::{
    fmt,
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

pub(crate) use file::private_directory;

use self::{file::SecretFile, keyring::Keyring};
use crate::config::TokenStore;

/// Where a secret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// This machine's keyring.
    Keyring,
    /// This file.
    File(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyring => f.write_str("this machine's keyring"),
            Self::File(path) => write!(f, "the file {}, which only this account can read", path.display()),
        }
    }
}

/// Why a secret cannot be kept or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The file, or its directory.
    #[error("{}: {why}", place.display())]
    File {
        /// The file.
        place: PathBuf,
        /// What the system says, without a full stop.
        why: String,
    },
    /// The keyring; the reason without a full stop.
    #[error("this machine's keyring cannot be used: {0}")]
    Keyring(String),
}

/// Keeps one secret.
#[derive(Debug)]
pub struct SecretStore {
    choice: TokenStore,
    owner: String,
    file: SecretFile,
    keyring: Keyring,
}

/// What the file holds: whose secret it is, and the secret itself unless the keyring has it. So a keyring that cannot be
/// used never makes a secret look as if there were none, and where none is kept the keyring is left alone.
#[derive(Serialize, Deserialize)]
struct Kept {
    owner: String,
    secret: Option<String>,
}

impl SecretStore {
    /// The store of whoever `owner` names, in `choice` or in `file`.
    pub fn new(choice: TokenStore, owner: String, file: &Path) -> Self {
        let keyring = Keyring::new(owner.clone());
        Self { choice, owner, file: SecretFile::new(file), keyring }
    }

    /// Whether there is a secret, without a look into the keyring.
    ///
    /// # Errors
    /// [`SecretError::File`].
    pub fn holds(&self) -> Result<bool, SecretError> {
        Ok(self.kept()?.is_some())
    }

    /// The secret that is kept, and where.
    ///
    /// # Errors
    /// [`SecretError`].
    pub async fn load(&self) -> Result<Option<(SecretString, Place)>, SecretError> {
        match self.kept()? {
            None => Ok(None),
            Some(Kept { secret: Some(secret), .. }) => Ok(Some((secret.into(), self.in_file()))),
            Some(Kept { secret: None, .. }) => Ok(self.keyring.read().await?.map(|secret| (secret, Place::Keyring))),
        }
    }

    /// Keeps the secret in place of any before, and says where.
    ///
    /// # Errors
    /// [`SecretError`].
    pub async fn save(&self, secret: SecretString) -> Result<Place, SecretError> {
        let in_keyring = matches!(self.kept()?, Some(Kept { secret: None, .. }));
        if self.choice != TokenStore::File {
            match self.keyring.write(secret.clone()).await {
                Ok(()) => {
                    self.write(None)?;
                    return Ok(Place::Keyring);
                }
                Err(error) if self.choice == TokenStore::Keyring => return Err(error),
                Err(error) => tracing::info!(%error, "a file is used instead"),
            }
        }
        self.write(Some(&secret))?;
        // The one before must not come back with a keyring that works again, but the new one is kept either way.
        if in_keyring && let Err(error) = self.keyring.delete().await {
            tracing::warn!(%error, "the secret before could not be taken out of the keyring");
        }
        Ok(self.in_file())
    }

    /// Forgets the secret; whether there was one.
    ///
    /// # Errors
    /// [`SecretError`].
    pub async fn delete(&self) -> Result<bool, SecretError> {
        let Some(kept) = self.kept()? else { return Ok(false) };
        if kept.secret.is_none() {
            self.keyring.delete().await?;
        }
        self.file.delete()?;
        Ok(true)
    }

    fn in_file(&self) -> Place {
        Place::File(self.file.path().to_owned())
    }

    fn write(&self, secret: Option<&SecretString>) -> Result<(), SecretError> {
        let secret = secret.map(|secret| secret.expose_secret().to_owned());
        let kept = Kept { owner: self.owner.clone(), secret };
        self.file.write(&serde_json::to_string(&kept).expect("words are JSON").into())
    }

    /// What the file holds, if it is whole and this owner's.
    fn kept(&self) -> Result<Option<Kept>, SecretError> {
        let kept = self.file.read()?.and_then(|text| serde_json::from_str::<Kept>(text.expose_secret()).ok());
        Ok(kept.filter(|kept| kept.owner == self.owner))
    }
}
