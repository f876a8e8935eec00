//! The screen comes back as it was left, whatever the file says.

use cs_copilot::app::{Lens, Message, Remembered, ThemeName};
use proptest::prelude::*;

use crate::support::{App, data};

/// A screen that begins with what another was left with.
fn again(before: &Remembered) -> App {
    let mut app = App::opening();
    app.tell(Message::Recalled(Remembered::read(&serde_json::to_string(before).unwrap())));
    app.tell(Message::Identified(Ok(data::guest())));
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    app.tell(Message::AttentionLoaded(Ok(crate::today::page())));
    app
}

#[test]
fn order_filter_list_size_theme_place_and_questions_come_back() {
    let mut app = App::open();
    app.ask("how is Globex?");
    app.keys("tss/c");
    app.press(crossterm::event::KeyCode::Enter);
    app.keys("G++");
    let left = app.model.remember();
    let mut back = again(&left);
    assert_eq!(back.model.theme, ThemeName::Light);
    assert_eq!((back.names(), back.selected()), (app.names(), app.selected()));
    assert_eq!((back.model.lens, back.model.split), (Lens::Book, 8));
    back.keys("a");
    back.press(crossterm::event::KeyCode::Up);
    assert_eq!(back.model.asking.input().value(), "how is Globex?");
    assert_eq!(back.model.remember(), left);
}

#[test]
fn today_comes_back_with_its_customer() {
    let mut app = App::open();
    app.tell(Message::AttentionLoaded(Ok(crate::today::page())));
    app.keys("Tgj");
    let back = again(&app.model.remember());
    assert_eq!(back.model.lens, Lens::Today);
    assert_eq!(back.model.today.selected().map(|row| row.about()), app.model.today.selected().map(|row| row.about()));
}

#[test]
fn the_terminals_background_counts_until_a_theme_is_chosen() {
    let mut app = App::open();
    app.tell(Message::ThemeFound(ThemeName::Light));
    assert_eq!(app.model.remember().theme, None);
    app.keys("t");
    assert_eq!(app.model.remember().theme, Some(ThemeName::Mono));
    app.tell(Message::ThemeFound(ThemeName::Light));
    assert_eq!(app.model.theme, ThemeName::Mono);
}

#[test]
fn what_cannot_be_read_of_it_costs_nothing_else() {
    let read = Remembered::read(r#"{"theme": "pink", "lens": "book", "split": "wide", "questions": ["a?"], "new": 1}"#);
    assert_eq!((read.theme, read.lens, read.split), (None, Some(Lens::Book), None));
    assert_eq!(read.questions, ["a?"]);
    for text in ["", "{", "[]", "null", "\u{0}"] {
        assert_eq!(Remembered::read(text), Remembered::default(), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_opens_a_screen(text in ".{0,80}", filter in ".{0,30}", split in any::<i16>(), question in ".{0,600}") {
        again(&Remembered::read(&text));
        let odd = Remembered { filter: Some(filter), split: Some(split), questions: vec![question], ..Remembered::default() };
        let mut app = again(&odd);
        crate::support::draw::text(&mut app, 120, 40);
    }
}
