//! What may come next while a query is typed.

use std::ops::Range;

use super::{
    clauses::{self, BY, COUNT, CUSTOMERS, KEYS, SHARE},
    print,
    value::{MISSING, OVERDUE, STALE, example},
};
use crate::facts::{Fact, Kind, catalogue, named};

/// No more are offered at once.
const MOST: usize = 8;

/// Something that may stand where one types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the text that it replaces.
    pub at: Range<usize>,
    /// What would stand there.
    pub text: String,
}

/// What may stand at the end of what was typed so far. `values` tells what the book has of a fact of words.
pub fn completions(typed: &str, values: impl Fn(&Fact) -> Vec<String>) -> Vec<Completion> {
    let start = typed.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |place| place + 1);
    let word = &typed[start..];
    match word.split_once(':') {
        None if word.is_empty() => Vec::new(),
        None => offered(start..typed.len(), &word.to_lowercase(), keys().map(|key| format!("{key}:"))),
        Some((key, rest)) => {
            let from = typed.len() - rest.len() + rest.rfind(',').map_or(0, |comma| comma + 1);
            let begun = typed[from..].trim_start_matches('"').to_lowercase();
            offered(from..typed.len(), &begun, of_key(key, values).into_iter())
        }
    }
}

fn keys() -> impl Iterator<Item = &'static str> {
    catalogue().map(|fact| fact.short).chain(KEYS)
}

fn of_key(key: &str, values: impl Fn(&Fact) -> Vec<String>) -> Vec<String> {
    let shorts =
        |fits: fn(Kind) -> bool| catalogue().filter(move |fact| fits(fact.kind)).map(|fact| fact.short.to_owned());
    match named(key) {
        Some(fact) => {
            let mut all = match fact.kind {
                Kind::Choice(words) => words.iter().map(|word| (*word).to_owned()).collect(),
                Kind::Flag => vec!["yes".to_owned(), "no".to_owned()],
                Kind::Text => values(fact).iter().map(|value| print::word(&value.as_str().into())).collect(),
                Kind::DaysUntil => {
                    ["<30d", "<60d", "<90d", OVERDUE, "this-quarter", "next-quarter"].map(str::to_owned).into()
                }
                Kind::Date => ["this-month", "this-quarter", "this-year", "next-quarter"].map(str::to_owned).into(),
                _ => vec![example(fact).to_owned()],
            };
            all.extend([MISSING, STALE].map(str::to_owned));
            all
        }
        None if key == BY => {
            let words = shorts(|kind| matches!(kind, Kind::Choice(_) | Kind::Text | Kind::Flag));
            ["month(renewal)", "quarter(renewal)"].map(str::to_owned).into_iter().chain(words).collect()
        }
        None if key == COUNT => vec![CUSTOMERS.to_owned()],
        None if key == SHARE => vec![CUSTOMERS.to_owned(), "arr".to_owned()],
        None if clauses::is_clause(key) && key != clauses::LIMIT => shorts(Kind::is_figure).collect(),
        None => Vec::new(),
    }
}

/// Those that begin so, then those that have it inside.
fn offered(at: Range<usize>, begun: &str, all: impl Iterator<Item = String>) -> Vec<Completion> {
    let bare = |text: &str| text.trim_start_matches('"').to_lowercase();
    let (first, others): (Vec<_>, Vec<_>) = all.partition(|text| bare(text).starts_with(begun));
    let inside = others.into_iter().filter(|text| bare(text).contains(begun));
    let all = first.into_iter().chain(inside).filter(|text| bare(text) != begun);
    all.take(MOST).map(|text| Completion { at: at.clone(), text }).collect()
}
