//! The planner that asks a language model. It chooses tools and writes; the tools alone are the source of facts.

pub mod accept;
pub mod answer;
pub mod budget;
pub mod key;

/// The language model that is configured. Clones share its limits.
#[derive(Debug, Clone)]
pub struct Model {}
