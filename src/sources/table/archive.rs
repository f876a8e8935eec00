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

/// How many rows of a workbook are hidden; none where all that is in it is more than a workbook may hold.
pub(super) fn hidden_rows(bytes: &Bytes) -> Result<Option<u64>, ZipError> {
    let mut archive = archive(bytes)?;
    let (mut left, mut hidden) = (WORKBOOK, 0);
    for at in 0..archive.len() {
        let member = archive.by_index(at)?;
        let is_sheet = member.name_raw().starts_with(b"xl/worksheets/");
        let mut tags = BufReader::new(member.take(left + 1));
        let mut tag = Vec::new();
        loop {
            tag.clear();
            let count = tags.read_until(b'>', &mut tag)? as u64;
            let Some(less) = left.checked_sub(count) else { return Ok(None) };
            if count == 0 {
                break;
            }
            left = less;
            hidden += u64::from(is_sheet && hides_a_row(&tag));
        }
    }
    Ok(Some(hidden))
}

/// Whether XML up to the end of a tag ends with one that begins a hidden row.
fn hides_a_row(xml: &[u8]) -> bool {
    let tag = xml.iter().rposition(|byte| *byte == b'<').map_or(&[][..], |at| &xml[at..]);
    let has = |words: &[u8]| tag.windows(words.len()).any(|some| some == words);
    tag.starts_with(b"<row ") && (has(b" hidden=\"1\"") || has(b" hidden=\"true\""))
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
