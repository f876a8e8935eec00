//! The table of commands.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    app::{
        Action, CopyOutcome, CopyWhat, Effect, Message, Mode, Pane, Viewport,
        keys::{Command, commands},
    },
    config::OwnKeys,
};
use domain::tasks::Tasks;

use crate::support::{App, draw};

const MODES: [Mode; 18] = [
    Mode::Normal,
    Mode::Palette,
    Mode::Filter,
    Mode::Yank,
    Mode::Help,
    Mode::SignIn,
    Mode::Ask,
    Mode::Choose,
    Mode::Tasks,
    Mode::Evals,
    Mode::Sheet,
    Mode::Find,
    Mode::Confirm,
    Mode::Note,
    Mode::Snooze,
    Mode::Import,
    Mode::Out,
    Mode::Outgoing,
];
const PANES: [Pane; 3] = [Pane::List, Pane::Result, Pane::Tools];

fn table() -> Vec<Command> {
    commands(&OwnKeys::default(), Tasks::shipped())
}

#[test]
fn no_key_means_two_things_in_the_same_place() {
    let table = table();
    for (i, one) in table.iter().enumerate() {
        for other in &table[i + 1..] {
            let meet = MODES
                .iter()
                .any(|&mode| PANES.iter().any(|&pane| one.scope.holds(mode, pane) && other.scope.holds(mode, pane)));
            let shared = one.keys.iter().find(|key| other.keys.contains(key));
            assert!(!meet || shared.is_none(), "{:?} and {:?} share {shared:?}", one.action, other.action);
        }
    }
}

#[test]
fn every_command_has_a_key_and_words_and_a_name_that_means_one_thing() {
    let table = table();
    for command in &table {
        assert!(!command.keys.is_empty() && !command.help.is_empty(), "{command:?}");
        let others = table.iter().filter(|other| other.name == command.name);
        assert!(others.clone().all(|other| other.action == command.action), "{} means two things", command.name);
        let is_name = command.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(is_name, "{} can be written without quotes", command.name);
    }
}

#[test]
fn no_typed_letter_is_a_command_while_typing() {
    let typing = table()
        .into_iter()
        .filter(|row| MODES.iter().any(|mode| mode.is_typing() && row.scope.holds(*mode, Pane::List)));
    for command in typing {
        assert!(command.keys.iter().all(|key| !key.is_typed()), "{} cannot be typed", command.name);
    }
}

#[test]
fn the_help_lists_every_command_of_every_mode() {
    let mut app = App::open();
    app.keys("?");
    let help = draw::text(&mut app, 120, 220);
    for command in table() {
        assert!(help.contains(&*command.help), "{} is not in the help", command.help);
    }
}

#[test]
fn the_footer_shows_only_what_works_now() {
    let mut app = App::open();
    let footer = |app: &mut App| draw::text(app, 200, 24).lines().last().unwrap().to_owned();
    assert!(!footer(&mut app).contains("yank"));
    app.answer('h');
    assert!(footer(&mut app).contains("y yank"));
    app.keys("y");
    let offered = footer(&mut app);
    assert!(offered.contains("s summary") && !offered.contains("email"), "{offered}");
}

#[test]
fn any_key_takes_the_message_away_and_does_its_own_work() {
    let with_message = || {
        let mut app = App::open();
        app.keys("t");
        assert!(app.model.toast.is_some());
        app
    };
    for key in [KeyCode::Char('z'), KeyCode::F(5), KeyCode::Left, KeyCode::Esc, KeyCode::Char('?')] {
        let mut app = with_message();
        app.press(key);
        let told = app.model.toast.map(|toast| toast.text).unwrap_or_default();
        assert!(!told.starts_with("Theme"), "{key:?} leaves: {told}");
    }
    let mut app = with_message();
    app.keys("j");
    assert_eq!((app.model.toast.clone(), app.selected()), (None, "Acme Corp"));
    let mut app = with_message();
    app.keys("t");
    assert!(app.model.toast.is_some(), "its own message stays");
    let mut app = with_message();
    assert_eq!(app.keys("h").len(), 1, "it starts its run");
    assert_eq!(app.model.toast, None);
    let mut app = App::open();
    app.keys("/");
    app.tell(Message::Copied { what: CopyWhat::Summary, chars: 9, outcome: CopyOutcome::Copied });
    app.keys("x");
    assert_eq!((app.model.toast.clone(), app.model.book.filter().value()), (None, "x"));
}

#[test]
fn ctrl_c_leaves_the_line_then_stops_the_runs_then_leaves() {
    let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    for before in ["", "/", "?", ":", "E"] {
        let mut app = App::open();
        let first = app.start('h');
        app.keys("j");
        let second = app.start('e');
        app.keys(before);
        if !before.is_empty() {
            assert!(app.key(ctrl_c).is_empty(), "ctrl-c after {before:?}");
        }
        assert_eq!(app.model.mode(), Mode::Normal, "ctrl-c after {before:?}");
        let mut stopped = app.key(ctrl_c);
        stopped.sort_by_key(|effect| format!("{effect:?}"));
        assert_eq!(stopped, [first, second].map(|run| Effect::CancelRun(run.run_id)));
        assert_eq!(app.key(ctrl_c), [Effect::Quit]);
    }
    assert_eq!(App::open().keys("q"), [Effect::Quit]);
}

#[test]
fn ctrl_c_keeps_what_was_typed() {
    let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    let mut app = App::open();
    app.keys("ahow is");
    app.key(ctrl_c);
    app.keys("a");
    assert_eq!(app.model.asking.input().value(), "how is");
    app.key(ctrl_c);
    app.keys("/acme");
    app.key(ctrl_c);
    assert_eq!(app.model.book.filter().value(), "acme");
}

#[test]
fn a_screen_too_small_listens_only_to_what_leaves_it() {
    let mut app = App::open();
    app.tell(Message::Drawn(Viewport { is_too_small: true, ..Viewport::default() }));
    for key in ["h", ":", "/", "E", "?", "t"] {
        assert!(app.keys(key).is_empty(), "{key}");
    }
    assert_eq!((app.model.mode(), app.topic()), (Mode::Normal, None));
    assert_eq!(app.keys("q"), [Effect::Quit]);
}

#[test]
fn keys_that_a_keyboard_may_be_the_reason_for_are_answered() {
    let mut app = App::open();
    for (key, said) in [('о', "Latin"), ('W', "Caps Lock"), ('ö', "Latin")] {
        app.press(KeyCode::Char(key));
        let toast = app.model.toast.take().expect("something is said");
        assert!(toast.text.starts_with(key) && toast.text.contains(said), "{}", toast.text);
    }
    app.keys("a");
    app.press(KeyCode::Char('о'));
    assert_eq!((app.model.asking.input().value(), app.model.toast.is_none()), ("о", true));
}

#[test]
fn shift_does_not_hide_a_letter() {
    let mut app = App::open();
    app.key(KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT));
    assert_eq!(app.selected(), "Umbrella");
    app.act(Action::Top);
    assert_eq!(app.selected(), "Initech");
}
