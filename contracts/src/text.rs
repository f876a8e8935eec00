//! Foreign text, cleaned once on the way in so that no terminal, log or clipboard ever sees a control sequence.
//!
//! [`Line`] and [`Text`] clean themselves when they are made or deserialised: NFC, without C0, DEL, C1, bidirectional
//! controls or invisible fillers. Joiners (U+200C, U+200D) stay: Persian, Indic scripts and emoji need them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The longest name, subject or other line of a customer, in characters.
pub const MAX_LINE: usize = 200;

/// One line of clean text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(from = "String")]
#[schemars(inline)]
pub struct Line(String);

/// Clean text of several lines, separated by `\n`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(from = "String")]
#[schemars(inline)]
pub struct Text(String);

fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

fn clean(text: &str, keep_newlines: bool) -> String {
    // Nothing of what can be typed on an American keyboard needs cleaning, and most rows have nothing else.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.trim().to_owned();
    }
    let spaced = text.chars().filter_map(|c| match c {
        '\n' if keep_newlines => Some('\n'),
        '\r' if keep_newlines => None,
        '\n' | '\r' | '\t' => Some(' '),
        c if is_forbidden(c) => None,
        c => Some(c),
    });
    spaced.nfc().collect::<String>().trim().to_owned()
}

macro_rules! clean_text {
    ($name:ident, $keep_newlines:literal) => {
        impl $name {
            /// Cleans `text`. Cleaning twice gives the same as cleaning once.
            pub fn new(text: &str) -> Self {
                Self(clean(text, $keep_newlines))
            }

            /// The clean text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether nothing is left.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::new(&text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

clean_text!(Line, false);
clean_text!(Text, true);
