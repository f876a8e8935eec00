//! The terminal client of Customer Success Copilot.
//!
//! Arrows point one way: `ui -> app -> agent -> backend -> contracts`; `agent` asks the tools server through [`backend`]
//! and a language model through [`chat`]. The headless [`commands`] and the screen use the
//! same [`agent`], through the same events.

pub mod agent;
pub mod app;
pub mod auth;
pub mod backend;
pub mod chat;
pub mod cli;
pub mod commands;
pub mod company;
pub mod config;
pub mod conversations;
pub mod days;
pub mod eval;
pub mod export;
mod http;
mod kept;
pub mod key;
pub mod logging;
pub mod note;
pub mod own_tasks;
mod pattern;
pub mod redaction;
pub mod render;
pub mod secrets;
pub mod send;
pub mod sources;
pub mod term;
pub mod trusted;
pub mod ui;
pub mod words;
