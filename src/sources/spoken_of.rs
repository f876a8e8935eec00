//! The day that files speak of, by their names, else by when they were last changed.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDate, Utc};

use super::day::Day;

/// The day that the files at `paths` speak of, and those of the folders there. Only those `with_tables` do: a note that was
/// written today makes no export new.
pub fn day(paths: &[PathBuf], with_tables: &BTreeSet<String>, today: NaiveDate) -> Day {
    let inside = |path: &PathBuf| {
        let entries = std::fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
        entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect::<Vec<_>>()
    };
    let files = paths.iter().flat_map(|path| if path.is_dir() { inside(path) } else { vec![path.clone()] });
    let mut files = files.filter(|path| with_tables.contains(&name(path))).collect::<Vec<_>>();
    files.sort();
    let folder = paths.iter().find(|path| path.is_dir()).and_then(|path| path.canonicalize().ok());
    named(&files, folder.as_deref(), today)
}

/// The day that these files speak of, or the folder they are in.
pub(super) fn named(files: &[PathBuf], folder: Option<&Path>, today: NaiveDate) -> Day {
    let names = files.iter().map(|path| name(path)).chain(folder.map(name)).collect::<Vec<_>>();
    let changed = files.iter().zip(&names).filter_map(|(path, name)| {
        let changed = path.metadata().and_then(|about| about.modified()).ok()?;
        Some((name.as_str(), DateTime::<Utc>::from(changed)))
    });
    Day::of(names.iter().map(String::as_str), changed, today)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
