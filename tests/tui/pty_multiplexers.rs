//! The real program inside tmux and GNU screen, where they are installed.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use portable_pty::CommandBuilder;

use crate::{
    pty::{OSC52, copied},
    support::terminal::Terminal,
};

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        eprintln!("skipped: {program} is not installed");
    }
    found
}

/// A tmux with a server of its own that runs the program.
fn in_tmux(home: &Path, settings: &str) -> Terminal {
    fs::write(home.join("tmux.conf"), settings).unwrap();
    let mut tmux = CommandBuilder::new("tmux");
    tmux.args(["-u", "-S", &socket(home), "-f"]);
    tmux.arg(home.join("tmux.conf"));
    tmux.args(["new-session", env!("CARGO_BIN_EXE_cs-copilot")]);
    Terminal::start_other(tmux, home, 24, 80, &[])
}

fn socket(home: &Path) -> String {
    home.join("tmux.socket").to_str().unwrap().to_owned()
}

/// What the tmux answers.
fn tmux(home: &Path, arguments: &[&str]) -> String {
    let ended = Command::new("tmux").args(["-S", &socket(home)]).args(arguments).output().unwrap();
    String::from_utf8(ended.stdout).unwrap()
}

/// The words on the screen, however they are broken into lines.
fn said_in(terminal: &Terminal) -> String {
    terminal.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The book, an answer, another size and back, and the screen drawn again.
fn works(terminal: &mut Terminal) {
    terminal.wait_for("cs-copilot");
    terminal.press("B");
    terminal.wait_for("Customers 15");
    terminal.press("e");
    terminal.wait_for("Check-in email");
    terminal.wait_for("made ");
    terminal.resize(40, 120);
    terminal.wait("both panes", |screen| {
        let text = screen.contents();
        text.contains("Customers 15") && text.contains("Check-in email")
    });
    terminal.resize(24, 80);
    terminal.press("\x0c");
    terminal.wait("one pane", |screen| !screen.contents().contains("Customers 15"));
    terminal.wait_for("made ");
}

#[test]
fn in_tmux_all_works_and_what_is_copied_is_in_it_and_in_the_terminal_around_it() {
    if !is_installed("tmux") {
        return;
    }
    for (settings, said, arrives) in [
        (
            "set -s set-clipboard on\nset -as terminal-features ',xterm*:clipboard'",
            "It was sent to the terminal around it",
            true,
        ),
        ("set -s set-clipboard off", "hands no copies on", false),
    ] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = in_tmux(home.path(), settings);
        works(&mut terminal);
        terminal.press("ye");
        terminal.wait_for("Copied the email into tmux");
        assert!(said_in(&terminal).contains(said), "{}", terminal.screen());
        assert!(tmux(home.path(), &["show-buffer"]).starts_with("Subject: "));
        assert_eq!(String::from_utf8_lossy(&terminal.raw).contains("\x1b]52;"), arrives, "{settings}");
        terminal.press("q");
        terminal.end();
        assert!(!terminal.screen().contains("Check-in email"), "{}", terminal.screen());
    }
}

#[test]
fn in_gnu_screen_all_works_and_no_copy_floods_it() {
    if !is_installed("screen") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let sockets = home.path().join("screens");
    fs::create_dir(&sockets).unwrap();
    fs::set_permissions(&sockets, fs::Permissions::from_mode(0o700)).unwrap();
    let mut screen = CommandBuilder::new("screen");
    screen.args(["-c", "/dev/null", "-U", env!("CARGO_BIN_EXE_cs-copilot")]);
    let sockets = sockets.to_str().unwrap();
    let mut terminal =
        Terminal::start_other(screen, home.path(), 24, 80, &[OSC52, ("SCREENDIR", sockets), ("LANG", "C.UTF-8")]);
    works(&mut terminal);
    terminal.press("yj");
    terminal.wait_for("Sent the answer as JSON");
    assert!(copied(&terminal.raw).iter().any(|text| text.contains("\"customerId\"")), "it came through");
    let flooded = terminal.screen().lines().any(|line| line.len() > 60 && !line.contains(' '));
    assert!(!flooded, "{}", terminal.screen());
    terminal.press("q");
    terminal.end();
    assert!(!terminal.screen().contains("Check-in email"), "{}", terminal.screen());
}
