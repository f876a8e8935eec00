//! The names of columns: as they were written, as they are shown, and as they are compared.

use std::collections::HashMap;

use contracts::Line;
use unicode_normalization::UnicodeNormalization;

/// The name of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// As it stands in the file.
    pub written: String,
    /// As it is shown: clean, what cannot be seen spelled out, and each name once (`Watchers (2)`, `column 7`).
    pub shown: String,
    /// As names are compared: letters and digits in lower case, whatever else is between them as `_`.
    pub folded: String,
}

impl Header {
    /// The names of a header, in its order.
    pub fn of<'a>(written: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let mut times = HashMap::<String, u32>::new();
        let one = |(at, written): (usize, &str)| {
            let mut shown = shown(written);
            if shown.is_empty() {
                shown = format!("column {}", at + 1);
            }
            let times = times.entry(shown.clone()).or_default();
            *times += 1;
            if *times > 1 {
                shown = format!("{shown} ({times})");
            }
            Self { written: written.to_owned(), shown, folded: folded(written) }
        };
        written.into_iter().enumerate().map(one).collect()
    }

    /// Whether something in it cannot be seen.
    pub fn hides_something(&self) -> bool {
        self.written.chars().any(|c| unseen(c).is_some())
    }
}

/// A name as names are compared: `Customer ID` and `customer_id` are the same.
pub fn folded(text: &str) -> String {
    let letters = text.nfkc().filter(|c| unseen(*c).is_none_or(|_| c.is_whitespace())).flat_map(char::to_lowercase);
    let spaced = letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>();
    spaced.split_whitespace().collect::<Vec<_>>().join("_")
}

fn shown(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    for c in written.trim_matches(|c: char| c.is_ascii_whitespace()).chars() {
        match unseen(c) {
            Some(name) => text.extend(["[", name, "]"]),
            None => text.push(c),
        }
    }
    Line::new(&text).as_str().to_owned()
}

/// The name of a letter that cannot be seen, or not be told from a space.
fn unseen(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{A0}' => "no-break space",
        '\u{202F}' => "narrow no-break space",
        '\u{2000}'..='\u{200A}' | '\u{3000}' => "wide space",
        '\u{200B}' => "zero-width space",
        '\u{200C}' | '\u{200D}' => "zero-width joiner",
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "direction mark",
        '\u{FEFF}' | '\u{2060}' => "byte-order mark",
        '\u{AD}' => "soft hyphen",
        _ => return None,
    })
}
