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

/// What is kept: the tokens, and whose they are.
#[derive(Serialize, Deserialize)]
struct Kept {
    issuer: String,
    client_id: String,
    tokens: Tokens,
}

impl Store {
    pub(super) fn new(config: &AuthConfig, dir: &Path) -> Self {
        let AuthConfig { issuer, client_id, store, .. } = config.clone();
        let keyring = Keyring::new(format!("{client_id} at {issuer}"));
        Self { choice: store, issuer, client_id, file: TokenFile::new(dir), keyring }
    }

    /// The tokens that are kept. The file goes first: it is only there while the keyring could not be used.
    pub(super) async fn load(&self) -> Result<Option<(Tokens, Place)>, AuthError> {
        if self.choice != TokenStore::Keyring
            && let Some(tokens) = self.file.read()?.and_then(|text| self.open(&text))
        {
            return Ok(Some((tokens, Place::File(self.file.path().to_owned()))));
        }
        let text = match self.choice {
            TokenStore::File => None,
            TokenStore::Keyring => self.keyring.read().await.map_err(AuthError::Keyring)?,
            // Nothing was kept in a keyring that cannot be used, or it will be there again.
            TokenStore::Auto => self.keyring.read().await.unwrap_or_default(),
        };
        Ok(text.and_then(|text| self.open(&text)).map(|tokens| (tokens, Place::Keyring)))
    }

    /// Keeps the tokens in place of any before, and says where.
    pub(super) async fn save(&self, tokens: &Tokens) -> Result<Place, AuthError> {
        let text = self.close(tokens);
        if self.choice != TokenStore::File {
            match self.keyring.write(text.clone()).await {
                Ok(()) => {
                    self.file.delete()?;
                    return Ok(Place::Keyring);
                }
                Err(why) if self.choice == TokenStore::Keyring => return Err(AuthError::Keyring(why)),
                Err(why) => tracing::info!(why, "the keyring cannot be used"),
            }
        }
        self.file.write(&text)?;
        Ok(Place::File(self.file.path().to_owned()))
    }

    /// Forgets the tokens.
    pub(super) async fn delete(&self) -> Result<(), AuthError> {
        self.file.delete()?;
        match self.choice {
            TokenStore::File => Ok(()),
            TokenStore::Keyring => self.keyring.delete().await.map_err(AuthError::Keyring),
            // A keyring that cannot be used has kept nothing.
            TokenStore::Auto => {
                let _ = self.keyring.delete().await;
                Ok(())
            }
        }
    }

    fn close(&self, tokens: &Tokens) -> SecretString {
        let (issuer, client_id) = (self.issuer.to_string(), self.client_id.clone());
        let kept = Kept { issuer, client_id, tokens: tokens.clone() };
        serde_json::to_string(&kept).expect("words and dates are JSON").into()
    }

    /// The tokens in the text, if it is whole and they are this client's.
    fn open(&self, text: &SecretString) -> Option<Tokens> {
        let kept: Kept = serde_json::from_str(text.expose_secret()).ok()?;
        (kept.issuer == self.issuer.as_str() && kept.client_id == self.client_id).then_some(kept.tokens)
    }
}
