//! The line that questions are typed into: editing, drafts, earlier questions, pastes.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::app::{Effect, Message, Mode};

use crate::{
    asking::{POEM, WORRY},
    support::App,
};

fn line(app: &App) -> &str {
    app.model.asking.input().value()
}

fn ctrl(c: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)
}

#[test]
fn the_line_is_edited_as_in_a_shell() {
    let mut app = App::open();
    app.keys("ahow is Acme");
    app.key(ctrl('w'));
    app.keys("Globex");
    app.key(ctrl('a'));
    app.keys("so, ");
    assert_eq!(line(&app), "so, how is Globex");
    app.key(ctrl('k'));
    assert_eq!(line(&app), "so, ");
}

#[test]
fn leaving_keeps_the_draft_and_an_empty_line_asks_nothing() {
    let mut app = App::open();
    app.keys("ahow is");
    app.press(KeyCode::Esc);
    assert_eq!(app.model.mode(), Mode::Normal);
    app.keys("a");
    assert_eq!(line(&app), "how is");
    app.key(ctrl('u'));
    assert!(app.press(KeyCode::Enter).is_empty());
    assert_eq!((app.model.mode(), app.model.toast.is_none()), (Mode::Normal, true));
}

#[test]
fn a_refused_question_is_in_the_line_again_and_the_draft_below_it() {
    let opened = |app: &mut App| {
        app.keys("a");
        line(app).to_owned()
    };
    let mut app = App::open();
    app.ask(POEM);
    assert_eq!(opened(&mut app), POEM);
    app.key(ctrl('u'));
    app.keys("how is Globex?");
    assert!(matches!(app.press(KeyCode::Enter)[..], [Effect::StartRun(_)]));
    assert_eq!(opened(&mut app), "", "what was answered is gone from the line");

    // An earlier question is asked while a draft waits, and refused: neither takes the other's place.
    let mut app = App::open();
    app.ask(POEM);
    app.keys("a");
    app.press(KeyCode::Down);
    app.keys("my draft");
    app.press(KeyCode::Esc);
    app.keys("a");
    assert_eq!(line(&app), "my draft");
    app.press(KeyCode::Up);
    app.press(KeyCode::Enter);
    assert_eq!(opened(&mut app), POEM);
    app.press(KeyCode::Down);
    assert_eq!(line(&app), "my draft");
    app.press(KeyCode::Up);
    app.key(ctrl('u'));
    app.keys("how is Globex?");
    app.press(KeyCode::Enter);
    assert_eq!(opened(&mut app), "my draft", "it waits until it is asked");
}

#[test]
fn earlier_questions_come_back_newest_first_and_once() {
    let mut app = App::open();
    for question in ["how is Acme?", WORRY, "how is Acme?"] {
        app.ask(question);
    }
    app.keys("anew");
    let mut turn = |code| {
        app.press(code);
        line(&app).to_owned()
    };
    assert_eq!([KeyCode::Up; 3].map(&mut turn), ["how is Acme?", WORRY, WORRY]);
    assert_eq!([KeyCode::Down; 3].map(&mut turn), ["how is Acme?", "new", "new"]);
}

#[test]
fn what_is_pasted_is_cleaned_and_no_line_gets_too_long() {
    for pasted in [
        "how is\n\u{1b}[31mAcme\u{202e}?",
        "how is \u{1b}[38;5;196m\u{1b}[1mAcme\u{1b}[0m?",
        "\u{1b}]0;a title\u{7}how is Acme?",
        "how is \u{1b}]8;;https://evil.example\u{1b}\\Acme\u{1b}]8;;\u{1b}\\?",
        "how is \u{1b}P1$r0m\u{1b}\\Acme?",
        "how is Ac\u{8}\u{7}me?",
    ] {
        let mut app = App::open();
        app.keys("a");
        app.paste(pasted);
        assert_eq!(line(&app), "how is Acme?", "{pasted:?}");
    }
    let mut app = App::open();
    app.keys("a");
    app.paste(&"x".repeat(1_000_000));
    app.keys("y");
    assert_eq!(line(&app).chars().count(), 500);
}

#[test]
fn every_line_says_where_a_paste_is_more_than_fits() {
    for keys in ["a", "/", "i", "f", "I", ":", "?/", "TZ"] {
        let mut app = App::open();
        app.tell(Message::AttentionLoaded(Ok(crate::today::page())));
        app.keys(keys);
        assert!(app.model.mode().is_typing(), "{keys}");
        app.paste(&"x".repeat(10_000));
        let said = app.model.toast.as_ref().map(|toast| toast.text.clone()).unwrap_or_default();
        assert!(said.starts_with("The line is full: the first "), "{keys}: {said}");
    }
}
