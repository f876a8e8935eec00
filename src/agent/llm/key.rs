//! The key of the model's API.

use secrecy::SecretString;

/// Where the key comes from.
#[derive(Debug, Clone)]
pub struct Key(Option<SecretString>);

impl Key {
    /// This key; none for a server that needs none.
    pub fn given(key: Option<SecretString>) -> Self {
        Self(key)
    }

    /// The key.
    ///
    /// # Errors
    /// Why it cannot be read, in one sentence.
    pub async fn get(&self) -> Result<Option<SecretString>, String> {
        Ok(self.0.clone())
    }
}
