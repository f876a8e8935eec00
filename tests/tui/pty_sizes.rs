//! The real program on terminals of every usual size, resized meanwhile; and what it remembers.

use std::fs;

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
    let remembered = fs::read_to_string(home.path().join("data/screen.json")).unwrap();
    assert!(remembered.contains("\"light\"") && remembered.contains("\"book\""), "{remembered}");
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.wait_for("Customers 15");
}

#[test]
fn from_opening_to_ten_drafts_and_a_review_on_a_small_terminal_with_keys_alone() {
    let home = tempfile::tempdir().unwrap();
    let ending = |end: &str| {
        let names = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_str().unwrap().ends_with(end)).count()
    };
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.open_book(15);
    terminal.press("v");
    terminal.wait_for("A range");
    // One after the other, for so many at once would be a paste.
    (0..9).for_each(|_| terminal.press("\x1b[B"));
    terminal.press("v");
    terminal.wait_for("10 customers marked");
    terminal.press("e");
    terminal.wait_for("10 answers");
    terminal.press("w");
    terminal.wait_for("m mail");
    terminal.press("m");
    terminal.wait_for("would be written to");
    terminal.press("\r");
    terminal.wait_for("and not sent: ");
    let mails = ending("-email.eml");
    assert!(terminal.screen().contains(&format!("{mails} of {mails} files written")), "{}", terminal.screen());
    terminal.press("\x1b");
    terminal.wait("list", |screen| !screen.contents().contains("files written"));
    terminal.press("w");
    terminal.wait_for("f file");
    terminal.press("f");
    terminal.wait_for("10 of 10 answers would be written");
    terminal.press("\r");
    terminal.wait_for("10 of 10 files written");
    terminal.press("\x1b");
    terminal.wait("list", |screen| !screen.contents().contains("files written"));
    terminal.press("\x1b");
    terminal.wait_for("Nobody is marked any more.");
    terminal.press("b");
    // What was written is noted meanwhile, of one customer after the other: the book may have changed since.
    terminal.wait("a review", |screen| ["QBR outline", "Tools ✓"].iter().all(|text| screen.contents().contains(text)));
    terminal.press("w");
    terminal.wait_for("f file");
    terminal.press("f\t");
    terminal.wait_for("Out: answer as a page");
    terminal.press("\r");
    terminal.wait_for("Written, and not sent: ");
    assert_eq!((ending("-email.md"), ending("-qbr.html")), (10, 1));
    assert!((1..10).contains(&mails), "those that should wait are no mails yet: {mails}");
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}
