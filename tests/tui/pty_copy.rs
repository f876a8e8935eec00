//! Where what the real program copies ends up.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::{
    pty::{OSC52, copied},
    support::terminal::Terminal,
};

/// The program with an answer on the screen.
fn answered(home: &Path, variables: &[(&str, &str)]) -> Terminal {
    let mut terminal = Terminal::start(home, 24, 120, variables);
    terminal.open_book(15);
    terminal.press("r");
    terminal.wait_for("r✓");
    terminal
}

/// A directory with a program of this name that does this.
fn program(home: &Path, name: &str, script: &str) -> String {
    let directory = home.join("bin");
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join(name), format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(directory.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:{}", directory.display(), std::env::var("PATH").unwrap())
}

#[test]
fn a_program_that_keeps_the_selection_is_given_it_and_outlives_this_one() {
    for (variable, name) in [("DISPLAY", "xclip"), ("WAYLAND_DISPLAY", "wl-copy"), ("DISPLAY", "xsel")] {
        let home = tempfile::tempdir().unwrap();
        let kept = home.path().join("kept");
        let path = program(home.path(), name, &format!("cat > {}", kept.display()));
        let mut terminal = answered(home.path(), &[("PATH", &path), (variable, "none")]);
        terminal.press("ye");
        terminal.wait_for("Copied the email:");
        assert!(!terminal.screen().contains("until you leave"), "{}", terminal.screen());
        terminal.press("q");
        assert!(terminal.end().success());
        assert!(fs::read_to_string(kept).unwrap().starts_with("Subject: "), "{name}");
        assert!(copied(&terminal.raw).is_empty(), "the terminal is not asked as well");
    }
}

#[test]
fn gnu_screen_gets_pieces_that_it_hands_on() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = answered(home.path(), &[OSC52, ("STY", "1.tty"), ("TERM", "screen-256color")]);
    terminal.press("yj");
    terminal.wait_for("Sent the answer as JSON");
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    let pieces: Vec<_> = raw.split("\x1bP").skip(1).map(|rest| rest.split("\x1b\\").next().unwrap()).collect();
    assert!(pieces.len() > 2 && pieces.iter().all(|piece| piece.len() + 4 < 768), "{pieces:?}");
    let whole = pieces.concat();
    let encoded = whole.strip_prefix("\x1b]52;c;").unwrap().strip_suffix('\u{7}').unwrap();
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded).unwrap()).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
}

#[test]
fn tmux_is_asked_what_the_terminal_around_it_takes() {
    for (says, said) in [
        ("external 256,clipboard,title", "was sent to the terminal around it"),
        ("external 256,title", "hands no copies on"),
        ("off 256,clipboard,title", "hands no copies on"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let script = format!("case $1 in load-buffer) cat > /dev/null;; *) echo {says};; esac");
        let path = program(home.path(), "tmux", &script);
        let mut terminal = answered(home.path(), &[("PATH", &path), ("TMUX", "/tmp/none,1,0")]);
        terminal.press("ye");
        terminal.wait_for("Copied the email into tmux");
        assert!(terminal.screen().contains(said), "{says}: {}", terminal.screen());
    }
}

#[test]
fn what_is_too_long_for_a_terminal_is_not_sent_and_a_file_is_offered() {
    let home = tempfile::tempdir().unwrap();
    let customers: String = (0..1500).map(|n| format!("C-{n},A customer of the number {n}\n")).collect();
    fs::create_dir(home.path().join("export")).unwrap();
    fs::write(home.path().join("export/customers.csv"), format!("customer_id,name\n{customers}")).unwrap();
    let import = std::process::Command::new(env!("CARGO_BIN_EXE_cs-copilot"))
        .arg("import")
        .arg(home.path().join("export"))
        .env("CS_COPILOT_DATA_DIR", home.path().join("data"))
        .output();
    assert!(import.unwrap().status.success());
    let mut terminal = Terminal::start(home.path(), 24, 120, &[OSC52]);
    terminal.open_book(1515);
    terminal.press("alist all customers\r");
    terminal.wait_for("Your book");
    terminal.press("yj");
    terminal.wait_for("too long for a terminal to take. A file instead: cs-copilot ask");
    assert!(copied(&terminal.raw).is_empty());
}
