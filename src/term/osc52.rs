//! The sequence that asks a terminal to take a text onto its clipboard (OSC 52).

use std::fmt::Write;

use base64::{Engine, prelude::BASE64_STANDARD};

/// The longest text in base64 that every terminal with a clipboard takes; many drop what is longer without a word.
const LONGEST: usize = 74_994;

/// GNU screen hands a device control string on if it is shorter than 768 bytes.
const SCREEN: usize = 760;

/// Whether a terminal takes as much.
pub(super) fn fits(text: &str) -> bool {
    text.len().div_ceil(3) * 4 <= LONGEST
}

/// The sequence, in pieces that GNU screen hands on where it stands between; none where no terminal would take it.
pub(super) fn sequence(text: &str, through_screen: bool) -> Option<String> {
    if !fits(text) {
        return None;
    }
    let encoded = BASE64_STANDARD.encode(text);
    if !through_screen {
        return Some(format!("\x1b]52;c;{encoded}\x1b\\"));
    }
    // BEL, because ESC \ would end a piece.
    let whole = format!("\x1b]52;c;{encoded}\x07");
    let mut pieces = String::new();
    for piece in whole.as_bytes().chunks(SCREEN) {
        let _ = write!(pieces, "\x1bP{}\x1b\\", String::from_utf8_lossy(piece));
    }
    Some(pieces)
}
