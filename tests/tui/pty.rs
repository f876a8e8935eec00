//! The real program in a pseudo-terminal, from the demo book to the shell again.

use std::process::Command;

use base64::{Engine, prelude::BASE64_STANDARD};
use cs_copilot::{
    agent::Agent,
    app::{Origin, Settings},
    backend::{Backend, Target},
    config::{AttentionConfig, Clipboard, EvalLimits, OwnKeys, Planner, ScreenConfig, ThemeChoice},
    term::{Options, log_panics, open},
};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::support::terminal::Terminal;

pub const OSC52: (&str, &str) = ("CS_COPILOT_CLIPBOARD", "osc52");

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The texts that were sent to the terminal's clipboard.
pub fn copied(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let sent = text.split("\x1b]52;c;").skip(1).filter_map(|rest| rest.split(['\x1b', '\x07']).next());
    sent.map(|encoded| String::from_utf8(BASE64_STANDARD.decode(encoded).unwrap()).unwrap()).collect()
}

#[test]
fn a_working_day() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 40, 120, &[OSC52]);
    terminal.open_book(15);
    for (key, title) in [
        ("h", "Health check"),
        ("2", "Renewal brief"),
        ("b", "QBR outline"),
        ("4", "Churn review"),
        ("e", "Check-in email"),
    ] {
        terminal.press(key);
        let is_done = format!("{}✓", key.replace('2', "r").replace('4', "c"));
        terminal.wait(title, |screen| {
            let text = screen.contents();
            [title, "Tools ✓", &is_done].iter().all(|words| text.contains(*words))
        });
    }
    terminal.press("\x1b[Z");
    terminal.wait_for("generate_email");
    terminal.wait_for("━ cli ");
    assert!(!terminal.screen().contains("━ net"), "there is no network in a book on this machine");
    terminal.press("\t");
    terminal.press("ye");
    terminal.wait_for("Sent the email to the terminal (OSC 52)");
    terminal.press("3yq");
    terminal.wait_for("Sent the outline");
    let texts = copied(&terminal.raw);
    assert_eq!(texts.len(), 2);
    assert!(texts[0].starts_with("Subject: "), "{texts:?}");
    assert!(texts[1].contains("quarterly business review"), "{texts:?}");

    terminal.press("/株式");
    terminal.wait_for("Customers 1 of 15");
    terminal.press("\r");
    terminal.press("?");
    terminal.wait_for("cancel the run, or go back");
    terminal.press("q");
    terminal.wait("screen without the keys", |screen| !screen.contents().contains("cancel the run, or go back"));
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn what_another_program_imports_is_on_the_screen_when_the_user_comes_back_to_it() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 40, 120, &[]);
    terminal.open_book(15);
    terminal.press("h");
    terminal.wait_for("h✓");
    let files = home.path().join("files");
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("customers.csv"), "customer_id,name\nnew-1,Newcomer GmbH\n").unwrap();
    let import = Command::new(env!("CARGO_BIN_EXE_cs-copilot"))
        .arg("import")
        .arg(&files)
        .env("CS_COPILOT_DATA_DIR", home.path().join("data"))
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    assert!(terminal.screen().contains("Customers 15"), "nobody looked yet");
    terminal.press("\x1b[I");
    terminal.wait("new customer, and the old answer marked", |screen| {
        let text = screen.contents();
        ["Customers 16", "Newcomer GmbH", "h!", "! The data changed since this was made"]
            .iter()
            .all(|words| text.contains(words))
    });
    // Not the key from before at once, which would count as held.
    terminal.press("jkh");
    terminal.wait("the answer made again", |screen| {
        screen.contents().contains("h✓") && !screen.contents().contains("! The data")
    });
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn a_question_is_answered_without_a_model() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 40, 120, &[OSC52]);
    terminal.open_book(15);
    terminal.press("awhat should I worry about at Globex before the renewal?\r");
    terminal.wait("a✓", |screen| {
        let text = screen.contents();
        ["a✓", "Globex · what should I worry about", "rules planner"].iter().all(|words| text.contains(words))
    });
    terminal.press("ys");
    terminal.wait_for("Sent the summary");
    assert!(copied(&terminal.raw)[0].contains("Globex"));

    terminal.press("awhich customers are most at risk?\r");
    terminal.wait_for("✓ book  15 customers, no call");
    terminal.press("\r");
    terminal.wait("customer of the answer", |screen| !screen.contents().contains("Your book"));
    terminal.press("awrite a poem about the sea\r");
    terminal.wait_for("say nothing to me");
    terminal.press("a\x1b[A\x1b[A\x1b[A");
    terminal.wait_for("a what should I worry about at Globex before the renewal?");
    terminal.press("\x03\x03");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn the_terminals_light_background_is_found_and_none_of_its_reply_taken_for_keys() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.open_book(15);
    // 236 is the light edition's text.
    terminal
        .wait("light theme", |screen| screen.cell(2, 3).is_some_and(|cell| cell.fgcolor() == vt100::Color::Idx(242)));
    assert!(!terminal.screen().contains("✓"), "the reply's letters started no run:\n{}", terminal.screen());
    terminal.press("\x03");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn no_color_means_no_colour() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[("NO_COLOR", "1")]);
    terminal.open_book(15);
    terminal.press("h");
    terminal.wait_for("h✓");
    for row in 0..24 {
        for column in 0..80 {
            let cell = terminal.cell(row, column);
            assert_eq!((cell.fgcolor(), cell.bgcolor()), (vt100::Color::Default, vt100::Color::Default));
        }
    }
}

#[test]
fn a_kill_leaves_the_terminal_usable() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let home = home();
        let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
        terminal.open_book(15);
        terminal.signal(signal);
        assert_eq!(terminal.end().exit_code(), code, "SIG{signal}");
        terminal.is_restored();
    }
}

/// The program that the test below starts: the screen, and a defect.
#[test]
#[ignore = "takes the terminal over; the test below gives it one"]
#[should_panic = "a defect"]
fn a_defect_on_the_screen() {
    let home = home();
    let options = Options {
        own_tasks: None,
        agent: Agent::new(Backend::new(Target::Embedded(home.path().to_owned())), None),
        models: Vec::new(),
        authenticator: None,
        settings: Settings {
            tasks: domain::tasks::Tasks::shipped().clone(),
            trusted: Default::default(),
            origin: Origin::Embedded,
            as_of: None,
            can_sign_in: false,
            can_suspend: false,
            planner: Planner::Auto,
            models: Vec::new(),
            attention: AttentionConfig::default(),
            eval: EvalLimits::default(),
            views: Vec::new(),
            keys: OwnKeys::default(),
            started: 0,
            folder: "/home/dana".into(),
            run_prefix: "test".to_owned(),
        },
        theme: ThemeChoice::Dark,
        clipboard: Clipboard::Off,
        screen: ScreenConfig::default(),
        remembers: home.path().join("screen.json"),
    };
    log_panics(None);
    let _opened = open(options).unwrap();
    panic!("a defect");
}

#[test]
fn a_panic_leaves_the_terminal_usable_and_says_so_plainly() {
    let home = home();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["pty::a_defect_on_the_screen", "--exact", "--ignored", "--nocapture"]);
    let mut terminal = Terminal::start_other(command, home.path(), 24, 80, &[]);
    assert!(terminal.end().success());
    terminal.is_restored();
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(raw.contains("Opening your book") && raw.contains("\x1b[?1049l"), "the screen was open");
    let after = raw.split("\x1b[?1049l").last().unwrap();
    assert!(after.contains("cs-copilot stopped because of a defect in it"), "{after}");
    assert!(!after.contains("panicked at") && !after.contains("RUST_BACKTRACE"), "{after}");
}

#[test]
fn the_screen_follows_the_window() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.open_book(15);
    terminal.resize(10, 50);
    terminal.wait_for("Make it 60 x 15 or larger; q leaves.");
    terminal.resize(15, 60);
    terminal.open_book(15);
    terminal.resize(50, 200);
    terminal.wait_for("usage");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn the_first_frame_comes_before_any_file() {
    let home = home();
    // A data directory that cannot be made: the screen is there all the same, and says what is wrong.
    std::fs::write(home.path().join("data"), "not a directory").unwrap();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.wait_for("Press R to try again.");
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(raw.contains("Opening your book"), "the first frame said what was under way");
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[test]
fn without_a_terminal_the_screen_says_what_to_use() {
    let home = home();
    let output = Command::new(env!("CARGO_BIN_EXE_cs-copilot"))
        .env("CS_COPILOT_DATA_DIR", home.path())
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("needs a terminal") && said.lines().count() == 1, "{said}");
}
