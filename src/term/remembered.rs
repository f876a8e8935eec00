//! The small file with what the screen remembers. It is a convenience: whatever is wrong with it, the screen opens.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use tempfile::Builder;

use crate::app::Remembered;

/// The most that is read of it, in bytes.
const LONGEST: u64 = 256 * 1024;

/// What the file says; nothing where it is not there or cannot be read.
pub(super) fn read(file: &Path) -> Remembered {
    let mut text = String::new();
    match File::open(file).and_then(|file| file.take(LONGEST).read_to_string(&mut text)) {
        Ok(_) => Remembered::read(&text),
        Err(_) => Remembered::default(),
    }
}

/// Writes it beside the old one and puts it in its place. What cannot be remembered is forgotten.
pub(super) fn write(file: &Path, remembered: &Remembered) {
    if let Err(error) = try_write(file, remembered) {
        tracing::warn!(%error, "what the screen remembers is not written");
    }
}

fn try_write(file: &Path, remembered: &Remembered) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut new = Builder::new().prefix(".screen-").tempfile_in(folder)?;
    new.write_all(&serde_json::to_vec_pretty(remembered)?)?;
    new.persist(file)?;
    Ok(())
}
