//! Months and what else stands in days that are written in words.

/// The names of the months in English, German, French, Spanish, Italian, Dutch and Portuguese, and what they are cut to
/// otherwise than at their end.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier", "enero", "gennaio", "januari", "janeiro"],
    &["february", "februar", "février", "fevrier", "febrero", "febbraio", "februari", "fevereiro"],
    &["march", "märz", "maerz", "mars", "marzo", "maart", "março", "mrz", "mrt"],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maggio", "mei", "maio"],
    &["june", "juni", "juin", "junio", "giugno", "junho"],
    &["july", "juli", "juillet", "julio", "luglio", "julho"],
    &["august", "août", "aout", "agosto", "augustus"],
    &["september", "septembre", "septiembre", "settembre", "setembro"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro"],
    &["november", "novembre", "noviembre", "novembro"],
    &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro"],
];

/// The month (1 to 12) that a word in lower case names: its name, or three letters and more that no other month begins
/// with.
pub(super) fn month(word: &str) -> Option<u32> {
    let is_long = word.chars().count() >= 3;
    let mut found = (1..).zip(MONTHS).filter(|(_, names)| is_long && names.iter().any(|name| name.starts_with(word)));
    let (month, _) = found.next()?;
    found.next().is_none().then_some(month)
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
