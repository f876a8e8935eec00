//! The answers of all that are marked, taken out at once: shown first, written by a key, and walked through.

use std::{io, sync::Arc};

use contracts::{
    activity::ActivityKind,
    occasion::{About, Ask, Due, Hold, Occasion},
    planner::PlannerResult,
    run::{RunEvent, RunEventKind},
};
use crossterm::event::KeyCode;
use cs_copilot::{
    app::{Effect, Message, Mode, SendingState, Sendings, View},
    send::{FolderError, Form, Prepared, Without},
};

use crate::support::{App, data, draw};

/// Answers every run that these effects start, and those that follow; `change` is what is different in each.
fn answer_all(app: &mut App, mut effects: Vec<Effect>, change: impl Fn(PlannerResult) -> PlannerResult) {
    while let Some(effect) = effects.pop() {
        if let Effect::StartRun(request) = effect {
            let kind = RunEventKind::Finished { result: Box::new(change(data::result(&request))) };
            effects.extend(app.tell(Message::Run(RunEvent { run_id: request.run_id, at_ms: 9.0, kind })));
        }
    }
}

/// A book of five with an answer to the renewal each, all marked; the email to Globex should wait.
fn answered() -> App {
    let mut app = App::open();
    app.keys("*");
    let effects = app.keys("r");
    answer_all(&mut app, effects, |mut result| {
        if let Some(draft) = result.email_draft.as_mut().filter(|_| result.customer_id.as_str() == "c-2") {
            let renews = data::today() + chrono::Days::new(200);
            draft.occasion = Some(Occasion {
                about: About::Renewal { date: renews, days: 200, due: Due::Far, notice_by: None, several: false },
                ask: Ask::Talk,
                next_on: None,
                also: Vec::new(),
                hold: Some(Hold::TooEarly { from: renews }),
                statements: Vec::new(),
            });
        }
        result
    });
    app
}

fn sendings(app: &App) -> &Sendings {
    match &app.model.view {
        View::Sendings(sendings) => sendings,
        other => panic!("{other:?}"),
    }
}

fn written(effects: &[Effect]) -> Vec<Prepared> {
    let written = effects.iter().filter_map(|effect| match effect {
        Effect::Write { prepared, .. } => Some(prepared.clone()),
        _ => None,
    });
    written.collect()
}

fn said(app: &App) -> &str {
    app.model.toast.as_ref().map_or("", |toast| &toast.text)
}

#[test]
fn what_would_be_written_is_shown_first_and_what_should_wait_is_left_out() {
    let mut app = answered();
    assert!(app.keys("wm").is_empty(), "nothing is written yet");
    let shown = draw::text(&mut app, 80, 24);
    assert!(shown.contains("4 of 5 answers would be written to /home/dana"), "{shown}");
    let held = shown.lines().find(|line| line.contains("Globex") && line.contains("held: ")).is_some();
    assert!(held, "{shown}");
    assert!(shown.contains("enter write"), "{shown}");
    app.keys("jj");
    let shown = draw::text(&mut app, 80, 24);
    assert!(shown.contains("early enough to write"), "the whole reason of the one under the cursor: {shown}");
}

#[test]
fn some_are_written_at_once_and_the_way_through_them_leads_to_each_customer() {
    let mut app = answered();
    app.keys("wm");
    let mut under_way = written(&app.press(KeyCode::Enter));
    assert_eq!(under_way.len(), 4, "four at once");
    assert!(draw::text(&mut app, 80, 24).contains("0 of 4 files written to /home/dana"));
    let mut kept = 0;
    while let Some(prepared) = under_way.pop() {
        assert_eq!(prepared.form, Form::Mail);
        let path = std::path::Path::new("/home/dana").join(prepared.file());
        let effects = app.tell(Message::Written(prepared, Ok(path)));
        kept += effects
            .iter()
            .filter(|it| matches!(it, Effect::KeepActivity(activity) if activity.kind == ActivityKind::Prepared))
            .count();
        under_way.extend(written(&effects));
    }
    assert_eq!(kept, 4, "each is on the timeline of its customer");
    assert_eq!(said(&app), "Written to /home/dana, and not sent: 4 files, 1 customer without one.");
    let wanted = sendings(&app).all[2].name.to_string();
    app.keys("jj");
    assert!(draw::text(&mut app, 80, 24).contains("✓ "));
    app.now += std::time::Duration::from_secs(5);
    app.press(KeyCode::Enter);
    assert_eq!((app.model.mode(), app.selected()), (Mode::Normal, wanted.as_str()));
    assert_eq!(app.model.marks.len(), 5, "the marks stay for what comes next");
}

#[test]
fn who_has_no_answer_is_named_and_nothing_is_written_where_nobody_has_one() {
    let mut app = App::open();
    app.answer('r');
    app.keys("*wf");
    let without = sendings(&app).count(|state| matches!(state, SendingState::Without(Without::Answer(_))));
    assert_eq!((without, sendings(&app).all.len()), (4, 5));
    assert_eq!(written(&app.press(KeyCode::Enter)).len(), 1);

    let mut app = App::open();
    app.keys("*wf");
    assert!(app.press(KeyCode::Enter).is_empty());
    assert_eq!(said(&app), "None of these has anything to write.");
}

#[test]
fn a_file_that_cannot_be_written_says_why_and_the_others_go_on() {
    let mut app = answered();
    app.keys("wf");
    app.press(KeyCode::Tab);
    assert_eq!(sendings(&app).form, Form::Html);
    let under_way = written(&app.press(KeyCode::Enter));
    let mut left = under_way.len();
    for prepared in under_way {
        let full = FolderError { path: "/home/dana".into(), error: io::Error::other("the disk is full") };
        let effects = app.tell(Message::Written(prepared, Err(Arc::new(full))));
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::KeepActivity(_))));
        left += written(&effects).len();
    }
    assert_eq!(left, 5, "another began after each");
    assert!(draw::text(&mut app, 120, 24).contains("the disk is full"));
}

#[test]
fn leaving_stops_what_waits() {
    let mut app = answered();
    app.keys("wf");
    let under_way = written(&app.press(KeyCode::Enter));
    app.press(KeyCode::Esc);
    assert_eq!(said(&app), "Stopped: 1 file left unwritten.");
    let path = std::path::PathBuf::from("/home/dana/one.md");
    let effects = app.tell(Message::Written(under_way[0].clone(), Ok(path)));
    assert!(written(&effects).is_empty());
    assert!(said(&app).starts_with("Written, and not sent: "), "{}", said(&app));
}

#[test]
fn an_edited_email_that_was_written_with_the_others_is_not_lost_by_leaving() {
    let mut app = answered();
    app.act(cs_copilot::app::Action::Editor);
    app.tell(Message::Edited(Ok("My own words.".to_owned())));
    app.keys("wm");
    let prepared = written(&app.press(KeyCode::Enter));
    assert!(prepared.iter().any(|prepared| prepared.document.contains("My own words.")));
    app.press(KeyCode::Esc);
    assert_eq!(app.keys("q"), [Effect::Quit]);
}
