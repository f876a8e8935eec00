use std::{fmt, thread, time::Duration};

use keyring::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};
use tokio::{sync::oneshot, time::timeout};

use super::SecretError;

/// How long a keyring may take: one that is locked may ask a user who is not there.
const PATIENCE: Duration = Duration::from_secs(3);

const SERVICE: &str = "cs-copilot";

/// This machine's keyring: the Secret Service, the Keychain or the Credential Manager.
pub(super) struct Keyring {
    user: String,
}

impl Keyring {
    pub(super) fn new(user: String) -> Self {
        Self { user }
    }

    pub(super) async fn read(&self) -> Result<Option<SecretString>, SecretError> {
        self.call(|entry| match entry.get_password() {
            Ok(text) => Ok(Some(text.into())),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    pub(super) async fn write(&self, text: SecretString) -> Result<(), SecretError> {
        self.call(move |entry| entry.set_password(text.expose_secret())).await
    }

    pub(super) async fn delete(&self) -> Result<(), SecretError> {
        self.call(|entry| match entry.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }

    /// Calls in a thread of its own: a keyring that hangs must not keep the program from ending.
    async fn call<T: Send + 'static>(
        &self,
        action: impl FnOnce(Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, SecretError> {
        let user = self.user.clone();
        let (sender, receiver) = oneshot::channel();
        thread::spawn(move || sender.send(Entry::new(SERVICE, &user).and_then(action)));
        match timeout(PATIENCE, receiver).await {
            Ok(Ok(answer)) => answer.map_err(|error| reason(&error).to_owned()),
            Ok(Err(_)) => Err("it broke down".to_owned()),
            Err(_) => Err(format!("it does not answer within {} s", PATIENCE.as_secs())),
        }
        .map_err(SecretError::Keyring)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").finish_non_exhaustive()
    }
}

/// The kind of error in words. Its own text may repeat what was in the entry.
fn reason(error: &Error) -> &'static str {
    match error {
        Error::NoDefaultStore => "there is none",
        Error::NoStorageAccess(_) => "it is locked or not running",
        Error::TooLong(..) => "the secret is too long for it",
        _ => "it refuses",
    }
}
