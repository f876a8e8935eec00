//! The import, from files to the pieces that are sent.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_bytes;
mod any_writing;
mod archives;
mod bad_files;
mod day;
mod export;
mod good_files;
mod large_files;
mod parts;
mod preset;
mod ravenstack;
mod rejects;
mod tables;
mod values;
mod words;

use std::{fs, path::Path};

use chrono::NaiveDate;
use contracts::delivery::{MAX_PIECE, Piece};
use cs_copilot::sources::{canonical::Import, folder::Folder, problem::Problems};
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
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(read_through(dir, None))
}

/// The same, through a preset where there is one.
async fn read_through(dir: &Path, preset: Option<&str>) -> Result<Import, Problems> {
    Folder::open(dir, preset)?.read(as_of(), None, &ProgressBar::hidden()).await
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
