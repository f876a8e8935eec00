//! Asking in words: whom a question is about, and what is answered from the book itself.

use std::time::Duration;

use contracts::TaskId;
use crossterm::event::KeyCode;
use cs_copilot::{
    agent::intent::Declined,
    app::{CopyWhat, Effect, Message, Mode, Pane, RunStatus, Topic},
    config::Planner,
};
use insta::assert_snapshot;

use crate::support::{App, data, draw};

pub const WORRY: &str = "what should I worry about at Globex before the renewal?";
const RISK: &str = "which customers are most at risk?";
pub const POEM: &str = "write a poem about the sea";

/// A book in which Hooli may be either of two.
pub fn two_hoolis() -> App {
    let mut rows = data::book();
    for (id, name) in [("c-6", "Hooli Cloud"), ("c-7", "Hooli Labs")] {
        rows.push(data::customer(id, name, contracts::health::Risk::Low, 90, 200, 8_000));
    }
    App::with(rows)
}

#[test]
fn a_question_starts_a_run_for_the_customer_it_names() {
    let mut app = App::open();
    let request = app.start_asking(WORRY);
    assert_eq!((request.customer_name.as_str(), &request.task.id), ("Globex", &TaskId::RENEWAL));
    assert_eq!(request.question.as_ref().unwrap().as_str(), WORRY);
    assert_eq!((app.selected(), app.topic()), ("Globex", Some(Topic::Ask)));
}

#[test]
fn a_question_that_names_nobody_is_about_the_selected_customer() {
    let mut app = App::open();
    app.keys("j");
    assert_eq!(app.start_asking("draft the renewal email").customer_name.as_str(), "Acme Corp");
}

#[test]
fn a_customer_that_the_filter_hides_is_selected_all_the_same() {
    let mut app = App::open();
    app.keys("/acm");
    app.press(KeyCode::Enter);
    app.start_asking(WORRY);
    assert_eq!((app.selected(), app.names().len()), ("Globex", 5));
}

#[test]
fn the_answer_to_a_question_stands_beside_those_of_the_tasks() {
    let mut app = App::open();
    app.answer('r');
    let request = app.start_asking("is the renewal of Initech safe?");
    app.finish(&request);
    assert_eq!(app.topic(), Some(Topic::Ask));
    assert!(app.keys("r").is_empty(), "the brief is still there");
    assert_eq!(app.model.result().unwrap().question, None);
}

#[test]
fn another_question_does_not_show_the_answer_to_the_one_before() {
    let mut app = App::open();
    let first = app.start_asking("how is Initech?");
    app.finish(&first);
    app.start_asking("is the renewal of Initech safe?");
    assert!(app.model.result().is_none());
}

#[test]
fn a_question_under_way_makes_room_for_the_next() {
    let mut app = App::open();
    let first = app.start_asking("how is Initech?");
    let effects = app.ask("is the renewal of Initech safe?");
    assert_eq!(effects[0], Effect::CancelRun(first.run_id));
    assert_eq!(app.model.runs.in_flight(), 1);
}

#[test]
fn again_asks_the_same_again() {
    let mut app = App::open();
    let first = app.start_asking(WORRY);
    app.finish(&first);
    let Some(Effect::StartRun(second)) = app.keys(".").pop() else { panic!("nothing was asked") };
    assert_eq!((second.question, second.task), (first.question, first.task));
    app.press(KeyCode::Esc);
    assert_eq!(app.model.run().unwrap().status, RunStatus::Cancelled);
}

#[test]
fn who_plans_is_chosen_with_a_key_where_a_model_is_configured() {
    let mut app = App::open();
    app.keys("p");
    assert!(app.model.toast.take().unwrap().text.contains("no key for a language model"));
    assert_eq!(app.model.planner, Planner::Auto);

    let mut app = App::with_a_model();
    for planner in [Planner::Llm, Planner::Deterministic, Planner::Auto] {
        app.keys("p");
        assert_eq!(app.model.planner, planner);
    }
    app.keys("p");
    assert_eq!(app.start_asking(WORRY).planner, Planner::Llm);
    app.keys("p");
    assert_eq!(app.start('h').planner, Planner::Deterministic);
}

#[test]
fn further_models_follow_behind_the_rules() {
    let mut app = App::with_a_model();
    app.model.settings.models = vec!["gpt-5-mini".into(), "local".into()];
    assert!(app.keys("pp").is_empty());
    assert_eq!(app.keys("p"), [Effect::UseModel(1)]);
    assert!(app.model.toast.take().unwrap().text.contains("Asked is local."));
    app.tell(Message::ModelFound(None));
    assert!(app.keys("pp").is_empty(), "one without a key is passed by");
    assert_eq!(app.keys("p"), [Effect::UseModel(0)]);
    assert_eq!(app.model.planner, Planner::Auto);
}

#[test]
fn a_held_enter_asks_once_and_chooses_nobody() {
    let mut app = two_hoolis();
    assert!(app.ask("how is Hooli doing?").is_empty());
    for _ in 0..20 {
        app.now += Duration::from_millis(33);
        assert!(app.press(KeyCode::Enter).is_empty());
    }
    assert_eq!(app.model.mode(), Mode::Choose);
    app.now += Duration::from_secs(2);
    let [Effect::StartRun(request)] = &app.press(KeyCode::Enter)[..] else { panic!("nothing was asked") };
    app.finish(request);
    for _ in 0..60 {
        app.now += Duration::from_millis(33);
        assert!(app.press(KeyCode::Enter).is_empty());
    }
}

#[test]
fn a_question_that_was_about_none_of_the_candidates_is_in_the_line_again() {
    let mut app = two_hoolis();
    app.ask("how is Hooli doing?");
    app.press(KeyCode::Esc);
    app.keys("a");
    assert_eq!(app.model.asking.input().value(), "how is Hooli doing?");
    app.press(KeyCode::Enter);
    app.keys("1:");
    assert_eq!(app.model.asking.input().value(), "");
}

#[test]
fn an_ambiguous_name_is_asked_back() {
    for (key, chosen) in [('2', "Hooli Cloud"), ('1', "Hooli Labs"), ('\n', "Hooli Labs"), ('j', "Hooli Cloud")] {
        let mut app = two_hoolis();
        assert!(app.ask("how is Hooli doing?").is_empty());
        assert_eq!(app.model.mode(), Mode::Choose);
        // Not the key from before at once, which would count as held.
        app.now += Duration::from_secs(2);
        let effects = match key {
            '\n' => app.press(KeyCode::Enter),
            'j' => {
                app.keys("j");
                app.press(KeyCode::Enter)
            }
            digit => app.keys(&digit.to_string()),
        };
        let [Effect::StartRun(request)] = effects.as_slice() else { panic!("{key:?}: {effects:?}") };
        assert_eq!(request.customer_name.as_str(), chosen);
        assert_eq!(request.question.as_ref().unwrap().as_str(), "how is Hooli doing?");
        assert_eq!((app.selected(), app.model.mode()), (chosen, Mode::Normal));
    }
    let mut app = two_hoolis();
    app.ask("how is Hooli doing?");
    assert!(app.keys("9").is_empty(), "there is no ninth");
    assert_eq!(app.model.mode(), Mode::Choose);
    app.press(KeyCode::Esc);
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn a_candidate_that_has_left_the_book_is_said_to_be_gone() {
    let mut app = two_hoolis();
    app.ask("how is Hooli doing?");
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    assert!(app.keys("2").is_empty());
    assert!(app.model.toast.take().unwrap().text.contains("no longer in the book"));
}

#[test]
fn what_is_not_understood_is_declined_without_a_run() {
    for (typed, why) in [
        ("help", Declined::Help),
        ("delete Acme", Declined::Change),
        (POEM, Declined::NotUnderstood("“poem” and “sea” say nothing to me here".into())),
    ] {
        let mut app = App::open();
        assert!(app.ask(typed).is_empty());
        assert_eq!(app.model.runs.in_flight(), 0);
        assert_eq!(app.model.toast.as_ref().unwrap().text, why.text());
        let screen = draw::text(&mut app, 60, 15);
        let text = why.text();
        let end = text.rsplit(' ').next().unwrap();
        assert!(screen.contains(end), "all of it can be read:\n{screen}");
    }
    let mut app = App::open();
    app.ask(POEM);
    app.keys("a");
    app.press(KeyCode::Down);
    app.keys(RISK);
    app.press(KeyCode::Enter);
    assert_eq!((app.model.toast.clone(), app.model.report.is_some()), (None, true), "an answer takes its place");
}

#[test]
fn a_question_about_the_book_is_answered_from_it() {
    let mut app = App::open();
    app.answer('h');
    assert!(app.ask(RISK).is_empty(), "nothing is called");
    let report = app.model.report.clone().unwrap();
    assert_eq!(report.answer.rows[0].name.as_str(), "Initech");
    assert_eq!((app.model.focus, app.model.place()), (Pane::Result, None));

    app.keys("]");
    let told = app.model.toast.clone().unwrap().text;
    assert_eq!(told, "An answer about the book has no tabs. enter goes to its customer, whose answers have some.");
    app.keys("j");
    assert_eq!(app.model.report.as_ref().unwrap().at, 1);
    app.press(KeyCode::Enter);
    assert_eq!((app.selected(), app.model.focus), (report.answer.rows[1].name.as_str(), Pane::List));
    assert_eq!(app.model.report, None);
}

#[test]
fn an_answer_about_the_book_is_left_with_escape_or_a_task() {
    let mut app = App::open();
    app.ask(RISK);
    app.press(KeyCode::Esc);
    assert_eq!((app.model.report.clone(), app.model.focus), (None, Pane::List));
    app.ask(RISK);
    app.start('h');
    assert_eq!((app.model.report.clone(), app.topic()), (None, Some(Topic::Task(TaskId::HEALTH))));
}

#[test]
fn an_answer_about_the_book_can_be_copied_and_asked_for_again() {
    let mut app = App::open();
    app.ask(RISK);
    for (key, what, part) in [
        ('s', CopyWhat::Summary, "Initech"),
        ('m', CopyWhat::Markdown, "| Initech |"),
        ('j', CopyWhat::Json, "\"Initech\""),
    ] {
        let Some(Effect::Copy { what: copied, text }) = app.keys(&format!("y{key}")).pop() else { panic!("{key}") };
        assert!(copied == what && text.contains(part), "{text}");
    }
    assert!(app.keys("ye").is_empty(), "it has no email");

    app.tell(Message::BookLoaded(Ok(data::page(data::book().split_off(1)))));
    app.keys(".");
    assert_eq!(app.model.report.as_ref().unwrap().answer.rows[0].name.as_str(), "Acme Corp");
}

#[test]
fn the_line_at_every_size() {
    for (width, height) in [(60, 15), (80, 24), (120, 40)] {
        let mut app = App::open();
        app.keys("a");
        assert_snapshot!(format!("ask_empty_{width}x{height}"), draw::text(&mut app, width, height));
        app.keys(WORRY);
        assert_snapshot!(format!("ask_typed_{width}x{height}"), draw::text(&mut app, width, height));
    }
}

#[test]
fn asking_back_at_every_size() {
    for (width, height) in [(60, 15), (80, 24)] {
        let mut app = two_hoolis();
        app.ask("how is Hooli doing?");
        assert_snapshot!(format!("choose_{width}x{height}"), draw::text(&mut app, width, height));
    }
}

#[test]
fn an_answer_about_the_book_at_every_size() {
    for (width, height) in [(60, 15), (80, 24), (120, 40)] {
        let mut app = App::open();
        app.ask(RISK);
        app.keys("j");
        assert_snapshot!(format!("book_answer_{width}x{height}"), draw::text(&mut app, width, height));
    }
}

#[test]
fn the_cursor_of_a_long_answer_stays_on_the_screen() {
    let rows = (0..50)
        .map(|i| data::customer(&format!("c-{i}"), &format!("Name {i:02}"), contracts::health::Risk::High, i, 9, 9));
    let mut app = App::with(rows.collect());
    app.ask(RISK);
    let names: Vec<_> = app.model.report.as_ref().unwrap().answer.rows.iter().map(|row| row.name.clone()).collect();
    for name in names {
        let screen = draw::rows(&draw::frame(&mut app, 80, 24));
        let in_pane = screen.iter().any(|row| row.contains(name.as_str()));
        assert!(in_pane, "{name}:\n{}", screen.join("\n"));
        app.keys("j");
    }
}
