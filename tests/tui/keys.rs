//! The table of commands.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    app::{Action, CopyOutcome, CopyWhat, Message, Mode, Pane},
    ui::keymap::{COMMANDS, Scope},
};

use crate::support::{App, draw};

const MODES: [Mode; 8] =
    [Mode::Normal, Mode::Filter, Mode::Yank, Mode::Help, Mode::SignIn, Mode::Ask, Mode::Choose, Mode::Evals];
const PANES: [Pane; 3] = [Pane::List, Pane::Result, Pane::Tools];

#[test]
fn no_key_means_two_things_in_the_same_place() {
    for (i, one) in COMMANDS.iter().enumerate() {
        for other in &COMMANDS[i + 1..] {
            let meet = MODES
                .iter()
                .any(|&mode| PANES.iter().any(|&pane| one.scope.holds(mode, pane) && other.scope.holds(mode, pane)));
            let shared = one.keys.iter().find(|key| other.keys.contains(key));
            assert!(!meet || shared.is_none(), "{:?} and {:?} share {shared:?}", one.action, other.action);
        }
    }
}

#[test]
fn every_command_has_a_key_and_words() {
    for command in COMMANDS {
        assert!(!command.keys.is_empty() && !command.help.is_empty(), "{command:?}");
    }
}

#[test]
fn no_typed_letter_is_a_command_while_typing() {
    let is_typed = |scope: Scope| [Mode::Filter, Mode::Ask].iter().any(|&mode| scope.holds(mode, Pane::List));
    let commands = COMMANDS.iter().filter(|command| is_typed(command.scope));
    for key in commands.flat_map(|command| command.keys) {
        assert!(key.label().chars().count() > 1 || !key.label().is_ascii(), "{} cannot be typed", key.label());
    }
}

#[test]
fn the_help_lists_every_command_of_every_mode_it_describes() {
    let mut app = App::open();
    app.keys("?");
    let help = draw::text(&mut app, 120, 110);
    let described = COMMANDS.iter().filter(|command| command.scope != Scope::Mode(Mode::Help));
    for command in described {
        assert!(help.contains(command.help), "{} is not in the help", command.help);
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
fn every_way_to_leave_leaves() {
    let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    for before in ["", "/", "hy", "?", ":"] {
        let mut app = App::open();
        app.keys(before);
        assert_eq!(app.key(ctrl_c), [cs_copilot::app::Effect::Quit], "ctrl-c after {before:?}");
    }
    assert_eq!(App::open().keys("q"), [cs_copilot::app::Effect::Quit]);
}

#[test]
fn shift_does_not_hide_a_letter() {
    let mut app = App::open();
    app.key(KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT));
    assert_eq!(app.selected(), "Umbrella");
    app.act(Action::Top);
    assert_eq!(app.selected(), "Initech");
}
