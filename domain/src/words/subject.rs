//! The subject of a ticket as a letter speaks of it: without the marks that help desks and mail programs put before it,
//! without addresses and markup, and no longer than a line of a letter takes.

use contracts::Line;

use super::is_internal;

/// The most characters of it.
const LONGEST: usize = 80;

/// What is put before a subject that says nothing to the customer; with a figure behind it, a priority.
const MARKS: [&str; 8] = ["re", "fw", "fwd", "aw", "wg", "q", "ticket", "case"];
const PRIORITIES: [&str; 4] = ["p", "sev", "prio", "priority"];

/// The subject as it is told; `None` where nothing is left of it.
pub fn subject(of_ticket: &str) -> Option<Line> {
    let text = without_markup(of_ticket);
    let words: Vec<_> = text.split_whitespace().filter(|word| !is_address(word)).collect();
    let text = words.join(" ");
    let mut rest = text.as_str();
    while let Some(shorter) = without_mark(rest) {
        rest = shorter;
    }
    let rest = rest.trim();
    (rest.chars().any(char::is_alphanumeric)).then(|| Line::new(&cut(rest)))
}

/// The same for the customer's eyes: none that has words of the house.
pub fn told_subject(of_ticket: &str) -> Option<Line> {
    subject(of_ticket).filter(|subject| !is_internal(subject.as_str()))
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.")
}

/// The text between tags.
fn without_markup(text: &str) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        told.push_str(before);
        match tag.split_once('>') {
            Some((_, after)) => {
                told.push(' ');
                rest = after;
            }
            None => {
                told.push('<');
                rest = tag;
            }
        }
    }
    told + rest
}

/// What follows a mark: `sync broken` of `[JIRA-12] sync broken`, of `P1: sync broken` and of `Re: sync broken`.
fn without_mark(text: &str) -> Option<&str> {
    let text = text.trim_start();
    if let Some((_, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        return Some(rest.trim_start_matches([':', '-', ' ']));
    }
    let (mark, rest) = text.split_once([':', '|', ' '])?;
    let follows = text[mark.len()..].starts_with([':', '|']) || rest.starts_with(['-', ':', '|']);
    (follows && is_mark(mark)).then(|| rest.trim_start_matches([':', '|', '-', ' ']))
}

fn is_mark(word: &str) -> bool {
    let word = word.to_lowercase();
    let (letters, figures) = word.split_at(word.find(|c: char| c.is_ascii_digit() || c == '-').unwrap_or(word.len()));
    let figures = figures.trim_start_matches('-');
    let is_number = !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit());
    let is_code = || {
        figures.len() >= 2
            && word.contains('-')
            && letters.len() >= 2
            && letters.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    match figures.is_empty() {
        true => MARKS.contains(&word.as_str()),
        false => is_number && (PRIORITIES.contains(&letters) || is_code()),
    }
}

/// As many whole words as fit.
fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(words, _)| words);
    format!("{whole}…")
}
