//! The model's API over HTTP: one request, one stream. Trying again is the caller's.

use std::sync::{Arc, OnceLock};

use async_openai::{
    Client, config::Config, error::OpenAIError, middleware::HttpRequestFactory,
    types::chat::CreateChatCompletionRequest,
};
use futures::StreamExt;
use reqwest::{
    Url,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use tower::service_fn;

use super::{
    NoAnswer,
    chunk::Chunk,
    failed::FailedAttempt,
    turn::Turn,
    wire::{self, Unreadable},
};
use crate::{config::ApiUrl, http};

const PATH: &str = "/chat/completions";
/// Azure's own header for a key.
const API_KEY: HeaderName = HeaderName::from_static("api-key");
const AZURE: &str = ".openai.azure.com";

/// A client of one API. Clones share its connections.
#[derive(Debug, Clone)]
pub(super) struct Api {
    http: reqwest::Client,
    base: ApiUrl,
}

/// The address to the library; the key is in the headers of our own HTTP client.
#[derive(Debug, Clone)]
struct Address {
    base: ApiUrl,
    no_key: SecretString,
}

impl Config for Address {
    fn headers(&self) -> HeaderMap {
        HeaderMap::new()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn query(&self) -> Vec<(&str, &str)> {
        Vec::new()
    }

    fn api_base(&self) -> &str {
        self.base.as_str()
    }

    fn api_key(&self) -> &SecretString {
        &self.no_key
    }
}

impl Api {
    /// A client that sends this key, if there is one.
    ///
    /// # Errors
    /// [`NoAnswer::KeyUnfit`] or [`NoAnswer::NoCertificates`].
    pub(super) fn new(base: &ApiUrl, key: Option<&SecretString>) -> Result<Self, NoAnswer> {
        let headers = headers(base, key).ok_or(NoAnswer::KeyUnfit)?;
        let http = http::client(base.is_protected(), headers).map_err(|_| NoAnswer::NoCertificates)?;
        Ok(Self { http, base: base.clone() })
    }

    /// Asks once. `turn` holds what has come so far; `grown` hears of it after every chunk.
    pub(super) async fn ask(
        &self,
        request: &CreateChatCompletionRequest,
        turn: &mut Turn,
        mut grown: impl FnMut(&Turn),
    ) -> Result<(), FailedAttempt> {
        let (http, unreadable) = (self.http.clone(), Arc::new(OnceLock::new()));
        let why = Arc::clone(&unreadable);
        // Errors are read here: the library would write their text into the log.
        let service = service_fn(move |factory: HttpRequestFactory| send(http.clone(), factory, Arc::clone(&why)));
        let address = Address { base: self.base.clone(), no_key: SecretString::default() };
        let client = Client::build(self.http.clone(), address).with_http_service(service);
        let mut chunks = client.chat().create_stream_byot::<_, Chunk>(request).await?;
        while let Some(chunk) = chunks.next().await {
            let broken =
                |error: OpenAIError| unreadable.get().map_or_else(|| error.into(), |&why| FailedAttempt::from(why));
            let chunk = chunk.map_err(broken)?;
            let has_begun = turn.has_begun();
            turn.take(chunk).map_err(|error| FailedAttempt::in_answer(error, has_begun))?;
            grown(turn);
        }
        Ok(())
    }
}

/// Where requests go.
pub(super) fn url(base: &ApiUrl) -> String {
    format!("{base}{PATH}")
}

async fn send(
    http: reqwest::Client,
    factory: HttpRequestFactory,
    why: Arc<OnceLock<Unreadable>>,
) -> Result<reqwest::Response, OpenAIError> {
    let boxed = |failed: FailedAttempt| OpenAIError::Boxed(Box::new(failed));
    let request = factory.build().await?;
    let response = http.execute(request).await.map_err(|error| boxed(FailedAttempt::unanswered(&error)))?;
    if !response.status().is_success() {
        return Err(boxed(FailedAttempt::answered(response).await));
    }
    Ok(wire::events(response, why))
}

fn headers(base: &ApiUrl, key: Option<&SecretString>) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    let Some(key) = key else { return Some(headers) };
    let secret = |text: &str| {
        let mut value = HeaderValue::from_str(text).ok()?;
        value.set_sensitive(true);
        Some(value)
    };
    headers.insert(AUTHORIZATION, secret(&format!("Bearer {}", key.expose_secret()))?);
    let is_azure = Url::parse(base.as_str()).is_ok_and(|url| url.host_str().is_some_and(|host| host.ends_with(AZURE)));
    if is_azure {
        headers.insert(API_KEY, secret(key.expose_secret())?);
    }
    Some(headers)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn azure_gets_the_key_in_its_own_header_too_and_nobody_else_does() {
        for (base, is_azure) in [
            ("https://mine.openai.azure.com/openai/v1", true),
            ("https://api.openai.com/v1", false),
            ("https://openai.azure.com.example.com/v1", false),
        ] {
            let headers = headers(&base.parse().unwrap(), Some(&"sk-1".into())).unwrap();
            assert_eq!(headers.contains_key(API_KEY), is_azure, "{base}");
            assert!(headers.values().all(HeaderValue::is_sensitive), "{base}");
        }
        assert!(headers(&"https://api.openai.com/v1".parse().unwrap(), Some(&"sk-1\nx".into())).is_none());
    }
}
