//! Words that are looked for in whatever is read: the answer, the help, JSON, a timeline, evaluations.

use crossterm::event::KeyCode;
use cs_copilot::{
    app::{Message, Mode, Pane, Tab},
    ui::theme::Theme,
};

use crate::{
    evals,
    support::{App, draw},
};

const SIZE: (u16, u16) = (120, 24);

fn screen(app: &mut App) -> String {
    draw::text(app, SIZE.0, SIZE.1)
}

/// How many cells look as what was found does.
fn highlighted(app: &mut App) -> usize {
    let found = Theme::of(app.model.theme).found;
    let buffer = draw::frame(app, SIZE.0, SIZE.1);
    buffer.content.iter().filter(|cell| Some(cell.bg) == found.bg).count()
}

/// Looks for the words, and says what the footer says of them then.
fn look_for(app: &mut App, words: &str) -> String {
    screen(app);
    app.keys(&format!("/{words}"));
    screen(app);
    app.press(KeyCode::Enter);
    screen(app).lines().last().unwrap().to_owned()
}

#[test]
fn words_are_found_in_the_answer_and_gone_through() {
    let mut app = App::open();
    app.answer('h');
    app.press(KeyCode::Tab);
    app.model.wanted_tab = Tab::Json;
    let footer = look_for(&mut app, "USAGE");
    assert!(footer.starts_with(" /USAGE  1/"), "{footer}");
    let all: usize = footer.split(['/', ' ']).filter_map(|part| part.parse().ok()).nth(1).unwrap();
    assert!(all > 2 && highlighted(&mut app) > 0);
    let mut seen = vec![app.model.scroll];
    for _ in 1..all {
        app.keys("n");
        seen.push(app.model.scroll);
    }
    assert!(screen(&mut app).contains(&format!("{all}/{all}")));
    assert!(seen.is_sorted() && seen[0] < seen[all - 1], "{seen:?}");
    app.keys("n");
    assert!(screen(&mut app).contains(&format!(" 1/{all}")), "round at the end");
    app.keys("N");
    assert!(screen(&mut app).contains(&format!("{all}/{all}")));
    app.press(KeyCode::Esc);
    assert_eq!((highlighted(&mut app), app.model.focus), (0, Pane::Result), "esc leaves the words first");
}

#[test]
fn what_is_typed_is_gone_to_at_once() {
    let mut app = App::open();
    app.keys("?");
    screen(&mut app);
    app.keys("/evaluation");
    let shown = screen(&mut app);
    assert!(shown.contains("/ evaluation 1/"), "{shown}");
    assert!(shown.contains("Among the evaluations") || shown.contains("the evaluations"), "{shown}");
    app.keys("xyz");
    assert!(screen(&mut app).contains("nothing has them"));
}

#[test]
fn words_are_found_in_every_view_that_is_read() {
    let mut app = App::open();
    app.keys("?");
    assert!(look_for(&mut app, "leave").contains(" 1/"));
    app.keys("qqE");
    app.tell(Message::EvalsLoaded(Ok(vec![evals::session("eval-1", contracts::planner::PlanSource::Llm)])));
    app.tell(Message::EvalResultsLoaded(evals::id("eval-1"), Ok(evals::results())));
    let name = evals::results().pop().unwrap().customer_name.to_string();
    assert!(look_for(&mut app, &name).contains(" 1/"), "{name}");
    let row = app.model.view.evals().unwrap().row;
    assert_eq!(app.model.view.evals().unwrap().results.ready().unwrap()[row].customer_name.as_str(), name);
    assert_eq!(app.model.mode(), Mode::Evals);
}

#[test]
fn in_the_list_the_same_key_filters() {
    let mut app = App::open();
    app.keys("/");
    assert_eq!(app.model.mode(), Mode::Filter);
}

#[test]
fn without_words_nothing_is_looked_for() {
    let mut app = App::open();
    app.keys("?/");
    app.press(KeyCode::Enter);
    assert!(app.model.find.is_none());
    app.keys("n");
    assert!(app.model.toast.as_ref().unwrap().text.contains("/ searches, space marks"));
}
