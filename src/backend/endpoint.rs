//! The HTTP client: where requests go, and one exchange over the wire.

use std::time::Duration;

use contracts::book::BOOK_REVISION;
use reqwest::{
    Client, Method, Request, RequestBuilder, Response, Url,
    header::{HeaderName, HeaderValue},
};

use super::{
    embedded,
    failure::{Answer, Refusal},
    timing::ServerTiming,
};
use crate::{config::ServerUrl, http};

/// The longest answer that is read, in bytes; the largest book takes a tenth of it.
const MAX_ANSWER: usize = 64 * 1024 * 1024;

/// A tools server that can be called.
#[derive(Debug)]
pub(super) struct Endpoint {
    client: Client,
    base: Url,
    /// Host and port as they are signed.
    pub(super) authority: String,
    /// The server in a sentence.
    pub(super) place: String,
}

/// An answer and what the server counted.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) answer: Answer,
    pub(super) timing: ServerTiming,
}

impl Endpoint {
    /// An endpoint at `url`, called `place` in messages. The server inside this process asks for its `pass`.
    pub(super) fn new(url: &ServerUrl, place: String, pass: Option<HeaderValue>) -> Result<Self, reqwest::Error> {
        let base = Url::parse(url.as_str()).expect("a server address is a URL");
        let host = base.host_str().unwrap_or_default();
        let authority = base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let pass = pass.map(|pass| (HeaderName::from_static(embedded::PASS), pass));
        let client = http::client(url.is_protected(), pass.into_iter().collect())?;
        Ok(Self { client, base, authority, place })
    }

    pub(super) fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub(super) fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    pub(super) fn put(&self, path: &str) -> RequestBuilder {
        self.request(Method::PUT, path)
    }

    pub(super) fn delete(&self, path: &str) -> RequestBuilder {
        self.request(Method::DELETE, path)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut url = self.base.clone();
        url.set_path(path);
        self.client.request(method, url)
    }

    /// Sends `request` as it is and reads the whole answer.
    pub(super) async fn exchange(&self, request: Request) -> Result<Received, Refusal> {
        let response = self.client.execute(request).await.map_err(|error| Refusal::unanswered(&self.place, &error))?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        let timing = header("server-timing").map(ServerTiming::parse).unwrap_or_default();
        let answer = Answer {
            status: response.status().as_u16(),
            request_id: header("x-request-id").map(str::to_owned),
            retry_after: header("retry-after").and_then(|secs| secs.parse().ok()).map(Duration::from_secs),
            revision: header(BOOK_REVISION).and_then(|revision| revision.parse().ok()),
            body: Vec::new(),
        };
        let body = self.body(response).await?;
        Ok(Received { answer: Answer { body, ..answer }, timing })
    }

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, Refusal> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| Refusal::unanswered(&self.place, &error))? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(Refusal::endless(&self.place));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}
