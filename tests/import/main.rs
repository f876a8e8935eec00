//! The import, from files to a request.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_bytes;
mod bad_files;
mod good_files;
mod large_files;
mod preset;
mod ravenstack;

use std::fs;

use chrono::NaiveDate;
use cs_copilot::import::{self, canonical::Import, problem::Problems};
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

/// The canonical files of a directory, read as of 2025-03-10.
fn read(files: &[(&str, &str)]) -> Result<Import, Problems> {
    let files = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>();
    import::read_directory(directory(&files).path(), as_of(), &ProgressBar::hidden())
}

fn as_of() -> NaiveDate {
    "2025-03-10".parse().unwrap()
}
