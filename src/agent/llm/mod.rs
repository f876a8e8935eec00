//! The planner that asks a language model. It chooses tools and writes; the tools alone are the source of facts.

pub mod accept;
pub mod answer;
mod consult;
pub mod conversation;
pub mod desk;
mod error;
pub mod prompt;
pub mod query;
pub mod read;
pub mod reading;
pub mod surroundings;
pub mod tools;

pub(super) use consult::{Case, Consulted, consult, further, preview, ready};
pub use error::NoAnswer;
