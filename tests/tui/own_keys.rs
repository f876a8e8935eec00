//! Keys of the user's own.

use std::{fs, path::Path, sync::LazyLock};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    app::{Action, Effect, Message, Mode, Model, Settings, ThemeName, keys::check},
    config::{ConfigFile, OwnKeys},
    key::Key,
};
use domain::tasks::Tasks;
use regex::Regex;

use crate::support::{App, data, draw};

fn own(text: &str) -> OwnKeys {
    ConfigFile::parse(Path::new("config.toml"), &format!("[keys]\n{text}")).unwrap().keys.unwrap()
}

fn app(text: &str) -> App {
    let mut app = App::open();
    let own = own(text);
    assert_eq!(check(&own, Tasks::shipped()), Ok(()), "{text}");
    let settings = Settings { keys: own, ..app.model.settings.clone() };
    app.model = Model::new(settings, ThemeName::Dark);
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    app.act(Action::ShowBook);
    app
}

#[test]
fn an_action_has_the_keys_it_is_given_and_its_own_no_more() {
    let mut app = app("theme = \"Y\"\nquit = [\"ctrl-q\", \"f10\"]");
    app.keys("Y");
    assert_eq!(app.model.theme, ThemeName::Light);
    app.keys("tq");
    assert_eq!(app.model.theme, ThemeName::Light);
    assert_eq!(app.key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::CONTROL)), [Effect::Quit]);
    assert_eq!(app.press(KeyCode::F(10)), [Effect::Quit]);
}

#[test]
fn hints_help_palette_and_messages_follow() {
    let mut app = app("help = \"f1\"\nhealth = \"!\"\nask = \"A\"");
    assert!(draw::text(&mut app, 200, 24).contains("f1 help"));
    app.keys("y");
    assert!(app.model.toast.as_ref().unwrap().text.contains("press ! or another task's key, or ask with A."));
    app.keys(":health");
    assert!(draw::text(&mut app, 120, 24).lines().nth(3).unwrap().contains("! │"), "{}", draw::text(&mut app, 120, 24));
    app.press(KeyCode::Esc);
    app.press(KeyCode::F(1));
    assert_eq!(app.model.mode(), Mode::Help);
    assert!(draw::text(&mut app, 80, 150).contains(" f1  "));
}

#[test]
fn what_failed_names_the_key_that_tries_again() {
    let mut app = app("evals = \"X\"");
    app.keys("X");
    app.tell(Message::EvalsLoaded(Err(data::failure())));
    let shown = draw::text(&mut app, 80, 24);
    assert!(shown.contains("Press X to try again."), "{shown}");
    assert_eq!(app.keys("X"), [Effect::LoadEvals]);
}

#[test]
fn what_has_no_key_is_still_in_the_palette() {
    let mut app = app("theme = []");
    app.keys("t");
    assert_eq!(app.model.theme, ThemeName::Dark);
    app.keys(":theme");
    app.press(KeyCode::Enter);
    assert_eq!(app.model.theme, ThemeName::Light);
}

#[test]
fn a_letter_stays_a_letter_where_something_is_typed() {
    let mut app = app("accept = [\"ctrl-j\", \"y\"]\nyank = \"Y\"");
    app.keys("/yy");
    assert_eq!(app.model.book.filter().value(), "yy");
    app.key(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL));
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn what_clashes_is_refused_with_its_line() {
    let table = [
        ("# mine\n\ntheme = \"x\"", 4, "x is the key of why as well as of theme: give one of them another"),
        (
            "theme = \"x\"\nwhy = \"X\"\nquit = \"h\"",
            4,
            "h is the key of health as well as of quit: give one of them another",
        ),
        ("done = \"ctrl-c\"", 2, "ctrl-c is the key of interrupt as well as of done: give one of them another"),
        ("older = \"esc\"", 2, "esc is the key of back as well as of older: give one of them another"),
        ("nonsense = \"x\"", 2, "nothing is called nonsense: the palette shows every name"),
        ("interrupt = \"x\"", 2, "interrupt keeps its key, so that there is always a way out"),
    ];
    for (text, line, why) in table {
        let (at, refused) = check(&own(text), Tasks::shipped()).unwrap_err();
        assert_eq!((at, refused.to_string().as_str()), (line, why), "{text}");
    }
    for fine in ["theme = \"x\"\nwhy = \"X\"", "health = \"ctrl-h\"\nvisit = \"h\"", "older = \"h\"\nnewer = \"l\""] {
        assert_eq!(check(&own(fine), Tasks::shipped()), Ok(()), "{fine}");
    }
}

#[test]
fn a_key_is_written_as_it_is_shown() {
    for text in [
        "x",
        "X",
        "/",
        "ctrl-x",
        "alt-x",
        "enter",
        "esc",
        "tab",
        "shift-tab",
        "space",
        "pgdn",
        "home",
        "f12",
        "ctrl-space",
    ] {
        assert_eq!(text.parse::<Key>().map(Key::label).as_deref(), Ok(text));
    }
    for (written, shown) in [("up", "↑"), ("↑", "↑"), ("ctrl-left", "ctrl-←")] {
        assert_eq!(written.parse::<Key>().map(Key::label).as_deref(), Ok(shown));
    }
    for text in ["", "ctrl-", "xy", "f0", "f13", "super-x", "\u{7}"] {
        assert!(text.parse::<Key>().is_err(), "{text:?}");
    }
    let told = ConfigFile::parse(Path::new("config.toml"), "[keys]\nquit = \"qq\"").unwrap_err().to_string();
    assert!(told.starts_with("config.toml, line 2: "), "{told}");
}

/// Ways to name a key in a text: what is pressed, a key's own name, and one character that does something.
static PRESSED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\bpress(?:es)? ([^\s{]+)").unwrap());
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:(?:esc|enter|ctrl-\w|pgup|pgdn|shift-tab|f\d+)\b|tab:)").unwrap());
static DOES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[\s(;,])([b-zB-Z?/:.*])(?:: | \w+s\b| or | alone)").unwrap());

/// The keys that a text of the screen names itself.
fn spelled(text: &str) -> Vec<&str> {
    let group = |found: regex::Captures<'_>| found.get(1).map(|key| &text[key.range()]).unwrap_or_default();
    let pressed = PRESSED.captures_iter(text).map(group).filter(|what| !["a", "it", "keys"].contains(what));
    let named = NAMED.find_iter(text).map(|found| found.as_str());
    pressed.chain(named).chain(DOES.captures_iter(text).map(group)).collect()
}

#[test]
fn no_text_of_the_screen_spells_a_key_but_takes_it_from_the_table() {
    assert_eq!(spelled("Press R to try again, esc or enter; q leaves."), ["R", "esc", "enter", "q"]);
    assert_eq!(spelled("Press {again} to run it again."), Vec::<&str>::new());
    let literal = Regex::new(r#"(?m)^\s*//.*$|"((?:\\.|[^"\\])*)""#).unwrap();
    let mut read = 0;
    let mut pending = ["src/ui", "src/app"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).to_vec();
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for found in literal.captures_iter(&text).filter_map(|found| found.get(1)) {
            assert_eq!(spelled(found.as_str()), Vec::<&str>::new(), "{}: {:?}", path.display(), found.as_str());
            read += 1;
        }
    }
    assert!(read > 500, "the sources were found: {read}");
}
