//! What a number counts, by the words around it.

use std::{ops::Range, sync::LazyLock};

use contracts::facts::Priority;
use regex::Regex;

use super::super::super::pattern;

/// What is counted. Numbers of different units are never taken for each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum Unit {
    /// Nothing says what: any plain number will do.
    Any,
    /// Money, in this currency where it is named.
    Money(Option<Currency>),
    /// Percent, of this.
    Percent(Whole),
    /// Time, in units of so many days.
    Time {
        /// Days in one unit.
        days: f64,
        /// Whether it is known as the time to or from the renewal.
        renewal: bool,
    },
    /// What the customer's usage counts.
    Usage,
    /// Tickets, of a priority where it is named.
    Tickets(Option<Priority>),
    /// Urgent and high tickets together.
    SeriousTickets,
    /// Tickets that are not open any more.
    ClosedTickets,
    /// Seats.
    Seats,
    /// The health score.
    Score,
    /// Points and weights of the score.
    Points,
    /// Measurements of usage.
    Measurements,
    /// Sections and talking points of an outline.
    Parts,
    /// A multiple or a fraction.
    Ratio,
    /// What no tool speaks of, such as hours.
    Foreign,
}

/// What a percentage is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Whole {
    /// Nothing says what.
    Any,
    /// Usage.
    Usage,
    /// The open tickets.
    Tickets,
    /// What the customer paid a year before it changed.
    Revenue,
    /// The score's own points.
    Points,
    /// The score, where a part of it is weighed.
    Weight,
    /// What no tool tells a percentage of.
    Foreign,
}

/// A currency by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Currency([u8; 3]);

impl Currency {
    /// Any of those whose sign is `$`.
    const DOLLAR: Self = Self(*b"$$$");

    /// The currency of a code, a sign or a word, in any case.
    pub fn written(text: &str) -> Option<Self> {
        let code = match text.to_lowercase().trim_end_matches('s').trim() {
            "$" | "dollar" | "buck" => return Some(Self::DOLLAR),
            "us$" | "us dollar" | "u$" => "USD",
            "€" | "euro" => "EUR",
            "£" | "pound" => "GBP",
            "¥" | "yen" => "JPY",
            "yuan" | "rmb" => "CNY",
            "franc" => "CHF",
            "₹" | "rupee" => "INR",
            _ => text,
        };
        <[u8; 3]>::try_from(code.to_ascii_uppercase().as_bytes()).ok().map(Self)
    }

    /// Whether what was written may mean `known`.
    pub fn may_be(self, known: Self) -> bool {
        let dollars = [*b"USD", *b"CAD", *b"AUD", *b"NZD", *b"HKD", *b"SGD", *b"MXN"];
        self == known || (self == Self::DOLLAR && dollars.contains(&known.0))
    }
}

/// What ends the words around a number that may say what it counts.
static STOP: LazyLock<Regex> = LazyLock::new(|| pattern(r"[.,;:!?()\[\]\u{FFFC}]"));
pub(super) static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{M}]+|[0-9]+"));

/// Words that may stand between a number and what it counts.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:to|of|out|the|their|its|our|your|them|is|are|remain|more|fewer|less|new|active|support|total|",
        r"full|paid|critical|recent|contracted|average|business|calendar|still|other|additional|extra|possible)$",
    ))
});
/// Words at which another thought begins.
const TURNS: [&str; 24] = [
    "but", "while", "with", "by", "on", "in", "for", "since", "until", "after", "before", "which", "that", "from",
    "at", "than", "as", "because", "so", "and", "or", "plus", "if", "when",
];

/// Verbs and other words that look like a plural.
static NOT_COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:always|comes|costs|explains|falls|gives|hurts|indicates|leaves|less|looks|makes|marks|means|needs|perhaps|",
        r"plus|points|puts|raises|reflects|remains|shows|signals|stands|suggests|versus|\p{L}+ss|\p{L}{1,3})$",
    ))
});

/// What the number in this range of `sentence` counts, and the words right of it that say so.
pub(super) fn unit_of<'a>(sentence: &'a str, range: Range<usize>, metric: &[String]) -> (Unit, &'a str) {
    let (left, right) = (&sentence[..range.start], &sentence[range.end..]);
    if let Some((unit, upto)) = on_the_right(right, metric, 0) {
        if unit == Unit::Points && SCORE_IS.is_match(left) {
            return (Unit::Score, &right[..upto]);
        }
        // `29 a month` is what they pay, where that is said.
        let paid = RATE.is_match(right) && matches!(on_the_left(left, metric), Some(Unit::Money(_)));
        return (if paid { Unit::Money(None) } else { unit }, &right[..upto]);
    }
    let counted = || if counts_others(right) { Some((Unit::Foreign, 0)) } else { on_the_right(right, metric, 2) };
    let unit = on_the_left(left, metric).or_else(|| counted().map(|(unit, _)| unit));
    (unit.unwrap_or(Unit::Any), "")
}

/// Whether the next word is a plural that no tool counts: ` employees`.
fn counts_others(right: &str) -> bool {
    let until = STOP.find(right).map_or(right.len(), |stop| stop.start());
    let adjective = |word: &str| ["more", "fewer", "less", "new", "active", "other", "paid", "their"].contains(&word);
    let next = WORD.find_iter(&right[..until]).map(|word| word.as_str()).find(|word| !adjective(word));
    next.is_some_and(|word| word.ends_with('s') && !NOT_COUNTED.is_match(word))
}

/// Whether the next word is what a text counts of its own: ` steps`.
pub(super) fn counts_itself(right: &str) -> bool {
    let own = ["steps", "things", "reasons", "ways", "options", "priorities", "questions", "topics", "areas", "signs"];
    WORD.find(right).is_some_and(|word| own.contains(&word.as_str()))
}

/// Whether what stands in this range of `sentence` is counted with: what follows at once says so, or where it ends the
/// thought, what is before it.
pub(super) fn is_counted(sentence: &str, range: Range<usize>, metric: &[String], may_end: bool) -> bool {
    let (left, right) = (&sentence[..range.start], &sentence[range.end..]);
    let ends = right.trim_start().is_empty() || STOP.find(right).is_some_and(|stop| stop.start() == 0);
    on_the_right(right, metric, 0).is_some() || (may_end && ends && on_the_left(left, metric).is_some())
}

static RATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s?(?:a|per|each|every)\s"));
/// What makes of the number after it the score's own, or a risk of its own.
pub(super) static SCORE_IS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:churn|risk|health|score|chance|probability|likelihood|odds)",
        r"(?:\s(?:rate|probability|likelihood|risk|score|of\s\p{L}+))?",
        r"\s?(?:(?:is|was|of|at|to|by|now|stands|sits|about|around|:)\s)+\z",
    ))
});
/// The unit that the words on the right name, past so many words that are not known.
pub(super) fn on_the_right(right: &str, metric: &[String], mut unknown: u32) -> Option<(Unit, usize)> {
    let until = STOP.find(right).map_or(right.len(), |stop| stop.start());
    let words: Vec<_> = WORD.find_iter(&right[..until]).take(8).collect();
    let lower: Vec<String> = words.iter().map(|word| word.as_str().to_lowercase()).collect();
    let next = |i: usize| lower.get(i + 1).map(String::as_str);
    // `156/day`.
    let is_rate = right.starts_with('/');
    // `122 to 156 a day`.
    let is_next =
        |i: usize| lower[..i].iter().all(|word| word == "to" || word.bytes().all(|byte| byte.is_ascii_digit()));
    let mut priority = None;
    for (i, word) in lower.iter().enumerate() {
        let unit = match (word.as_str(), next(i)) {
            ("high" | "normal" | "low", after)
                if !matches!(after, None | Some("priority" | "ticket" | "tickets" | "ones" | "and")) =>
            {
                None
            }
            ("urgent" | "high" | "normal" | "low", after) => {
                priority = Priority::ALL.into_iter().find(|known| known.as_str() == word);
                // `3 urgent tickets` is said whole.
                if matches!(after, Some("priority" | "ticket" | "tickets" | "issues")) {
                    continue;
                }
                Some(Unit::Tickets(priority))
            }
            ("priority", _) if priority.is_some() => Some(Unit::Tickets(priority)).filter(|_| next(i).is_none()),
            ("a" | "per" | "each" | "every", Some("day" | "week" | "month")) if is_next(i) => Some(Unit::Usage),
            ("a" | "per" | "each" | "every", Some("year")) if is_next(i) => Some(Unit::Money(None)),
            ("day" | "week" | "month", _) if i == 0 && is_rate => Some(Unit::Usage),
            ("data", Some("points")) => Some(Unit::Measurements),
            // `45 usage points`, `12 weekly measurements`.
            (word, Some("point" | "points")) if unit_word(word, metric).is_some() => Some(Unit::Points),
            ("daily" | "weekly" | "monthly", Some("measurements" | "readings")) => Some(Unit::Measurements),
            ("talking" | "sections" | "section", _) => Some(Unit::Parts),
            (word, _) => unit_word(word, metric),
        };
        match unit {
            Some(Unit::Tickets(None)) => return Some((Unit::Tickets(priority), words[i].end())),
            Some(unit) => return Some((unit, words[i].end())),
            None if TURNS.contains(&word.as_str()) => return None,
            None if BETWEEN.is_match(word) || word.bytes().all(|byte| byte.is_ascii_digit()) => {}
            None if word == "priority" && priority.is_some() => {}
            None => unknown = unknown.checked_sub(1)?,
        }
    }
    None
}

/// The unit that the nearest words on the left name.
pub(super) fn on_the_left(left: &str, metric: &[String]) -> Option<Unit> {
    let from = left.rfind(['.', ';', '!', '?', ',', '(', ')']).map_or(0, |at| at + 1);
    let words: Vec<String> = WORD.find_iter(&left[from..]).map(|word| word.as_str().to_lowercase()).collect();
    if words.last().is_some_and(|last| matches!(last.as_str(), "ticket" | "case" | "issue" | "incident")) {
        // `ticket 99` is a name and no count.
        return Some(Unit::Foreign);
    }
    let turns = ["but", "because", "since", "while", "with", "after", "as", "so", "which", "plus", "or", "and"];
    let near = words.iter().rev().take(7).take_while(|word| !turns.contains(&word.as_str()));
    let near: Vec<_> = near.map(String::as_str).collect();
    let mut units = near.iter().enumerate().filter_map(|(i, word)| match *word {
        // `satisfaction score` is no score of the tools.
        word if of_the_score(word) => near
            .get(i + 1)
            .and_then(|word| unit_word(word, metric))
            .filter(|unit| *unit == Unit::Foreign)
            .or(Some(Unit::Score)),
        "coverage" => Some(Unit::Points),
        "pay" | "pays" | "paid" | "paying" | "cost" | "costs" | "price" | "priced" => Some(Unit::Money(None)),
        "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "open" => None,
        word => unit_word(word, metric),
    });
    units.next()
}

/// What the score tells of.
pub(super) fn of_the_score(word: &str) -> bool {
    matches!(word, "score" | "scores" | "scored" | "scoring" | "health" | "risk" | "churn")
}

/// Whether the number before these words counts what they begin with: ` days` and `% less`, but not ` is open`.
pub(in super::super) fn counts_on(after: &str, metric: &[String]) -> bool {
    let after = after.trim_start_matches([' ', '-']);
    let word = WORD.find(after).filter(|word| word.start() == 0).map(|word| word.as_str().to_lowercase());
    let priority = |word: &str| Priority::ALL.iter().any(|priority| priority.as_str() == word);
    let state = |word: &str| matches!(word, "open" | "unresolved" | "closed");
    let counted = |word: &str| priority(word) || (unit_word(word, metric).is_some() && !state(word));
    after.starts_with(|c: char| "%٪‰$€£¥₹".contains(c)) || word.is_some_and(|word| counted(&word))
}

/// How many words there are, but for those that say what a number counts.
pub(super) fn other_words(text: &str) -> usize {
    let words = WORD.find_iter(text).map(|word| word.as_str().to_lowercase());
    words.filter(|word| unit_word(word, &[]).is_none() && !of_the_score(word) && !word.starts_with("renew")).count()
}

pub(super) fn unit_word(word: &str, metric: &[String]) -> Option<Unit> {
    let time = |days| Some(Unit::Time { days, renewal: false });
    let own = || metric.iter().any(|known| known == word).then_some(Unit::Usage);
    match word {
        "dollar" | "dollars" | "euro" | "euros" | "pound" | "pounds" | "yen" | "franc" | "francs" | "bucks"
        | "rupee" | "rupees" | "yuan" | "usd" | "eur" | "gbp" | "chf" => Some(Unit::Money(Currency::written(word))),
        "day" | "days" | "tage" | "tagen" | "jours" | "días" | "dias" => time(1.0),
        "week" | "weeks" | "wochen" | "semaines" | "semanas" => time(7.0),
        "month" | "months" | "monate" | "monaten" | "mois" | "meses" => time(30.44),
        "quarter" | "quarters" => time(91.3),
        "year" | "years" | "yr" | "jahre" | "ans" | "años" => time(365.25),
        "hour" | "hours" | "hrs" | "minute" | "minutes" | "mins" | "second" | "seconds" | "h" | "min" | "ms" | "gb"
        | "tb" | "mb" | "kb" | "digit" | "digits" | "figure" | "figures" | "people" | "staff" | "headcount"
        | "discount" | "discounts" | "margin" | "satisfaction" | "nps" | "csat" | "nrr" | "grr" | "roi"
        | "retention" | "chance" | "probability" | "likelihood" | "odds" | "uptime" | "version" | "release"
        | "sentiment" => own().or(Some(Unit::Foreign)),
        "ticket" | "tickets" | "issues" | "issue" | "incidents" | "cases" | "open" | "unresolved" | "closed" => {
            Some(Unit::Tickets(None))
        }
        "seat" | "seats" | "license" | "licenses" | "licence" | "licences" => Some(Unit::Seats),
        "point" | "points" | "weight" | "weights" => Some(Unit::Points),
        "score" => Some(Unit::Score),
        "measurement" | "measurements" | "readings" => Some(Unit::Measurements),
        "arr" | "revenue" => Some(Unit::Money(None)),
        "usage" | "daily" | "weekly" | "monthly" => Some(Unit::Usage),
        _ => own(),
    }
}
