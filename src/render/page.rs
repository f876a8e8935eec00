//! The page of a task over the book.

use contracts::block::{Block, Place};

use super::{
    markdown::{escaped, said},
    parts,
    timeline::Entry,
};
use crate::{agent::page::Page, words};

/// What is said above it: who is on it, and of whom nobody can tell.
fn head(page: &Page) -> String {
    let query = page.query.as_ref().map_or_else(|| "everybody".to_owned(), ToString::to_string);
    let customers = words::count(page.customers as u64, "customer");
    let left_out = match page.left_out {
        0 => String::new(),
        some => format!("; nobody can tell of {}", words::count(some as u64, "customer")),
    };
    format!("As of {}: {query}, {customers}{left_out}", page.as_of)
}

/// The page as plain text.
pub fn text(page: &Page) -> String {
    format!("{}\n{}\n\n{}", page.title, head(page), parts::said(&[block(page)]))
}

/// The page as Markdown.
pub fn markdown(page: &Page) -> String {
    let (title, head) = (escaped(page.title.as_str()), escaped(&head(page)));
    format!("# {title}\n\n*{head}*\n\n{}\n", said(&block(page)))
}

/// The page for the screen: one heading, and its lines.
pub fn entry(page: &Page) -> Entry {
    let lines = parts::said(&[block(page)]).lines().map(str::to_owned).collect();
    Entry { head: head(page), lines }
}

fn block(page: &Page) -> Block {
    Block::program(Place::Summary, page.text.as_str())
}
