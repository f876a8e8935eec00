//! Months and what else stands in days that are written in words.

/// How the names of the months begin, in English, German, French, Spanish, Italian, Dutch and Portuguese.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz", "maa", "mrt"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "out", "ott"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

/// The month (1 to 12) that a word in lower case names.
pub(super) fn month(word: &str) -> Option<u32> {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let fits = |begins: &&[&str]| begins.iter().any(|begin| word.starts_with(begin));
    let at = MONTHS.iter().position(fits).filter(|_| (3..=10).contains(&letters))?;
    u32::try_from(at + 1).ok()
}

/// Whether a word in lower case says nothing that a day needs: its weekday, or a small word.
pub(super) fn is_filler(word: &str) -> bool {
    const DAYS: [&str; 14] = [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ];
    ["of", "de", "the", "at", "um", "den"].contains(&word)
        || (word.len() <= 10 && DAYS.iter().any(|day| word.starts_with(day)))
}
