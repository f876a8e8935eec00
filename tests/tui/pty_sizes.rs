//! The real program on terminals of every usual size, resized meanwhile; and what it remembers.

use crate::support::terminal::Terminal;

/// Rows and columns.
const SIZES: [(u16, u16); 4] = [(15, 60), (24, 80), (40, 120), (70, 250)];

#[test]
fn every_size_shows_the_book_and_an_answer_and_the_way_on() {
    for (rows, columns) in SIZES {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start(home.path(), rows, columns, &[]);
        terminal.open_book(15);
        terminal.press("h");
        terminal.wait_for("Summary");
        if columns >= 100 {
            terminal.press("\t");
        }
        for (rows, columns) in SIZES.into_iter().chain([(rows, columns)]) {
            terminal.resize(rows, columns);
            terminal.press("\x0c");
            terminal.wait("answer and hints", |screen| {
                let last = screen.rows(0, columns).nth(usize::from(rows) - 1).unwrap_or_default();
                screen.contents().contains("Summary") && last.contains("? help") && last.contains("q quit")
            });
        }
        terminal.press("/health\r");
        terminal.wait_for("/health");
        terminal.press("q");
        assert!(terminal.end().success());
        terminal.is_restored();
    }
}

#[test]
fn someone_used_to_other_programs_finds_their_way() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.open_book(15);
    terminal.wait("hints", |screen| {
        [": all", "/ find", "? help", "q quit"].iter().all(|hint| screen.contents().contains(hint))
    });
    terminal.press(" ");
    terminal.press(" ");
    terminal.wait_for("2 marked");
    terminal.press("e");
    terminal.wait_for("2 answers");
    terminal.press(":theme light\r");
    terminal.wait_for("Theme: light");
    terminal.press(":q\r");
    assert!(terminal.end().success());
    terminal.is_restored();
    // As it was left: light, and in the book.
    let remembered = std::fs::read_to_string(home.path().join("data/screen.json")).unwrap();
    assert!(remembered.contains("\"light\"") && remembered.contains("\"book\""), "{remembered}");
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.wait_for("Customers 15");
}
