//! The page the browser comes back to, on a loopback port, for one sign-in.

use std::{future::IntoFuture, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Query, State, rejection::QueryRejection},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use contracts::Line;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    time::timeout,
};

use super::AuthError;
use crate::config::ServerUrl;

/// Where the provider sends the browser.
pub(super) const PATH: &str = "/callback";

/// How long the browser has to take in its page.
const LAST_ANSWER: Duration = Duration::from_secs(1);

/// What the browser brings (RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207).
#[derive(Deserialize)]
struct Brought {
    state: SecretString,
    code: Option<SecretString>,
    error: Option<Line>,
    error_description: Option<Line>,
    iss: Option<String>,
}

/// What the sign-in under way expects.
#[derive(Clone)]
struct Expected {
    state: SecretString,
    issuer: ServerUrl,
    outcome: mpsc::Sender<Result<String, AuthError>>,
}

/// Serves the page until the browser of this very sign-in has come, and answers it before closing. Whoever else calls
/// the port changes nothing.
pub(super) async fn receive(listener: TcpListener, state: String, issuer: ServerUrl) -> Result<String, AuthError> {
    let (sender, mut outcomes) = mpsc::channel(1);
    let expected = Expected { state: state.into(), issuer, outcome: sender };
    let router = Router::new().route(PATH, get(page)).with_state(Arc::new(expected));
    let (close, closed) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        let _ = closed.await;
    });
    let mut server = tokio::spawn(server.into_future());
    let outcome = outcomes.recv().await;
    drop(close);
    // A browser may hold a second connection open without ever using it.
    if timeout(LAST_ANSWER, &mut server).await.is_err() {
        server.abort();
    }
    outcome.expect("the server holds a sender for as long as it is waited for")
}

async fn page(State(expected): State<Arc<Expected>>, brought: Result<Query<Brought>, QueryRejection>) -> Response {
    let Some(Query(brought)) = brought.ok().filter(|brought| expected.is_of(brought)) else {
        return words(StatusCode::BAD_REQUEST, "This is not the sign-in that is waited for. Start it again.");
    };
    let (outcome, text) = match (brought.code, brought.error) {
        (Some(code), None) => {
            (Ok(code.expose_secret().to_owned()), "You can close this page and go back to the terminal.")
        }
        (_, Some(error)) if error.as_str() == "access_denied" => {
            (Err(AuthError::Denied), "The sign-in was refused. You can close this page.")
        }
        (_, error) => {
            let error = error.unwrap_or_else(|| Line::new("no reason given"));
            let more = brought.error_description.map(|text| format!(", {text}")).unwrap_or_default();
            let error = Line::new(format!("{error}{more}").trim_end_matches('.'));
            (Err(AuthError::Refused(error)), "The sign-in did not work. The terminal says more.")
        }
    };
    // The first answer counts; a second one finds the channel full or closed.
    let _ = expected.outcome.try_send(outcome);
    words(StatusCode::OK, text)
}

impl Expected {
    /// Whether the browser comes from this sign-in and this provider.
    fn is_of(&self, brought: &Brought) -> bool {
        let (state, expected) = (brought.state.expose_secret(), self.state.expose_secret());
        let is_same = bool::from(state.as_bytes().ct_eq(expected.as_bytes()));
        is_same && brought.iss.as_ref().is_none_or(|iss| iss.trim_end_matches('/') == self.issuer.as_str())
    }
}

/// A page without anything foreign in it.
fn words(status: StatusCode, text: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>cs-copilot</title>\
         <body style=\"font:1.2rem system-ui;margin:20vh auto;max-width:32rem;padding:0 1rem\">\
         <h1>cs-copilot</h1><p>{text}</p></body></html>"
    );
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONNECTION, "close"),
    ];
    (status, headers, Html(page)).into_response()
}
