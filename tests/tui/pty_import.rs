//! An import from the screen, in a pseudo-terminal.

use std::fs;

use crate::support::terminal::Terminal;

#[test]
fn files_are_imported_from_the_screen_and_the_book_is_read_again() {
    let home = tempfile::tempdir().unwrap();
    let exports = home.path().join("exports");
    fs::create_dir(&exports).unwrap();
    fs::write(exports.join("companies.csv"), "Record ID,Company name,Company owner\n901,Newcomer GmbH,Dana\n").unwrap();
    let mut terminal = Terminal::start(home.path(), 40, 120, &[]);
    terminal.open_book(15);
    terminal.press("I");
    terminal.wait_for("a file or a folder, such as ~/Downloads");
    terminal.press(&format!("{}/ex", home.path().display()));
    terminal.wait_for("/ex");
    terminal.press("\t");
    terminal.wait_for("/exports/");
    terminal.press("\r");
    terminal.wait("the mapping, and a question", |screen| {
        let text = screen.contents();
        ["Company name", "customers.name", "\"Newcomer GmbH\"", "Import it so?"]
            .iter()
            .all(|words| text.contains(words))
    });
    terminal.press("1\r");
    terminal.wait("the report", |screen| {
        let text = screen.contents();
        ["Imported from files", "1 customer, 1 new", "Enter goes back to the screen"]
            .iter()
            .all(|words| text.contains(words))
    });
    terminal.press("\r");
    terminal.open_book(16);
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}
