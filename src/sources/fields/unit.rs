//! In which currency and unit the figures of a column are, where its header says so: `ARR (k€)`, `ARR in TEUR`,
//! `Revenue ($000s)`, `Fee in cents`.

/// What a header says of its figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unit {
    /// The currency.
    pub currency: Option<&'static str>,
    /// By how many decimal places they are moved up: 3 for thousands, -2 for cents.
    pub places: i8,
}

/// The currencies that headers name.
const CURRENCIES: [&str; 14] =
    ["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "JPY", "SEK", "NOK", "DKK", "PLN", "INR", "BRL", "NZD"];

/// Words for a unit by themselves, in lower case.
const WORDS: [(&str, i8); 14] = [
    ("k", 3),
    ("tsd", 3),
    ("thousand", 3),
    ("thousands", 3),
    ("000", 3),
    ("000s", 3),
    ("mio", 6),
    ("mln", 6),
    ("mn", 6),
    ("million", 6),
    ("millions", 6),
    ("cent", -2),
    ("cents", -2),
    ("pence", -2),
];

/// Letters for a unit beside a currency: `k€`, `TEUR`, `$m`.
const LETTERS: [(&str, i8); 3] = [("k", 3), ("t", 3), ("m", 6)];

/// What a header says of its figures, behind its first word.
pub fn unit_in(header: &str) -> Unit {
    let words = header.split(|c: char| !c.is_alphanumeric() && !"€£$".contains(c)).filter(|word| !word.is_empty());
    let said = words.skip(1).collect::<Vec<_>>();
    said.into_iter().rev().map_while(of).fold(Unit::default(), |unit, word| Unit {
        currency: unit.currency.or(word.currency),
        places: if unit.places == 0 { word.places } else { unit.places },
    })
}

/// The words of a header, as they are compared, without those at their end that say currency and unit: `arr in teur` is
/// `arr`.
pub(super) fn without_unit(folded: &str) -> &str {
    let mut rest = folded;
    while let Some((before, last)) = rest.rsplit_once(' ')
        && of(&last.to_uppercase()).is_some()
    {
        rest = before;
    }
    if rest.len() == folded.len() { folded } else { rest.strip_suffix(" in").unwrap_or(rest) }
}

/// What one word says; none where it says neither.
fn of(word: &str) -> Option<Unit> {
    let lower = word.to_lowercase();
    if let Some((_, places)) = WORDS.iter().find(|(unit, _)| *unit == lower) {
        return Some(Unit { currency: None, places: *places });
    }
    let (currency, rest) = currency(word)?;
    let rest = rest.to_lowercase();
    let places = if rest.is_empty() { Some(0) } else { of_letters(&rest) };
    places.map(|places| Unit { currency, places })
}

fn of_letters(text: &str) -> Option<i8> {
    let find = |table: &[(&str, i8)]| table.iter().find(|(unit, _)| *unit == text).map(|(_, places)| *places);
    find(&LETTERS).or_else(|| find(&WORDS))
}

/// The currency at either end of a word, and the rest. A `$` may be of several.
fn currency(word: &str) -> Option<(Option<&'static str>, &str)> {
    const SIGNS: [(&str, Option<&str>); 3] = [("€", Some("EUR")), ("£", Some("GBP")), ("$", None)];
    let codes = CURRENCIES.iter().map(|code| (*code, Some(*code)));
    codes.chain(SIGNS).find_map(|(sign, code)| {
        let rest = word.strip_suffix(sign).or_else(|| word.strip_prefix(sign))?;
        Some((code, rest))
    })
}
