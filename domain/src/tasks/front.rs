//! The front matter of a task's file: the part of YAML that `SKILL.md` files are written in, and nothing else of it.
//! What YAML would read in another way is refused, so that both read the same.

use super::{Problem, TaskError};

/// Between the fence lines and below them.
#[derive(Debug)]
pub(super) struct Front<'a> {
    /// The entries at the margin.
    pub entries: Vec<Entry>,
    /// Those under `metadata`.
    pub metadata: Vec<Entry>,
    /// What follows.
    pub body: &'a str,
    /// The line that the body begins on, from 1.
    pub body_line: usize,
}

/// `key: value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The line of the key, from 1.
    pub line: usize,
    pub key: String,
    pub value: String,
    /// The line that the value begins on.
    value_line: usize,
}

const FENCE: &str = "---";

impl Entry {
    /// The lines of a value that is written as a block, or the only one, each with its number.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.value.lines().enumerate().map(|(place, line)| (self.value_line + place, line.trim()));
        lines.filter(|(_, line)| !line.is_empty())
    }
}

/// A line that is not read yet.
struct Lines<'a> {
    rest: &'a [&'a str],
    /// The number of the first of them, from 1.
    number: usize,
}

impl<'a> Lines<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.rest.first().copied()
    }

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        self.number += 1;
        Some((self.number - 1, first))
    }
}

/// Parts a file into its front matter and what follows.
pub(super) fn read(file: &str) -> Result<Front<'_>, TaskError> {
    let all: Vec<&str> = file.lines().collect();
    let is_fence = |line: &&str| line.trim_end() == FENCE;
    if !all.first().is_some_and(is_fence) {
        return Err(Problem::NoFrontMatter.at(1));
    }
    let end = all.iter().skip(1).position(is_fence).ok_or(Problem::NoEnd.at(1))? + 1;
    let mut lines = Lines { rest: &all[1..end], number: 2 };
    let (mut entries, mut metadata) = (Vec::new(), Vec::new());
    while let Some(entry) = entry(&mut lines, 0)? {
        let is_metadata = entry.key == "metadata" && entry.value.is_empty();
        let place = lines.peek().map_or(0, indent);
        if is_metadata && place > 0 {
            while let Some(entry) = self::entry(&mut lines, place)? {
                add(&mut metadata, entry)?;
            }
        } else {
            add(&mut entries, entry)?;
        }
    }
    if let Some((line, _)) = lines.next() {
        return Err(Problem::Indented.at(line));
    }
    let length = file.split_inclusive('\n').take(end + 1).map(str::len).sum();
    let body = file.get(length..).unwrap_or_default();
    Ok(Front { entries, metadata, body, body_line: end + 2 })
}

fn add(entries: &mut Vec<Entry>, entry: Entry) -> Result<(), TaskError> {
    if entries.iter().any(|other| other.key == entry.key) {
        return Err(Problem::Twice(entry.key).at(entry.line));
    }
    entries.push(entry);
    Ok(())
}

/// The next entry at this indentation; none where the next line stands further out.
fn entry(lines: &mut Lines<'_>, place: usize) -> Result<Option<Entry>, TaskError> {
    while lines.peek().is_some_and(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        lines.next();
    }
    let Some(next) = lines.peek().filter(|line| indent(line) >= place) else { return Ok(None) };
    let (line, _) = lines.next().expect("it was looked at");
    if indent(next) > place {
        return Err(Problem::Indented.at(line));
    }
    let (key, value) = next.trim().split_once(':').ok_or(Problem::NoKey.at(line))?;
    let (value, value_line) = match value.trim() {
        "|" | "|-" => (block(lines, place, "\n"), line + 1),
        ">" | ">-" => (block(lines, place, " "), line + 1),
        _ if !value.is_empty() && !value.starts_with(' ') => return Err(Problem::NoKey.at(line)),
        plain => (scalar(plain).ok_or(Problem::Unquoted.at(line))?, line),
    };
    Ok(Some(Entry { line, key: key.to_owned(), value, value_line }))
}

/// The lines that stand further in than their key.
fn block(lines: &mut Lines<'_>, place: usize, between: &str) -> String {
    let mut text = Vec::new();
    while let Some(line) = lines.peek().filter(|line| line.trim().is_empty() || indent(line) > place) {
        lines.next();
        text.push(line.trim());
    }
    text.join(between).trim_end().to_owned()
}

/// A value on the line of its key, with or without quotes.
fn scalar(text: &str) -> Option<String> {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            let inner = quoted.strip_suffix(quote)?;
            return (!inner.contains(quote) && !inner.contains('\\')).then(|| inner.to_owned());
        }
    }
    let is_marked = text.starts_with(['&', '*', '!', '%', '@', '`', '[', ']', '{', '}', '|', '>', '#', ',', '?', '-']);
    let is_read_otherwise = is_marked || text.contains(": ") || text.ends_with(':') || text.contains(" #");
    (!is_read_otherwise).then(|| text.to_owned())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
