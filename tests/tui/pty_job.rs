//! The real program and its terminal: stopping, going on, and ending, whatever state the terminal is in.

use std::{fs, path::Path, process::Command};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::support::terminal::Terminal;

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The screen's rows. Its contents as a whole know where a line was wrapped, which nobody sees.
fn rows(screen: &vt100::Screen) -> Vec<String> {
    screen.rows(0, 80).collect()
}

/// The program as a job of a shell that says when it has the terminal, and what state that is in.
fn in_a_shell(home: &Path) -> Terminal {
    let mut shell = CommandBuilder::new("bash");
    let program = format!("sh -c 'echo $$ > pid; exec {}'", env!("CARGO_BIN_EXE_cs-copilot"));
    let script = format!(
        "cd; set -m; {program}; stty -a | grep -o -e '.icanon'; echo stopped; read -r; fg >/dev/null; echo ended $?"
    );
    shell.args(["-c", &script]);
    Terminal::start_other(shell, home, 24, 80, &[])
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() {
    let home = home();
    let mut terminal = in_a_shell(home.path());
    terminal.wait_for_book();
    terminal.press("jh");
    terminal.wait("answer, down to the last line", |screen| {
        let text = screen.contents();
        // The day is there only while nothing is under way: no run, and no book that is read again.
        ["h✓", "Tools ✓", "y yank", "as of "].iter().all(|it| text.lines().any(|line| line.contains(it)))
            && text.lines().next().is_some_and(|header| header.contains("as of "))
    });
    let before = terminal.see(rows);
    terminal.press("\x1a");
    terminal.wait_for("stopped");
    terminal.is_restored();
    assert!(terminal.screen().contains(" icanon"), "lines are read again:\n{}", terminal.screen());
    terminal.press("\r");
    terminal.wait("the screen as it was", |screen| rows(screen) == before);
    terminal.press("q");
    terminal.wait_for("ended 0");
    terminal.end();
    terminal.is_restored();
}

#[test]
fn a_stop_from_outside_gives_the_terminal_back_too() {
    let home = home();
    let mut terminal = in_a_shell(home.path());
    terminal.wait_for_book();
    let pid = fs::read_to_string(home.path().join("pid")).unwrap();
    assert!(Command::new("sh").args(["-c", &format!("kill -TSTP {pid}")]).status().unwrap().success());
    terminal.wait_for("stopped");
    terminal.is_restored();
    terminal.press("\r");
    terminal.wait_for_book();
    terminal.press("q");
    terminal.wait_for("ended 0");
}

#[test]
fn without_a_shell_ctrl_z_says_so() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.wait_for_book();
    terminal.press("\x1a");
    terminal.wait_for("There is no shell to go back to.");
    terminal.signal("TSTP");
    terminal.press("?");
    terminal.wait_for("cancel the run, or go back");
}

#[test]
fn what_something_else_wrote_is_painted_over() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.wait_for_book();
    let before = terminal.see(rows);
    let heals: [fn(&mut Terminal); 3] = [
        |terminal| terminal.press("\x0c"),
        |terminal| terminal.signal("CONT"),
        |terminal| {
            terminal.resize(30, 100);
            terminal.resize(24, 80);
        },
    ];
    for heal in heals {
        terminal.scribble("\x1b[5;20Hwall: the system goes down");
        assert!(terminal.screen().contains("goes down"));
        heal(&mut terminal);
        terminal.wait("the screen as it was", |screen| rows(screen) == before);
    }
}

#[test]
fn a_terminal_that_does_not_read_does_not_hold_the_end() {
    for (signal, code) in [("TERM", 143), ("QUIT", 131)] {
        let home = home();
        let mut terminal = Terminal::start(home.path(), 70, 250, &[]);
        terminal.wait_for_book();
        let reading = terminal.reading();
        let stopped = reading.lock().unwrap();
        terminal.press(&"t".repeat(200));
        terminal.signal(signal);
        assert_eq!(terminal.ended().exit_code(), code);
        drop(stopped);
        terminal.read_rest();
        terminal.is_restored();
    }
}

#[test]
fn a_terminal_that_has_gone_ends_the_program_whether_or_not_it_hears_of_it() {
    for ignored in ["", "HUP"] {
        let home = home();
        let mut shell = CommandBuilder::new("sh");
        let trap = if ignored.is_empty() { String::new() } else { format!("trap \"\" {ignored}; ") };
        shell.args(["-c", &format!("{trap}exec {}", env!("CARGO_BIN_EXE_cs-copilot"))]);
        let mut terminal = Terminal::start_other(shell, home.path(), 24, 80, &[]);
        terminal.wait_for_book();
        terminal.close();
        assert_eq!(terminal.ended().exit_code(), 129);
    }
}

#[test]
fn a_terminal_that_cannot_be_drawn_on_is_refused_with_what_works_there() {
    for term in ["dumb", ""] {
        let home = home();
        let mut terminal = Terminal::start(home.path(), 24, 120, &[("TERM", term)]);
        assert!(!terminal.end().success());
        let said = terminal.screen();
        assert!(said.contains("cs-copilot run health --all") && said.contains("ask or customers"), "{said}");
        let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
        assert!(!raw.contains('\u{1b}'), "nothing was drawn: {raw}");
    }
}

#[test]
fn on_a_screen_too_small_to_show_it_no_key_does_anything_but_leave() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 10, 50, &[]);
    terminal.wait_for("q leaves");
    terminal.press("h");
    terminal.press(":");
    terminal.press("E");
    // What is drawn for the last key comes after whatever the others did.
    terminal.scribble("\x1b[2Jwall");
    terminal.press("\x0c");
    terminal.wait_for("q leaves");
    terminal.resize(24, 80);
    terminal.wait_for_book();
    assert!(!terminal.screen().contains("h✓") && !terminal.screen().contains("Evaluations"), "{}", terminal.screen());
    terminal.resize(10, 50);
    terminal.wait_for("q leaves");
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn the_terminals_own_cursor_goes_with_the_selection() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.wait_for_book();
    for (key, row) in [("", 3), ("j", 4), ("j", 5), ("G", 17), ("g", 3)] {
        terminal.press(key);
        terminal.wait("cursor on the row", |screen| screen.cursor_position() == (row, 0) && !screen.hide_cursor());
    }
    terminal.press("/");
    terminal.wait("cursor in the line", |screen| screen.cursor_position() == (2, 4));
}
