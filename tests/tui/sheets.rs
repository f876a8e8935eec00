//! Notes, what happened with a customer, and what changed.

use contracts::{
    activity::{Activity, ActivityKind, ActivityRow, FollowUp},
    changes::{Happened, ScorePoint, Timeline, TimelineEntry, Visit},
    failure::{Failure, Stage},
    health::Risk,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::app::{Effect, Message, Mode, NotEdited, View};

use crate::support::{App, data, draw};

fn ctrl(app: &mut App, c: char) -> Vec<Effect> {
    app.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

fn note(effects: Vec<Effect>) -> Activity {
    match effects.as_slice() {
        [Effect::KeepActivity(activity)] => activity.clone(),
        other => panic!("{other:?}"),
    }
}

fn failed() -> Failure {
    let message = "The server hung up.".into();
    Failure { stage: Stage::Connect, code: None, message, attempt: 1, request_id: None }
}

/// The note that is being typed.
fn line(app: &App) -> &str {
    match &app.model.view {
        View::Note { noting, .. } => noting.line.value(),
        other => panic!("no note but {other:?}"),
    }
}

#[test]
fn a_line_is_kept_as_what_it_says() {
    let mut app = App::open();
    let customer = app.model.book.selected().unwrap().id.clone();
    app.keys("icall: spoke to Ana on:yesterday follow-up:+3d agreed: two years");
    let kept = note(app.press(KeyCode::Enter));
    let today = data::today();
    assert_eq!((&kept.customer_id, kept.kind), (&customer, ActivityKind::Call));
    assert_eq!(kept.on, today.pred_opt().unwrap());
    assert_eq!(kept.follow_up, Some(FollowUp { due: today + chrono::Days::new(3), closed_on: None }));
    assert_eq!((kept.text.as_str(), kept.agreed.unwrap().as_str()), ("spoke to Ana agreed: two years", "two years"));
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn what_cannot_be_kept_stays_in_the_line_with_the_reason() {
    let mut app = App::open();
    app.keys("i");
    for (typed, why) in
        [("", "nothing to note"), ("met on:someday", "on:someday names no day"), (" on:today", "on: is there twice")]
    {
        app.keys(typed);
        assert_eq!(app.press(KeyCode::Enter), []);
        assert!(app.model.toast.as_ref().unwrap().text.contains(why), "{:?}", app.model.toast);
        app.press(KeyCode::End);
        if typed.contains("someday") {
            (0.."someday".len()).for_each(|_| drop(app.press(KeyCode::Backspace)));
            app.keys("today");
        }
    }
    app.press(KeyCode::Esc);
    assert_eq!(app.model.mode(), Mode::Normal);
    app.keys("i");
    assert_eq!(line(&app), "met on:today on:today", "what was typed stays");
}

#[test]
fn the_editor_gets_the_line_and_what_it_writes_is_kept() {
    let mut app = App::open();
    app.keys("imeeting: met");
    assert_eq!(ctrl(&mut app, 'o'), [Effect::Edit("meeting: met".to_owned())]);
    app.tell(Message::Edited(Err(NotEdited::NoEditor)));
    assert!(app.model.toast.as_ref().unwrap().text.contains("EDITOR"));
    assert_eq!(line(&app), "meeting: met");
    let kept = note(app.tell(Message::Edited(Ok("meeting: met\nat length\n".to_owned()))));
    assert_eq!((kept.kind, kept.text.as_str()), (ActivityKind::Meeting, "met\nat length"));
}

#[test]
fn a_note_that_was_kept_is_said_and_looked_for() {
    let mut app = App::open();
    app.keys("imet");
    let kept = note(app.press(KeyCode::Enter));
    assert_eq!(app.tell(Message::ActivityKept(kept.clone(), Ok(()))), [Effect::CheckBook]);
    assert!(app.model.toast.as_ref().unwrap().text.starts_with("Kept: note of "));
    app.tell(Message::ActivityKept(kept, Err(failed())));
    assert!(app.model.toast.as_ref().unwrap().is_error);
}

pub fn timeline(name: &str) -> Timeline {
    let today = data::today();
    let activity = |id: &str, text: &str| Activity {
        id: id.parse().unwrap(),
        customer_id: "acme".parse().unwrap(),
        kind: ActivityKind::Call,
        on: today,
        text: text.into(),
        agreed: None,
        follow_up: None,
    };
    let entry = |id, text| TimelineEntry {
        on: today,
        what: Happened::Activity {
            row: ActivityRow { source: "manual".parse().unwrap(), activity: activity(id, text) },
        },
    };
    let score = |days: u64, score| ScorePoint { on: today - chrono::Days::new(days), score, risk: Risk::Low };
    Timeline {
        name: name.into(),
        as_of: today,
        scores: vec![score(14, None), score(7, Some(74)), score(0, Some(52))],
        entries: vec![entry("a", "spoke of the renewal"), entry("b", "asked for seats")],
    }
}

#[test]
fn a_timeline_shows_the_line_of_the_score_and_is_searched() {
    let mut app = App::open();
    let customer = app.model.book.selected().unwrap().clone();
    let wanted = app.keys("H");
    assert_eq!(wanted, [Effect::LoadTimeline { customer: customer.id.clone(), as_of: app.model.settings.as_of }]);
    let other = "somebody-else".parse().unwrap();
    app.tell(Message::TimelineLoaded(other, Ok(timeline("Somebody else"))));
    assert!(draw::text(&mut app, 80, 24).contains("Reading…"), "an answer about another is dropped");
    app.tell(Message::TimelineLoaded(customer.id, Ok(timeline(customer.name.as_str()))));
    let screen = draw::text(&mut app, 80, 24);
    for words in
        ["Timeline", customer.name.as_str(), "Score by week: 74 on ", "·▆▄", "spoke of the renewal", "asked for seats"]
    {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    app.keys("/The RENEWAL");
    assert!(draw::text(&mut app, 80, 24).contains(" / The RENEWAL 1/1"));
    app.press(KeyCode::Enter);
    app.press(KeyCode::Esc);
    assert_eq!(app.model.mode(), Mode::Sheet, "esc leaves the search first");
    app.press(KeyCode::Esc);
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn changes_are_told_since_the_last_visit_of_the_customer_and_then_of_the_book() {
    let mut app = App::open();
    let today = data::today();
    let customer = app.model.book.selected().unwrap().id.clone();
    let week = today - chrono::Days::new(7);
    let as_of = app.model.settings.as_of;
    let load = |customer, since| vec![Effect::LoadChanges { customer, since, as_of }];
    assert_eq!(app.keys("d"), load(Some(customer.clone()), week), "a week, where no visit is on record");
    app.press(KeyCode::Esc);
    let visit = today - chrono::Days::new(3);
    app.tell(Message::Visited(Ok(Visit { today, before: Some(visit) })));
    assert_eq!(app.keys("d"), load(Some(customer), visit));
    assert_eq!(app.keys("d"), load(None, visit));
    let screen = draw::text(&mut app, 80, 24);
    assert!(screen.contains("the whole book · since your last visit"), "{screen}");
    app.tell(Message::ChangesLoaded(None, Err(failed())));
    assert!(draw::text(&mut app, 80, 24).contains("The server hung up."));
}
