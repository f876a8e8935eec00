//! The HTTP client: where requests go, and one exchange over the wire.

use std::{sync::Once, time::Duration};

use reqwest::{Client, ClientBuilder, Method, Request, RequestBuilder, Response, Url, redirect};

use super::{
    failure::{Answer, Refusal},
    timing::ServerTiming,
};
use crate::config::ServerUrl;

/// The longest answer that is read, in bytes; the largest book takes a tenth of it.
const MAX_ANSWER: usize = 64 * 1024 * 1024;

/// How long an unused connection is kept: less than the server keeps it, so that no request meets a closing one.
const IDLE: Duration = Duration::from_secs(20);

const USER_AGENT: &str = concat!("cs-copilot/", env!("CARGO_PKG_VERSION"));

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
    /// An endpoint at `url`, called `place` in messages.
    pub(super) fn new(url: &ServerUrl, place: String) -> Result<Self, reqwest::Error> {
        let base = Url::parse(url.as_str()).expect("a server address is a URL");
        let host = base.host_str().unwrap_or_default();
        let authority = base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Ok(Self { client: client(base.scheme() == "https")?, base, authority, place })
    }

    pub(super) fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub(super) fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
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

/// A client with one pool of connections. A signature holds for one address, so redirects are not followed.
fn client(tls: bool) -> Result<Client, reqwest::Error> {
    install_crypto();
    let builder =
        ClientBuilder::new().redirect(redirect::Policy::none()).pool_idle_timeout(IDLE).user_agent(USER_AGENT);
    // Plain HTTP goes to this machine alone: no proxy belongs in between, and no root certificates are loaded.
    let builder = if tls { builder } else { builder.no_proxy().tls_certs_only([]) };
    builder.build()
}

fn install_crypto() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // An error means that the process already has a provider, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
