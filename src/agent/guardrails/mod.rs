//! What holds whatever a model writes: figures rest on data, and nothing foreign comes through. In code, not in a prompt.

pub mod data;
pub mod grounding;
pub mod redaction;
pub mod stream;
