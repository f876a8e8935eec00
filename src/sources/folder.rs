//! A directory with the files of one delivery: which are read, which day they speak of, and what is in them.

use std::{
    fs, io,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDate, Utc};
use contracts::{Line, SourceName, facts::Part};
use indicatif::ProgressBar;

use super::{
    canonical::{Book, Import, TABLES, Table},
    day::Day,
    origin::Origin,
    preset::{self, Script},
    problem::{Problem, Problems, quoted},
    table::Table as Text,
};

/// The most bytes of all canonical files together. Those of a preset have to fit into memory.
pub const MAX_FILES: u64 = 2 * 1024 * 1024 * 1024;

/// A directory whose files can be read.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    layout: Layout,
    files: Vec<PathBuf>,
    unread: Vec<String>,
}

/// What the files are.
#[derive(Debug)]
enum Layout {
    Canonical,
    Preset(Script),
}

impl Folder {
    /// Finds the files of `dir`: the canonical ones, or those that `preset` reads (the name of one that is shipped, or
    /// the path of an SQL file).
    ///
    /// # Errors
    /// There is no such directory or preset, or none of the files.
    pub fn open(dir: &Path, preset: Option<&str>) -> Result<Self, Problems> {
        let script = preset.map(preset::find).transpose()?;
        let there = csv_files(dir)?;
        let (layout, files) = match script {
            Some(script) => {
                let required = script.requires.iter().map(|name| dir.join(name)).collect::<Vec<_>>();
                let files = if required.is_empty() { there.clone() } else { required };
                (Layout::Preset(script), files)
            }
            None => {
                let files = TABLES.iter().map(|table| dir.join(table.file())).filter(|path| path.exists());
                (Layout::Canonical, files.collect())
            }
        };
        if files.is_empty() {
            let what = match layout {
                Layout::Canonical => {
                    let names = TABLES.iter().map(Table::file).collect::<Vec<_>>().join(", ");
                    format!("there is none of {names}; a preset can read other files (--preset)")
                }
                Layout::Preset(_) => "there are no CSV files".to_owned(),
            };
            return Err(Problem::of(dir.display(), what).into());
        }
        let unread = there.iter().filter(|path| !files.contains(path)).map(|path| file_name(path)).collect();
        Ok(Self { dir: dir.to_owned(), layout, files, unread })
    }

    /// What the source is called where nobody says: the preset's name, else `files`.
    ///
    /// # Errors
    /// The preset's name is none for a source.
    pub fn source(&self) -> Result<SourceName, Problems> {
        let Layout::Preset(script) = &self.layout else {
            return Ok("files".parse().expect("letters make a source name"));
        };
        script.source().parse().map_err(|_| {
            Problem::of(quoted(&script.name), "does not name a source; say what to call it (--source NAME)").into()
        })
    }

    /// The day the files speak of, by the names of files and directory, else by when they were last changed.
    pub fn day(&self, today: NaiveDate) -> Day {
        let own = self.dir.canonicalize().ok().as_deref().map(file_name);
        let names = self.files.iter().map(|path| file_name(path)).collect::<Vec<_>>();
        let changed = self.files.iter().zip(&names).filter_map(|(path, name)| {
            let changed = path.metadata().and_then(|about| about.modified()).ok()?;
            Some((name.as_str(), DateTime::<Utc>::from(changed)))
        });
        Day::of(names.iter().chain(&own).map(String::as_str), changed, today)
    }

    /// Reads everything, as of `day`; amounts without a currency are in `currency`, where it is said. `bar` follows the
    /// bytes.
    ///
    /// # Errors
    /// Everything that is wrong with the preset, the files, or the rows.
    pub async fn read(&self, day: NaiveDate, currency: Option<Line>, bar: &ProgressBar) -> Result<Import, Problems> {
        let mut book = Book::new(currency);
        book.notes().unread.clone_from(&self.unread);
        match &self.layout {
            Layout::Canonical => self.read_canonical(&mut book, bar)?,
            Layout::Preset(script) => preset::read(script, &self.dir, &self.files, day, &mut book, bar).await?,
        }
        book.finish()?.strict()
    }

    fn read_canonical(&self, book: &mut Book, bar: &ProgressBar) -> Result<(), Problems> {
        check_size(&self.dir, &self.files, MAX_FILES)?;
        for table in &TABLES {
            let path = self.dir.join(table.file());
            if path.exists() && read_file(book, table.part, &path, bar)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// How many bytes there are to read.
    pub fn bytes(&self) -> u64 {
        bytes(&self.files)
    }
}

fn read_file(book: &mut Book, part: Part, path: &Path, bar: &ProgressBar) -> Result<ControlFlow<()>, Problems> {
    let table = Text::only(path)?;
    bar.set_length(table.bytes());
    bar.set_message(table.place.file.clone());
    let origin = Origin::File(table.place.to_string());
    let Some(sheet) = book.open(part, origin, table.titles()) else { return Ok(ControlFlow::Continue(())) };
    let survey = table.survey(&[])?;
    for row in table.rows(&survey)? {
        match row {
            Ok(row) if book.row(part, sheet.row(row.line, &row.cells)).is_break() => return Ok(ControlFlow::Break(())),
            Ok(_) => bar.inc(1),
            Err(problem) => book.leave_out(part, problem),
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Refuses files that are too large together.
pub(super) fn check_size(dir: &Path, files: &[PathBuf], most: u64) -> Result<(), Problem> {
    const MEGABYTE: u64 = 1024 * 1024;
    let bytes = bytes(files);
    if bytes <= most {
        return Ok(());
    }
    let (has, most) = (bytes.div_ceil(MEGABYTE), most / MEGABYTE);
    let what = format_args!("the files have {has} MB together; at most {most} MB are read: leave out older rows");
    Err(Problem::of(dir.display(), what))
}

fn bytes(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|path| path.metadata().ok()).map(|about| about.len()).sum()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The CSV files of a directory, by name.
fn csv_files(dir: &Path) -> Result<Vec<PathBuf>, Problem> {
    let cannot = |error: io::Error| Problem::of(dir.display(), format_args!("cannot be read: {error}"));
    if !dir.metadata().map_err(cannot)?.is_dir() {
        return Err(Problem::of(dir.display(), "is not a directory: name the one that holds the CSV files"));
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
