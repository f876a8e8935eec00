//! Copying: what is taken, which way it goes, and what is said about it.

use cs_copilot::{
    app::{CopyOutcome, CopyWhat, Effect, Message, Mode},
    config::Clipboard,
    term::{Environment, Way, ways},
};

use crate::support::App;

fn taken(app: &mut App, keys: &str) -> (CopyWhat, String) {
    match app.keys(keys).pop() {
        Some(Effect::Copy { what, text }) => (what, text),
        other => panic!("{keys} copied nothing but {other:?}"),
    }
}

#[test]
fn each_part_of_the_answer_has_its_letter() {
    let mut app = App::open();
    app.answer('r');
    let (what, text) = taken(&mut app, "ys");
    assert!(what == CopyWhat::Summary && text.contains("Usage is down"));
    let (what, text) = taken(&mut app, "ya");
    assert!(what == CopyWhat::Actions && text.contains("Close the urgent ticket"));
    let (what, text) = taken(&mut app, "ye");
    assert!(what == CopyWhat::Email && text.starts_with("Subject: Acme Corp"));
    let (what, text) = taken(&mut app, "ym");
    assert!(what == CopyWhat::Markdown && text.starts_with("# Initech"));
    let (what, text) = taken(&mut app, "yj");
    assert!(what == CopyWhat::Json && serde_json::from_str::<serde_json::Value>(&text).is_ok());
    app.answer('b');
    let (what, text) = taken(&mut app, "yq");
    assert!(what == CopyWhat::Qbr && text.contains("Where we stand"));
}

#[test]
fn what_the_answer_lacks_is_not_copied_and_the_reason_is_given() {
    let mut app = App::open();
    app.answer('h');
    assert!(app.keys("ye").is_empty());
    assert_eq!(app.model.toast.take().unwrap().text, "This answer has no email: press r or e for one.");
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn any_other_key_after_y_means_nothing_after_all() {
    let mut app = App::open();
    app.answer('h');
    assert!(app.keys("yz").is_empty());
    assert_eq!(app.model.mode(), Mode::Normal);
    assert_eq!(app.model.toast, None);
}

#[test]
fn no_more_is_claimed_than_is_known() {
    let mut app = App::open();
    let mut said = |outcome| {
        app.tell(Message::Copied { what: CopyWhat::Email, chars: 412, outcome });
        app.model.toast.take().unwrap()
    };
    assert_eq!(said(CopyOutcome::Copied).text, "Copied the email: 412 characters.");
    let sent = said(CopyOutcome::Sent);
    assert!(sent.text.starts_with("Sent the email to the terminal") && !sent.text.to_lowercase().contains("copied"));
    let here = said(CopyOutcome::UntilYouLeave);
    assert!(here.text.starts_with("Copied the email: 412 characters, until you leave."), "{}", here.text);
    let (inside, around) = (said(CopyOutcome::InTmux), said(CopyOutcome::ThroughTmux));
    assert!(inside.text.contains("hands no copies on") && around.text.contains("was sent"), "{inside:?} {around:?}");
    let failed = said(CopyOutcome::Failed("tmux does not answer.".to_owned()));
    assert!(failed.is_error && failed.text == "The email was not copied: tmux does not answer.");
}

#[test]
fn what_cannot_be_copied_can_be_written_to_a_file() {
    let failed = || Message::Copied { what: CopyWhat::Json, chars: 9, outcome: CopyOutcome::Failed("No.".to_owned()) };
    let mut app = App::open();
    app.answer('h');
    app.tell(failed());
    let said = app.model.toast.take().unwrap().text;
    assert!(said.ends_with("No. A file instead: cs-copilot history c-3 --format json > answers.json"), "{said}");
    app.ask("which customers are most at risk?");
    app.tell(failed());
    let said = app.model.toast.take().unwrap().text;
    assert!(said.contains("cs-copilot ask \"which customers are most at risk?\" --format markdown"), "{said}");
}

#[test]
fn the_way_is_chosen_by_where_the_terminal_is() {
    use Way::{Native, Osc52, Screen, Tmux};
    let here = Environment { tmux: false, screen: false, ssh: false };
    for (choice, environment, expected) in [
        (Clipboard::Auto, here, vec![Native, Osc52]),
        (Clipboard::Auto, Environment { ssh: true, ..here }, vec![Osc52]),
        (Clipboard::Auto, Environment { tmux: true, ..here }, vec![Tmux, Osc52]),
        (Clipboard::Auto, Environment { tmux: true, ssh: true, ..here }, vec![Tmux, Osc52]),
        (Clipboard::Auto, Environment { screen: true, ssh: true, ..here }, vec![Screen]),
        (Clipboard::Auto, Environment { screen: true, ..here }, vec![Native, Screen]),
        (Clipboard::Auto, Environment { tmux: true, screen: true, ..here }, vec![Tmux, Osc52]),
        (Clipboard::Osc52, Environment { screen: true, ..here }, vec![Screen]),
        (Clipboard::Native, Environment { ssh: true, ..here }, vec![Native]),
        (Clipboard::Osc52, here, vec![Osc52]),
        (Clipboard::Tmux, here, vec![Tmux]),
        (Clipboard::Off, here, vec![]),
    ] {
        assert_eq!(ways(choice, &environment), expected, "{choice:?} in {environment:?}");
    }
}
