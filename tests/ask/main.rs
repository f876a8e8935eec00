//! Plain language: what a sentence asks for, what the book answers, and the `ask` command.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_words;
mod book;
mod phrases;
mod program;
mod rendering;
mod support;
