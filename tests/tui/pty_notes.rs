//! A note, what happened and what changed, in the real program.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::support::terminal::Terminal;

#[test]
fn a_note_is_kept_found_in_the_timeline_and_there_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.open_book(15);
    terminal.press("i");
    terminal.wait_for("call: what was said");
    terminal.press("call: spoke of the canary follow-up:+3d");
    terminal.press("\r");
    terminal.wait_for("Kept: call of ");
    terminal.press("H");
    terminal.wait("timeline", |screen| {
        let text = screen.contents();
        ["Timeline", "Score by week", "spoke of the canary", "Follow-up due"].iter().all(|words| text.contains(words))
    });
    terminal.press("/nothing");
    terminal.wait_for("nothing has them");
    terminal.press("\x1b");
    terminal.wait("words left", |screen| !screen.contents().contains("nothing has them"));
    terminal.press("d");
    terminal.wait_for("What changed");
    terminal.wait("changes", |screen| !screen.contents().contains("Reading…"));
    terminal.press("G");
    terminal.wait_for("Last touch");
    terminal.press("\x1b");
    terminal.open_book(15);
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();

    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.open_book(15);
    terminal.press("H");
    terminal.wait_for("spoke of the canary");
    terminal.press("i");
    terminal.wait_for("call: what was said");
    terminal.press("the wrong customer");
    terminal.press("\r");
    terminal.wait("timeline with both", |screen| {
        let text = screen.contents();
        ["the wrong customer", "spoke of the canary", "u undoes it."].iter().all(|words| text.contains(words))
    });
    terminal.press("u");
    terminal.wait("timeline without the mistake", |screen| {
        let text = screen.contents();
        text.contains("Undone: the note of ") && !text.contains("the wrong customer") && text.contains("spoke of")
    });
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn what_was_promised_is_an_item_and_done_with_it() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.wait_for("Umbrella Care");
    terminal.press("f");
    terminal.wait_for("friday send the order form");
    terminal.press("today send the canary");
    terminal.press("\r");
    terminal.wait_for("follow-up due ");
    terminal.wait_for("“send the canary”");
    terminal.press("g");
    terminal.press("D");
    terminal.wait_for("1 done");
    terminal.wait("the promise is kept", |screen| !screen.contents().contains("“send the canary”"));
    terminal.press("u");
    terminal.wait_for("“send the canary”");
    terminal.press("D");
    terminal.wait_for("1 done");
    terminal.press("H");
    terminal.wait_for("send the canary");
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn the_users_editor_has_the_terminal_and_gives_it_back() {
    let home = tempfile::tempdir().unwrap();
    let editor = home.path().join("editor");
    // It reads a line of the terminal, as an editor reads keys, and writes it behind what it was given.
    fs::write(&editor, "#!/bin/sh\nprintf 'THE EDITOR'\nread line\nprintf '%s\\n' \"$line\" >> \"$1\"\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o700)).unwrap();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[("EDITOR", editor.to_str().unwrap())]);
    terminal.open_book(15);
    terminal.press("i");
    terminal.wait_for("call: what was said");
    terminal.press("meeting: met ");
    terminal.wait_for("meeting: met");
    terminal.press("\x0f");
    terminal.wait_for("THE EDITOR");
    terminal.press("and talked of the canary\r");
    terminal.wait_for("Kept: meeting of ");
    terminal.press("H");
    terminal.wait_for("met and talked of the canary");
    terminal.press("qq");
    assert!(terminal.end().success());
    terminal.is_restored();
}
