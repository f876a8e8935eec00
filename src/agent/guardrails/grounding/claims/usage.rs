//! `usage is growing`, `daily logins have fallen`, `the drop in usage`, `its steady usage`.

use std::{ops::Range, sync::LazyLock};

use contracts::facts::Trend;
use regex::Regex;

use super::{stated::Sentence, wording};

/// What may stand between usage and the word for its way.
const BETWEEN: &str = concat!(
    r"(?:is|are|has|have|been|(?:seems?|appears?) to (?:be|have)|keeps?|kept|remains?|remained|stays?|stayed|holds?|held|",
    r"looks?|seems?|shows?|showing|trends?|trended|trending|going|gone|went|moving|moved|heading|",
    r"continu(?:es|ed|ing)(?: to)?|still|now|also|again|currently|clearly|steadily|sharply|slowly|slightly|strongly|",
    r"significantly|noticeably|markedly|recently|consistently|gradually|further|already|just|only|even|quite|very|fairly|rather|",
    r"largely|mostly|somewhat|overall|a|an|the|bit|in|on|clear|sharp|slight|strong|small|large|big|steady|constant)",
);
const UP: &str = concat!(
    r"(?:up|upwards?|grown|growing|grew|grow|risen|rising|rose|rise|increased|increasing|increase|climbed|climbing|climb|",
    r"growth|uptick)",
);
const DOWN: &str = concat!(
    r"(?:down|downwards?|fallen|falling|fell|fall|declined|declining|decline|dropped|dropping|drop|decreased|decreasing|",
    r"decrease|shrunk|shrinking|shrank|shrink|slid|sliding|sinking|sank|dipped|dip)",
);
const FLAT: &str = r"(?:flat|steady|stable|unchanged|constant|stagnant|plateaued)";

/// Those of them that make a word of their own with usage.
const NOUNS: [&str; 8] = ["growth", "rise", "increase", "uptick", "decline", "drop", "decrease", "dip"];

/// Usage and where it goes.
static GOES: LazyLock<Regex> = LazyLock::new(|| {
    wording(&format!(
        concat!(
            r"(?P<whose>[\p{{L}}\u{{FFFC}}]+ )?\b(?:usage|adoption)(?: trend)?(?: \([^)]*\))?(?::? |['’]s )",
            r"(?P<between>(?:\(?{BETWEEN} )*)\(?(?:(?P<up>{UP})|(?P<down>{DOWN})|(?P<flat>{FLAT}))\b(?P<to> to\b)?",
        ),
        BETWEEN = BETWEEN,
        UP = UP,
        DOWN = DOWN,
        FLAT = FLAT
    ))
});

/// The way of usage as something that is there.
static THERE: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"\b(?:the|its|their|your|this|by|from|amid|(?:reflects?|shows?|see|there is|there has been|because of|due to|",
        r"with|despite|given)(?: an?)?)",
        r"(?: (?:clear|sharp|slight|strong|small|large|big|steady|constant|recent|steadily|slowly|sharply))* ",
        r"(?:(?P<up>growing|rising|increasing|growth|rise|increase)|",
        r"(?P<down>falling|declining|dropping|shrinking|decreasing|decline|drop|fall|decrease|dip)|",
        r"(?P<flat>flat|steady|stable|constant))",
        r"(?: (?:in|of))?(?: (?:its|their|the|your|daily|weekly|monthly|overall|product))* (?:usage|adoption)\b",
    ))
});

/// Words before usage that leave it the customer's whole usage. Any other may name a part, of which nothing is known.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"^(?:|the|its|their|your|our|his|her|this|that|and|but|yet|why|how|because|since|while|as|with|although|",
        r"though|so|given|despite|where|daily|weekly|monthly|overall|product|recent|current|total|customer|s|.*\u{FFFC}) ?$",
    ))
});

/// What was or will be, and what is said of a part of the time alone.
static THEN: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"\b(?:was|were|had|will|previously|initially|briefly|earlier|at first|temporar\w+|between|yesterday|",
        r"(?:last|this|past|one|first|final) week|[0-9]{4}-[0-9]{2}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|",
        r"(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|may [0-9]{1,2}|spring|summer|autumn|winter)\b",
    ))
});

/// What usage is called: `logins` of `logins a day`.
pub(super) fn metric(metric: &str) -> Option<Regex> {
    let lower = metric.to_lowercase();
    let end = [" a ", " an ", " per ", " each ", "/", " ("].iter().filter_map(|mark| lower.find(mark)).min();
    let name = lower[..end.unwrap_or(lower.len())].trim();
    let is_name = name.chars().count() > 3 && name.chars().all(|c| c.is_alphabetic() || c == ' ');
    if is_name { Regex::new(&format!(r"(?i)(?-u:\b){}(?-u:\b)", regex::escape(name))).ok() } else { None }
}

/// Which way the sentence states usage to move.
pub(super) fn claims(said: &Sentence<'_>) -> impl Iterator<Item = (Range<usize>, Trend)> {
    GOES.captures_iter(said.text).chain(THERE.captures_iter(said.text)).filter_map(|found| {
        let at = found.get(0)?.range();
        let (way, word) = [(Trend::Up, "up"), (Trend::Down, "down"), (Trend::Flat, "flat")]
            .into_iter()
            .find_map(|(way, name)| Some((way, found.name(name)?.as_str().to_lowercase())))?;
        let whole = WHOLE.is_match(found.name("whose").map_or("", |whose| whose.as_str()));
        // `Usage growth` alone may be a wish.
        let compound =
            found.name("between").is_some_and(|between| between.is_empty()) && NOUNS.contains(&word.as_str());
        // `Up to 60 logins` and `up to date` are no direction.
        let limit = way == Trend::Up && found.name("to").is_some();
        (whole && !compound && !limit && said.states(&at, &THEN)).then_some((at, way))
    })
}
