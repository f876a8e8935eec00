//! What the real program makes of what a terminal says.

use tempfile::TempDir;

use crate::support::terminal::Terminal;

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The program with its book open, in a terminal that answers nothing of itself but what it is.
fn open(home: &TempDir) -> Terminal {
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.background = "";
    terminal.wait_for_book();
    terminal
}

#[test]
fn a_reply_in_pieces_is_no_key() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    (terminal.background, terminal.identity) = ("", "");
    terminal.wait_for_book();
    // Something is drawn for each key, so that the pieces come apart.
    terminal.press("\x1b");
    terminal.signal("WINCH");
    terminal.wait_for("Customers 15");
    for piece in ["]11;rgb", ":ffff/c", "ccc/bb", "bb\x1b", "\\"] {
        terminal.press(piece);
    }
    // 242 is the light edition's dim text.
    terminal.wait("light theme", is_light);
    assert!(!terminal.screen().contains("✓"), "no run was started:\n{}", terminal.screen());
    terminal.press("q");
    assert!(terminal.end().success());
}

fn is_light(screen: &vt100::Screen) -> bool {
    screen.cell(2, 3).is_some_and(|cell| cell.fgcolor() == vt100::Color::Idx(242))
}

#[test]
fn a_reply_that_comes_late_is_not_left_for_the_shell() {
    let home = home();
    let mut shell = portable_pty::CommandBuilder::new("bash");
    let script = format!("{}; read -t 0.3 -r typed; echo \"typed: <$typed>\"", env!("CARGO_BIN_EXE_cs-copilot"));
    shell.args(["-c", &script]);
    let mut terminal = Terminal::start_other(shell, home.path(), 24, 80, &[]);
    (terminal.background, terminal.identity) = ("", "");
    terminal.wait_for_book();
    terminal.press("q");
    // A program that did not wait would have ended by the time another one has.
    terminal.signal("CONT");
    terminal.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;4c");
    terminal.wait_for("typed: <>");
}

#[test]
fn esc_and_a_key_in_one_packet_are_both_kept() {
    let home = home();
    let mut terminal = open(&home);
    terminal.press("adraft");
    terminal.wait_for("a draft");
    terminal.press("\x1b?");
    terminal.wait_for("cancel the run, or go back");
}

#[test]
fn a_paste_without_brackets_is_a_paste() {
    let home = home();
    let mut terminal = open(&home);
    terminal.press("churn risk is high\rcall them back\rhello");
    terminal.wait_for("A paste needs a line to go into");
    assert!(!terminal.screen().contains("✓"), "{}", terminal.screen());
    terminal.press("a");
    terminal.wait_for("What should I worry about");
    terminal.press("how is Globex?\rhow is Acme?\rchurn");
    terminal.wait_for("a how is Globex? how is Acme? churn");
    assert!(!terminal.screen().contains("✓"), "{}", terminal.screen());
}

#[test]
fn a_paste_without_an_end_ends_by_itself() {
    let home = home();
    let mut terminal = open(&home);
    terminal.press("a");
    terminal.wait_for("What should I worry about");
    terminal.press("\x1b[200~how is Globex");
    terminal.wait_for("a how is Globex");
    terminal.press("\x1b");
    terminal.wait("line left", |screen| !screen.contents().contains("a how is"));
}

#[test]
fn what_is_too_long_is_cut_with_a_word() {
    for (key, long) in [("a", 600), ("/", 600), ("a", 100_000)] {
        let home = home();
        let mut terminal = open(&home);
        terminal.press(key);
        terminal.press(&format!("\x1b[200~{}\x1b[201~", "x".repeat(long)));
        terminal.wait_for("The line is full: the first 500 characters of the paste are in it.");
    }
}

#[test]
fn ctrl_c_leaves_the_line_before_it_leaves_the_program() {
    let home = home();
    let mut terminal = open(&home);
    terminal.press("adraft");
    terminal.wait_for("a draft");
    terminal.press("\x03");
    terminal.wait("line left", |screen| !screen.contents().contains("a draft"));
    terminal.press("a");
    terminal.wait_for("a draft");
    terminal.press("\x03");
    terminal.wait("line left", |screen| !screen.contents().contains("a draft"));
    terminal.press("\x03");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn a_layout_that_is_not_latin_gets_a_hint() {
    let home = home();
    let mut terminal = open(&home);
    terminal.press("о");
    terminal.wait_for("о is no key here: the keys are Latin letters.");
}

#[test]
fn a_layout_that_is_not_latin_works_by_position_where_the_terminal_tells_it() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.keyboard = "\x1b[?0u";
    terminal.wait_for_book();
    terminal.wait_raw("\x1b[>29u");
    // The key of h in a Cyrillic layout.
    terminal.press("\x1b[1088::104;;1088u");
    terminal.wait_for("h✓");
    // The key of a, then the same letters as text, then Esc with its own name.
    terminal.press("\x1b[1092::97;;1092u");
    terminal.wait_for("What should I worry about");
    terminal.press("\x1b[1088::104;;1088u\x1b[27u");
    terminal.wait("line left", |screen| !screen.contents().contains("a р"));
    terminal.press("a");
    terminal.wait_for("a р");
    terminal.press("\x1b[99;5u");
    terminal.wait("line left", |screen| !screen.contents().contains("a р"));
    terminal.press("\x1b[99;5u");
    assert!(terminal.end().success());
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    let (before, after) = raw.rsplit_once("\x1b[<u").expect("it is given back");
    assert!(before.contains("\x1b[>29u") && after.contains("\x1b[?1049l"), "before the screen is left");
}
