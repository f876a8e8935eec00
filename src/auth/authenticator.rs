//! Keeps whoever signed in signed in.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::TimeDelta;
use secrecy::SecretString;

use super::{
    Attempt, AuthError, BrowserAttempt, DeviceAttempt, Kind, Time, Tokens, Way, lock, provider::Provider, store::Store,
};
use crate::{
    config::{AuthConfig, ServerUrl},
    secrets::Place,
};

/// Tokens are renewed this long before they end.
const RENEW_BEFORE: TimeDelta = TimeDelta::minutes(5);

/// When the store is read again after the provider knows a refresh token no more: another process, which does not
/// share our lock, may have used it and be about to write.
const READ_AGAIN: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(25), Duration::from_millis(50), Duration::from_millis(100)];

/// The sign-in of this account, shared with every other process of it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Authenticator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    provider: Arc<Provider>,
    store: Store,
    dir: PathBuf,
}

/// How signing out went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedOut {
    /// Nobody was signed in.
    Nobody,
    /// The tokens are deleted here, and the provider has revoked them.
    Revoked,
    /// The tokens are deleted here; the provider revokes none.
    Deleted,
    /// The tokens are deleted here; the provider could not be told.
    NotTold(AuthError),
}

impl Authenticator {
    /// The sign-in that `config` describes, with its files in `dir`. Nothing is touched before the first call.
    ///
    /// # Errors
    /// This machine's root certificates cannot be used.
    pub fn new(config: AuthConfig, dir: &Path, time: Time) -> Result<Self, AuthError> {
        let store = Store::new(&config, dir);
        let provider = Arc::new(Provider::new(config, time)?);
        Ok(Self(Arc::new(Inner { provider, store, dir: dir.to_owned() })))
    }

    /// The identity provider.
    pub fn issuer(&self) -> &ServerUrl {
        &self.0.provider.config.issuer
    }

    /// Starts to sign in. What was before stays until [`Authenticator::keep`].
    ///
    /// # Errors
    /// The provider cannot be reached, or does not offer the way.
    pub async fn begin(&self, way: Way) -> Result<Attempt, AuthError> {
        let provider = &self.0.provider;
        if way != Way::Browser {
            match DeviceAttempt::begin(Arc::clone(provider)).await? {
                Some(attempt) => return Ok(Attempt(Kind::Device(attempt))),
                None if way == Way::Device => return Err(AuthError::NoDeviceGrant(self.issuer().clone())),
                None => {}
            }
        }
        Ok(Attempt(Kind::Browser(BrowserAttempt::begin(Arc::clone(provider)).await?)))
    }

    /// Signs in for good, and says where the tokens are kept.
    ///
    /// # Errors
    /// They cannot be kept.
    pub async fn keep(&self, tokens: &Tokens) -> Result<Place, AuthError> {
        let _lock = self.lock().await?;
        self.0.store.save(tokens).await
    }

    /// The tokens as they are kept, and where.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn kept(&self) -> Result<Option<(Tokens, Place)>, AuthError> {
        self.0.store.load().await
    }

    /// Tokens that are good now, renewed where they are about to end; `None` for a guest.
    ///
    /// # Errors
    /// [`AuthError::Ended`] where only the user can sign in again. Where the provider is away, tokens that are still
    /// good are given out as they are.
    pub async fn current(&self) -> Result<Option<Tokens>, AuthError> {
        match self.load().await? {
            Some(tokens) if !self.is_fresh(&tokens) => {
                // Once the provider has taken the refresh token, the new one must be kept, whether or not whoever asked
                // still waits.
                let this = self.clone();
                let renewal = tokio::spawn(async move { this.renewed().await });
                renewal.await.unwrap_or(Err(AuthError::Unreachable(self.issuer().clone())))
            }
            other => Ok(other),
        }
    }

    /// Signs out: here in any case, and at the provider where it can be told.
    ///
    /// # Errors
    /// The tokens cannot be deleted.
    pub async fn end(&self) -> Result<SignedOut, AuthError> {
        let _lock = self.lock().await?;
        let Some(tokens) = self.load().await? else {
            // Whatever cannot be read as a sign-in goes as well.
            return self.0.store.delete().await.map(|()| SignedOut::Nobody);
        };
        self.0.store.delete().await?;
        Ok(match self.0.provider.revoke(&tokens).await {
            Ok(true) => SignedOut::Revoked,
            Ok(false) => SignedOut::Deleted,
            Err(error) => SignedOut::NotTold(error),
        })
    }

    async fn load(&self) -> Result<Option<Tokens>, AuthError> {
        Ok(self.0.store.load().await?.map(|(tokens, _)| tokens))
    }

    async fn lock(&self) -> Result<std::fs::File, AuthError> {
        lock::take(&self.0.dir).await
    }

    fn is_fresh(&self, tokens: &Tokens) -> bool {
        self.0.provider.time.now() + RENEW_BEFORE < tokens.expires
    }

    async fn renewed(&self) -> Result<Option<Tokens>, AuthError> {
        let _lock = self.lock().await?;
        // While we waited for the lock, somebody else may have renewed them, or signed out.
        let Some(tokens) = self.load().await? else { return Ok(None) };
        let is_over = tokens.expires <= self.0.provider.time.now();
        match &tokens.refresh {
            _ if self.is_fresh(&tokens) => Ok(Some(tokens)),
            None if is_over => Err(AuthError::Ended),
            None => Ok(Some(tokens)),
            Some(refresh) => match self.exchange(&tokens, refresh).await {
                Ok(new) => Ok(Some(new)),
                Err(AuthError::Unreachable(issuer)) if !is_over => {
                    tracing::warn!(%issuer, "the sign-in could not be renewed yet");
                    Ok(Some(tokens))
                }
                Err(error) => Err(error),
            },
        }
    }

    async fn exchange(&self, tokens: &Tokens, refresh: &SecretString) -> Result<Tokens, AuthError> {
        match self.0.provider.refresh(tokens, refresh).await {
            Ok(new) => {
                self.0.store.save(&new).await?;
                tracing::info!("the sign-in is renewed");
                Ok(new)
            }
            Err(AuthError::Ended) => self.renewed_by_another(tokens).await,
            Err(error) => Err(error),
        }
    }

    async fn renewed_by_another(&self, used: &Tokens) -> Result<Tokens, AuthError> {
        for pause in READ_AGAIN {
            self.0.provider.time.sleep(pause).await;
            if let Some(found) = self.load().await?.filter(|found| !found.is_same_as(used)) {
                return Ok(found);
            }
        }
        Err(AuthError::Ended)
    }
}
