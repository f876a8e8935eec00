//! The import, from files to the pieces that are sent.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_bytes;
mod any_writing;
mod archives;
mod bad_files;
mod contracts;
mod day;
mod export;
mod good_files;
mod guide;
mod joins;
mod large_files;
mod missing;
mod parts;
mod preset;
mod ravenstack;
mod rejects;
mod systems;
mod tables;
mod values;
mod whose;
mod words;

use std::{fs, path::Path};

use ::contracts::delivery::{MAX_PIECE, Piece};
use chrono::NaiveDate;
use cs_copilot::sources::{
    canonical::Import,
    folder::Folder,
    prepare::{Choices, Given, Question, Ready, Stop, prepare},
    problem::{Problem, Problems},
    saved::Saved,
    table::open,
};
use indicatif::ProgressBar;
use tempfile::TempDir;

/// A directory with these files.
fn directory(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(dir.path().join(name), content).unwrap();
    }
    dir
}

/// The files of a directory, read as of 2025-03-10.
fn read_directory(dir: &Path) -> Result<Import, Problems> {
    let ready = prepared(dir, &Choices::default()).map_err(|stop| match stop {
        Stop::Problems(problems) => problems,
        Stop::Question(question) => Problem::of("asked", question).into(),
    });
    ready?.import.strict()
}

/// The same, with what somebody chose, for a source of which nothing is remembered.
fn prepared(dir: &Path, choices: &Choices) -> Result<Ready, Stop> {
    prepared_after(&Saved::default(), dir, choices)
}

/// The same, with what is remembered of the source.
fn prepared_after(saved: &Saved, dir: &Path, choices: &Choices) -> Result<Ready, Stop> {
    let opened = open(&[dir.to_owned()])?;
    prepare(Given { opened: &opened, day: as_of(), saved, book: &[] }, choices)
}

/// The same, through a preset where there is one.
async fn read_through(dir: &Path, preset: &str) -> Result<Import, Problems> {
    Folder::open(dir, preset)?.read(as_of(), None, &ProgressBar::hidden()).await?.strict()
}

/// These canonical files.
fn read(files: &[(&str, &str)]) -> Result<Import, Problems> {
    let files = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>();
    read_directory(directory(&files).path())
}

/// Everything that these canonical files say, as it would be sent.
fn rows(files: &[(&str, &str)]) -> Piece {
    together(&read(files).unwrap())
}

/// The pieces of an import in one, each of which a server takes.
fn together(import: &Import) -> Piece {
    let mut all = Piece::default();
    for mut piece in import.pieces() {
        assert!(serde_json::to_vec(&piece).unwrap().len() <= MAX_PIECE);
        all.customers.append(&mut piece.customers);
        all.usage.append(&mut piece.usage);
        all.tickets.append(&mut piece.tickets);
        all.contracts.append(&mut piece.contracts);
        all.contacts.append(&mut piece.contacts);
        all.satisfaction.append(&mut piece.satisfaction);
        all.activity.append(&mut piece.activity);
    }
    all
}

fn as_of() -> NaiveDate {
    day("2025-03-10")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Choices of somebody who has seen the mapping.
fn confirmed() -> Choices {
    Choices { is_confirmed: true, ..Choices::default() }
}

/// A folder of these files.
fn files(files: &[(&str, &str)]) -> TempDir {
    directory(&files.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

/// What is asked.
fn question(files: &TempDir, choices: &Choices) -> Question {
    match prepared(files.path(), choices) {
        Err(Stop::Question(question)) => *question,
        other => panic!("{other:?}"),
    }
}

/// What is made of files, after what is remembered.
fn ready(saved: &Saved, files: &TempDir, choices: &Choices) -> Ready {
    match prepared_after(saved, files.path(), choices) {
        Ok(ready) => ready,
        Err(stop) => panic!("{stop:?}"),
    }
}

/// Of which customer each ticket is.
fn tickets_of(import: &Import) -> Vec<(String, String)> {
    let rows = together(import);
    let mut of = Vec::new();
    for tickets in &rows.tickets {
        let customer = tickets.customer_id.to_string();
        of.extend(tickets.tickets.iter().map(|ticket| (ticket.id.as_str().to_owned(), customer.clone())));
    }
    of.sort_unstable();
    of
}

/// What should be of whom.
fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(ticket, customer)| ((*ticket).to_owned(), (*customer).to_owned())).collect()
}

/// Two companies with domains, as a CRM exports them.
const COMPANIES: &str = "Record ID,Company name,Company Domain Name\n101,Acme,acme.example\n102,Bolt,bolt.example\n";
