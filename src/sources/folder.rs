//! A directory with the files that a preset reads: which they are, which day they speak of, and what is in them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use contracts::{Line, SourceName};
use indicatif::ProgressBar;

use super::{
    canonical::{Book, Import},
    day::{self, Day},
    preset::{self, Script},
    problem::{Problem, Problems, quoted},
    spoken_of,
};

/// The most megabytes that the files have together: they are held in memory.
const MAX_MEGABYTES: u64 = 256;

/// A directory whose files can be read.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    script: Script,
    files: Vec<PathBuf>,
    unread: Vec<String>,
    /// What the patterns of the preset found.
    newest: Vec<String>,
}

impl Folder {
    /// Finds the files of `dir` that `preset` reads: the name of one that is shipped, or the path of an SQL file.
    ///
    /// # Errors
    /// There is no such directory or preset, or none of the files.
    pub fn open(dir: &Path, preset: &str) -> Result<Self, Problems> {
        let script = preset::find(preset)?;
        let there = csv_files(dir)?;
        let names = there.iter().map(|path| file_name(path)).collect::<Vec<_>>();
        let mut newest = Vec::new();
        let mut files = Vec::new();
        for wanted in &script.requires {
            let found = newest_match(wanted, &names);
            files.push(dir.join(found.as_deref().unwrap_or(wanted)));
            newest
                .extend(found.filter(|found| found != wanted).map(|found| format!("{wanted} is {found}, the newest")));
        }
        if files.is_empty() {
            files.clone_from(&there);
        }
        if files.is_empty() {
            return Err(Problem::of(dir.display(), "there are no CSV files").into());
        }
        let unread = there.iter().filter(|path| !files.contains(path)).map(|path| file_name(path)).collect();
        Ok(Self { dir: dir.to_owned(), script, files, unread, newest })
    }

    /// What the source is called where nobody says: as the preset.
    ///
    /// # Errors
    /// The preset's name is none for a source.
    pub fn source(&self) -> Result<SourceName, Problems> {
        self.script.source().parse().map_err(|_| {
            Problem::of(quoted(&self.script.name), "does not name a source; say what to call it (--source NAME)").into()
        })
    }

    /// The day the files speak of that the preset makes rows of: of what else lies beside them, a day is none of theirs.
    pub fn day(&self, today: NaiveDate) -> Day {
        let folder = self.dir.canonicalize().ok();
        let is_named = |path: &&PathBuf| !self.script.requires.is_empty() || self.script.names(&file_name(path));
        let named = self.files.iter().filter(is_named).cloned().collect::<Vec<_>>();
        spoken_of::named(&named, folder.as_deref(), today)
    }

    /// How many bytes there are to read.
    pub fn bytes(&self) -> u64 {
        self.files.iter().filter_map(|path| path.metadata().ok()).map(|about| about.len()).sum()
    }

    /// Reads everything, as of `day`; amounts without a currency are in `currency`, where it is said. `bar` follows the
    /// bytes.
    ///
    /// # Errors
    /// Everything that is wrong with the preset, the files, or the rows.
    pub async fn read(&self, day: NaiveDate, currency: Option<Line>, bar: &ProgressBar) -> Result<Import, Problems> {
        let mut book = Book::new(currency);
        book.notes().unread.clone_from(&self.unread);
        book.notes().decisions.clone_from(&self.newest);
        self.check_size()?;
        preset::read(&self.script, &self.dir, &self.files, day, &mut book, bar).await?;
        book.finish()
    }

    /// Refuses files that are too large together.
    fn check_size(&self) -> Result<(), Problem> {
        let megabytes = self.bytes().div_ceil(1024 * 1024);
        if megabytes <= MAX_MEGABYTES {
            return Ok(());
        }
        let what = format_args!(
            "the files have {megabytes} MB together; at most {MAX_MEGABYTES} MB are read: leave out older rows"
        );
        Err(Problem::of(self.dir.display(), what))
    }
}

/// The newest of the `names` that fit a pattern with `*` for anything: by the day in the name, else the last by name.
fn newest_match(pattern: &str, names: &[String]) -> Option<String> {
    let parts = pattern.split('*').collect::<Vec<_>>();
    let fits = |name: &&String| {
        let (first, rest) = (parts[0], &parts[1..]);
        let Some(mut left) = name.strip_prefix(first) else { return false };
        for part in rest {
            let Some(at) = left.find(part) else { return false };
            left = &left[at + part.len()..];
        }
        left.is_empty() || rest.last() == Some(&"")
    };
    names.iter().filter(fits).max_by_key(|name| (day::in_name(name), *name)).cloned()
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
