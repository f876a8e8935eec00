//! Which theme the screen begins with, and how keys, pastes and replies are told from each other.

use std::{collections::HashMap, time::Duration};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    app::ThemeName,
    config::ThemeChoice,
    term::{Choice, Heard, Parser, Pressed, Reply, choose},
};
use proptest::{collection::vec, prelude::*};

fn chosen(choice: ThemeChoice, variables: &[(&str, &str)]) -> Choice {
    let variables: HashMap<_, _> = variables.iter().copied().collect();
    choose(choice, |name| variables.get(name).map(|&value| value.to_owned()))
}

#[test]
fn the_environment_decides_where_it_can() {
    use ThemeName::{Dark, Light, Mono};
    let xterm = ("TERM", "xterm-256color");
    for (choice, variables, expected) in [
        (ThemeChoice::Auto, vec![xterm], Choice::AskTerminal),
        (ThemeChoice::Auto, vec![xterm, ("COLORFGBG", "0;15")], Choice::Is(Light)),
        (ThemeChoice::Auto, vec![xterm, ("COLORFGBG", "15;default;0")], Choice::Is(Dark)),
        (ThemeChoice::Auto, vec![xterm, ("NO_COLOR", "1")], Choice::Is(Mono)),
        (ThemeChoice::Auto, vec![xterm, ("NO_COLOR", "")], Choice::AskTerminal),
        (ThemeChoice::Light, vec![xterm, ("NO_COLOR", "1")], Choice::Is(Mono)),
        (ThemeChoice::Light, vec![xterm, ("COLORFGBG", "15;0")], Choice::Is(Light)),
        (ThemeChoice::Auto, vec![("TERM", "linux")], Choice::Is(Dark)),
        (ThemeChoice::Auto, vec![("TERM", "screen")], Choice::Is(Dark)),
        (ThemeChoice::Auto, vec![("TERM", "screen"), ("TMUX", "/tmp/x")], Choice::AskTerminal),
        (ThemeChoice::Auto, vec![("TERM", "dumb")], Choice::Is(Mono)),
    ] {
        assert_eq!(chosen(choice, &variables), expected, "{choice:?} {variables:?}");
    }
}

/// What is heard when this comes in these pieces, 5 ms one after the other, and after a long while.
fn heard(pieces: &[&str]) -> Vec<Heard> {
    heard_apart(pieces, Duration::from_millis(5), true)
}

fn heard_apart(pieces: &[&str], gap: Duration, asked: bool) -> Vec<Heard> {
    let mut parser = Parser::new(asked);
    let mut now = Duration::ZERO;
    let mut heard = Vec::new();
    for piece in pieces {
        now += gap;
        heard.extend(parser.expire(now));
        heard.extend(parser.feed(piece.as_bytes(), now));
    }
    while let Some(deadline) = parser.deadline() {
        heard.extend(parser.expire(deadline));
    }
    heard
}

fn key(code: KeyCode) -> Heard {
    modified(code, KeyModifiers::NONE)
}

fn modified(code: KeyCode, modifiers: KeyModifiers) -> Heard {
    Heard::Key(Pressed { key: KeyEvent::new(code, modifiers), otherwise: Vec::new() })
}

fn letters(text: &str) -> Vec<Heard> {
    text.chars().map(|c| key(KeyCode::Char(c))).collect()
}

/// The text cut before each of its bytes in turn, and into single bytes.
fn cuts(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let places = text.char_indices().map(|(at, _)| at).skip(1);
    let single = text.split("").filter(|piece| !piece.is_empty()).collect();
    places.map(|at| vec![&text[..at], &text[at..]]).chain([vec![text], single])
}

#[test]
fn a_reply_is_understood_in_every_form_and_in_any_pieces() {
    use ThemeName::{Dark, Light};
    for (reply, expected) in [
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", Some(Light)),
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x07", Some(Dark)),
        ("\x1b]11;rgb:ff/ff/00\x07", Some(Light)),
        ("\x1b]11;rgba:ffff/fafa/f0f0/ffff\x1b\\", Some(Light)),
        ("\x1b]11;rgba:0/0/0/8\x07", Some(Dark)),
        ("\x1b]11;rgb:\x1b\\", None),
        ("\x1b]11;rgb:fffff/1/1\x1b\\", None),
        ("\x1b]11;something else\x1b\\", None),
        ("\x1b]4;1;rgb:ffff/0000/0000\x07", None),
    ] {
        for pieces in cuts(reply) {
            // So slow are links; a reply that is owed is waited for.
            let heard = heard_apart(&pieces, Duration::from_millis(300), true);
            let expected: Vec<_> = expected.into_iter().map(|theme| Heard::Reply(Reply::Background(theme))).collect();
            assert_eq!(heard, expected, "{pieces:?}");
        }
    }
    for pieces in cuts("\x1b[?62;1;4c") {
        assert_eq!(heard(&pieces), [Heard::Reply(Reply::Last)], "{pieces:?}");
    }
    for pieces in cuts("\x1b[?0u") {
        assert_eq!(heard(&pieces), [Heard::Reply(Reply::Keyboard)], "{pieces:?}");
    }
}

#[test]
fn keys_around_and_instead_of_a_reply_are_kept() {
    let around = heard(&["h\x1b]11;rgb:0/0/0\x1b\\h"]);
    let h = key(KeyCode::Char('h'));
    assert_eq!(around, [h.clone(), Heard::Reply(Reply::Background(ThemeName::Dark)), h.clone()]);
    let escape = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
    let bracket = KeyEvent::new(KeyCode::Char(']'), KeyModifiers::NONE);
    let either = Heard::Key(Pressed {
        key: KeyEvent::new(KeyCode::Char(']'), KeyModifiers::ALT),
        otherwise: vec![escape, bracket],
    });
    assert_eq!(heard(&["\x1b]", "h", "h"]), [either, h.clone(), h]);
}

#[test]
fn time_tells_esc_from_the_beginning_of_a_sequence() {
    let pieces = ["\x1b", "[A"];
    let up = [key(KeyCode::Up)];
    assert_eq!(heard_apart(&pieces, Duration::from_millis(20), false), up);
    assert_eq!(heard_apart(&pieces, Duration::from_millis(300), true), up, "while a reply is owed");
    let apart = heard_apart(&pieces, Duration::from_millis(60), false);
    assert_eq!(apart[0], key(KeyCode::Esc));
    assert_eq!(heard(&["\x1b\x1b[A"]), [key(KeyCode::Esc), key(KeyCode::Up)]);
    let mut parser = Parser::new(true);
    parser.feed(b"\x1b[?62c", Duration::ZERO);
    parser.feed(b"\x1b", Duration::ZERO);
    assert_eq!(parser.deadline(), Some(Duration::from_millis(50)), "nothing is owed any more");
}

#[test]
fn keys_are_told_apart() {
    for (bytes, code, modifiers) in [
        ("\x1b[B", KeyCode::Down, KeyModifiers::NONE),
        ("\x1bOB", KeyCode::Down, KeyModifiers::NONE),
        ("\x1b[1;5C", KeyCode::Right, KeyModifiers::CONTROL),
        ("\x1b[5~", KeyCode::PageUp, KeyModifiers::NONE),
        ("\x1b[3;5~", KeyCode::Delete, KeyModifiers::CONTROL),
        ("\x1b[Z", KeyCode::BackTab, KeyModifiers::NONE),
        ("\x1b[15~", KeyCode::F(5), KeyModifiers::NONE),
        ("\x1bOP", KeyCode::F(1), KeyModifiers::NONE),
        ("\x7f", KeyCode::Backspace, KeyModifiers::NONE),
        ("\x0c", KeyCode::Char('l'), KeyModifiers::CONTROL),
        ("\r", KeyCode::Enter, KeyModifiers::NONE),
        ("G", KeyCode::Char('G'), KeyModifiers::SHIFT),
        ("株", KeyCode::Char('株'), KeyModifiers::NONE),
        ("\x1b[27u", KeyCode::Esc, KeyModifiers::NONE),
        ("\x1b[99;5u", KeyCode::Char('c'), KeyModifiers::CONTROL),
        ("\x1b[9;2u", KeyCode::BackTab, KeyModifiers::SHIFT),
        ("\x1b[97:65;2;65u", KeyCode::Char('A'), KeyModifiers::SHIFT),
        ("\x1b[0;;228u", KeyCode::Char('ä'), KeyModifiers::NONE),
    ] {
        for pieces in cuts(bytes) {
            assert_eq!(heard(&pieces), [modified(code, modifiers)], "{pieces:?}");
        }
    }
    for nothing in ["\x1b[97;1:3u", "\x1b[57441;2u", "\x1b[[A", "\x1b[12;4R", "\u{1b}[201~"] {
        assert_eq!(heard(&[nothing]), [], "{nothing:?}");
    }
    assert_eq!(heard(&["\x1b[", "I"]), [Heard::Focused]);
}

#[test]
fn caps_lock_and_foreign_letters_have_another_meaning() {
    let meaning = |bytes: &str| match &heard(&[bytes])[..] {
        [Heard::Key(pressed)] => pressed.otherwise.iter().filter_map(|key| key.code.as_char()).collect::<String>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(meaning("\x1b[104;65;72u"), "h", "with Caps Lock on");
    assert_eq!(meaning("\x1b[1088::104;;1088u"), "h", "the key in the place of h");
    assert_eq!(meaning("\x1b[1078:1046:59;2;1046u"), ":", "with shift");
    assert_eq!(meaning("\x1b[246::59;;246u"), "", "Latin letters stay themselves");
}

#[test]
fn bursts_are_told_from_typing() {
    let burst = |text: &str| vec![Heard::Burst { text: text.to_owned(), is_cut: false }];
    assert_eq!(heard(&["how is\rAcme"]), burst("how is\rAcme"));
    assert_eq!(heard(&["how is\rAcme", " do", "ing\r"]), burst("how is\rAcme doing\r"), "the rest belongs to it");
    assert_eq!(heard(&["jjjjjjjjjjjjjjj"]), letters("jjjjjjjjjjjjjjj"), "a key is held");
    assert_eq!(heard(&["hrb"]), letters("hrb"));
    assert_eq!(heard(&["abcdefg", "\x1b[A"]).last(), Some(&key(KeyCode::Up)));
    let mut with_key = burst("how is Acme");
    with_key.push(key(KeyCode::Up));
    assert_eq!(heard(&["how is Acme\x1b[A"]), with_key);
}

#[test]
fn a_paste_is_whole_however_it_comes() {
    let paste = |text: &str| vec![Heard::Paste { text: text.to_owned(), is_cut: false }];
    for pieces in cuts("\x1b[200~a\r\x1b[31mb株\x1b[201~") {
        assert_eq!(heard(&pieces), paste("a\r\x1b[31mb株"), "{pieces:?}");
    }
    assert_eq!(heard(&["\x1b[200~never ends"]), paste("never ends"));
    let long = format!("\x1b[200~{}\x1b[201~", "x".repeat(1_000_000));
    let [Heard::Paste { text, is_cut: true }] = &heard(&[&long])[..] else { panic!("it is cut") };
    assert!(text.len() < 100_000);
}

proptest! {
    #[test]
    fn any_bytes_leave_nothing_behind(pieces in vec(vec(any::<u8>(), 0..40), 0..20), asked: bool) {
        let mut parser = Parser::new(asked);
        let mut now = Duration::ZERO;
        for piece in &pieces {
            now += Duration::from_millis(1);
            parser.feed(piece, now);
        }
        if let Some(deadline) = parser.deadline() {
            parser.expire(deadline);
        }
        prop_assert_eq!(parser.deadline(), None);
    }
}
