//! The settings with a fixed list of values.

use clap::ValueEnum;
use serde::Deserialize;

/// Colours of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// Whatever suits the terminal's background.
    #[default]
    Auto,
    /// For dark backgrounds.
    Dark,
    /// For light backgrounds.
    Light,
    /// No colours at all.
    Mono,
}

/// Who plans a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Planner {
    /// The model what is asked in words, where one is configured; the rules everything else.
    #[default]
    Auto,
    /// The model, and the rules where it cannot.
    Llm,
    /// The rules.
    Deterministic,
}

/// How the screen copies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Clipboard {
    /// tmux inside tmux, OSC 52 over SSH, else this machine's own.
    #[default]
    Auto,
    /// This machine's own clipboard.
    Native,
    /// Through the terminal (OSC 52).
    Osc52,
    /// Through tmux.
    Tmux,
    /// Never copy.
    Off,
}

/// How much goes into the log file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum LogLevel {
    Off,
    Error,
    Warn,
    #[default]
    Info,
    Debug,
    Trace,
}

/// Where the tokens of a sign-in are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum TokenStore {
    /// This machine's keyring where it has one, else a file.
    #[default]
    Auto,
    /// This machine's keyring or nowhere.
    Keyring,
    /// A file that this account alone can read.
    File,
}
