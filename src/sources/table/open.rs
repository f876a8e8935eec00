//! Files and folders, and the tables that are in them.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{
    MAX_FILES, Note, Place, Table, archive,
    bytes::Bytes,
    dialect::Dialect,
    encoding::{self, Encoding},
    may_hold_a_table,
    raw::Text,
    too_much, unreadable, workbook,
};
use crate::sources::problem::{Problem, Problems};

/// How much of a file is looked at to see what separates its columns.
const HEAD: u64 = 64 * 1024;

/// The tables of some files.
#[derive(Debug, Default)]
pub struct Opened {
    /// In the order of the files, and of the sheets in them.
    pub tables: Vec<Table>,
    /// What holds no table, or the rows of another once more.
    pub unused: Vec<Unused>,
    /// The files that hold a table, used or not, by their names without a directory; of one in an archive, the archive.
    pub with_tables: BTreeSet<String>,
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

/// Why bytes that begin so are no table, whatever the file is called.
fn no_table(head: &[u8]) -> Option<&'static str> {
    match head.trim_ascii_start() {
        [b'<', ..] => Some("is a web page and no table: export it again as CSV"),
        [b'[' | b'{', b'{' | b'"' | b'\n' | b'\r' | b' ', ..] => Some("is JSON and no table: export it again as CSV"),
        [b'%', b'P', b'D', b'F', ..] => Some("is a PDF and no table: export it again as CSV"),
        _ => None,
    }
}

/// What was found so far.
struct Found {
    opened: Opened,
    /// How many more bytes may be read.
    left: u64,
}

impl Found {
    fn file(&mut self, path: &Path) -> Result<(), Problem> {
        let place = Place { file: name(path), sheet: None };
        if place.file.starts_with("~$") {
            self.unused(place, "is what Excel leaves beside an open file");
            return Ok(());
        }
        if !may_hold_a_table(&place.file) {
            self.unused(place, archive::NO_TABLE);
            return Ok(());
        }
        let bytes = Bytes::Named(path.to_owned());
        let length = bytes.len().map_err(|error| unreadable(&place, &error))?;
        self.left = self.left.checked_sub(length).ok_or_else(|| too_much(&place))?;
        if archive::is_archive(&bytes) && !archive::is_workbook(&bytes) {
            for (place, member) in archive::members(&place.file, &bytes, &mut self.left)? {
                match member {
                    Ok(member) => self.bytes(place, member)?,
                    Err(why) => self.unused(place, why),
                }
            }
            return Ok(());
        }
        self.bytes(place, bytes)
    }

    /// Looks at the bytes of a file, or of a member of an archive.
    fn bytes(&mut self, place: Place, bytes: Bytes) -> Result<(), Problem> {
        let failed = |error: io::Error| unreadable(&place, &error);
        let head = bytes.head(HEAD).map_err(failed)?;
        match head.as_slice() {
            [] => self.unused(place, "is empty"),
            _ if archive::is_workbook(&bytes) => {
                let (sheets, unseen) = workbook::sheets(&place.file, &bytes, &mut self.left)?;
                let first = self.opened.tables.len();
                for (place, sheet) in sheets {
                    match sheet {
                        Ok(text) => self.table(place, text)?,
                        Err(why) => self.unused(place, why),
                    }
                }
                if let Some(table) = self.opened.tables.get_mut(first) {
                    table.notes.extend((unseen.rows > 0).then_some(Note::Hidden(unseen.rows)));
                    table.notes.extend((unseen.formulas > 0).then_some(Note::Uncalculated(unseen.formulas)));
                }
            }
            _ if archive::is_archive(&bytes) => self.unused(place, "is an archive in an archive: unpack it first"),
            // Excel locks a workbook of the new kind in a file of the old one.
            [0xD0, 0xCF, 0x11, 0xE0, ..] => {
                self.unused(
                    place,
                    "is an Excel file of the old kind, or locked with a password: save it as .xlsx without one",
                );
            }
            head if let Some(what) = no_table(head) => self.unused(place, what),
            _ => match encoding::detect(bytes.open().map_err(failed)?).map_err(failed)? {
                Some(encoding) => self.text(place, bytes, encoding)?,
                None => {
                    let what = "is neither UTF-8, UTF-16 nor Windows-1252 text: save it as \"CSV UTF-8\", or name the other files alone";
                    return Err(Problem::of(&place, what));
                }
            },
        }
        Ok(())
    }

    fn text(&mut self, place: Place, bytes: Bytes, encoding: Encoding) -> Result<(), Problem> {
        let failed = |error: io::Error| unreadable(&place, &error);
        let text = encoding::decoded(encoding, bytes.open().map_err(failed)?).map_err(failed)?;
        let mut head = Vec::new();
        text.take(HEAD).read_to_end(&mut head).map_err(failed)?;
        let dialect = Dialect::of(&String::from_utf8_lossy(&head));
        self.table(place, Text { bytes, encoding, dialect })
    }

    /// Adds the table of a text, if there is one that is not there yet.
    fn table(&mut self, place: Place, text: Text) -> Result<(), Problem> {
        let file = place.file.split('/').next().unwrap_or_default().to_owned();
        let same = self.opened.tables.iter().find(|table| table.text.bytes.equals(&text.bytes).unwrap_or(false));
        if let Some(same) = same {
            let why = format!("has the very same rows as {}", same.place);
            self.unused(place, why);
            self.opened.with_tables.insert(file);
            return Ok(());
        }
        let delimiter = text.dialect.delimiter;
        match Table::find(place.clone(), text)? {
            None => self.unused(place, "is empty"),
            Some(mut table) => {
                self.opened.with_tables.insert(file);
                if delimiter != b',' {
                    table.notes.push(Note::Delimiter(delimiter));
                }
                self.opened.tables.push(table);
            }
        }
        Ok(())
    }

    fn unused(&mut self, place: Place, why: impl Into<String>) {
        self.opened.unused.push(Unused { place, why: why.into() });
    }
}
