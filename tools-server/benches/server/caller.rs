//! A user of a server, with a key that the server would give, who times what it answers.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::Utc;
use contracts::{
    session::CallerKind,
    signing::{KeyClaims, MasterKey, SignedRequest, SigningKey, SigningParameters, content_digest, sign},
};
use reqwest::{Client, Method, Request, Url};

pub const JSON: &str = "application/json";

/// A user.
#[derive(Clone)]
pub struct Caller {
    address: SocketAddr,
    keyid: String,
    key: Arc<SigningKey>,
}

impl Caller {
    /// The user `owner` of the server at `address`, which has this master key.
    pub fn new(address: SocketAddr, master: &MasterKey, owner: &str) -> Self {
        let (owner, now) = (owner.parse().expect("an owner"), Utc::now().timestamp());
        let claims = KeyClaims::new(master, owner, CallerKind::User, now, now + 900, "jti-of-a-bench".to_owned());
        let keyid = claims.keyid();
        Self { address, key: Arc::new(SigningKey::derive(master, &claims.jti, &keyid)), keyid }
    }

    /// How many milliseconds each of `calls` calls of a tool takes, one after the other.
    pub async fn times(&self, http: &Client, calls: usize, body: &str) -> Vec<f64> {
        let mut times = Vec::with_capacity(calls);
        for _ in 0..calls {
            let request = self.signed(Method::POST, "/v1/tools/calculate_health", None, body);
            times.push(milliseconds(answered(http, request).await.1));
        }
        times
    }

    pub fn signed(&self, method: Method, path: &str, query: Option<&str>, body: &str) -> Request {
        let created = Utc::now().timestamp();
        let nonce = format!("{:032x}", rand::random::<u128>()).parse().expect("a nonce");
        let parameters = SigningParameters { created, expires: created + 300, nonce, keyid: self.keyid.clone() };
        let digest = content_digest(body.as_bytes());
        let authority = self.address.to_string();
        let signed = SignedRequest {
            method: method.as_str(),
            authority: &authority,
            path,
            query,
            content_type: JSON,
            content_digest: &digest,
        };
        let (input, signature) = sign(&self.key, &signed, &parameters).expect("a signature");
        let mut target = url(self.address, path);
        target.set_query(query);
        let mut request = Request::new(method, target);
        for (name, value) in [
            ("content-type", JSON),
            ("content-digest", &digest),
            ("signature-input", &input),
            ("signature", &signature),
        ] {
            request.headers_mut().insert(name, value.parse().expect("a header"));
        }
        *request.body_mut() = Some(body.to_owned().into());
        request
    }
}

pub fn url(address: SocketAddr, path: &str) -> Url {
    format!("http://{address}{path}").parse().expect("a URL")
}

/// How many bytes an answer without an error has, and how long it took to come whole.
pub async fn answered(http: &Client, request: Request) -> (usize, Duration) {
    let start = Instant::now();
    let answer = http.execute(request).await.expect("an answer");
    let status = answer.status();
    let bytes = answer.bytes().await.expect("a whole answer");
    assert!(status.is_success(), "{}", String::from_utf8_lossy(&bytes));
    (bytes.len(), start.elapsed())
}

pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
