//! Presets: a small SQL file that makes the canonical rows from somebody else's CSV files.
//!
//! The files become tables of text in an in-memory SQLite: the table's name is the file's without `.csv`, the columns
//! are those of its header, both in lower case with `_` for whatever is not a letter, digit or `_`. An empty cell is
//! the empty text. A preset has up to four sections, each begun by a comment line that says only `-- customers`,
//! `-- usage`, `-- tickets` or `-- contracts`, each with one SELECT whose columns are named like those of the
//! [canonical files](super). `:as_of` is the day the import speaks of, as `YYYY-MM-DD`. A line
//! `-- requires: a.csv, b.csv` names the files it needs; only those are then read. The rows pass through the very same
//! checks as those of files.

mod database;
mod script;
mod sql;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use contracts::Line;
use indicatif::ProgressBar;

pub use self::script::{Script, Section};
use self::{database::Database, sql::one_select};
use super::{
    canonical::{Book, Import},
    check_directory,
    csv_file::{CsvFile, MAX_FILE},
    problem::{Problem, Problems, quoted},
    sheet::Origin,
};

/// The presets that are shipped.
const SHIPPED: &[(&str, &str)] = &[("ravenstack", include_str!("../../../presets/ravenstack.sql"))];

/// Reads the CSV files of `dir` through `preset` (the name of one that is shipped, or the path of an SQL file), as of
/// the day `as_of` (UTC); `bar` follows the bytes.
///
/// # Errors
/// Everything that is wrong with the preset, the files, or the rows it makes of them.
pub async fn read_directory(dir: &Path, preset: &str, as_of: NaiveDate, bar: &ProgressBar) -> Result<Import, Problems> {
    let script = find(preset)?;
    check_directory(dir)?;
    let mut database = Database::open().await?;
    load(&mut database, dir, &script, bar).await?;
    database.close_to_writes().await?;
    let mut book = Book::default();
    for section in &script.sections {
        let origin = Origin::Section { preset: script.name.clone(), section: section.part.name() };
        if let Err(problem) = database.read(section, origin, as_of, &mut book).await {
            book.fail(section.part, problem);
        }
    }
    book.finish(Line::new(&format!("preset {}", script.name)), as_of)
}

fn find(preset: &str) -> Result<Script, Problem> {
    if let Some((name, text)) = SHIPPED.iter().find(|(name, _)| *name == preset) {
        return Script::parse(name, text);
    }
    let path = Path::new(preset);
    if path.extension().is_none_or(|extension| extension != "sql") {
        let names = SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let what =
            format_args!("there is no such preset; shipped is {names}, and your own is a path that ends in .sql");
        return Err(Problem::of(quoted(preset), what));
    }
    let text = fs::read_to_string(path)
        .map_err(|error| Problem::of(path.display(), format_args!("the preset cannot be read: {error}")))?;
    Script::parse(&path.file_name().unwrap_or_default().to_string_lossy(), &text)
}

/// Loads the files that the preset requires, or all CSV files where it does not say.
async fn load(database: &mut Database, dir: &Path, script: &Script, bar: &ProgressBar) -> Result<(), Problems> {
    let files = if script.requires.is_empty() {
        csv_files(dir).map_err(|error| Problem::of(dir.display(), format_args!("cannot be read: {error}")))?
    } else {
        script.requires.iter().map(|name| dir.join(name)).collect()
    };
    if files.is_empty() {
        return Err(Problem::of(dir.display(), "there are no CSV files").into());
    }
    let mut room = MAX_FILE;
    let mut problems = Problems::default();
    for path in files {
        let length = path.metadata().map_or(0, |about| about.len());
        let Some(rest) = room.checked_sub(length) else {
            return Err(
                Problem::of(dir.display(), "the files have more than 256 MB together: leave out older rows").into()
            );
        };
        room = rest;
        match CsvFile::open(&path, bar) {
            Ok(Some(file)) => {
                if let Err(problem) = database.load(file, &mut problems).await {
                    problems.push(problem);
                }
            }
            Ok(None) => {
                let missing = path.file_name().unwrap_or_default().to_string_lossy();
                let what = format_args!("there is no {missing}, which the preset {} reads", script.name);
                problems.push(Problem::of(dir.display(), what));
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.total() > 0 { Err(problems) } else { Ok(()) }
}

fn csv_files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
