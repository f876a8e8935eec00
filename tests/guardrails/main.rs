//! What holds whatever a model writes, as pure checks.

mod redaction;
