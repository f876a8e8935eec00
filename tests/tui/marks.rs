//! Several customers at once: marks, ranges, and what is done with all of them.

use crossterm::event::KeyCode;
use cs_copilot::{
    agent::RunRequest,
    app::{Effect, Lens, Message, Mode},
    config::Planner,
};

use crate::support::{App, data, draw};

fn marked(app: &App) -> Vec<String> {
    let names = app.model.targets().into_iter().map(|id| app.model.book.find(&id).unwrap().name.to_string());
    if app.model.marks.is_empty() { Vec::new() } else { names.collect() }
}

fn started(effects: Vec<Effect>) -> Vec<RunRequest> {
    let runs = effects.into_iter().filter_map(|effect| match effect {
        Effect::StartRun(request) => Some(request),
        _ => None,
    });
    runs.collect()
}

fn said(app: &App) -> &str {
    app.model.toast.as_ref().map_or("", |toast| toast.text.as_str())
}

#[test]
fn space_marks_and_goes_on_and_takes_the_mark_away() {
    let mut app = App::open();
    app.keys("  ");
    assert_eq!(marked(&app), ["Initech", "Acme Corp"]);
    assert_eq!(app.selected(), "Globex");
    assert!(said(&app).starts_with("2 customers marked"));
    app.keys("g ");
    assert_eq!(marked(&app), ["Acme Corp"]);
    assert!(draw::text(&mut app, 120, 24).contains("1 marked"));
    app.press(KeyCode::Esc);
    assert!(marked(&app).is_empty());
}

#[test]
fn a_range_is_what_lies_between() {
    let mut app = App::open();
    app.keys("jvjj");
    assert_eq!(marked(&app).len(), 3, "it is shown while it is made");
    app.press(KeyCode::Esc);
    assert!(marked(&app).is_empty());
    app.keys("vkkv");
    assert_eq!(marked(&app), ["Acme Corp", "Globex", "Éclair Systems"]);
}

#[test]
fn all_that_match_are_marked_and_stay_so_without_the_filter() {
    let mut app = App::open();
    app.keys("/corp");
    app.press(KeyCode::Enter);
    app.keys("*");
    app.press(KeyCode::Esc);
    app.keys("*");
    assert_eq!(marked(&app).len(), 5);
    app.keys("*");
    assert!(marked(&app).is_empty());
}

#[test]
fn a_task_is_for_all_of_them_some_at_once_and_their_answers_are_walked_through() {
    let mut app = App::open();
    app.keys("*");
    let mut under_way = started(app.keys("e"));
    assert_eq!(under_way.len(), 4, "four at once");
    assert!(draw::text(&mut app, 120, 24).contains("0 of 5"));
    let mut all = 4;
    while let Some(request) = under_way.pop() {
        let kind = match all {
            5 if under_way.is_empty() => contracts::run::RunEventKind::Failed {
                failure: data::failure(),
                result: Box::new(data::result(&request)),
            },
            _ => contracts::run::RunEventKind::Finished { result: Box::new(data::result(&request)) },
        };
        let event = contracts::run::RunEvent { run_id: request.run_id.clone(), at_ms: 9.0, kind };
        let next = started(app.tell(Message::Run(event)));
        all += next.len();
        under_way.extend(next);
    }
    assert_eq!(all, 5);
    assert!(said(&app).contains("4 answers, 1 customer without one. n goes to the next one."), "{}", said(&app));
    app.keys("g");
    let mut walked = vec![app.selected().to_owned()];
    for _ in 0..4 {
        app.keys("n");
        walked.push(app.selected().to_owned());
        assert!(app.model.run().is_some(), "its answer is on the screen");
    }
    walked.sort();
    walked.dedup();
    assert_eq!(walked.len(), 5);
}

#[test]
fn what_waits_is_given_up_with_what_is_under_way() {
    let mut app = App::open();
    app.keys("*");
    let ids: Vec<_> = started(app.keys("e")).into_iter().map(|request| request.run_id).collect();
    let cancelled = app.press(KeyCode::Esc);
    assert_eq!(cancelled.len(), 4);
    assert!(cancelled.iter().all(|effect| matches!(effect, Effect::CancelRun(id) if ids.contains(id))));
    assert_eq!(app.model.runs.in_flight(), 0);
    assert!(said(&app).contains("cancelled for 5 customers"), "{}", said(&app));
}

#[test]
fn a_model_is_asked_for_many_only_after_a_yes() {
    let mut app = App::with_a_model();
    app.model.planner = Planner::Llm;
    app.keys("*");
    assert!(app.keys("e").is_empty());
    assert_eq!(app.model.mode(), Mode::Confirm);
    assert!(draw::text(&mut app, 80, 24).contains("Run the Check-in email for 5 customers?"));
    assert!(app.press(KeyCode::Esc).is_empty());
    app.keys("e");
    assert_eq!(started(app.press(KeyCode::Enter)).len(), 4);
}

#[test]
fn leaving_while_runs_are_under_way_is_asked_about() {
    let mut app = App::open();
    app.start('h');
    assert!(app.keys("q").is_empty());
    app.press(KeyCode::Esc);
    assert_eq!(app.model.mode(), Mode::Normal);
    app.keys("q");
    assert_eq!(app.keys("y"), [Effect::Quit]);
}

#[test]
fn items_are_done_and_put_off_together_and_undone_together() {
    let mut app = App::open();
    app.tell(Message::AttentionLoaded(Ok(crate::today::page())));
    app.keys("T*");
    assert_eq!(app.model.lens, Lens::Today);
    assert_eq!(app.keys("D").len(), 3);
    assert!(said(&app).starts_with("3 items: done"), "{}", said(&app));
    assert_eq!(app.keys("u").len(), 3);
    assert_eq!(said(&app), "Undone: 3 items are as they were.");
    app.keys("Z3d");
    assert_eq!(app.press(KeyCode::Enter).len(), 3, "their marks are back");
    assert!(app.model.marks.is_empty());
}
