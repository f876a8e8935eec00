//! From the terminal's bytes to what they say. Pure: bytes and times in, keys, pastes and replies out.
//!
//! A sequence may come in pieces, and ESC alone is a key as well as the beginning of one; only time tells. So whoever
//! feeds the parser also wakes it at its [`Parser::deadline`].

use std::{mem, time::Duration};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Heard, Pressed, decode};

/// How long ESC may be the beginning of something. Terminals send a sequence at once; links cut it.
const ESCAPE: Duration = Duration::from_millis(50);
/// The same while a reply is awaited, which must never be taken for keys.
const ESCAPE_ASKED: Duration = Duration::from_millis(400);
/// How long the rest of a sequence that has begun may take.
const REST: Duration = Duration::from_secs(2);
/// How long a paste may pause before it counts as ended, though nobody said so.
const PASTE: Duration = Duration::from_secs(1);
/// How long a burst may pause.
const BURST: Duration = Duration::from_millis(30);
/// So many characters at once no hand types.
const LEAST_BURST: usize = 8;
/// The most that is kept of a paste, in bytes.
const LONGEST_PASTE: usize = 64 * 1024;
/// The longest sequence, in bytes; what is longer is none.
const LONGEST: usize = 256;

const ESC: u8 = 0x1b;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Reads the terminal's bytes.
#[derive(Debug, Default)]
pub struct Parser {
    /// What came and is not understood yet.
    pending: Vec<u8>,
    text: Option<Text>,
    /// When the last byte came.
    since: Duration,
    /// Whether the terminal was asked something and has not answered all of it.
    asked: bool,
}

/// Text that comes as a whole.
#[derive(Debug)]
struct Text {
    kind: Kind,
    bytes: Vec<u8>,
    is_cut: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paste,
    Burst,
}

/// What the beginning of the pending bytes is.
enum Step {
    /// So many bytes say this.
    Said(usize, Vec<Heard>),
    /// More may follow.
    Unfinished,
}

impl Parser {
    /// A parser; `asked` where the terminal owes a reply.
    pub fn new(asked: bool) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Takes in what came at `now`, and says what is understood by it.
    pub fn feed(&mut self, bytes: &[u8], now: Duration) -> Vec<Heard> {
        self.since = now;
        self.pending.extend_from_slice(bytes);
        let mut heard = Vec::new();
        while !self.pending.is_empty() && self.step(&mut heard) {}
        if heard.contains(&Heard::Reply(super::Reply::Last)) {
            self.asked = false;
        }
        heard
    }

    /// When what has begun is taken for all there is; none where nothing has begun.
    pub fn deadline(&self) -> Option<Duration> {
        let patience = match (&self.text, &self.pending[..]) {
            (Some(Text { kind: Kind::Paste, .. }), _) => PASTE,
            (Some(Text { kind: Kind::Burst, .. }), _) => BURST,
            (None, []) => return None,
            (None, [ESC]) if self.asked => ESCAPE_ASKED,
            (None, [ESC]) => ESCAPE,
            (None, _) => REST,
        };
        Some(self.since + patience)
    }

    /// Takes what has begun for all there is, if its time has come.
    pub fn expire(&mut self, now: Duration) -> Vec<Heard> {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return Vec::new();
        }
        let pending = mem::take(&mut self.pending);
        match self.text.take() {
            Some(mut text) => {
                if text.kind == Kind::Paste {
                    text.push(&pending);
                }
                vec![text.into_heard()]
            }
            None if pending == [ESC] => vec![Heard::key(KeyCode::Esc, KeyModifiers::NONE)],
            // A sequence that stayed without its end is nothing that anybody typed.
            None => Vec::new(),
        }
    }

    /// Understands one thing. Whether there was one.
    fn step(&mut self, heard: &mut Vec<Heard>) -> bool {
        match self.text.take() {
            Some(text) if text.kind == Kind::Paste => return self.paste(text, heard),
            Some(mut burst) => {
                let run = plain_run(&self.pending);
                burst.push(&self.pending[..run]);
                self.pending.drain(..run);
                if self.pending.is_empty() {
                    self.text = Some(burst);
                } else {
                    heard.push(burst.into_heard());
                }
                return true;
            }
            None => {}
        }
        if self.pending.starts_with(PASTE_BEGINS) {
            self.pending.drain(..PASTE_BEGINS.len());
            self.text = Some(Text::new(Kind::Paste));
            return true;
        }
        if is_burst(&self.pending[..plain_run(&self.pending)]) {
            self.text = Some(Text::new(Kind::Burst));
            return true;
        }
        match first(&self.pending) {
            Step::Said(bytes, said) => {
                self.pending.drain(..bytes);
                heard.extend(said);
                true
            }
            Step::Unfinished => false,
        }
    }

    /// Takes in a paste up to its end, or all but what may be the beginning of its end.
    fn paste(&mut self, mut text: Text, heard: &mut Vec<Heard>) -> bool {
        let end = self.pending.windows(PASTE_ENDS.len()).position(|window| window == PASTE_ENDS);
        match end {
            Some(end) => {
                text.push(&self.pending[..end]);
                self.pending.drain(..end + PASTE_ENDS.len());
                heard.push(text.into_heard());
                true
            }
            None => {
                let sure = self.pending.len().saturating_sub(PASTE_ENDS.len() - 1);
                text.push(&self.pending[..sure]);
                self.pending.drain(..sure);
                self.text = Some(text);
                false
            }
        }
    }
}

impl Text {
    fn new(kind: Kind) -> Self {
        Self { kind, bytes: Vec::new(), is_cut: false }
    }

    fn push(&mut self, bytes: &[u8]) {
        let room = LONGEST_PASTE.saturating_sub(self.bytes.len());
        self.is_cut |= bytes.len() > room;
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn into_heard(self) -> Heard {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        match self.kind {
            Kind::Paste => Heard::Paste { text, is_cut: self.is_cut },
            Kind::Burst => Heard::Burst { text, is_cut: self.is_cut },
        }
    }
}

/// How many bytes at the beginning are text and line breaks, and whole characters.
fn plain_run(bytes: &[u8]) -> usize {
    let is_plain = |&byte: &u8| matches!(byte, b'\t' | b'\r' | b'\n' | 0x20..=0x7e | 0x80..);
    let run = bytes.iter().take_while(|byte| is_plain(byte)).count();
    match std::str::from_utf8(&bytes[..run]) {
        Ok(_) => run,
        Err(error) => error.valid_up_to(),
    }
}

/// Whether nobody typed this. A key that is held says the same again and again.
fn is_burst(run: &[u8]) -> bool {
    let text = std::str::from_utf8(run).unwrap_or_default();
    let mut chars = text.chars();
    let first = chars.next();
    chars.clone().count() + 1 >= LEAST_BURST && chars.any(|c| Some(c) != first)
}

/// What the bytes begin with.
fn first(bytes: &[u8]) -> Step {
    match *bytes {
        [ESC] => Step::Unfinished,
        [ESC, b'[', ..] => csi(bytes),
        [ESC, b'O'] => Step::Unfinished,
        [ESC, b'O', last, ..] => Step::Said(3, decode::ss3(last)),
        [ESC, b']', ..] => osc(bytes),
        // Twice the key, or a key and a sequence.
        [ESC, ESC, ..] => Step::Said(1, vec![Heard::key(KeyCode::Esc, KeyModifiers::NONE)]),
        [ESC, ref rest @ ..] => with_escape(rest),
        _ => plain(bytes).map_or(Step::Unfinished, |(length, key)| {
            Step::Said(length, key.map(|key| Heard::Key(Pressed::new(key))).into_iter().collect())
        }),
    }
}

/// Alt and a key, or Esc and the key in one packet: which of them, whoever knows the keys must say.
fn with_escape(rest: &[u8]) -> Step {
    let Some((length, key)) = plain(rest) else { return Step::Unfinished };
    let escape = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
    let pressed = key.map_or(Pressed::new(escape), |key| Pressed {
        key: KeyEvent::new(key.code, key.modifiers | KeyModifiers::ALT),
        otherwise: vec![escape, key],
    });
    Step::Said(1 + length, vec![Heard::Key(pressed)])
}

/// One character or control key, and its length in bytes; none where bytes of it are missing, no key where it is none.
fn plain(bytes: &[u8]) -> Option<(usize, Option<KeyEvent>)> {
    let ctrl = |c: u8| KeyEvent::new(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    let key = |code| KeyEvent::new(code, KeyModifiers::NONE);
    let known = match bytes[0] {
        b'\r' | b'\n' => key(KeyCode::Enter),
        b'\t' => key(KeyCode::Tab),
        0x7f => key(KeyCode::Backspace),
        0 => ctrl(b' '),
        byte @ 1..=0x1a => ctrl(byte - 1 + b'a'),
        byte @ 0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        _ => {
            let length = match bytes[0] {
                0xc0..0xe0 => 2,
                0xe0..0xf0 => 3,
                0xf0.. => 4,
                _ => 1,
            };
            return match std::str::from_utf8(&bytes[..length.min(bytes.len())]) {
                Ok(text) => Some((length, text.chars().next().map(decode::character))),
                Err(error) if error.error_len().is_none() => None,
                Err(_) => Some((1, None)),
            };
        }
    };
    Some((1, Some(known)))
}

/// `ESC [`, parameters, and a last byte.
fn csi(bytes: &[u8]) -> Step {
    let parameters = bytes[2..].iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
    let end = 2 + parameters;
    match bytes.get(end) {
        _ if end > LONGEST => Step::Said(end, Vec::new()),
        None => Step::Unfinished,
        // The Linux console's function keys have one more.
        Some(b'[') if end + 1 == bytes.len() => Step::Unfinished,
        Some(b'[') => Step::Said(end + 2, Vec::new()),
        Some(&last @ 0x40..0x7f) => Step::Said(end + 1, decode::csi(&bytes[2..end], last)),
        // What breaks a sequence off is no part of it.
        Some(_) => Step::Said(end, Vec::new()),
    }
}

/// `ESC ]`, a number, `;`, text, and BEL or `ESC \`: a reply. Anything else is alt and a bracket.
fn osc(bytes: &[u8]) -> Step {
    let digits = bytes[2..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    match bytes.get(2 + digits) {
        None => return Step::Unfinished,
        Some(b';') if digits > 0 => {}
        Some(_) => return with_escape(&bytes[1..]),
    }
    let end = bytes.iter().skip(2).position(|&byte| byte == 7 || byte == ESC).map(|end| end + 2);
    match end {
        None if bytes.len() > LONGEST => Step::Said(bytes.len(), Vec::new()),
        None => Step::Unfinished,
        Some(end) if bytes[end] == 7 => Step::Said(end + 1, decode::osc(&bytes[2..end])),
        Some(end) => match bytes.get(end + 1) {
            None => Step::Unfinished,
            Some(b'\\') => Step::Said(end + 2, decode::osc(&bytes[2..end])),
            Some(_) => Step::Said(end, Vec::new()),
        },
    }
}
