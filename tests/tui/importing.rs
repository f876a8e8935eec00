//! The path of an import, as it is typed.

use crossterm::event::KeyCode;
use cs_copilot::{
    app::{Effect, Message, Mode, View},
    backend::Identity,
};

use crate::support::{App, data, draw};

fn typed(app: &App) -> &str {
    let View::Import(line) = &app.model.view else { panic!("{:?}", app.model.view) };
    line.value()
}

#[test]
fn a_path_is_completed_unless_it_was_changed_meanwhile() {
    let mut app = App::open();
    app.keys("I");
    assert!(draw::text(&mut app, 80, 24).contains("such as ~/Downloads"));
    app.keys("ex");
    assert!(!draw::text(&mut app, 80, 24).contains("such as ~/Downloads"), "it would run into what is typed");
    assert_eq!(app.press(KeyCode::Tab), [Effect::CompletePath("ex".to_owned())]);
    app.tell(Message::PathCompleted { typed: "ex".to_owned(), completed: "exports/".to_owned() });
    assert_eq!(typed(&app), "exports/");
    app.keys("a");
    app.tell(Message::PathCompleted { typed: "ex".to_owned(), completed: "exports/".to_owned() });
    assert_eq!(typed(&app), "exports/a");
    assert_eq!(app.press(KeyCode::Enter), [Effect::Import("exports/a".to_owned())]);
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn the_book_is_read_again_behind_an_import() {
    let mut app = App::open();
    assert!(app.tell(Message::Imported).iter().any(|effect| matches!(effect, Effect::LoadBook { .. })));
}

#[test]
fn nothing_is_imported_without_a_path_or_by_a_guest() {
    let mut app = App::open();
    app.keys("I ");
    assert_eq!(app.press(KeyCode::Enter), []);
    assert!(app.model.toast.as_ref().unwrap().text.contains("Name a file or a folder"));
    app.press(KeyCode::Esc);
    app.tell(Message::Identified(Ok(Identity { writable: false, ..data::guest() })));
    app.keys("I");
    assert_eq!(app.model.mode(), Mode::Normal);
    assert!(app.model.toast.as_ref().unwrap().text.contains("sign in with L"));
}
