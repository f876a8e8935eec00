//! Where the tokens are kept.

use std::path::Path;

use secrecy::ExposeSecret;

use super::{AuthError, tokens::Tokens};
use crate::{
    config::AuthConfig,
    secrets::{Place, SecretError, SecretStore},
};

/// The store of one client of one provider.
#[derive(Debug)]
pub(super) struct Store(SecretStore);

impl Store {
    pub(super) fn new(config: &AuthConfig, dir: &Path) -> Self {
        let AuthConfig { issuer, client_id, store, .. } = config;
        Self(SecretStore::new(*store, format!("{client_id} at {issuer}"), &dir.join("tokens.json")))
    }

    /// The tokens that are kept.
    pub(super) async fn load(&self) -> Result<Option<(Tokens, Place)>, AuthError> {
        let kept = self.0.load().await?;
        Ok(kept.and_then(|(text, place)| Some((serde_json::from_str(text.expose_secret()).ok()?, place))))
    }

    /// Keeps the tokens in place of any before, and says where.
    pub(super) async fn save(&self, tokens: &Tokens) -> Result<Place, AuthError> {
        let text = serde_json::to_string(tokens).expect("words and dates are JSON");
        Ok(self.0.save(text.into()).await?)
    }

    /// Forgets the tokens.
    pub(super) async fn delete(&self) -> Result<(), AuthError> {
        self.0.delete().await?;
        Ok(())
    }
}

impl From<SecretError> for AuthError {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::File { place, why } => Self::Store { place, why },
            SecretError::Keyring(why) => Self::Keyring(why),
        }
    }
}
