//! The tools server as the client sees it: sign, send, retry, time.

mod call;
mod client;
mod clock;
mod embedded;
mod endpoint;
mod failure;
mod identity;
mod retry;
mod session;
mod sign;
mod timing;

use std::{path::PathBuf, sync::Arc, time::Duration};

use chrono::NaiveDate;
use contracts::{
    ActivityId, CustomerId, EvalId, ImportId, ItemId,
    activity::{Activity, ActivityQuery, ActivityRow},
    attention::{Attention, AttentionQuery, NewState},
    book::{BookPage, BookQuery, BookRevision, BookSort, MAX_PAGE},
    changes::{ChangesPage, ChangesQuery, Timeline, TimelineQuery, Visit},
    checks::{HealthChecks, HealthRequest},
    db::{DbHealth, DemoReport},
    delivery::{Delivery, DeliveryReport, ExportPage, ExportQuery, Piece},
    eval::{EvalBatch, EvalResult, EvalResultsQuery, EvalSession, EvalsQuery, MAX_PAGE as MAX_RESULTS, NewEval},
    failure::{Failure, Stage},
    history::{HistoryQuery, Message, NewMessage},
    idempotency::IDEMPOTENCY_KEY,
    newer::KnownItems,
    outcome::{Progress, QueryPage, QueryReply, QueryRequest},
    run::CallTiming,
    server::ServerInfo,
    tools::{ToolCall, ToolOutput, ToolRequest},
};
use reqwest::RequestBuilder;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{auth::Authenticator, config::ServerUrl};
use client::{Answered, Client, Deadline};
use endpoint::Endpoint;
use failure::{FailedAttempt, Remedy};

pub use call::{CallError, CallReport};
pub use clock::Now;
pub use identity::{Identity, SignIn};

/// How often a long list is read again because the book changed meanwhile.
const READINGS: usize = 3;

/// Where the tools server is.
#[derive(Debug, Clone)]
pub enum Target {
    /// In this process, with SQLite in this directory; started at the first call.
    Embedded(PathBuf),
    /// At this address, as whoever is signed in; as a guest where nobody can be. No token ever goes anywhere else.
    Server(ServerUrl, Option<Authenticator>),
}

/// How patient a [`Backend`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one call, all attempts included.
    pub call: Duration,
    /// For one that looks at everybody in the book.
    pub book: Duration,
    /// For one import.
    pub import: Duration,
    /// Before the first retry; doubles with every further one, and is jittered.
    pub first_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            call: Duration::from_secs(10),
            book: Duration::from_secs(30),
            import: Duration::from_secs(600),
            first_pause: Duration::from_millis(100),
        }
    }
}

/// A client of the tools server. Cheap to clone; nothing is opened before the first call.
#[derive(Debug, Clone)]
pub struct Backend(Arc<Client>);

impl Backend {
    /// A client of the server at `target`.
    pub fn new(target: Target) -> Self {
        Self::with(target, Patience::default(), Arc::new(|| chrono::Utc::now().timestamp()))
    }

    /// A client with another patience and another clock.
    pub fn with(target: Target, patience: Patience, now: Now) -> Self {
        Self(Arc::new(Client::new(target, patience, now)))
    }

    /// The server's day (UTC), as far as this machine can tell.
    pub fn today(&self) -> NaiveDate {
        self.0.today()
    }

    /// Who the server says is calling.
    pub async fn identity(&self) -> Result<Identity, Failure> {
        self.0.session().await.map(|session| session.identity.clone())
    }

    /// Asks the server anew who is calling, after a sign-in.
    pub async fn forget_session(&self) {
        self.0.forget_session().await;
    }

    /// Calls one tool, with a deadline of 10 s and retries on what can pass.
    pub async fn call(&self, customer: &CustomerId, call: &ToolCall) -> CallReport {
        let tool = call.name();
        let request = call.params().map(|params| ToolRequest { customer_id: customer.clone(), params });
        let request = request.expect("parameters are dates and words");
        let build = |to: &Endpoint| to.post(&format!("/v1/tools/{tool}")).json(&request);
        let (answer, timing) = self.0.send::<Value>(Deadline::Call, build).await;
        let revision = answer.as_ref().ok().and_then(|answered| answered.revision);
        let outcome = answer.and_then(|Answered { data, .. }| {
            let message = format!("The answer of {tool} does not have the shape it should.");
            ToolOutput::parse(tool, data)
                .map_err(|_| FailedAttempt::new(Stage::Schema, message, Remedy::Nothing).failure)
        });
        CallReport { outcome: outcome.map_err(CallError::from), revision, timing }
    }

    /// Health checks of many customers, in one call, and what that took.
    pub async fn check(&self, request: &HealthRequest) -> Result<(HealthChecks, CallTiming), Failure> {
        let (answer, timing) = self.0.send(Deadline::Call, |to| to.post("/v1/health").json(request)).await;
        Ok((answer?.data, timing))
    }

    /// The same, which the server also keeps as history.
    pub async fn check_and_keep(&self, request: &HealthRequest) -> Result<(HealthChecks, CallTiming), Failure> {
        let build = |to: &Endpoint| once(to.post("/v1/checks").json(request));
        let (answer, timing) = self.0.send(Deadline::Call, build).await;
        Ok((answer?.data, timing))
    }

    /// A page of the book.
    pub async fn book(&self, query: &BookQuery) -> Result<BookPage, Failure> {
        self.get("/v1/customers", query).await
    }

    /// Which book would be read now.
    pub async fn revision(&self) -> Result<BookRevision, Failure> {
        self.send(|to| to.get("/v1/revision")).await
    }

    /// All customers that `query` asks for, whatever their number, in its order; its own `limit` and `after` do not count.
    /// Read by id, so that a book of any size is read page by page and whoever stays is in it once.
    pub async fn whole_book(&self, query: &BookQuery) -> Result<BookPage, Failure> {
        let query_by_id = BookQuery { sort: BookSort::Id, limit: Some(MAX_PAGE), after: None, ..query.clone() };
        let mut book = self.book(&query_by_id).await?;
        while let Some(after) = book.next.take() {
            let page = BookQuery { after: Some(after), as_of: Some(book.as_of), ..query_by_id.clone() };
            let more = self.book(&page).await?;
            book.customers.extend(more.customers);
            book.next = more.next;
            book.revision = book.revision.min(more.revision);
        }
        book.total = u32::try_from(book.customers.len()).unwrap_or(u32::MAX);
        book.customers.sort_by_cached_key(|row| row.place(query.sort));
        Ok(book)
    }

    /// What a query comes to, with everybody that it shows up to its `limit`; its own `after` does not count. `told` hears
    /// how far the book is where it is evaluated first.
    pub async fn ask(&self, request: &QueryRequest, mut told: impl FnMut(Progress)) -> Result<QueryPage, Failure> {
        for _ in 0..READINGS {
            let first = QueryRequest { after: None, ..request.clone() };
            let mut page = self.ask_page(&first, &mut told).await?;
            while let Some(after) = page.next.take().filter(|_| request.limit.is_none()) {
                let next = QueryRequest { after: Some(after), as_of: Some(page.as_of), ..first.clone() };
                let more = self.ask_page(&next, &mut told).await?;
                if more.revision != page.revision {
                    break;
                }
                page.customers.extend(more.customers);
                page.next = more.next;
            }
            let wanted = request.limit.unwrap_or(u32::MAX).min(page.outcome.shown);
            if !page.outcome.parts.is_empty() || page.customers.len() >= wanted as usize {
                return Ok(page);
            }
        }
        let message = "The book changed again and again while it was read; try again in a moment.";
        Err(FailedAttempt::new(Stage::Http, message, Remedy::Nothing).failure)
    }

    async fn ask_page(&self, request: &QueryRequest, told: &mut impl FnMut(Progress)) -> Result<QueryPage, Failure> {
        loop {
            match self.get("/v1/query", request).await? {
                QueryReply::Found(page) => return Ok(*page),
                QueryReply::Evaluating(progress) => told(progress),
            }
        }
    }

    /// What deserves attention in the book.
    pub async fn attention(&self, query: &AttentionQuery) -> Result<Attention, Failure> {
        let build = |to: &Endpoint| to.get("/v1/attention").query(query);
        self.0.send(Deadline::Book, build).await.0.map(|answered| answered.data)
    }

    /// Keeps what becomes of an item; of an open one nothing is kept.
    pub async fn set_item(&self, item: &ItemId, new: &NewState) -> Result<(), Failure> {
        self.once::<Value>(|to| to.put(&format!("/v1/attention/{item}")).json(new)).await.map(drop)
    }

    /// Stores a finished run; the same run id again changes nothing.
    pub async fn record(&self, message: &NewMessage) -> Result<(), Failure> {
        self.once::<Value>(|to| to.post("/v1/messages").json(message)).await.map(drop)
    }

    /// A customer's history, newest first.
    pub async fn history(&self, query: &HistoryQuery) -> Result<Vec<Message>, Failure> {
        self.known("/v1/messages", query).await.map(|known| known.items)
    }

    /// Keeps what was done with a customer; one with the same id gives way to it.
    pub async fn keep_activity(&self, activity: &Activity) -> Result<(), Failure> {
        let path = format!("/v1/activity/{}", activity.id);
        self.once::<Value>(|to| to.put(&path).json(activity)).await.map(drop)
    }

    /// Removes what the user said to have done.
    pub async fn remove_activity(&self, activity: &ActivityId) -> Result<(), Failure> {
        self.once::<Value>(|to| to.delete(&format!("/v1/activity/{activity}"))).await.map(drop)
    }

    /// What was done with a customer, newest first.
    pub async fn activity(&self, query: &ActivityQuery) -> Result<Vec<ActivityRow>, Failure> {
        self.known("/v1/activity", query).await.map(|known| known.items)
    }

    /// What changed between two days, of all customers or of one.
    pub async fn changes(&self, query: &ChangesQuery) -> Result<ChangesPage, Failure> {
        let mut all: ChangesPage = self.get("/v1/changes", query).await?;
        while let Some(after) = all.next.take() {
            let more = ChangesQuery { after: Some(after), ..query.clone() };
            let page: ChangesPage = self.get("/v1/changes", &more).await?;
            all.customers.extend(page.customers);
            all.unchanged += page.unchanged;
            all.left_out += page.left_out;
            all.next = page.next;
        }
        Ok(all)
    }

    /// What happened with a customer, newest first, and its score week by week.
    pub async fn timeline(&self, query: &TimelineQuery) -> Result<Timeline, Failure> {
        self.get("/v1/timeline", query).await
    }

    /// Counts a visit today, and tells the day of the one before.
    pub async fn visit(&self) -> Result<Visit, Failure> {
        self.once(|to| to.post("/v1/visits")).await
    }

    /// Begins an evaluation.
    pub async fn begin_eval(&self, eval: &NewEval) -> Result<(), Failure> {
        self.once::<Value>(|to| to.post("/v1/evals").json(eval)).await.map(drop)
    }

    /// Adds results to an evaluation; those that it has already change nothing.
    pub async fn add_results(&self, eval: &EvalId, batch: &EvalBatch) -> Result<(), Failure> {
        self.once::<Value>(|to| to.post(&format!("/v1/evals/{eval}/results")).json(batch)).await.map(drop)
    }

    /// The evaluations, newest first.
    pub async fn evals(&self, query: &EvalsQuery) -> Result<Vec<EvalSession>, Failure> {
        self.known("/v1/evals", query).await.map(|known| known.items)
    }

    /// One evaluation.
    pub async fn eval(&self, eval: &EvalId) -> Result<EvalSession, Failure> {
        self.send(|to| to.get(&format!("/v1/evals/{eval}"))).await
    }

    /// Deletes an evaluation with its results.
    pub async fn delete_eval(&self, eval: &EvalId) -> Result<(), Failure> {
        self.once::<Value>(|to| to.delete(&format!("/v1/evals/{eval}"))).await.map(drop)
    }

    /// A page of an evaluation's results, by customer, task and repeat.
    pub async fn eval_results(&self, eval: &EvalId, query: &EvalResultsQuery) -> Result<Vec<EvalResult>, Failure> {
        self.results(eval, query).await.map(|known| known.items)
    }

    async fn results(&self, eval: &EvalId, query: &EvalResultsQuery) -> Result<KnownItems<EvalResult>, Failure> {
        self.known(&format!("/v1/evals/{eval}/results"), query).await
    }

    /// All results of an evaluation, without their steps.
    pub async fn all_eval_results(&self, eval: &EvalId) -> Result<Vec<EvalResult>, Failure> {
        let (mut results, mut read) = (Vec::new(), 0);
        loop {
            let offset = u32::try_from(read).ok();
            let page = EvalResultsQuery { limit: Some(MAX_RESULTS), offset, ..EvalResultsQuery::default() };
            let KnownItems { items, of } = self.results(eval, &page).await?;
            results.extend(items);
            read += of;
            if of < MAX_RESULTS as usize {
                return Ok(results);
            }
        }
    }

    /// Sends the piece of an import that has this number; sent again, it takes its own place.
    pub async fn send_piece(&self, import: &ImportId, number: u32, piece: &Piece) -> Result<(), Failure> {
        let path = format!("/v1/imports/{import}/pieces/{number}");
        let build = |to: &Endpoint| once(to.post(&path).json(piece));
        self.0.send::<Value>(Deadline::Import, build).await.0.map(drop)
    }

    /// Ends an import, all or nothing. It may take longer than other calls. Where losses ask first, the pieces stay, and
    /// the delivery may be sent again.
    pub async fn deliver(&self, import: &ImportId, delivery: &Delivery) -> Result<DeliveryReport, Failure> {
        let build = |to: &Endpoint| once(to.post(&format!("/v1/imports/{import}")).json(delivery));
        self.0.send(Deadline::Import, build).await.0.map(|answered| answered.data)
    }

    /// What the book holds of the customers behind `after`, by id; of the first where it is none.
    pub async fn export(&self, after: Option<CustomerId>) -> Result<ExportPage, Failure> {
        self.get("/v1/export", &ExportQuery { after }).await
    }

    /// Removes a customer with everything known of it.
    pub async fn remove_customer(&self, id: &CustomerId) -> Result<(), Failure> {
        self.once::<Value>(|to| to.delete(&format!("/v1/customers/{id}"))).await.map(drop)
    }

    /// Puts the demo customers in (again).
    pub async fn seed_demo(&self) -> Result<DemoReport, Failure> {
        self.once(|to| to.post("/api/db/seed-global")).await
    }

    /// Takes the demo customers out.
    pub async fn remove_demo(&self) -> Result<DemoReport, Failure> {
        self.once(|to| to.delete("/api/db/seed-global")).await
    }

    /// What the server can do.
    pub async fn server(&self) -> Result<ServerInfo, Failure> {
        self.send(|to| to.get("/v1")).await
    }

    /// The state of the server's database.
    pub async fn db_health(&self) -> Result<DbHealth, Failure> {
        self.send(|to| to.get("/api/db/health")).await
    }

    /// A list, of which a newer server may have items that are not known here.
    async fn known<T: DeserializeOwned>(&self, path: &str, query: &impl Serialize) -> Result<KnownItems<T>, Failure> {
        self.get(path, query).await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, query: &impl Serialize) -> Result<T, Failure> {
        self.send(|to| to.get(path).query(query)).await
    }

    /// A write. Sent again it is not carried out again, so that it may be repeated like a read.
    async fn once<T: DeserializeOwned>(&self, build: impl FnOnce(&Endpoint) -> RequestBuilder) -> Result<T, Failure> {
        self.send(|to| once(build(to))).await
    }

    async fn send<T: DeserializeOwned>(&self, build: impl FnOnce(&Endpoint) -> RequestBuilder) -> Result<T, Failure> {
        self.0.send(Deadline::Call, build).await.0.map(|answered| answered.data)
    }
}

/// The request with a fresh idempotency key, which all of its attempts share.
fn once(request: RequestBuilder) -> RequestBuilder {
    request.header(IDEMPOTENCY_KEY, sign::nonce().as_str())
}
