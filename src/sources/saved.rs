//! What is remembered of a source: `sources/NAME.toml` beside the configuration file. Written by an import, and meant to
//! be read and edited.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use ::contracts::{SourceName, facts::Part};
use regex::Regex;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{
    fields::{self, Field},
    links::Links,
    values::{DayOrder, Decimals, Ranks},
};
use crate::words::line_of;

/// What is remembered of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Saved {
    /// The currency of amounts without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The order of day and month: `dmy` or `mdy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<DayOrder>,
    /// The sign of decimals: `point` or `comma`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<Decimals>,
    /// What a priority of 1 is: `1-high` for the most urgent, `1-low` for the least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priorities: Option<Ranks>,
    /// What the columns of each file become.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<SavedFile>,
    /// Which customers the ids, domains and names of other systems are.
    #[serde(skip_serializing_if = "is_empty")]
    pub links: Links,
}

fn is_empty(links: &Links) -> bool {
    *links == Links::default()
}

/// What the columns of a file become.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedFile {
    /// The file's name with `*` for what changes from week to week; behind a `#` the sheet, where it is in a workbook.
    pub name: String,
    /// The parts that it tells of: where it is not there, nothing of them is gone.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// Whether it only adds to customers whom another file names, and names nobody new.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub adds: bool,
    /// Whether most of its rows are of others than the customers of the book, which is not asked again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_others: bool,
    /// By a column's name what it becomes: `tickets.opened_on`, or `-` for nothing.
    pub columns: BTreeMap<String, String>,
}

/// Why what is remembered cannot be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say it")]
pub enum SavedError {
    #[error("cannot read {}: {why}", file.display())]
    Unreadable { file: PathBuf, why: io::Error },
    #[error("{}: {message}", file.display())]
    Invalid { file: PathBuf, message: String },
    #[error("cannot keep what was decided in {}: {why}", file.display())]
    NotKept { file: PathBuf, why: io::Error },
}

impl Saved {
    /// The file of a source below the directory of the configuration.
    pub fn file(config: &Path, source: &SourceName) -> PathBuf {
        config.join("sources").join(format!("{source}.toml"))
    }

    /// Reads what is remembered; nothing where there is no file.
    ///
    /// # Errors
    /// The file cannot be read, or says what it may not.
    pub fn load(file: &Path) -> Result<Self, SavedError> {
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(why) => return Err(SavedError::Unreadable { file: file.to_owned(), why }),
        };
        let invalid = |message: String| SavedError::Invalid { file: file.to_owned(), message };
        let saved: Self = toml::from_str(&text).map_err(|error| {
            let line = line_of(&text, error.span().map_or(0, |span| span.start));
            invalid(format!("line {line}: {}", error.message()))
        })?;
        for text in saved.files.iter().flat_map(|file| file.columns.values()) {
            field(text).map_err(|why| invalid(why.to_string()))?;
        }
        Ok(saved)
    }

    /// Writes what is remembered.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, file: &Path) -> Result<(), SavedError> {
        const HEAD: &str = "# How this source's files are read. An import wrote it; change it as you like.\n\n";
        let text = HEAD.to_owned() + &toml::to_string(self).expect("texts in tables make TOML");
        let folder = file.parent().unwrap_or(Path::new("."));
        let written = fs::create_dir_all(folder).and_then(|()| {
            let mut beside = NamedTempFile::new_in(folder)?;
            beside.write_all(text.as_bytes())?;
            beside.persist(file).map(drop).map_err(|error| error.error)
        });
        written.map_err(|why| SavedError::NotKept { file: file.to_owned(), why })
    }

    /// Remembers that most rows of the file with this name are of others than the customers of the book.
    pub fn have_of_others(&mut self, name: &str) {
        let pattern = pattern(name);
        self.files.iter_mut().filter(|file| file.name == pattern).for_each(|file| file.of_others = true);
    }

    /// What is remembered of the file with this name.
    pub fn of(&self, name: &str) -> Option<&SavedFile> {
        let pattern = pattern(name);
        self.files.iter().find(|file| file.name == pattern)
    }
}

/// A name with `*` for the date or time in it, which changes from one download to the next, and without the `(1)` of a
/// second download.
pub fn pattern(name: &str) -> String {
    static AGAIN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r" ?\(\d{1,3}\)").expect("a good pattern"));
    static STAMP: LazyLock<Regex> = LazyLock::new(|| {
        let day = r"(\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{2}[-_.]\d{2}[-_.]\d{4})([-_ T]?\d{2}[-:._]?\d{2}([-:._]?\d{2})?)?";
        Regex::new(&format!(r"\d{{9,}}|{day}")).expect("a good pattern")
    });
    STAMP.replace_all(&AGAIN.replace_all(name, ""), "*").to_lowercase()
}

/// A text that names no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no field: write one as tickets.opened_on (docs/import.md has them all), or - for none")]
pub struct NoField(String);

/// The field that a text names, such as `tickets.opened_on`; none for `-`.
///
/// # Errors
/// There is no such field.
pub fn field(text: &str) -> Result<Option<(Part, &'static Field)>, NoField> {
    if text == "-" {
        return Ok(None);
    }
    let find = || {
        let (part, name) = text.split_once('.')?;
        let part = Part::DELIVERED.into_iter().find(|delivered| delivered.as_str() == part)?;
        Some((part, fields::named(part, name)?))
    };
    find().map(Some).ok_or_else(|| NoField(text.to_owned()))
}
