//! ZIP archives. Nothing is believed of what they say of their sizes: what is unpacked is counted.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
};

use zip::{ZipArchive, result::ZipError};

use super::{Place, bytes::Bytes, may_hold_a_table, too_much, unreadable};
use crate::sources::problem::Problem;

/// The most files of an archive.
const MEMBERS: usize = 500;

/// The most bytes of a workbook, unpacked: the texts of its cells are held in memory.
const WORKBOOK: u64 = 256 * 1024 * 1024;

/// Why a file is left out whose name is none of a table's.
pub(super) const NO_TABLE: &str = "is not a CSV, Excel or ZIP file";

/// What is in an archive: a file, unpacked, or why it is left out.
pub(super) type Member = Result<Bytes, &'static str>;

type Archive = ZipArchive<BufReader<File>>;

fn archive(bytes: &Bytes) -> Result<Archive, ZipError> {
    ZipArchive::new(BufReader::new(bytes.open()?))
}

/// Whether the bytes begin as an archive does.
pub(super) fn is_archive(bytes: &Bytes) -> bool {
    bytes.head(4).is_ok_and(|head| matches!(head.as_slice(), [b'P', b'K', 3 | 5, ..]))
}

/// Whether they are a workbook of Excel, which is an archive.
pub(super) fn is_workbook(bytes: &Bytes) -> bool {
    archive(bytes).is_ok_and(|archive| archive.index_for_name("xl/workbook.xml").is_some())
}

/// What a reader of the cells of a workbook does not see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Unseen {
    /// Rows that Excel hides.
    pub(super) rows: u64,
    /// Formulas without a result, which whoever wrote the workbook left to Excel.
    pub(super) formulas: u64,
}

/// What is not seen of a workbook; none where all that is in it is more than a workbook may hold.
pub(super) fn unseen(bytes: &Bytes) -> Result<Option<Unseen>, ZipError> {
    let mut archive = archive(bytes)?;
    let (mut left, mut unseen) = (WORKBOOK, Unseen::default());
    for at in 0..archive.len() {
        let member = archive.by_index(at)?;
        let is_sheet = member.name_raw().starts_with(b"xl/worksheets/");
        let mut tags = BufReader::new(member.take(left + 1));
        let (mut xml, mut cell) = (Vec::new(), Cell::default());
        loop {
            xml.clear();
            let count = tags.read_until(b'>', &mut xml)? as u64;
            let Some(less) = left.checked_sub(count) else { return Ok(None) };
            if count == 0 {
                break;
            }
            left = less;
            if is_sheet {
                let at = xml.iter().rposition(|byte| *byte == b'<').unwrap_or_default();
                let (text, tag) = xml.split_at(at);
                unseen.rows += u64::from(hides_a_row(tag));
                unseen.formulas += u64::from(cell.is_without_result(text, tag));
            }
        }
    }
    Ok(Some(unseen))
}

/// What was read of a cell of a sheet.
#[derive(Debug, Default)]
struct Cell {
    has_formula: bool,
    has_value: bool,
}

impl Cell {
    /// Takes a tag and the text before it; whether a cell ends here that has a formula and no result. A text without any
    /// letter is a result.
    fn is_without_result(&mut self, text: &[u8], tag: &[u8]) -> bool {
        match tag {
            tag if tag.starts_with(b"<c ") => *self = Self { has_formula: false, has_value: has(tag, b" t=\"str\"") },
            tag if tag.starts_with(b"<f>") || tag.starts_with(b"<f ") => self.has_formula = true,
            b"</v>" => self.has_value |= !text.is_empty(),
            b"</c>" => return self.has_formula && !self.has_value,
            _ => {}
        }
        false
    }
}

/// Whether a tag begins a hidden row.
fn hides_a_row(tag: &[u8]) -> bool {
    tag.starts_with(b"<row ") && (has(tag, b" hidden=\"1\"") || has(tag, b" hidden=\"true\""))
}

fn has(tag: &[u8], words: &[u8]) -> bool {
    tag.windows(words.len()).any(|some| some == words)
}

/// The files in an archive, unpacked, with the archive's name before theirs; or why one is left out. What they take is
/// taken off `left`.
pub(super) fn members(file: &str, bytes: &Bytes, left: &mut u64) -> Result<Vec<(Place, Member)>, Problem> {
    let failed = |error: ZipError| broken(file, &error);
    let mut archive = archive(bytes).map_err(failed)?;
    if archive.len() > MEMBERS {
        return Err(Problem::of(file, format_args!("holds {} files; at most {MEMBERS} are read", archive.len())));
    }
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).map_err(failed)?;
        let path = String::from_utf8_lossy(member.name_raw()).into_owned();
        let path = path.replace('\\', "/");
        let name = path.rsplit('/').next().unwrap_or_default();
        if member.is_dir() || name.starts_with('.') || path.starts_with("__MACOSX/") {
            continue;
        }
        // Of files of one name in several folders, the folder tells which is which.
        let inside = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect::<Vec<_>>().join("/");
        let place = Place { file: format!("{file}/{inside}"), sheet: None };
        if !may_hold_a_table(name) {
            members.push((place, Err(NO_TABLE)));
            continue;
        }
        let unpacked = Bytes::unpacked(*left, |file| io::copy(&mut member, file).map(drop));
        let unpacked = unpacked.map_err(|error: io::Error| match error.kind() {
            io::ErrorKind::FileTooLarge => too_much(&place),
            _ => unreadable(&place, &error),
        })?;
        *left -= unpacked.len().map_err(|error| unreadable(&place, &error))?;
        members.push((place, Ok(unpacked)));
    }
    Ok(members)
}

/// An archive that cannot be read.
pub(super) fn broken(file: &str, error: &ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(_) => {
            Problem::of(file, "is packed or locked in a way that is not read here: unpack it first")
        }
        _ => Problem::of(file, "is a broken archive or workbook: download it again"),
    }
}
