//! What people and programs write into a cell to say that there is nothing.

/// In lower case.
const WORDS: [&str; 33] = [
    "n/a",
    "#n/a",
    "n.a.",
    "n/a.",
    "na",
    "#na",
    "not applicable",
    "not available",
    "not set",
    "not provided",
    "unassigned",
    "undefined",
    "null",
    "nil",
    "none",
    "nan",
    "(none)",
    "(null)",
    "(blank)",
    "(empty)",
    "[null]",
    "blank",
    "empty",
    "no value",
    "(no value)",
    "no data",
    "tbd",
    "#ref!",
    "#value!",
    "#name?",
    "#div/0!",
    "#null!",
    "#num!",
];

/// Whether the trimmed text only says that there is nothing.
pub(super) fn is_placeholder(text: &str) -> bool {
    match text.chars().next() {
        None => false,
        Some('-' | '–' | '—' | '−' | '?' | '.' | '_' | '*') => text.chars().all(|c| "-–—−?._*".contains(c)),
        Some('#' | '(' | '[' | 'n' | 'N' | 'u' | 'U' | 'b' | 'B' | 'e' | 'E' | 't' | 'T') if text.len() <= 16 => {
            WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        }
        Some(_) => false,
    }
}

/// Whether the text is the one placeholder that also is a region: North America.
pub(super) fn may_be_region(text: &str) -> bool {
    text == "NA"
}

/// Whether the text is a region beside which `NA` is one, too.
pub(super) fn is_region(text: &str) -> bool {
    ["EMEA", "APAC", "LATAM", "AMER", "ANZ", "EU", "UK", "DACH", "MEA", "SA"].contains(&text)
}
