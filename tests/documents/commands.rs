//! The commands that the documents show are commands that the program understands.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;
use cs_copilot::cli::Cli;

use super::{ROOT, read};

/// Every Markdown file at the root and in `docs/`.
pub fn documents() -> Vec<PathBuf> {
    let folders = [Path::new(ROOT).to_owned(), Path::new(ROOT).join("docs")];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    files.filter(|file| file.extension().is_some_and(|extension| extension == "md")).collect()
}

/// The words of a line for a shell, without its comment and what it does with the output.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars().chain([' ']) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '#' | '>' | '|') if word.is_none() => break,
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words
}

#[test]
fn every_command_that_a_document_shows_is_understood() {
    let mut shown = 0;
    for document in documents() {
        let text = read(&document);
        let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
        for line in blocks.flat_map(str::lines).filter(|line| line.starts_with("cs-copilot ")) {
            shown += 1;
            if let Err(error) = Cli::try_parse_from(words(line)) {
                panic!("{}: {line}\n{error}", document.display());
            }
        }
    }
    assert!(shown > 30, "the documents show commands");
}
