//! Which theme the screen begins with, and how the terminal's reply is told from keys.

use std::collections::HashMap;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    app::ThemeName,
    config::ThemeChoice,
    term::{Choice, ReplyFilter, Sorted, choose},
};

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

fn key(c: char, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
}

/// The reply as crossterm reports it.
fn reply(text: &str, end: Event) -> Vec<Event> {
    let mut events = vec![key(']', KeyModifiers::ALT)];
    events.extend(text.chars().map(|c| key(c, KeyModifiers::NONE)));
    events.push(end);
    events
}

fn sorted(events: Vec<Event>) -> Vec<Sorted> {
    let mut filter = ReplyFilter::default();
    events.into_iter().map(|event| filter.sort(event)).filter(|sorted| *sorted != Sorted::Reply).collect()
}

#[test]
fn the_reply_is_understood_and_none_of_it_is_a_key() {
    let st = || key('\\', KeyModifiers::ALT);
    let bell = || key('g', KeyModifiers::CONTROL);
    for (text, end, expected) in [
        ("11;rgb:ffff/ffff/ffff", st(), vec![Sorted::Theme(ThemeName::Light)]),
        ("11;rgb:1e1e/1e1e/2e2e", bell(), vec![Sorted::Theme(ThemeName::Dark)]),
        ("11;rgb:ff/ff/00", bell(), vec![Sorted::Theme(ThemeName::Light)]),
        ("11;rgb:", st(), vec![]),
        ("11;rgb:fffff/1/1", st(), vec![]),
    ] {
        assert_eq!(sorted(reply(text, end)), expected, "{text}");
    }
}

#[test]
fn keys_around_and_instead_of_a_reply_are_kept() {
    let h = key('h', KeyModifiers::NONE);
    let mut events = vec![h.clone()];
    events.extend(reply("11;rgb:0/0/0", key('\\', KeyModifiers::ALT)));
    events.push(h.clone());
    let kept = Sorted::Event(h.clone());
    assert_eq!(sorted(events), [kept.clone(), Sorted::Theme(ThemeName::Dark), kept.clone()]);
    assert_eq!(sorted(vec![key(']', KeyModifiers::ALT), h.clone(), h]), [kept.clone(), kept]);
}
