//! The client through its public faces: synthesis, runs, the wire, and the headless commands.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod actions;
mod answers;
#[path = "../support/case.rs"]
mod case;
mod conversations;
mod due;
mod failures;
mod figures;
mod headless;
mod newer;
mod rendering;
mod runs;
mod sessions;
mod support;
