//! Queries on the screen: in the line of the list, as views, and behind an answer.

use contracts::{book::CustomerRow, reading::FactId};
use crossterm::event::KeyCode;
use cs_copilot::app::{Effect, Message, Mode};

use crate::support::{App, data, draw};

/// A book of which no facts were read.
fn bare() -> App {
    let bare = |row: CustomerRow| CustomerRow { facts: Vec::new(), ..row };
    App::with(data::book().into_iter().map(bare).collect())
}

#[test]
fn a_query_filters_and_sorts_the_list_as_it_is_typed() {
    let mut app = App::open();
    assert!(app.keys("/risk:high,low sort:-arr").is_empty(), "everything is there already");
    assert_eq!(app.names(), ["Éclair Systems", "Acme Corp", "Initech", "Umbrella"]);
    app.press(KeyCode::Enter);
    assert_eq!((app.model.mode(), app.selected()), (Mode::Normal, "Éclair Systems"));
    let screen = draw::text(&mut app, 120, 40);
    assert!(screen.contains("4 of 5") && screen.contains("by the query"), "{screen}");
}

#[test]
fn words_beside_a_query_are_looked_for_among_those_who_fit() {
    let mut app = App::open();
    app.keys("/risk:high corp");
    assert_eq!(app.names(), ["Acme Corp"]);
}

#[test]
fn what_is_wrong_is_said_below_the_line_and_the_list_stays() {
    let mut app = App::open();
    app.keys("/risk:high");
    app.keys(" arr:x9");
    assert_eq!(app.names(), ["Initech", "Acme Corp"]);
    let screen = draw::text(&mut app, 120, 40);
    assert!(screen.contains("arr: wants an amount"), "{screen}");
}

#[test]
fn tab_completes_facts_and_values() {
    let mut app = App::open();
    app.keys("/ris");
    app.press(KeyCode::Tab);
    assert_eq!(app.model.book.filter().value(), "risk:");
    let screen = draw::text(&mut app, 120, 40);
    assert!(screen.contains("tab: high · medium · unknown"), "{screen}");
    app.keys("me");
    app.press(KeyCode::Tab);
    assert_eq!((app.model.book.filter().value(), app.names()), ("risk:medium", vec!["Globex"]));
}

#[test]
fn facts_that_were_not_read_are_read_before_the_list_changes() {
    let mut app = bare();
    let Some(Effect::LoadBook { facts, .. }) = app.keys("/risk:low").pop() else { panic!("the book is read") };
    assert!(facts.contains(&FactId::of("health.risk")));
    assert_eq!(app.names().len(), 5);
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    assert_eq!(app.names(), ["Éclair Systems", "Umbrella"]);
}

#[test]
fn a_question_waits_for_the_facts_it_needs() {
    let mut app = bare();
    let effects = app.ask("high risk customers by ARR");
    assert!(matches!(effects.as_slice(), [Effect::LoadBook { .. }]), "{effects:?}");
    assert!(app.model.report.is_none());
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    let report = app.model.report.as_ref().unwrap();
    assert_eq!(report.answer.query.as_str(), "risk:high sort:-arr");
}

#[test]
fn the_query_behind_an_answer_is_changed_with_one_key() {
    let mut app = App::open();
    app.ask("high risk customers by ARR");
    let screen = draw::text(&mut app, 120, 40);
    assert!(screen.contains("Understood as risk:high sort:-arr"), "{screen}");
    app.keys("/");
    assert_eq!((app.model.mode(), app.model.book.filter().value()), (Mode::Filter, "risk:high sort:-arr"));
    assert_eq!(app.names(), ["Acme Corp", "Initech"]);
}

#[test]
fn what_a_query_makes_of_many_is_an_answer_of_its_own() {
    let mut app = App::open();
    app.keys("/by:risk sum:arr");
    app.press(KeyCode::Enter);
    let screen = draw::text(&mut app, 120, 40);
    assert!(screen.contains("Understood as by:risk sum:arr") && screen.contains("USD 156,000"), "{screen}");
}

#[test]
fn views_are_gone_through_with_a_key() {
    let mut app = App::open();
    app.keys("V");
    assert_eq!(app.model.book.filter().value(), "risk:high sort:-arr");
    assert_eq!(app.names(), ["Acme Corp", "Initech"]);
    assert_eq!(app.model.toast.as_ref().unwrap().text, "View: risky.");
}
