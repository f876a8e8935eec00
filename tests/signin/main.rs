//! Sign-in against a certified provider, shaped like Clerk, that `tests/oidc` runs. Without `TEST_OIDC_DIR`, where its
//! packages are installed, those tests say that they are skipped.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking, and says when it is skipped")]

mod browser;
mod device;
mod discovery;
mod keeping;
mod program;
mod sessions;
mod store;
mod support;
mod team;
