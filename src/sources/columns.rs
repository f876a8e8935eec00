//! The tables and columns of files as a preset names them.

use std::{fmt::Write as _, path::PathBuf};

use super::{
    preset::{identifier, named_once},
    problem::Problems,
    table::open,
};

/// Every table with its columns, and the header that each is named after.
///
/// # Errors
/// The files cannot be read.
pub fn listed(paths: &[PathBuf]) -> Result<String, Problems> {
    let mut text = String::new();
    for table in open(paths)?.tables {
        let file = &table.place.file;
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        let _ = writeln!(text, "{} ({})", identifier(stem), table.place);
        let names = named_once(table.header.iter().map(|title| identifier(&title.written)));
        for (name, title) in names.iter().zip(&table.header) {
            let _ = writeln!(text, "  {name}  \"{}\"", title.shown);
        }
    }
    Ok(text)
}
