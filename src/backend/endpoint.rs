//! Where requests go, and one exchange: over the wire, or with the server inside this process.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
};
use contracts::{book::BOOK_REVISION, server::CLIENT_VERSION};
use reqwest::{
    Client, Method, Request, RequestBuilder, Response, Url,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use tower::ServiceExt;

use super::{
    failure::{Answer, FailedAttempt},
    timing::ServerTiming,
};
use crate::{config::ServerUrl, http};

/// The longest answer that is read, in bytes; the largest book takes a tenth of it.
const MAX_ANSWER: usize = 64 * 1024 * 1024;

/// The name of the server inside this process: nothing listens there.
pub(super) const INSIDE: &str = "inside.invalid";

/// A tools server that can be called.
#[derive(Debug)]
pub(super) struct Endpoint {
    /// Makes requests, and sends those that go over the wire.
    client: Client,
    /// The server inside this process, where it is that one.
    inside: Option<Router>,
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
    /// The server at `url`, called `place` in messages.
    pub(super) fn at(url: &ServerUrl, place: String) -> Result<Self, reqwest::Error> {
        let base = Url::parse(url.as_str()).expect("a server address is a URL");
        let host = base.host_str().unwrap_or_default();
        let authority = base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let client = http::client(url.is_protected(), introduction())?;
        Ok(Self { client, inside: None, base, authority, place })
    }

    /// The server inside this process, called `place` in messages. Its requests leave no trace outside of it.
    pub(super) fn inside(router: Router, place: String) -> Result<Self, reqwest::Error> {
        let base = Url::parse(&format!("http://{INSIDE}")).expect("a name makes a URL");
        let client = http::client(false, introduction())?;
        Ok(Self { client, inside: Some(router), base, authority: INSIDE.to_owned(), place })
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
    pub(super) async fn exchange(&self, request: Request) -> Result<Received, FailedAttempt> {
        let response = match &self.inside {
            None => {
                self.client.execute(request).await.map_err(|error| FailedAttempt::unanswered(&self.place, &error))?
            }
            Some(router) => self.hand(router.clone(), request).await?,
        };
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

    /// Hands a request to the server inside this process.
    async fn hand(&self, router: Router, request: Request) -> Result<Response, FailedAttempt> {
        let request = axum::http::Request::<reqwest::Body>::try_from(request).expect("its parts are those of HTTP");
        let Ok(answer) = router.oneshot(request.map(Body::new)).await;
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, MAX_ANSWER).await.map_err(|_| FailedAttempt::endless(&self.place))?;
        Ok(axum::http::Response::from_parts(parts, body).into())
    }

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, FailedAttempt> {
        let mut body = Vec::new();
        while let Some(chunk) =
            response.chunk().await.map_err(|error| FailedAttempt::unanswered(&self.place, &error))?
        {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(FailedAttempt::endless(&self.place));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// What every request says of this program.
fn introduction() -> HeaderMap {
    HeaderMap::from_iter([(
        HeaderName::from_static(CLIENT_VERSION),
        HeaderValue::from_static(env!("CARGO_PKG_VERSION")),
    )])
}
