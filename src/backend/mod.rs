//! The tools server as the client sees it: sign, send, retry, time.

use contracts::{
    CustomerId, Line, OwnerId,
    book::{BookPage, BookQuery},
    db::{DbHealth, DemoReport},
    history::{HistoryQuery, Message, NewMessage},
    import::{ImportReport, ImportRequest},
    run::{CallTiming, Failure},
    session::CallerKind,
    tools::{ToolCall, ToolOutput},
};

/// Why a tool has no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum CallError {
    /// The store has nothing for it; what is missing, in words.
    Missing(Line),
    /// The call failed.
    Failed(Failure),
}

/// A tool call that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct CallReport {
    /// The answer, or why there is none.
    pub outcome: Result<ToolOutput, CallError>,
    /// Where the time went.
    pub timing: CallTiming,
}

/// Who the server says is calling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Whose rows are read.
    pub owner: OwnerId,
    /// What kind of caller.
    pub kind: CallerKind,
    /// Whether writes are accepted.
    pub writable: bool,
}

/// Where the tools server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// In this process, with SQLite in this directory; started at the first call.
    Embedded(std::path::PathBuf),
    /// At this URL (`http` or `https`).
    Server(String),
}

/// A client of the tools server. Cheap to clone; nothing is opened before the first call.
#[derive(Debug, Clone)]
pub struct Backend {}

#[allow(clippy::unimplemented, unused_variables, missing_docs)]
impl Backend {
    /// A client of the server at `target`.
    pub fn new(target: Target) -> Self {
        unimplemented!()
    }
    pub async fn identity(&self) -> Result<Identity, Failure> {
        unimplemented!()
    }
    /// Calls one tool, with a deadline of 10 s and retries on what can pass.
    pub async fn call(&self, customer: &CustomerId, call: &ToolCall) -> CallReport {
        unimplemented!()
    }
    pub async fn book(&self, query: &BookQuery) -> Result<BookPage, Failure> {
        unimplemented!()
    }
    pub async fn record(&self, message: &NewMessage) -> Result<(), Failure> {
        unimplemented!()
    }
    pub async fn history(&self, query: &HistoryQuery) -> Result<Vec<Message>, Failure> {
        unimplemented!()
    }
    pub async fn import(&self, request: &ImportRequest) -> Result<ImportReport, Failure> {
        unimplemented!()
    }
    pub async fn seed_demo(&self) -> Result<DemoReport, Failure> {
        unimplemented!()
    }
    pub async fn remove_demo(&self) -> Result<DemoReport, Failure> {
        unimplemented!()
    }
    pub async fn db_health(&self) -> Result<DbHealth, Failure> {
        unimplemented!()
    }
}
