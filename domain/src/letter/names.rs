//! How people are greeted: what of a name is given, what is a title, and what is the family's.

use super::Register;

const TITLES: [&str; 16] =
    ["mr", "mrs", "ms", "mx", "miss", "sir", "dr", "prof", "herr", "frau", "dipl", "ing", "mag", "m", "mme", "sr"];

/// The name that a greeting has: the given name among friends, else the whole name, and after a title the family's. An
/// address, or what has no letter in it, is no name.
pub(super) fn greeted(name: &str, register: Register) -> Option<String> {
    let whole = in_order(name);
    if whole.contains('@') || !whole.chars().any(char::is_alphabetic) {
        return None;
    }
    if whole.chars().any(is_family_first) {
        return Some(whole);
    }
    let words: Vec<&str> = whole.split_whitespace().collect();
    let titles = words.iter().take_while(|word| is_title(word)).count();
    let (titles, rest) = words.split_at(titles);
    Some(match (register, titles, rest) {
        (_, _, []) => whole.clone(),
        (Register::Informal, [], [initial, _, ..]) if is_initial(initial) => whole.clone(),
        (Register::Informal, _, [given, ..]) if !is_initial(given) => (*given).to_owned(),
        (_, [], _) => whole.clone(),
        (_, titles, rest) => {
            // Of a family's name that has several words, the small ones belong to it: `van der Berg`.
            let from = rest.iter().position(|word| word.chars().next().is_some_and(char::is_lowercase));
            let family = &rest[from.unwrap_or(rest.len() - 1)..];
            [titles, family].concat().join(" ")
        }
    })
}

/// `Lopez, Maria` is Maria Lopez.
fn in_order(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.trim().is_empty() => format!("{} {}", given.trim(), family.trim()),
        _ => name.trim().to_owned(),
    }
}

/// Whether it is of a script of names in which the family comes first: Chinese, Japanese, Korean.
fn is_family_first(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

fn is_initial(word: &str) -> bool {
    word.trim_end_matches('.').chars().count() == 1
}
