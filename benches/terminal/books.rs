//! Books that are made up, of any size.

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// A data directory with a book of so many customers, with 12 points of usage each.
pub fn of(customers: usize, copilot: &Path) -> TempDir {
    let (files, data) = (directory(), directory());
    let mut names = String::from("customer_id,name\n");
    let mut usage = String::from("customer_id,date,value\n");
    for n in 0..customers {
        let _ = writeln!(names, "C-{n},Customer {n}");
        for month in 1..=12 {
            let _ = writeln!(usage, "C-{n},2025-{month:02}-01,{}", 40 + (n * month) % 17);
        }
    }
    fs::write(files.path().join("customers.csv"), names).expect("the files can be written");
    fs::write(files.path().join("usage.csv"), usage).expect("the files can be written");
    let status = Command::new(copilot)
        .args(["--data-dir", path(&data), "import", "--yes", path(&files)])
        .stdout(Stdio::null())
        .status()
        .expect("the import starts");
    assert!(status.success(), "the import of the book failed");
    data
}

/// A directory of its own.
pub fn directory() -> TempDir {
    tempfile::tempdir().expect("a temporary directory can be made")
}

/// Where it is.
pub fn path(directory: &TempDir) -> &str {
    directory.path().to_str().expect("temporary paths are UTF-8")
}
