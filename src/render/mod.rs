//! A planner's answer as plain text, Markdown or JSON, whole or in the parts that are copied on their own.
//!
//! Everything foreign in a [`PlannerResult`] was cleaned when it was read, so nothing here can carry a control
//! sequence to a terminal or a clipboard.

pub mod book;
pub mod changes;
pub mod check;
mod column;
pub mod delivery;
mod markdown;
pub mod page;
mod parts;
pub mod portfolio;
mod text;
pub mod timeline;
pub mod today;

use contracts::planner::{Action, PlannerResult};
use serde::Serialize;
use textwrap::{Options, WordSplitter};

pub use column::Column;
pub use markdown::markdown;
pub use parts::{actions, email, qbr, sentences_of_the_model, summary};
pub use text::text;

/// The answer as indented JSON, as the wire has it.
pub fn json(answer: &impl Serialize) -> String {
    serde_json::to_string_pretty(answer).expect("an answer holds nothing that JSON cannot")
}

/// Lines for a screen that is so many cells wide, where there is one: a line that is too long goes on below, further in. It
/// is broken between words alone, so that a path or an id stays whole.
pub fn wrapped(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_owned() };
    let wrap = |line: &str| {
        let hang = " ".repeat(line.len() - line.trim_start().len() + 4);
        let options = Options::new(width).subsequent_indent(&hang).break_words(false);
        textwrap::fill(line, options.word_splitter(WordSplitter::NoHyphenation))
    };
    text.split('\n').map(wrap).collect::<Vec<_>>().join("\n")
}

/// The heading of an answer: `Acme Corp · Renewal brief · as of 2026-11-23`.
fn heading(customer_name: &str, result: &PlannerResult) -> String {
    format!("{customer_name} · {} · as of {}", result.title(), result.as_of)
}

/// What was asked, why another planner answered than was asked for, and that a model wrote some of it.
fn provenance(result: &PlannerResult) -> impl Iterator<Item = String> {
    let asked = result.question.as_ref().map(|question| format!("Asked: {question}"));
    let marked = result
        .has_model_lines()
        .then(|| "What is marked “model” was written by a language model and may be wrong.".to_owned());
    asked.into_iter().chain(result.plan_hint.as_ref().map(ToString::to_string)).chain(marked)
}

/// The actions that the summary does not tell already, as a handover's does.
pub(crate) fn untold_actions(result: &PlannerResult) -> &[Action] {
    let is_told = |action: &Action| {
        result.summary.as_ref().is_some_and(|summary| summary.as_str().contains(action.text.as_str()))
    };
    if result.actions.iter().all(is_told) { &[] } else { &result.actions }
}

/// A part's contribution to the score, in points: `+22.5`.
fn adds(bp: u32) -> String {
    format!("+{}", crate::words::number(f64::from(bp) / 100.0))
}
