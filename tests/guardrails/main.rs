//! What holds whatever a model writes, as pure checks.

mod accepting;
mod data;
mod properties;
mod redaction;
mod sentences;
mod streaming;
mod support;
