//! A book as the canonical files, in a folder for each source and day of delivery. They are written beside their places
//! and renamed at the end, so that half an export is never taken for a whole one.

mod rows;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use contracts::{SourceName, delivery::Exported, facts::Part};
use tempfile::TempDir;

use self::rows::{header, lines};
use crate::sources::canonical::Table;

/// A folder, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The source.
    pub source: SourceName,
    /// Its folder. The name says the day the rows speak of, where an import looks for it.
    pub folder: PathBuf,
    /// How many rows each part has.
    pub rows: BTreeMap<Part, u64>,
}

/// An export on its way.
#[derive(Debug)]
pub struct Export {
    dir: PathBuf,
    beside: TempDir,
    /// By source and day.
    folders: BTreeMap<(SourceName, NaiveDate), BTreeMap<Part, Open>>,
}

/// A file that is being written.
#[derive(Debug)]
struct Open {
    file: csv::Writer<File>,
    rows: u64,
}

impl Export {
    /// Begins to write into `dir`, which is made where it is not there.
    ///
    /// # Errors
    /// The directory cannot be written.
    pub fn begin(dir: &Path) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let beside = tempfile::Builder::new().prefix(".export-").tempdir_in(dir)?;
        Ok(Self { dir: dir.to_owned(), beside, folders: BTreeMap::new() })
    }

    /// Writes rows of one source. A part without rows becomes a file with a header alone: that there is nothing is known.
    ///
    /// # Errors
    /// The disk does not take them.
    pub fn write(&mut self, exported: &Exported) -> io::Result<()> {
        for (&part, &day) in &exported.parts {
            let source = &exported.source;
            let files = self.folders.entry((source.clone(), day)).or_default();
            let open = match files.entry(part) {
                Entry::Occupied(open) => open.into_mut(),
                Entry::Vacant(place) => {
                    let folder = self.beside.path().join(name(source, day));
                    fs::create_dir_all(&folder)?;
                    let mut file = csv::Writer::from_path(folder.join(Table::of(part).file()))?;
                    file.write_record(header(part))?;
                    place.insert(Open { file, rows: 0 })
                }
            };
            for line in lines(part, &exported.piece) {
                open.file.write_record(line)?;
                open.rows += 1;
            }
        }
        Ok(())
    }

    /// Puts the folders in their places, those with customers first. One of the same source and day that is there
    /// already, from an earlier export, is replaced.
    ///
    /// # Errors
    /// The disk does not take them, or something else is in their place.
    pub fn finish(self) -> io::Result<Vec<Written>> {
        let mut written = Vec::new();
        for ((source, day), files) in self.folders {
            let mut rows = BTreeMap::new();
            for (part, mut open) in files {
                open.file.flush()?;
                open.file.get_ref().sync_all()?;
                rows.insert(part, open.rows);
            }
            let name = name(&source, day);
            let folder = self.dir.join(&name);
            if folder.exists() {
                fs::rename(&folder, self.beside.path().join(format!("{name}.before")))?;
            }
            fs::rename(self.beside.path().join(&name), &folder)?;
            written.push(Written { source, folder, rows });
        }
        written.sort_by_key(|written| !written.rows.contains_key(&Part::Customers));
        Ok(written)
    }
}

fn name(source: &SourceName, day: NaiveDate) -> String {
    format!("{source}-{day}")
}
