//! One exchange with the identity provider.

use std::{error::Error, iter::successors, sync::Once, time::Duration};

use reqwest::{Client, RequestBuilder, StatusCode, redirect};
use serde::de::DeserializeOwned;

use super::ProviderUrl;

/// How long the provider may take; a session's own deadline is twice that.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The longest answer that is read, in bytes.
const MAX_ANSWER: usize = 256 * 1024;

/// The HTTP client for one address of the provider.
#[derive(Debug)]
pub(super) struct Provider(Client);

impl Provider {
    pub(super) fn new(url: &ProviderUrl) -> Result<Self, reqwest::Error> {
        install_crypto();
        let builder = Client::builder().redirect(redirect::Policy::none()).timeout(TIMEOUT);
        // Plain HTTP stays on this machine: no proxy belongs in between, and no root certificates are loaded.
        let builder = if url.is_plain() { builder.no_proxy().tls_certs_only([]) } else { builder };
        Ok(Self(builder.build()?))
    }

    pub(super) fn get(&self, url: &str) -> RequestBuilder {
        self.0.get(url)
    }

    pub(super) fn post(&self, url: &str) -> RequestBuilder {
        self.0.post(url)
    }
}

/// Why there is no answer.
pub(super) enum NoAnswer {
    /// The provider answered with this status.
    Refused(StatusCode),
    /// It did not answer, or not as it should.
    Down,
}

/// Sends `request` and reads its answer. What went wrong is logged, without anything that was sent.
pub(super) async fn ask<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, NoAnswer> {
    let mut response = request.send().await.map_err(broken)?;
    if !response.status().is_success() {
        return Err(NoAnswer::Refused(response.status()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            tracing::warn!("the sign-in provider's answer is too long to be right");
            return Err(NoAnswer::Down);
        }
    }
    serde_json::from_slice(&body).map_err(|_| {
        tracing::warn!("the sign-in provider's answer does not have the shape it should");
        NoAnswer::Down
    })
}

fn broken(error: reqwest::Error) -> NoAnswer {
    let cause = successors(error.source(), |&error| error.source()).last().map(ToString::to_string);
    tracing::warn!(%error, cause, "the sign-in provider does not answer");
    NoAnswer::Down
}

fn install_crypto() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // An error means that the process already has a provider, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
