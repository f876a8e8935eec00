//! The page about imports says what they read by.

use std::{env, fs, path::Path};

use cs_copilot::sources::guide::page;

#[test]
fn the_page_about_imports_is_made_of_the_tables_they_read_by() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, page()).unwrap();
    }
    assert!(fs::read_to_string(file).unwrap() == page(), "run this test with UPDATE_DOCS=1, and look at what changed");
}
