//! Requests to the provider: bounded in time and size, and an answer that says "not now" is no answer.

use std::time::Duration;

use oauth2::{HttpRequest, HttpResponse};
use reqwest::{Client, RequestBuilder, StatusCode};

/// How long one exchange may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer that is read, in bytes.
const MAX_ANSWER: usize = 1024 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    /// The network, or time.
    #[error("the exchange broke off")]
    Broken(#[from] reqwest::Error),
    /// It would not fit a terminal's program, let alone a token.
    #[error("the answer is too long")]
    Endless,
    /// 429 or 5xx: nothing is decided.
    #[error("the service is not ready ({0})")]
    NotNow(StatusCode),
}

/// Sends the request and reads the whole answer.
pub(super) async fn answer(request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), Unanswered> {
    let mut response = request.timeout(PATIENCE).send().await?;
    let status = response.status();
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(Unanswered::NotNow(status));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Err(Unanswered::Endless);
        }
        body.extend_from_slice(&chunk);
    }
    Ok((status, body))
}

/// The same for a request of the `oauth2` crate.
pub(super) async fn exchange(http: Client, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
    let (parts, body) = request.into_parts();
    let request = http.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
    let (status, body) = answer(request).await?;
    let mut response = HttpResponse::new(body);
    *response.status_mut() = status;
    Ok(response)
}
