//! The data changes and the day turns while the program is open: it notices, and never calls an old answer a new one.

use std::time::Duration;

use chrono::Days;
use contracts::{
    book::{BookPage, BookRevision, Standing},
    facts::{Part, Trend},
    planner::PlannerResult,
    run::RunEventKind,
};
use crossterm::event::KeyCode;
use cs_copilot::app::{Effect, Message, Outdated, ThemeName};

use crate::support::{App, data, draw};

const LOAD: Effect = Effect::LoadBook { as_of: None, facts: Vec::new() };
const CHANGED: &str = "! The data changed since this was made: . runs it again.";

/// What the server says while the book of these tests is what it would read.
fn the_same() -> BookRevision {
    BookRevision { revision: 1, as_of: data::today() }
}

fn the_next_day() -> BookRevision {
    BookRevision { as_of: data::today() + Days::new(1), ..the_same() }
}

fn later(app: &mut App, seconds: u64) {
    app.now += Duration::from_secs(seconds);
}

/// The book is read again, with this revision and day, and a customer less.
fn reread(app: &mut App, BookRevision { revision, as_of }: BookRevision) {
    let rows = data::book().split_off(1);
    app.tell(Message::BookLoaded(Ok(BookPage { revision, as_of, ..data::page(rows) })));
}

#[test]
fn a_key_asks_whether_the_data_changed_where_the_last_look_is_a_while_ago() {
    let mut app = App::open();
    later(&mut app, 5);
    assert!(app.keys("j").is_empty(), "the book was read just now");
    later(&mut app, 1);
    assert_eq!(app.keys("j"), [Effect::CheckBook]);
    assert!(app.keys("j").is_empty(), "it is being asked");
    assert_eq!(app.model.next_wake(app.now), None, "nothing on the screen moves meanwhile");
    app.tell(Message::BookChecked(Ok(the_same())));
    assert!(app.keys("j").is_empty(), "it was answered just now");
    later(&mut app, 6);
    app.keys("/");
    assert!(app.keys("a").is_empty(), "the key before asked");
    assert!(app.tell(Message::Tick).is_empty());
}

#[test]
fn coming_back_to_the_terminal_asks_at_once() {
    let mut app = App::open();
    assert_eq!(app.tell(Message::Focused), [Effect::CheckBook]);
    assert!(app.tell(Message::Focused).is_empty(), "it is being asked");
    assert!(App::opening().tell(Message::Focused).is_empty(), "the book is being read");
}

#[test]
fn the_book_is_read_again_where_the_data_changed_or_the_day_turned() {
    let changed = BookRevision { revision: 2, ..the_same() };
    for (found, effects) in [(the_same(), vec![]), (changed, vec![LOAD]), (the_next_day(), vec![LOAD])] {
        let mut app = App::open();
        app.keys("jj");
        app.tell(Message::Focused);
        assert_eq!(app.tell(Message::BookChecked(Ok(found))), effects, "{found:?}");
        if !effects.is_empty() {
            assert!(app.tell(Message::BookChecked(Ok(found))).is_empty(), "it is being read");
            reread(&mut app, found);
            assert_eq!((app.selected(), app.model.book.as_of()), ("Globex", Some(found.as_of)));
        }
    }
}

#[test]
fn a_day_that_the_user_set_does_not_turn() {
    let mut app = App::open();
    app.model.settings.as_of = Some(data::today());
    app.answer('h');
    app.tell(Message::Focused);
    assert!(app.tell(Message::BookChecked(Ok(the_next_day()))).is_empty());
}

#[test]
fn a_server_that_cannot_be_asked_is_told_and_asked_again() {
    let mut app = App::open();
    app.tell(Message::Focused);
    app.tell(Message::BookChecked(Err(data::failure())));
    assert!(draw::text(&mut app, 80, 24).contains("! as of 2026-11-23, not checked"));
    assert_eq!(app.names().len(), 5, "the book stays");
    later(&mut app, 6);
    assert_eq!(app.keys("j"), [Effect::CheckBook]);
    app.tell(Message::BookChecked(Ok(the_same())));
    assert!(!draw::text(&mut app, 80, 24).contains("not checked"));
}

#[test]
fn an_answer_older_than_the_data_is_marked_and_its_key_runs_it_again() {
    for key in ['h', '.'] {
        let mut app = App::open();
        app.keys("j");
        app.answer('h');
        app.answer('e');
        app.keys("h");
        assert!(!draw::text(&mut app, 120, 40).contains(CHANGED));
        reread(&mut app, BookRevision { revision: 2, ..the_same() });
        assert!(draw::text(&mut app, 120, 40).contains(CHANGED));
        assert!(draw::text(&mut app, 120, 40).contains("h! e!"), "the other answer is as old");
        assert!(draw::answer(&mut app, 60, 15).contains(CHANGED));
        later(&mut app, 2);
        let request = app.start(key);
        assert!(draw::text(&mut app, 120, 40).contains("Below is the answer from before."));
        let result = PlannerResult { revision: Some(2), ..data::result(&request) };
        app.event(&request.run_id, 60.0, RunEventKind::Finished { result: Box::new(result) });
        assert!(!draw::text(&mut app, 120, 40).contains("! The data"), "{key}");
        assert!(app.keys("h").is_empty(), "this one is of the data as it is");
    }
}

#[test]
fn an_answer_of_yesterday_says_so() {
    let mut app = App::open();
    app.keys("j");
    app.answer('h');
    reread(&mut app, the_next_day());
    let text = draw::text(&mut app, 120, 40);
    assert!(text.contains("! This was made for 23 Nov 2026: . runs it again."), "{text}");
    assert!(text.contains("as of 2026-11-24"), "{text}");
    assert_eq!(app.model.outdated_run(app.model.run().unwrap()), Some(Outdated::OtherDay(data::today())));
}

#[test]
fn an_answer_about_the_book_is_marked_too() {
    let mut app = App::open();
    app.ask("who renews next?");
    assert!(app.model.report.is_some());
    reread(&mut app, BookRevision { revision: 2, ..the_same() });
    assert!(draw::text(&mut app, 120, 40).contains(CHANGED));
    later(&mut app, 2);
    app.keys(".");
    assert!(!draw::text(&mut app, 120, 40).contains(CHANGED));
}

#[test]
fn an_answer_of_newer_data_or_of_a_later_day_has_the_book_read_again() {
    let tomorrow = the_next_day().as_of;
    for (revision, as_of, effects) in [
        (None, data::today(), vec![]),
        (Some(1), data::today(), vec![]),
        (Some(2), data::today(), vec![LOAD]),
        (Some(1), tomorrow, vec![LOAD]),
        (Some(0), data::today(), vec![]),
    ] {
        let mut app = App::open();
        let request = app.start('h');
        let result = Box::new(PlannerResult { revision, as_of, ..data::result(&request) });
        let event = contracts::run::RunEvent {
            run_id: request.run_id.clone(),
            at_ms: 60.0,
            kind: RunEventKind::Finished { result },
        };
        assert_eq!(app.tell(Message::Run(event)), effects, "{revision:?} {as_of}");
    }
}

/// A silent customer, one whose data is old, one without usage, one that churned and one that is gone.
fn quiet() -> App {
    let mut rows = data::book();
    (rows[0].trend, rows[0].spark) = (Some(Trend::Silent), vec![4.0, 3.0, 0.0, 0.0]);
    (rows[1].trend, rows[1].stale) = (None, vec![Part::Usage, Part::Contracts]);
    (rows[1].days_to_renewal, rows[1].arr) = (None, None);
    (rows[2].trend, rows[2].spark) = (None, Vec::new());
    rows[3].standing = Standing::Churned;
    rows[4].standing = Standing::Gone;
    App::with(rows)
}

#[test]
fn silence_age_and_leaving_are_words_at_every_size() {
    for (width, height) in [(60, 15), (80, 24), (120, 40), (200, 50)] {
        let text = draw::text(&mut quiet(), width, height);
        let row = |name: &str| text.lines().skip(3).find(|line| line.contains(name)).unwrap().to_owned();
        for (name, word) in [("Initech", "silent"), ("Acme", "old"), ("Éclair", "churned"), ("Umb", "gone")] {
            assert!(row(name).contains(word), "{name} at {width}x{height}:\n{text}");
        }
    }
    let mut app = quiet();
    insta::assert_snapshot!("quiet_120x40", draw::text(&mut app, 120, 40));
    insta::assert_snapshot!("quiet_60x15", draw::text(&mut app, 60, 15));
    app.model.theme = ThemeName::Mono;
    insta::assert_snapshot!("quiet_mono", draw::styled(&mut app, 80, 24));
}

#[test]
fn customers_that_left_come_last_in_every_order_and_are_counted_apart() {
    let mut app = quiet();
    for _ in 0..4 {
        assert_eq!(app.names()[3..], ["Éclair Systems", "Umbrella"]);
        app.keys("s");
    }
    assert!(draw::text(&mut app, 120, 40).contains(" Customers 3 · 1 churned · 1 gone "));
    assert!(draw::text(&mut app, 60, 15).contains(" Customers 3 · 1 churned · 1 gone "));
    app.keys("/umb");
    app.press(KeyCode::Enter);
    assert!(draw::text(&mut app, 120, 40).contains(" Customers 1 of 5 "));
}
