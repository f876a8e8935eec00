//! Where the tokens are kept: this machine's keyring, else a file that this account alone can read.

mod file;
mod keyring;

use std::{
    fmt,
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

pub(super) use file::private_directory;

use self::{file::TokenFile, keyring::Keyring};
use super::{AuthError, tokens::Tokens};
use crate::config::{AuthConfig, ServerUrl, TokenStore};

/// Where tokens are.
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

/// The store of one client of one provider.
#[derive(Debug)]
pub(super) struct Store {
    choice: TokenStore,
    issuer: ServerUrl,
    client_id: String,
    file: TokenFile,
    keyring: Keyring,
}

/// What the file holds: whose tokens they are, and the tokens themselves unless the keyring has them. So a keyring that
/// cannot be used never makes a guest of somebody who signed in, and guests have nothing to do with it.
#[derive(Serialize, Deserialize)]
struct Kept {
    issuer: String,
    client_id: String,
    tokens: Option<Tokens>,
}

impl Store {
    pub(super) fn new(config: &AuthConfig, dir: &Path) -> Self {
        let AuthConfig { issuer, client_id, store, .. } = config.clone();
        let keyring = Keyring::new(format!("{client_id} at {issuer}"));
        Self { choice: store, issuer, client_id, file: TokenFile::new(dir), keyring }
    }

    /// The tokens that are kept.
    pub(super) async fn load(&self) -> Result<Option<(Tokens, Place)>, AuthError> {
        match self.kept()? {
            None => Ok(None),
            Some(Kept { tokens: Some(tokens), .. }) => Ok(Some((tokens, Place::File(self.file.path().to_owned())))),
            Some(Kept { tokens: None, .. }) => {
                let text = self.keyring.read().await.map_err(AuthError::Keyring)?;
                let tokens = text.and_then(|text| serde_json::from_str(text.expose_secret()).ok());
                Ok(tokens.map(|tokens| (tokens, Place::Keyring)))
            }
        }
    }

    /// Keeps the tokens in place of any before, and says where.
    pub(super) async fn save(&self, tokens: &Tokens) -> Result<Place, AuthError> {
        if self.choice != TokenStore::File {
            match self.keyring.write(as_text(tokens)).await {
                Ok(()) => {
                    self.file.write(&as_text(&self.mine(None)))?;
                    return Ok(Place::Keyring);
                }
                Err(why) if self.choice == TokenStore::Keyring => return Err(AuthError::Keyring(why)),
                Err(why) => tracing::info!(why, "the keyring cannot be used"),
            }
        }
        self.file.write(&as_text(&self.mine(Some(tokens.clone()))))?;
        Ok(Place::File(self.file.path().to_owned()))
    }

    /// Forgets the tokens.
    pub(super) async fn delete(&self) -> Result<(), AuthError> {
        if let Some(Kept { tokens: None, .. }) = self.kept()? {
            self.keyring.delete().await.map_err(AuthError::Keyring)?;
        }
        self.file.delete()
    }

    fn mine(&self, tokens: Option<Tokens>) -> Kept {
        Kept { issuer: self.issuer.to_string(), client_id: self.client_id.clone(), tokens }
    }

    /// What the file holds, if it is whole and this client's.
    fn kept(&self) -> Result<Option<Kept>, AuthError> {
        let kept = self.file.read()?.and_then(|text| serde_json::from_str::<Kept>(text.expose_secret()).ok());
        Ok(kept.filter(|kept| kept.issuer == self.issuer.as_str() && kept.client_id == self.client_id))
    }
}

fn as_text(secret: &impl Serialize) -> SecretString {
    serde_json::to_string(secret).expect("words and dates are JSON").into()
}
