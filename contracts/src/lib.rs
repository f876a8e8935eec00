//! The language the client and the tools server share: ids, tool payloads, the envelope, error codes, planner
//! results, run events and signatures. Nothing here does I/O or reads a clock; one definition (serde + schemars)
//! feeds the wire, its validation and every schema made from it.

pub mod activity;
pub mod attention;
pub mod block;
pub mod book;
pub mod changes;
pub mod checks;
pub mod days;
pub mod db;
pub mod delivery;
pub mod envelope;
pub mod eval;
pub mod facts;
pub mod failure;
pub mod health;
pub mod history;
pub mod idempotency;
pub mod ids;
pub mod newer;
pub mod occasion;
pub mod outcome;
pub mod planner;
pub mod quarter;
pub mod query;
pub mod reading;
pub mod review;
pub mod run;
pub mod server;
pub mod session;
pub mod signing;
pub mod task;
pub mod text;
pub mod tools;

pub use envelope::{Envelope, ErrorCode, WireError};
pub use idempotency::IdempotencyKey;
pub use ids::{
    ActivityId, CustomerId, EvalId, ImportId, InvalidId, ItemId, OrganisationId, OwnerId, RunId, SourceName,
};
pub use task::{InvalidTaskId, TaskId};
pub use text::{Line, MAX_LINE, Text};
