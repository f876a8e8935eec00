//! What was done last is taken back, one step after the other; what would be lost for good is asked about.

use contracts::{activity::Activity, run::RunEventKind};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::app::{Action, Effect, Lens, Message, Mode};

use crate::support::{App, data, draw};

fn said(app: &App) -> &str {
    app.model.toast.as_ref().map_or("", |toast| &toast.text)
}

fn filter(app: &App) -> &str {
    app.model.book.filter().value()
}

fn email(app: &App) -> &str {
    app.model.result().unwrap().email_draft.as_ref().unwrap().body.as_str()
}

/// A note of the customer under the cursor, kept.
fn noted(app: &mut App) -> Activity {
    app.keys("icall: spoke to Ana");
    let effects = app.press(KeyCode::Enter);
    let [Effect::KeepActivity(activity)] = &effects[..] else { panic!("{effects:?}") };
    app.tell(Message::ActivityKept(activity.clone(), Ok(())));
    activity.clone()
}

/// An answer whose email the user has edited.
fn edited() -> App {
    let mut app = App::open();
    app.answer('r');
    app.key(KeyEvent::new(KeyCode::Char('o'), KeyModifiers::CONTROL));
    app.tell(Message::Edited(Ok("My own words.".to_owned())));
    assert_eq!(email(&app), "My own words.");
    app
}

#[test]
fn a_note_is_taken_back_and_what_it_changed_is_read_again() {
    let mut app = App::open();
    let activity = noted(&mut app);
    assert!(said(&app).ends_with("u undoes it."), "{}", said(&app));
    assert_eq!(app.keys("u"), [Effect::RemoveActivity(activity.clone())]);
    let effects = app.tell(Message::ActivityRemoved(activity, Ok(())));
    assert_eq!(effects, [Effect::CheckBook]);
    assert!(said(&app).starts_with("Undone: the call of "), "{}", said(&app));
    assert!(app.keys("u").is_empty());
    assert_eq!(said(&app), "There is nothing to undo.");
}

#[test]
fn a_note_is_taken_back_from_its_timeline_which_is_read_again() {
    let mut app = App::open();
    app.keys("H");
    let activity = noted(&mut app);
    assert_eq!(app.model.mode(), Mode::Sheet);
    assert_eq!(app.keys("u"), [Effect::RemoveActivity(activity.clone())]);
    let effects = app.tell(Message::ActivityRemoved(activity, Ok(())));
    assert!(matches!(&effects[..], [Effect::LoadTimeline { .. }, Effect::CheckBook]), "{effects:?}");
}

#[test]
fn a_note_that_stays_says_so() {
    let mut app = App::open();
    let activity = noted(&mut app);
    app.keys("u");
    assert!(app.tell(Message::ActivityRemoved(activity, Err(data::failure()))).is_empty());
    assert!(app.model.toast.as_ref().is_some_and(|toast| toast.is_error && toast.text.contains(" stays: ")));
}

#[test]
fn filters_and_orders_come_back_whatever_changed_them() {
    let mut app = App::open();
    app.keys("/acm");
    app.press(KeyCode::Enter);
    app.press(KeyCode::Esc);
    assert_eq!(filter(&app), "");
    app.keys("ssV");
    assert_eq!(filter(&app), "risk:high sort:-arr");
    let mut seen = Vec::new();
    for _ in 0..5 {
        app.keys("u");
        assert!(said(&app).starts_with("Undone: the book is shown "), "{}", said(&app));
        seen.push(filter(&app).to_owned());
    }
    assert_eq!(seen, ["", "", "", "acm", ""], "the view, two orders, the way out of the filter, the filter");
    app.keys("u");
    assert_eq!(said(&app), "There is nothing to undo.");
}

#[test]
fn what_is_remembered_from_the_last_time_is_no_step() {
    let mut app = App::opening();
    let before = cs_copilot::app::Remembered { filter: Some("acm".to_owned()), ..Default::default() };
    app.tell(Message::Recalled(before));
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    app.act(Action::ShowBook);
    assert_eq!(filter(&app), "acm");
    app.keys("u");
    assert_eq!((filter(&app), said(&app)), ("acm", "There is nothing to undo."));
}

#[test]
fn marks_that_went_at_once_come_back_at_once() {
    let mut app = App::open();
    app.keys("*");
    app.press(KeyCode::Esc);
    assert!(app.model.marks.is_empty());
    app.keys("u");
    assert_eq!((app.model.marks.len(), said(&app)), (5, "Undone: marked again: 5 customers."));
    app.keys("u");
    assert_eq!((app.model.marks.len(), said(&app)), (0, "Undone: nobody is marked."));
}

#[test]
fn items_come_back_with_the_marks_that_they_were_dealt_with_by() {
    let mut app = App::open();
    app.tell(Message::AttentionLoaded(Ok(crate::today::page())));
    app.keys("T*D");
    assert!(app.model.marks.is_empty());
    app.keys("u");
    assert_eq!((said(&app), app.model.marks.len()), ("Undone: 3 items are as they were.", 3));
    app.press(KeyCode::Esc);
    app.keys("Du");
    assert!(said(&app).starts_with("Undone: Acme Corp is open again."), "{}", said(&app));
    assert_eq!(app.model.lens, Lens::Today);
}

#[test]
fn an_email_is_as_it_was_before_the_editor() {
    let mut app = edited();
    app.keys("u");
    assert_ne!(email(&app), "My own words.");
    assert_eq!(said(&app), "Undone: the email is as it was before you edited it.");
}

#[test]
fn an_edited_email_comes_back_after_its_answer_was_run_again() {
    let mut app = edited();
    let request = app.start('.');
    app.event(&request.run_id, 9.0, RunEventKind::Finished { result: Box::new(data::result(&request)) });
    assert_ne!(email(&app), "My own words.");
    app.keys("u");
    assert_eq!(email(&app), "My own words.");
    app.now += std::time::Duration::from_secs(5);
    let request = app.start('.');
    let cancelled = app.keys("u");
    assert_eq!(cancelled, [Effect::CancelRun(request.run_id)], "what would take its place is stopped");
    assert_eq!(email(&app), "My own words.");
}

#[test]
fn leaving_asks_where_an_email_or_a_note_would_be_lost_and_not_once_it_was_taken_out() {
    let mut app = edited();
    assert!(app.keys("q").is_empty());
    let asked = draw::text(&mut app, 80, 24);
    assert!(asked.contains("Leave and lose 1 email that you edited?"), "{asked}");
    app.press(KeyCode::Esc);
    app.keys("ye");
    assert_eq!(app.keys("q"), [Effect::Quit]);

    let mut app = App::open();
    app.keys("ispoke to Ana");
    app.press(KeyCode::Esc);
    assert!(app.keys("q").is_empty());
    let asked = draw::text(&mut app, 80, 24);
    assert!(asked.contains("Leave and lose the note of Initech that you began?"), "{asked}");
    assert_eq!(app.act(Action::Interrupt), [Effect::Quit], "twice is meant");
}

#[test]
fn a_window_too_small_for_the_question_is_left_at_once() {
    let mut app = edited();
    draw::text(&mut app, 40, 10);
    assert_eq!(app.keys("q"), [Effect::Quit]);
}

#[test]
fn another_owner_has_nothing_to_undo() {
    let mut app = App::on_a_server();
    app.keys("*");
    app.keys("L");
    let effects = app.act(Action::SignIn);
    let attempt = effects.iter().find_map(|effect| match effect {
        Effect::SignIn(attempt) => Some(*attempt),
        _ => None,
    });
    let attempt = attempt.or_else(|| app.model.view.sign_in().map(|it| it.attempt)).unwrap();
    let kept = cs_copilot::app::SignInEvent::Kept { name: "dana".into(), place: "a file".to_owned() };
    app.tell(Message::SignIn(attempt, kept));
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    app.keys("u");
    assert_eq!(said(&app), "There is nothing to undo.");
}
