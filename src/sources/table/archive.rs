//! ZIP archives. Nothing is believed of what they say of their sizes: what is unpacked is counted.

use std::{
    fs::File,
    io::{self, BufReader, Read},
};

use zip::{ZipArchive, result::ZipError};

use super::{
    Place,
    bytes::Bytes,
    open::{Found, too_much},
    unreadable,
};
use crate::sources::problem::Problem;

/// The most files of an archive.
const MEMBERS: usize = 500;

/// The most bytes of a workbook, unpacked: the texts of its cells are held in memory.
const WORKBOOK: u64 = 256 * 1024 * 1024;

type Archive = ZipArchive<BufReader<File>>;

fn archive(bytes: &Bytes) -> Result<Archive, ZipError> {
    ZipArchive::new(BufReader::new(bytes.open()?))
}

/// Whether the archive is a workbook of Excel.
pub(super) fn is_workbook(bytes: &Bytes) -> bool {
    archive(bytes).is_ok_and(|archive| archive.index_for_name("xl/workbook.xml").is_some())
}

/// Whether all that is in the archive is no more than a workbook may hold.
pub(super) fn is_small(bytes: &Bytes) -> Result<bool, ZipError> {
    let mut archive = archive(bytes)?;
    let mut left = WORKBOOK;
    for at in 0..archive.len() {
        let count = io::copy(&mut archive.by_index(at)?.take(left + 1), &mut io::sink())?;
        match left.checked_sub(count) {
            Some(less) => left = less,
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// Finds the tables of the files in an archive.
pub(super) fn read(file: &str, bytes: &Bytes, found: &mut Found) -> Result<(), Problem> {
    let failed = |error: ZipError| broken(file, &error);
    let mut archive = archive(bytes).map_err(failed)?;
    if archive.len() > MEMBERS {
        return Err(Problem::of(file, format_args!("holds {} files; at most {MEMBERS} are read", archive.len())));
    }
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).map_err(failed)?;
        let path = String::from_utf8_lossy(member.name_raw()).into_owned();
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_aside = member.is_dir() || name.starts_with('.') || path.starts_with("__MACOSX/");
        let place = Place { file: format!("{file}/{name}"), sheet: None };
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        if is_aside {
            continue;
        }
        if !super::open::ENDINGS.contains(&ending.as_str()) {
            found.unused(place, "is not a CSV, Excel or ZIP file");
            continue;
        }
        let unpacked = Bytes::unpacked(found.left, |file| io::copy(&mut member, file).map(drop));
        let unpacked = unpacked.map_err(|error: io::Error| match error.kind() {
            io::ErrorKind::FileTooLarge => too_much(&place),
            _ => unreadable(&place, &error),
        })?;
        found.left -= unpacked.len().map_err(|error| unreadable(&place, &error))?;
        found.bytes(place, unpacked, false)?;
    }
    Ok(())
}

/// An archive that cannot be read.
pub(super) fn broken(file: &str, error: &ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(_) => {
            Problem::of(file, "is packed or locked in a way that is not read here: unpack it first")
        }
        error => Problem::of(file, format_args!("is a broken archive or workbook: {error}")),
    }
}
