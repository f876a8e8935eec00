//! Everything there is to do, to find and to set, by its first letters.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    app::{Effect, Lens, Mode, ThemeName, View},
    config::Planner,
};
use insta::assert_snapshot;

use crate::support::{App, draw};

fn typed(app: &mut App, text: &str) -> Vec<Effect> {
    app.keys(&format!(":{text}"));
    app.press(KeyCode::Enter)
}

fn first(app: &App) -> (&str, Option<&str>) {
    let View::Palette(palette) = &app.model.view else { panic!("no palette") };
    let entry = &palette.found()[0];
    (&entry.name, entry.key.as_deref())
}

#[test]
fn it_opens_with_everything_and_every_row_has_its_key() {
    let mut app = App::open();
    app.keys(":");
    assert_snapshot!("palette_80x24", draw::text(&mut app, 80, 24));
    app.press(KeyCode::Esc);
    app.key(KeyEvent::new(KeyCode::Char('p'), KeyModifiers::CONTROL));
    app.keys("renew");
    assert_snapshot!("palette_typed_80x24", draw::text(&mut app, 80, 24));
}

#[test]
fn what_hands_know_from_elsewhere_does_what_they_expect() {
    for word in ["q", "q!", "wq", "x", "qa", "quit", "exit"] {
        assert_eq!(typed(&mut App::open(), word), [Effect::Quit], "{word}");
    }
    for word in ["h", "help", "man"] {
        let mut app = App::open();
        typed(&mut app, word);
        assert_eq!(app.model.mode(), Mode::Help, "{word}");
    }
    for word in ["e", "edit", "reload"] {
        assert!(matches!(typed(&mut App::open(), word)[..], [Effect::LoadBook { .. }]), "{word}");
    }
    let mut app = App::open();
    app.answer('h');
    typed(&mut app, "w");
    assert_eq!(app.model.mode(), Mode::Out);
}

#[test]
fn help_with_a_word_shows_the_keys_that_have_it() {
    for typed in ["help mark", "h mark", "man mark"] {
        let mut app = App::open();
        app.keys(&format!(":{typed}"));
        app.press(KeyCode::Enter);
        let shown = draw::text(&mut app, 80, 24);
        assert!(app.model.mode() == Mode::Help && shown.contains("/mark"), "{shown}");
        let first = app.model.viewport.hits[0];
        app.keys("n");
        draw::text(&mut app, 80, 24);
        assert!(app.model.viewport.hits.len() > 1 && app.model.find.as_ref().unwrap().at == 1, "{first}");
    }
    for name in ["undo", "next-pane", "repaint", "yank"] {
        let mut app = App::open();
        app.keys(&format!(":help {name}"));
        app.press(KeyCode::Enter);
        draw::text(&mut app, 80, 24);
        assert!(!app.model.viewport.hits.is_empty(), "every command is found by its name: {name}");
    }
    let mut app = App::open();
    app.keys(":help me with the renewal of Globex");
    assert_ne!(first(&app).0, "help", "that is a question");
}

#[test]
fn settings_are_values_that_can_be_typed() {
    let mut app = App::with_a_model();
    typed(&mut app, "theme light");
    assert_eq!(app.model.theme, ThemeName::Light);
    typed(&mut app, "planner rules");
    assert_eq!(app.model.planner, Planner::Deterministic);
    typed(&mut app, "sort arr");
    assert_eq!(app.names()[0], "Éclair Systems");
    typed(&mut app, "risky");
    assert_eq!(app.model.book.filter().value(), "risk:high sort:-arr");
    assert!(app.model.runs.in_flight() == 0, "none of that ran a task");
}

#[test]
fn a_customer_is_gone_to_by_its_name() {
    let mut app = App::open();
    app.keys("T:umbr");
    assert_eq!(first(&app).0, "Umbrella");
    app.press(KeyCode::Enter);
    assert_eq!((app.selected(), app.model.lens, app.model.mode()), ("Umbrella", Lens::Book, Mode::Normal));
}

#[test]
fn a_task_is_run_by_its_name_and_its_row_says_the_key() {
    let mut app = App::open();
    app.keys(":churn");
    assert_eq!(first(&app), ("churn", Some("c")));
    assert!(matches!(app.press(KeyCode::Enter)[..], [Effect::StartRun(_)]));
}

#[test]
fn the_last_row_asks_what_was_typed() {
    let mut app = App::open();
    app.keys(":how is Globex?");
    let View::Palette(palette) = &app.model.view else { panic!("no palette") };
    assert_eq!(palette.found().last().map(|entry| entry.says.as_str()), Some("how is Globex?"));
    match app.press(KeyCode::Enter).as_slice() {
        [Effect::StartRun(request)] => assert_eq!(request.customer_name.as_str(), "Globex"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_makes_no_sense_now_says_why_as_its_key_does() {
    let mut app = App::open();
    typed(&mut app, "yank");
    let said = app.model.toast.as_ref().map(|toast| toast.text.clone()).unwrap();
    assert!(said.starts_with("Nothing to copy yet: press h"), "{said}");
}

#[test]
fn leaving_it_brings_back_what_was_there() {
    for (before, mode) in [("E", Mode::Evals), ("H", Mode::Sheet), ("?", Mode::Help), ("", Mode::Normal)] {
        let mut app = App::open();
        app.keys(before);
        app.keys(":theme");
        app.press(KeyCode::Esc);
        assert_eq!(app.model.mode(), mode);
        app.keys(":theme mono");
        app.press(KeyCode::Enter);
        assert_eq!(app.model.theme, ThemeName::Mono);
    }
}

#[test]
fn the_cursor_stays_among_the_rows() {
    let mut app = App::open();
    app.keys(":");
    for code in [KeyCode::Up, KeyCode::Down, KeyCode::PageDown, KeyCode::Down] {
        for _ in 0..99 {
            app.press(code);
            draw::text(&mut app, 80, 24);
        }
        let View::Palette(palette) = &app.model.view else { panic!("no palette") };
        assert!(palette.at < palette.found().len());
    }
}
