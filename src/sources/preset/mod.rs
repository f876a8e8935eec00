//! Presets: a small SQL file that makes the canonical rows from somebody else's CSV files.
//!
//! The files become tables of text in an in-memory SQLite: the table's name is the file's without `.csv`, the columns
//! are those of its header, both in lower case with `_` for whatever is not a letter, digit or `_`; a second column of the
//! same name ends in `_2`. Names as the file has them work in double quotes, which never hold a text here. An empty cell
//! is the empty text. The `rowid` of a row is its line in the file; a section that selects a column `place`, such as
//! `'accounts.csv:' || rowid AS place`, has its rows named so where they cannot be read. A preset has a section for each canonical file that it makes, begun by a comment line that
//! says only `-- customers`, `-- usage` and so on, with one SELECT whose columns are named like those of the
//! [canonical files](super). `:as_of` is the day the import speaks of, as `YYYY-MM-DD`. A line
//! `-- requires: a.csv, b-*.csv` names the files it needs, by a pattern the newest that fits, which is then the table `b`
//! as well; only those are read. The rows pass through the very same checks as those of files.

mod database;
mod script;
mod sql;

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use indicatif::ProgressBar;

use self::{database::Database, sql::one_select};
pub use self::{
    database::{identifier, named_once},
    script::{Script, Section},
};
use super::{
    canonical::Book,
    origin::Origin,
    problem::{Problem, Problems, quoted},
    table::Table,
};

/// The presets that are shipped.
const SHIPPED: &[(&str, &str)] = &[("ravenstack", include_str!("../../../presets/ravenstack.sql"))];

/// Reads the CSV `files` of `dir` through a preset into `book`, as of `day` (UTC); `bar` follows the bytes.
///
/// # Errors
/// Everything that is wrong with the files; what is wrong with the rows that the preset makes of them is the book's.
pub(super) async fn read(
    script: &Script,
    dir: &Path,
    files: &[PathBuf],
    day: NaiveDate,
    book: &mut Book,
    bar: &ProgressBar,
) -> Result<(), Problems> {
    let mut database = Database::open().await?;
    load(&mut database, dir, files, script, bar).await?;
    database.close_to_writes().await?;
    for section in &script.sections {
        let origin = Origin::Section { preset: script.name.clone(), section: section.part.as_str() };
        match database.read(section, origin, day, book).await {
            Ok(flow) if flow.is_break() => break,
            Ok(_) => {}
            Err(problem) => book.fail(problem),
        }
    }
    Ok(())
}

/// The preset of that name, or the SQL file at that path.
///
/// # Errors
/// There is none, or it will not do.
pub(super) fn find(preset: &str) -> Result<Script, Problem> {
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

async fn load(
    database: &mut Database,
    dir: &Path,
    files: &[PathBuf],
    script: &Script,
    bar: &ProgressBar,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for (at, path) in files.iter().enumerate() {
        if !path.exists() {
            let missing = path.file_name().unwrap_or_default().to_string_lossy();
            let what = format_args!("there is no {missing}, which the preset {} reads", script.name);
            problems.push(Problem::of(dir.display(), what));
            continue;
        }
        let table = Table::only(path)?;
        bar.set_position(0);
        bar.set_length(table.bytes());
        bar.set_message(table.place.file.clone());
        // The files are those that are required, in their order, where any are.
        let pattern = script.requires.get(at).filter(|wanted| wanted.contains('*'));
        database.load(&table, pattern.map(String::as_str), bar, &mut problems).await?;
    }
    if problems.total() > 0 { Err(problems) } else { Ok(()) }
}
