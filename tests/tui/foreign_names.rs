//! A name made to deceive, from the import to the screen and the clipboard of the real program.

use std::{fs, process::Command};

use crate::{
    pty::{OSC52, copied},
    support::terminal::Terminal,
};

/// ESC, BEL, OSC 8 and 52, a direction override, and characters that cannot be seen.
const NAME: &str = "Evil\u{1b}]8;;http://x\u{1b}\\Link\u{1b}]52;c;eA==\u{7}\u{202e}gro\u{200b}\u{2066}\u{feff}Corp";
/// What is left of it.
const CLEAN: &str = "Evil]8;;http://x\\Link]52;c;eA==groCorp";

#[test]
fn neither_the_terminal_nor_the_clipboard_gets_what_would_deceive() {
    let home = tempfile::tempdir().unwrap();
    let export = home.path().join("export");
    fs::create_dir(&export).unwrap();
    fs::write(export.join("customers.csv"), format!("customer_id,name,contact\nX-1,{NAME},{NAME}\n")).unwrap();
    fs::write(export.join("contracts.csv"), format!("customer_id,renewal_date,plan\nX-1,2099-01-01,{NAME}\n")).unwrap();
    let import = Command::new(env!("CARGO_BIN_EXE_cs-copilot"))
        .arg("import")
        .arg(&export)
        .env_clear()
        .env("HOME", home.path())
        .env("CS_COPILOT_DATA_DIR", home.path().join("data"))
        .output()
        .unwrap();
    assert!(import.status.success(), "{import:?}");

    let mut terminal = Terminal::start(home.path(), 40, 160, &[OSC52]);
    terminal.open_book(16);
    terminal.press("/Evil");
    terminal.wait_for("Customers 1 of 16");
    terminal.press("\re");
    terminal.wait_for("e✓");
    for key in ["ye", "ym", "yj"] {
        terminal.press(key);
    }
    terminal.wait_for("Sent the answer as JSON");
    assert!(terminal.screen().contains(CLEAN), "{}", terminal.screen());

    let copies = copied(&terminal.raw);
    assert_eq!(copies.len(), 3, "none but what was asked for: {copies:?}");
    let drawn = String::from_utf8_lossy(&terminal.raw).into_owned();
    for text in copies.iter().chain([&drawn]) {
        let is_hidden = |c| matches!(c, '\u{7}' | '\u{202e}' | '\u{200b}' | '\u{2066}' | '\u{feff}');
        assert_eq!(text.find(is_hidden), None, "{text:?}");
        assert!(!text.contains("\u{1b}]8;"), "{text:?}");
    }
    for text in &copies {
        assert!(!text.contains('\u{1b}') && text.contains("groCorp"), "{text:?}");
    }
    terminal.press("q");
    assert!(terminal.end().success());
}
