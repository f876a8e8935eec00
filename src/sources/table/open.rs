//! Files and folders, and the tables that are in them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Note, Place, Table, archive,
    bytes::Bytes,
    dialect::Dialect,
    encoding::{self, Encoding},
    raw::Text,
    unreadable, workbook,
};
use crate::sources::problem::{Problem, Problems};

/// The most bytes of all files together, unpacked.
pub const MAX_FILES: u64 = 2 * 1024 * 1024 * 1024;

/// How much of a file is looked at to see what separates its columns.
const HEAD: u64 = 64 * 1024;

/// What the names of files end in that may hold tables.
pub(super) const ENDINGS: [&str; 8] = ["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xls", "zip"];

/// The tables of some files.
#[derive(Debug, Default)]
pub struct Opened {
    /// In the order of the files, and of the sheets in them.
    pub tables: Vec<Table>,
    /// What holds no table.
    pub unused: Vec<Unused>,
}

/// A file, or a sheet of one, that is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// Where it is.
    pub place: Place,
    /// Why, to go on after its name.
    pub why: String,
}

/// Finds the tables of files, and of the files of folders (not of the folders in them).
///
/// # Errors
/// There is nothing at a path, or a file that should hold a table cannot be read.
pub fn open(paths: &[PathBuf]) -> Result<Opened, Problems> {
    let mut problems = Problems::default();
    let mut found = Found { opened: Opened::default(), left: MAX_FILES };
    for path in paths {
        let files = files(path).map(|files| {
            files.into_iter().for_each(|file| {
                found.file(&file).unwrap_or_else(|problem| problems.push(problem));
            })
        });
        files.unwrap_or_else(|problem| problems.push(problem));
    }
    if problems.total() > 0 { Err(problems) } else { Ok(found.opened) }
}

/// The file at `path`, or the files of the folder there, by name.
fn files(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    let cannot = |error: io::Error| Problem::of(path.display(), format_args!("cannot be read: {error}"));
    if !path.metadata().map_err(cannot)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(cannot)? {
        let file = entry.map_err(cannot)?.path();
        if file.is_file() && !name(&file).starts_with('.') {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What was found so far.
pub(super) struct Found {
    opened: Opened,
    /// How many more bytes may be read.
    pub(super) left: u64,
}

impl Found {
    fn file(&mut self, path: &Path) -> Result<(), Problem> {
        let place = Place { file: name(path), sheet: None };
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if place.file.starts_with("~$") {
            self.unused(place, "is what Excel leaves beside an open file");
            return Ok(());
        }
        if !ENDINGS.contains(&ending.as_str()) {
            self.unused(place, "is not a CSV, Excel or ZIP file");
            return Ok(());
        }
        let bytes = Bytes::Named(path.to_owned());
        let length = bytes.len().map_err(|error| unreadable(&place, &error))?;
        self.left = self.left.checked_sub(length).ok_or_else(|| too_much(&place))?;
        self.bytes(place, bytes, true)
    }

    /// Looks at the bytes of a file, or of a member of an archive, which holds no archives.
    pub(super) fn bytes(&mut self, place: Place, bytes: Bytes, may_be_archive: bool) -> Result<(), Problem> {
        let failed = |error: io::Error| unreadable(&place, &error);
        let head = bytes.head(HEAD).map_err(failed)?;
        match head.as_slice() {
            [] => self.unused(place, "is empty"),
            [b'P', b'K', 3 | 5, ..] if archive::is_workbook(&bytes) => workbook::read(&place.file, &bytes, self)?,
            [b'P', b'K', 3 | 5, ..] if may_be_archive => archive::read(&place.file, &bytes, self)?,
            [b'P', b'K', 3 | 5, ..] => self.unused(place, "is an archive in an archive: unpack it first"),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => self.unused(place, "is an Excel file of the old kind: save it as .xlsx"),
            head if head.trim_ascii_start().starts_with(b"<") => {
                self.unused(place, "is a web page and no table: export it again as CSV");
            }
            _ => match encoding::detect(bytes.open().map_err(failed)?).map_err(failed)? {
                Some(encoding) => self.text(place, bytes, encoding)?,
                None => {
                    let what = "is neither UTF-8, UTF-16 nor Windows-1252 text: save it as \"CSV UTF-8\"";
                    return Err(Problem::of(&place, what));
                }
            },
        }
        Ok(())
    }

    fn text(&mut self, place: Place, bytes: Bytes, encoding: Encoding) -> Result<(), Problem> {
        let failed = |error: io::Error| unreadable(&place, &error);
        let mut head = Vec::new();
        let text = encoding::decoded(encoding, bytes.open().map_err(failed)?).map_err(failed)?;
        io::Read::read_to_end(&mut io::Read::take(text, HEAD), &mut head).map_err(failed)?;
        let dialect = Dialect::of(&String::from_utf8_lossy(&head));
        self.table(place, Text { bytes, encoding, dialect })
    }

    /// Adds the table of a text, if there is one that is not there yet.
    pub(super) fn table(&mut self, place: Place, text: Text) -> Result<(), Problem> {
        let same = self.opened.tables.iter().find(|table| table.text.bytes.equals(&text.bytes).unwrap_or(false));
        if let Some(same) = same {
            let why = format!("has the very same rows as {}", same.place);
            self.unused(place, why);
            return Ok(());
        }
        let delimiter = text.dialect.delimiter;
        match Table::find(place.clone(), text)? {
            None => self.unused(place, "is empty"),
            Some(mut table) => {
                if delimiter != b',' {
                    table.notes.push(Note::Delimiter(delimiter));
                }
                self.opened.tables.push(table);
            }
        }
        Ok(())
    }

    pub(super) fn unused(&mut self, place: Place, why: impl Into<String>) {
        self.opened.unused.push(Unused { place, why: why.into() });
    }
}

pub(super) fn too_much(place: &Place) -> Problem {
    let most = MAX_FILES / 1024 / 1024;
    Problem::of(place, format_args!("all files together have more than {most} MB: leave out older rows"))
}
