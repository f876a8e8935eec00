//! The screen: its state machine without a terminal, its frames, and the real program in a pseudo-terminal.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod asking;
mod away;
mod book_tasks;
mod browsing;
mod copying;
mod detection;
mod evals;
mod finding;
mod foreign_names;
mod freshness;
mod importing;
mod key_page;
mod keys;
mod marks;
mod model_runs;
mod mouse;
mod own_keys;
mod palette;
mod pictures;
mod properties;
mod pty;
mod pty_copy;
mod pty_import;
mod pty_input;
mod pty_job;
mod pty_model;
#[cfg(unix)]
mod pty_multiplexers;
#[cfg(unix)]
mod pty_notes;
mod pty_sizes;
mod pty_today;
mod queries;
mod question_line;
mod remembering;
mod runs;
mod screens;
#[path = "../support/model/mod.rs"]
mod scripted;
mod sending;
mod sending_many;
mod sheets;
mod sign_in;
mod styles;
mod support;
mod today;
mod undoing;
mod views;
