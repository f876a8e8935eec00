//! The one client: a session, a signature, attempts within a deadline, and where the time went.

use std::{sync::Arc, time::Duration};

use chrono::NaiveDate;
use contracts::{
    ErrorCode, Line,
    failure::{Failure, Stage},
    run::CallTiming,
};
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;
use tokio::sync::OnceCell;

use super::{
    Patience, Target,
    clock::{Clock, Now},
    embedded,
    endpoint::{Endpoint, Received},
    failure::{self, FailedAttempt, Remedy},
    retry::Retries,
    session::{Session, Sessions},
    sign,
    timing::{Stopwatch, Way},
};

/// Which deadline a call has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deadline {
    Call,
    Book,
    Import,
}

/// What the server answered, and which revision of the book it said that it made it of.
#[derive(Debug)]
pub(super) struct Answered<T> {
    pub(super) data: T,
    pub(super) revision: Option<u64>,
}

#[derive(Debug)]
pub(super) struct Client {
    target: Target,
    patience: Patience,
    clock: Clock,
    endpoint: OnceCell<Endpoint>,
    sessions: Sessions,
}

impl Client {
    pub(super) fn new(target: Target, patience: Patience, now: Now) -> Self {
        let (endpoint, sessions) = (OnceCell::new(), Sessions::default());
        Self { target, patience, clock: Clock::new(now), endpoint, sessions }
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// The session in use, or a new one.
    pub(super) async fn session(&self) -> Result<Arc<Session>, Failure> {
        let session = async { self.current_session(self.endpoint().await?).await };
        match tokio::time::timeout(self.patience.call, session).await {
            Ok(session) => session.map_err(|failed| failed.failure),
            Err(_) => Err(failure::timeout(&self.place(), self.patience.call)),
        }
    }

    /// Lets the next call ask for a new session.
    pub(super) async fn forget_session(&self) {
        self.sessions.clear().await;
    }

    async fn current_session(&self, endpoint: &Endpoint) -> Result<Arc<Session>, FailedAttempt> {
        let authenticator = match &self.target {
            Target::Server(_, authenticator) => authenticator.as_ref(),
            Target::Embedded(_) => None,
        };
        self.sessions.current(endpoint, &self.clock, authenticator).await
    }

    /// Sends a request until it is answered, nothing more can help, or the deadline passes.
    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        deadline: Deadline,
        build: impl FnOnce(&Endpoint) -> RequestBuilder,
    ) -> (Result<Answered<T>, Failure>, CallTiming) {
        let deadline = match deadline {
            Deadline::Call => self.patience.call,
            Deadline::Book => self.patience.book,
            Deadline::Import => self.patience.import,
        };
        let mut watch = Stopwatch::start();
        let attempts = self.attempts(deadline, build, &mut watch);
        let outcome = match tokio::time::timeout(deadline, attempts).await {
            Ok(outcome) => outcome,
            Err(_) => Err(failure::timeout(&self.place(), deadline)),
        };
        let attempt = watch.attempts.max(1);
        let way = match self.target {
            Target::Embedded(_) => Way::Inside,
            Target::Server(..) => Way::Network,
        };
        (outcome.map_err(|failure| Failure { attempt, ..failure }), watch.stop(way))
    }

    async fn attempts<T: DeserializeOwned>(
        &self,
        deadline: Duration,
        build: impl FnOnce(&Endpoint) -> RequestBuilder,
        watch: &mut Stopwatch,
    ) -> Result<Answered<T>, Failure> {
        let endpoint = self.endpoint().await.map_err(|failed| failed.failure)?;
        let request = build(endpoint).build().map_err(|_| unsendable().failure)?;
        let mut retries = Retries::new(self.patience.first_pause);
        loop {
            watch.attempts += 1;
            let copy = request.try_clone().expect("a body in memory can be copied");
            let failed = match self.attempt(endpoint, copy, watch).await {
                Ok(answered) => return Ok(answered),
                Err(failed) => failed,
            };
            match retries.pause_after(failed.remedy) {
                Some(pause) if watch.elapsed() + pause < deadline => tokio::time::sleep(pause).await,
                _ => return Err(failed.failure),
            }
        }
    }

    async fn attempt<T: DeserializeOwned>(
        &self,
        endpoint: &Endpoint,
        request: reqwest::Request,
        watch: &mut Stopwatch,
    ) -> Result<Answered<T>, FailedAttempt> {
        let Self { clock, sessions, .. } = self;
        let session = self.current_session(endpoint).await?;
        let Session { keyid, key, .. } = &*session;
        let signed = sign::signed(request, keyid, key, &endpoint.authority, clock.now()).ok_or_else(unsendable)?;
        let path = signed.url().path().to_owned();
        watch.sending();
        let received = endpoint.exchange(signed).await;
        watch.received(received.as_ref().map(|received| received.timing).unwrap_or_default());
        let outcome = received.and_then(|Received { answer, .. }| {
            Ok(Answered { data: answer.open(&endpoint.place)?, revision: answer.revision })
        });
        log(&path, watch.attempts, outcome.as_ref().err());
        match outcome.as_ref().map_err(|failed: &FailedAttempt| failed.remedy) {
            Err(Remedy::SetClock(server_time)) => clock.set(server_time),
            Err(Remedy::NewSession) => sessions.forget(&session).await,
            _ => {}
        }
        outcome
    }

    /// Where requests go. The server inside is started here, once, by whichever call comes first.
    async fn endpoint(&self) -> Result<&Endpoint, FailedAttempt> {
        let endpoint = self.endpoint.get_or_try_init(|| async {
            let endpoint = match &self.target {
                Target::Embedded(data_dir) => Endpoint::inside(embedded::start(data_dir).await?, self.place()),
                Target::Server(url, _) => Endpoint::at(url, self.place()),
            };
            endpoint.map_err(|error| {
                tracing::error!(%error, "the HTTP client cannot be made");
                let message = "The HTTP client cannot start; are this machine's root certificates installed?";
                FailedAttempt::new(Stage::Connect, message, Remedy::Nothing)
            })
        });
        endpoint.await
    }

    fn place(&self) -> String {
        match &self.target {
            Target::Embedded(_) => "the tools server inside this program".to_owned(),
            Target::Server(url, _) => format!("the tools server at {url}"),
        }
    }
}

/// What the log keeps of an attempt: nothing of the customer, and the id that finds it in the server's log.
fn log(path: &str, attempt: u32, failed: Option<&FailedAttempt>) {
    match failed.map(|failed| &failed.failure) {
        None => tracing::debug!(path, attempt, "answered"),
        Some(Failure { stage, code, request_id, .. }) => {
            let (stage, code) = (stage.as_str(), code.map(ErrorCode::as_str));
            tracing::warn!(
                path,
                attempt,
                stage,
                code,
                request_id = request_id.as_ref().map(Line::as_str),
                "not answered"
            );
        }
    }
}

fn unsendable() -> FailedAttempt {
    FailedAttempt::new(Stage::Sign, "The request cannot be signed; this is a defect of the program.", Remedy::Nothing)
}
