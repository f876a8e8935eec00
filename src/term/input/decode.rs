//! What a sequence says, once all of it is there.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Heard, Pressed, Reply};
use crate::{
    app::{Mouse, MouseDid},
    term::theme,
};

/// Keys of a US keyboard, each with what it gives with shift: where a key is, whatever is written on it.
const WITH_SHIFT: &str = "1!2@3#4$5%6^7&8*9(0)-_=+[{]}\\|;:'\",<.>/?`~";

/// The last Latin letter; beyond it the keys of the table cannot be typed.
const LAST_LATIN: char = '\u{24f}';

/// The bit for Caps Lock among the modifiers.
const CAPS_LOCK: u16 = 64;

/// A character as a key.
pub(super) fn character(c: char) -> KeyEvent {
    let modifiers = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(c), modifiers)
}

/// A key of the application mode.
pub(super) fn ss3(last: u8) -> Vec<Heard> {
    named(last).map(|code| Heard::key(code, KeyModifiers::NONE)).into_iter().collect()
}

/// A sequence of parameters and a last byte. What nobody asked for, and no key sends, says nothing.
pub(super) fn csi(parameters: &[u8], last: u8) -> Vec<Heard> {
    let text = String::from_utf8_lossy(parameters);
    if let Some(reply) = text.strip_prefix('?') {
        return match last {
            b'c' => vec![Heard::Reply(Reply::Last)],
            b'u' if reply.bytes().all(|byte| byte.is_ascii_digit()) => vec![Heard::Reply(Reply::Keyboard)],
            _ => Vec::new(),
        };
    }
    if let Some(mouse) = text.strip_prefix('<') {
        return mouse_of(mouse, last).map(Heard::Mouse).into_iter().collect();
    }
    let fields: Vec<Vec<Option<u32>>> =
        text.split(';').map(|field| field.split(':').map(|part| part.parse().ok()).collect()).collect();
    let field = |place: usize, part: usize| fields.get(place).and_then(|field| *field.get(part)?);
    // A release; nobody asked for those.
    if field(1, 1) == Some(3) {
        return Vec::new();
    }
    let bits = field(1, 0).map_or(0, |modifiers| modifiers.saturating_sub(1) as u16);
    let code = match (last, field(0, 0)) {
        (b'u', Some(code)) => {
            let typed = fields.get(2).into_iter().flatten().copied().flatten().filter_map(char::from_u32);
            let key = Key { code, shifted: field(0, 1), base: field(0, 2), bits, typed: typed.collect() };
            return key.heard();
        }
        (b'~', Some(number)) => numbered(number),
        (b'I', _) if parameters.is_empty() => return vec![Heard::Focused],
        (b'O', _) if parameters.is_empty() => return vec![Heard::Unfocused],
        (b'Z', _) => Some(KeyCode::BackTab),
        // Where the cursor is; nobody asked for that.
        (b'R', _) => None,
        _ => named(last),
    };
    code.map(|code| Heard::key(code, modifiers(bits))).into_iter().collect()
}

/// What the mouse did, as terminals tell it in numbers (SGR 1006): the button with what else is so, column and row from 1.
fn mouse_of(text: &str, last: u8) -> Option<Mouse> {
    let mut numbers = text.split(';').map(|number| number.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let did = match (button & !0b1_1100, last) {
        (0, b'M') => MouseDid::Press,
        (32, b'M') => MouseDid::Drag,
        (0 | 32, b'm') => MouseDid::Release,
        (64, b'M') => MouseDid::WheelUp,
        (65, b'M') => MouseDid::WheelDown,
        _ => return None,
    };
    Some(Mouse { did, column: column.checked_sub(1)?, row: row.checked_sub(1)? })
}

/// The reply to a question of the kind that its number says.
pub(super) fn osc(body: &[u8]) -> Vec<Heard> {
    let text = String::from_utf8_lossy(body);
    let theme = text.strip_prefix("11;").and_then(theme::of_reply);
    theme.map(|theme| Heard::Reply(Reply::Background(theme))).into_iter().collect()
}

fn named(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23..=24 => KeyCode::F((number - 12) as u8),
        _ => return None,
    })
}

fn modifiers(bits: u16) -> KeyModifiers {
    let all = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ];
    all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

/// A key as the kitty keyboard protocol tells it.
struct Key {
    /// What it gives without shift, in the layout of the moment.
    code: u32,
    shifted: Option<u32>,
    /// What the key in its place gives on a US keyboard.
    base: Option<u32>,
    bits: u16,
    /// The text it typed.
    typed: Vec<char>,
}

impl Key {
    fn heard(self) -> Vec<Heard> {
        let held = modifiers(self.bits);
        let code = match self.code {
            9 if held.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            9 => KeyCode::Tab,
            13 | 57414 => KeyCode::Enter,
            27 => KeyCode::Esc,
            127 => KeyCode::Backspace,
            57417 => KeyCode::Left,
            57418 => KeyCode::Right,
            57419 => KeyCode::Up,
            57420 => KeyCode::Down,
            57421 => KeyCode::PageUp,
            57422 => KeyCode::PageDown,
            57423 => KeyCode::Home,
            57424 => KeyCode::End,
            57426 => KeyCode::Delete,
            _ => return self.characters(held),
        };
        vec![Heard::key(code, held)]
    }

    fn characters(self, held: KeyModifiers) -> Vec<Heard> {
        let is_command = held.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SUPER);
        if !is_command && !self.typed.is_empty() {
            let pressed = self.typed.iter().map(|&c| Pressed { key: character(c), otherwise: self.instead(c, held) });
            return pressed.map(Heard::Key).collect();
        }
        let has_shift = held.contains(KeyModifiers::SHIFT);
        let code = self.shifted.filter(|_| has_shift).unwrap_or(self.code);
        // The protocol's private numbers are keys without a character: shift alone, volume, and their like.
        let Some(c) = char::from_u32(code).filter(|c| !c.is_control() && !('\u{e000}'..='\u{f8ff}').contains(c)) else {
            return Vec::new();
        };
        let c = if has_shift && self.shifted.is_none() { c.to_uppercase().next().unwrap_or(c) } else { c };
        let instead = self.instead(c, held);
        vec![Heard::Key(Pressed { key: KeyEvent::new(KeyCode::Char(c), held), otherwise: instead })]
    }

    /// What the key means where its character means nothing: with Caps Lock on the small letter, in a layout that is not
    /// Latin the key in its place.
    fn instead(&self, c: char, held: KeyModifiers) -> Vec<KeyEvent> {
        let has_shift = held.contains(KeyModifiers::SHIFT);
        let other = if c > LAST_LATIN {
            self.base.and_then(char::from_u32).map(|base| if has_shift { with_shift(base) } else { base })
        } else if self.bits & CAPS_LOCK != 0 {
            Some(if has_shift { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        } else {
            None
        };
        let command = held.intersection(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let key = |c| KeyEvent { modifiers: character(c).modifiers | command, ..character(c) };
        other.filter(|&other| other != c).map(key).into_iter().collect()
    }
}

/// What a US keyboard gives for the key with shift.
fn with_shift(c: char) -> char {
    let mut keys = WITH_SHIFT.chars();
    while let (Some(plain), Some(shifted)) = (keys.next(), keys.next()) {
        if plain == c {
            return shifted;
        }
    }
    c.to_ascii_uppercase()
}
