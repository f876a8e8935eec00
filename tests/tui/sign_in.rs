//! Signing in on the screen.

use std::time::Duration;

use contracts::Line;
use crossterm::event::KeyCode;
use cs_copilot::{
    app::{AttemptId, CopyWhat, Effect, Identified, Message, Mode, SignInEvent, SignInStep},
    auth::Prompt,
};
use insta::assert_snapshot;

use crate::support::{App, STARTED, data, draw};

fn by_code() -> Prompt {
    Prompt {
        address: "https://clerk.example.com/device?user_code=WDJB-MJHT".to_owned(),
        code: Some(Line::new("WDJB-MJHT")),
        lives: Duration::from_secs(600),
    }
}

fn by_browser() -> Prompt {
    let challenge = "9xK3v".repeat(20);
    let address = format!("https://clerk.example.com/oauth/authorize?code_challenge={challenge}");
    Prompt { address, code: None, lives: Duration::from_secs(120) }
}

/// Presses the key and answers with the attempt that it starts.
fn begin(app: &mut App) -> AttemptId {
    match app.keys("L").pop() {
        Some(Effect::SignIn(attempt)) => attempt,
        other => panic!("L started no sign-in but {other:?}"),
    }
}

fn prompted(prompt: Prompt) -> (App, AttemptId) {
    let mut app = App::on_a_server();
    let attempt = begin(&mut app);
    app.tell(Message::SignIn(attempt, SignInEvent::Prompted(prompt)));
    app.now += Duration::from_secs(19);
    (app, attempt)
}

fn kept() -> SignInEvent {
    SignInEvent::Kept { name: Line::new("alice@example.com"), place: "this machine's keyring".to_owned() }
}

#[test]
fn the_overlay_says_where_to_go_with_which_code_and_for_how_long() {
    for (width, height) in [(60, 15), (80, 24), (120, 40)] {
        let (mut app, _) = prompted(by_code());
        assert_snapshot!(format!("sign_in_code_{width}x{height}"), draw::text(&mut app, width, height));
    }
    let (mut app, _) = prompted(by_browser());
    assert_snapshot!("sign_in_browser_80x24", draw::text(&mut app, 80, 24));
}

#[test]
fn no_wide_character_reaches_into_the_overlay() {
    let risk = contracts::health::Risk::Low;
    let rows = || (0..20).map(|i| data::customer(&format!("c-{i}"), &"株".repeat(i), risk, 80, 9, 9)).collect();
    for width in 106..116 {
        let (mut app, _) = prompted(by_code());
        app.tell(Message::BookLoaded(Ok(data::page(rows()))));
        let buffer = draw::frame(&mut app, width, 24);
        let symbol = |x, y| buffer[(x, y)].symbol();
        let is_corner = |&(x, y): &(u16, u16)| symbol(x, y) == "┌" && symbol(x + 2, y) == "S";
        let (left, top) = (1..24).flat_map(|y| (1..60).map(move |x| (x, y))).find(is_corner).unwrap();
        for y in top..22 {
            let beside = symbol(left - 1, y);
            assert!(unicode_width::UnicodeWidthStr::width(beside) < 2, "{beside} in row {y} of {width}");
        }
    }
}

#[test]
fn the_qr_code_is_the_address() {
    let (mut app, _) = prompted(by_code());
    let text = draw::text(&mut app, 120, 40);
    let modules = qrcode::QrCode::with_error_correction_level(by_code().address, qrcode::EcLevel::L).unwrap();
    let is_dark = |x: usize, y: usize| modules[(x, y)] == qrcode::Color::Dark;
    let cell = |x, y| match (is_dark(x, y), is_dark(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    for y in (0..modules.width() - 1).step_by(2) {
        let row: String = (0..modules.width()).map(|x| cell(x, y)).collect();
        assert!(text.contains(&row), "row {y} is not on the screen:\n{text}");
    }
}

#[test]
fn address_and_code_can_be_copied() {
    let (mut app, _) = prompted(by_code());
    let copy = |what, text: &str| [Effect::Copy { what, text: text.to_owned() }];
    assert_eq!(app.keys("y"), copy(CopyWhat::SignInAddress, &by_code().address));
    assert_eq!(app.keys("c"), copy(CopyWhat::SignInCode, "WDJB-MJHT"));
    assert_eq!(app.model.mode(), Mode::SignIn);
    let (mut app, _) = prompted(by_browser());
    assert!(app.keys("c").is_empty());
    assert_eq!(app.model.toast.unwrap().text, "This sign-in has no code.");
}

#[test]
fn whoever_signs_in_finds_their_own_book_and_nothing_of_the_one_before() {
    let mut app = App::on_a_server();
    app.answer('h');
    let running = app.start('r').run_id;
    let attempt = begin(&mut app);
    app.tell(Message::SignIn(attempt, SignInEvent::Prompted(by_code())));
    assert_eq!(app.tell(Message::SignIn(attempt, SignInEvent::Granted)), [Effect::KeepSignIn(attempt)]);
    let effects = app.tell(Message::SignIn(attempt, kept()));
    assert_eq!(effects, [Effect::CancelRun(running), Effect::LoadBook { as_of: None, facts: Vec::new() }]);
    assert_eq!(
        (app.model.mode(), app.model.view.sign_in(), &app.model.identity),
        (Mode::Normal, None, &Identified::NotYet)
    );
    assert!(app.model.book.total() == 0 && app.model.run().is_none() && app.model.shown.is_empty());
    assert_eq!(
        app.model.toast.as_ref().unwrap().text,
        "Signed in as alice@example.com. The sign-in is kept in this machine's keyring."
    );
    app.tell(Message::Identified(Ok(data::user(None))));
    assert!(draw::text(&mut app, 120, 40).contains("https://tools.example.com · alice@example.com"));
}

#[test]
fn an_attempt_that_was_given_up_or_replaced_signs_nobody_in() {
    for key in ["cancelled", "failed and started again"] {
        let (mut app, old) = prompted(by_code());
        if key == "cancelled" {
            assert_eq!(app.press(KeyCode::Esc)[0], Effect::CancelSignIn);
        } else {
            app.tell(Message::SignIn(old, SignInEvent::Failed("No.".to_owned())));
            assert_ne!(begin(&mut app), old);
        }
        let before = app.model.view.sign_in().cloned();
        for late in [SignInEvent::Prompted(by_browser()), SignInEvent::Granted, kept()] {
            assert!(app.tell(Message::SignIn(old, late)).is_empty(), "{key}");
        }
        assert_eq!(app.model.view.sign_in().cloned(), before, "{key}");
        assert!(app.model.book.total() > 0);
    }
}

#[test]
fn what_went_wrong_is_said_and_can_be_tried_again() {
    let (mut app, attempt) = prompted(by_code());
    assert!(app.keys("L").is_empty(), "one at a time");
    app.tell(Message::SignIn(attempt, SignInEvent::Failed("The sign-in was refused in the browser.".to_owned())));
    assert_snapshot!("sign_in_failed_80x24", draw::text(&mut app, 80, 24));
    begin(&mut app);
    assert_eq!(app.model.view.sign_in().unwrap().step, SignInStep::Starting);
}

#[test]
fn once_the_tokens_are_being_kept_it_is_too_late_to_give_up() {
    let (mut app, attempt) = prompted(by_code());
    app.tell(Message::SignIn(attempt, SignInEvent::Granted));
    assert!(app.press(KeyCode::Esc).is_empty());
    assert_eq!(app.model.mode(), Mode::SignIn);
}

#[test]
fn the_countdown_moves_once_a_second_and_stops_at_the_end() {
    let (mut app, _) = prompted(by_code());
    app.model.toast = None;
    app.now += Duration::from_millis(300);
    assert_eq!(app.model.next_wake(app.now), Some(app.now + Duration::from_millis(700)));
    app.now = Duration::from_secs(600);
    assert!(draw::text(&mut app, 80, 24).contains("0:00 left"));
    assert_eq!(app.model.next_wake(app.now), None);
}

#[test]
fn where_nobody_can_sign_in_the_reason_is_said() {
    let mut app = App::open();
    assert!(app.keys("L").is_empty());
    assert_eq!(app.model.toast.take().unwrap().text, "The book is on this machine, which needs no sign-in.");
    let mut app = App::on_a_server();
    app.model.settings.can_sign_in = false;
    assert!(app.keys("L").is_empty());
    assert_eq!(app.model.toast.take().unwrap().text, "No sign-in is configured: see [auth] in config.toml.");
}

#[test]
fn a_sign_in_that_will_end_is_warned_of_before_it_does() {
    let mut app = App::on_a_server();
    app.tell(Message::Identified(Ok(data::user(Some(STARTED + 3600)))));
    app.model.toast = None;
    let mut header = |secs| {
        app.now = Duration::from_secs(secs);
        let line = draw::text(&mut app, 120, 40).lines().next().unwrap().to_owned();
        (line, app.model.next_wake(app.now).map(|wake| wake.as_secs()))
    };
    let (line, wake) = header(60);
    assert!(line.ends_with("as of 2026-11-23") && wake == Some(2700), "{line} {wake:?}");
    let (line, wake) = header(2700);
    assert!(line.ends_with("sign-in ends in 15 min: L") && wake == Some(2760), "{line} {wake:?}");
    let (line, wake) = header(3599);
    assert!(line.ends_with("sign-in ends in 1 min: L") && wake == Some(3600), "{line} {wake:?}");
    let (line, wake) = header(3600);
    assert!(line.ends_with("sign-in has ended: L") && wake.is_none(), "{line} {wake:?}");
    app.tell(Message::Identified(Ok(data::user(None))));
    assert!(!draw::text(&mut app, 120, 40).contains("sign-in"), "one that renews itself needs no warning");
}
