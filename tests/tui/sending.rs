//! An answer on its way out: shown first, written or opened by a key, and kept on the timeline as prepared.

use std::{io, path::PathBuf, sync::Arc};

use contracts::{
    activity::{Activity, ActivityKind},
    occasion::{About, Ask, Hold, Occasion},
    planner::{DateKind, KeyDate, PlannerResult},
    run::RunEventKind,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    app::{Effect, Message, Mode, NotEdited, View},
    backend::Identity,
    send::{FolderError, Form, Prepared},
};

use crate::support::{App, data, draw};

/// A screen with an answer to the renewal on it.
fn answered() -> App {
    let mut app = App::open();
    app.answer('r');
    app
}

/// The same, with an email that renews on a day, and should wait.
fn held() -> App {
    let mut app = answered();
    let request = app.start('.');
    let result = data::result(&request);
    let renews = data::today() + chrono::Days::new(70);
    let occasion = Occasion {
        about: About::Renewal {
            date: renews,
            days: 70,
            due: contracts::occasion::Due::Far,
            notice_by: None,
            several: false,
        },
        ask: Ask::Talk,
        next_on: None,
        also: Vec::new(),
        hold: Some(Hold::TooEarly { from: renews }),
        statements: Vec::new(),
    };
    let draft = result.email_draft.clone().map(|draft| contracts::tools::EmailDraft {
        occasion: Some(occasion),
        to: Some("alice@example.com".into()),
        ..draft
    });
    let dates = vec![KeyDate { what: DateKind::Renewal, on: renews }];
    let result = PlannerResult { email_draft: draft, dates, ..result };
    app.event(&request.run_id, 90.0, RunEventKind::Finished { result: Box::new(result) });
    app
}

/// What would be written.
fn written(effects: Vec<Effect>) -> (Prepared, PathBuf) {
    match effects.into_iter().next() {
        Some(Effect::Write { prepared, folder }) => (prepared, folder),
        other => panic!("{other:?}"),
    }
}

fn kept(effects: &[Effect]) -> &Activity {
    match effects {
        [Effect::KeepActivity(activity), ..] => activity,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_is_shown_with_its_path_before_a_key_writes_it() {
    let mut app = answered();
    assert!(app.keys("wf").is_empty());
    let frame = draw::text(&mut app, 120, 40);
    assert!(frame.contains("Would be written to /home/dana/") && frame.contains("# Initech"), "{frame}");
    for (form, says) in [(Form::Html, "Out: answer as a page"), (Form::Json, "\"customerId\""), (Form::Csv, "figure")] {
        app.press(KeyCode::Tab);
        let frame = draw::text(&mut app, 120, 40);
        assert!(frame.contains(says), "{form:?}: {frame}");
    }
    let (prepared, folder) = written(app.press(KeyCode::Enter));
    assert_eq!((prepared.form, folder), (Form::Csv, PathBuf::from("/home/dana")));
    assert!(prepared.document.starts_with("customer_id,"));
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn what_was_written_is_said_and_kept_as_prepared_and_the_same_file_is_one_entry() {
    let mut app = answered();
    let mut entries = Vec::new();
    for _ in 0..2 {
        app.keys("wm");
        let (prepared, folder) = written(app.press(KeyCode::Enter));
        let path = folder.join(prepared.file());
        let effects = app.tell(Message::Written(prepared, Ok(path.clone())));
        let said = app.model.toast.take().unwrap();
        assert_eq!((said.text, said.is_error), (format!("Written, and not sent: {}", path.display()), false));
        entries.push(kept(&effects).clone());
        app.tell(Message::ActivityKept(entries[0].clone(), Ok(())));
        assert_eq!(app.model.toast, None, "it was said already");
    }
    assert_eq!(entries[0], entries[1]);
    assert_eq!(entries[0].kind, ActivityKind::Prepared);
    assert!(entries[0].text.as_str().starts_with("Renewal brief, email draft: "), "{:?}", entries[0].text);
}

#[test]
fn what_could_not_be_written_says_so_and_is_not_on_the_timeline() {
    let mut app = answered();
    app.keys("wf");
    let (prepared, _) = written(app.press(KeyCode::Enter));
    let full = FolderError { path: "/home/dana".into(), error: io::Error::other("the disk is full") };
    assert!(app.tell(Message::Written(prepared, Err(Arc::new(full)))).is_empty());
    let said = app.model.toast.take().unwrap();
    let sentence = "/home/dana cannot be written: the disk is full; choose a folder that you may write to";
    assert_eq!((said.text.as_str(), said.is_error), (sentence, true));
}

#[test]
fn guests_of_a_team_write_files_and_have_no_timeline() {
    let mut app = App::open();
    app.tell(Message::Identified(Ok(Identity { writable: false, ..data::guest() })));
    app.answer('r');
    app.keys("wf");
    let (prepared, _) = written(app.press(KeyCode::Enter));
    assert!(app.tell(Message::Written(prepared, Ok("/home/dana/a.md".into()))).is_empty());
}

#[test]
fn an_email_that_should_wait_has_the_reason_above_it_and_can_be_drafted_all_the_same() {
    let mut app = held();
    app.keys("wm");
    let frame = draw::text(&mut app, 120, 40);
    let at = |words: &str| frame.find(words).unwrap_or_else(|| panic!("no {words} in {frame}"));
    assert!(at("Hold: The renewal is far away") < at("To: alice@example.com"));
    assert!(at("To: alice@example.com") < at("Subject: Acme Corp"));
    let (prepared, _) = written(app.press(KeyCode::Enter));
    assert!(prepared.document.contains("X-Unsent: 1"));
}

#[test]
fn an_email_opens_in_the_mail_program_and_is_said_to_be_the_users_to_send() {
    let mut app = held();
    app.keys("wm");
    let effects = app.keys("o");
    let [Effect::OpenMail { prepared, address }] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(address.starts_with("mailto:alice@example.com?subject=Acme%20Corp"), "{address}");
    let effects = app.tell(Message::MailOpened(prepared.clone(), true));
    assert!(app.model.toast.take().unwrap().text.contains("yours to send"));
    assert_eq!(kept(&effects).kind, ActivityKind::Prepared);
    assert!(app.tell(Message::MailOpened(prepared.clone(), false)).is_empty());
    assert!(app.model.toast.take().unwrap().is_error);
}

#[test]
fn dates_are_listed_before_they_are_written() {
    let mut app = held();
    app.keys("wc");
    let frame = draw::text(&mut app, 120, 40);
    assert!(frame.contains("is up for renewal"), "{frame}");
    let (prepared, _) = written(app.press(KeyCode::Enter));
    assert!(prepared.document.starts_with("BEGIN:VCALENDAR"));
}

#[test]
fn what_an_answer_does_not_have_is_not_sent_and_the_reason_is_given() {
    let mut app = App::open();
    app.keys("w");
    assert_eq!(app.model.toast.take().unwrap().text, "Nothing to send yet: press h or another task's key.");
    app.answer('h');
    app.keys("wm");
    assert_eq!(app.model.toast.take().unwrap().text, "This answer has no email: press r or e for one.");
    app.keys("wc");
    assert_eq!(app.model.toast.take().unwrap().text, "This answer has no date that is still to come.");
    app.keys("wz");
    assert!(matches!(app.model.view, View::Panes) && app.model.toast.is_none());
}

fn edit(app: &mut App) -> String {
    match app.key(KeyEvent::new(KeyCode::Char('o'), KeyModifiers::CONTROL)).pop() {
        Some(Effect::Edit(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_email_goes_through_the_editor_and_what_comes_back_is_what_is_copied_and_written() {
    let mut app = held();
    let text = edit(&mut app);
    assert!(text.starts_with("Subject: Acme Corp: your renewal on 11 Feb 2027\n\nHi Alice,"), "{text}");
    let mine = "Subject: Next week\n\nHello Alice,\n\nsee you on Monday.\n";
    app.tell(Message::Edited(Ok(mine.to_owned())));
    assert!(app.model.toast.take().unwrap().text.contains("your text"));
    let Some(Effect::Copy { text, .. }) = app.keys("ye").pop() else { panic!("nothing was copied") };
    assert_eq!(text, mine);
    let frame = draw::text(&mut app, 120, 40);
    assert!(frame.contains("By  you") && frame.contains("see you on Monday."), "{frame}");
    app.keys("wm");
    let (prepared, _) = written(app.press(KeyCode::Enter));
    assert!(prepared.document.contains("Subject: Next week"), "{}", prepared.document);
    assert!(prepared.document.contains("alice@example.com"), "the address stays");
}

#[test]
fn where_the_editor_fails_or_leaves_nothing_the_email_stays_as_it_was() {
    let mut app = held();
    let before = edit(&mut app);
    for written in [Err(NotEdited::Failed("vi".to_owned())), Ok(String::new()), Ok("Subject: x\n\n".to_owned())] {
        app.tell(Message::Edited(written));
        assert!(app.model.toast.take().is_some());
        assert_eq!(edit(&mut app), before);
    }
    app.tell(Message::Edited(Ok("Only words.".to_owned())));
    assert_eq!(edit(&mut app), "Subject: Acme Corp: your renewal on 11 Feb 2027\n\nOnly words.\n");
}

#[test]
fn without_an_email_there_is_nothing_to_edit() {
    let mut app = App::open();
    app.answer('h');
    assert!(app.key(KeyEvent::new(KeyCode::Char('o'), KeyModifiers::CONTROL)).is_empty());
    assert_eq!(app.model.toast.take().unwrap().text, "This answer has no email: press r or e for one.");
}
