//! The key to the model's API: out of the environment, or out of where secrets are kept when the first run needs it.

use std::{path::Path, sync::Arc};

use secrecy::SecretString;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use crate::{
    config::LlmConfig,
    secrets::{SecretError, SecretStore},
};

/// Where the key of this API is kept: a file for each API, so that the key of one never takes the place of another's.
pub fn secret_store(config: &LlmConfig, data_dir: &Path) -> SecretStore {
    let owner = format!("model at {}", config.base_url);
    let digest = Sha256::digest(&owner);
    let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    SecretStore::new(config.store, owner, &data_dir.join("llm").join(format!("key-{name}.json")))
}

/// The key, or none for a server that asks for none. Clones share what was read.
#[derive(Debug, Clone)]
pub struct Key(Arc<Source>);

#[derive(Debug)]
enum Source {
    Given(Option<SecretString>),
    Kept { store: SecretStore, read: OnceCell<Option<SecretString>> },
}

impl Key {
    /// This key.
    pub fn given(key: Option<SecretString>) -> Self {
        Self(Arc::new(Source::Given(key)))
    }

    /// Whatever is kept when it is first asked for: a keyring may take its time, and most runs need no key.
    pub fn kept(store: SecretStore) -> Self {
        Self(Arc::new(Source::Kept { store, read: OnceCell::new() }))
    }

    /// The key.
    ///
    /// # Errors
    /// What is kept cannot be read. The next call tries again.
    pub async fn get(&self) -> Result<Option<SecretString>, SecretError> {
        match &*self.0 {
            Source::Given(key) => Ok(key.clone()),
            Source::Kept { store, read } => {
                let load = || async { Ok(store.load().await?.map(|(key, _)| key)) };
                read.get_or_try_init(load).await.cloned()
            }
        }
    }
}
