//! What a number counts, by the words around it.

use std::sync::LazyLock;

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
    /// Percent.
    Percent,
    /// Time, in units of so many days; on the renewal alone where the words say so.
    Time {
        /// Days in one unit.
        days: f64,
        /// Whether it is the time to or from the renewal.
        renewal: bool,
    },
    /// What the customer's usage counts.
    Usage,
    /// Tickets, of a priority where it is named.
    Tickets(Option<Priority>),
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

/// Words right of a number that a unit may still follow.
static STOP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)[.,;:!?()\[\]\u{FFFC}]|(?-u:\b)(?:but|while|with|by|on|in|for|since|until|after|before|which|that|from|at|",
        r"than|as|because|so|and|or|plus|if|when|where)(?-u:\b)",
    ))
});
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{M}]+|[0-9]+"));

/// What the number at `start..end` of `sentence` counts, and the words right of it that say so.
pub(super) fn unit_of<'a>(sentence: &'a str, start: usize, end: usize, metric: &[String]) -> (Unit, &'a str) {
    let (left, right) = (&sentence[..start], &sentence[end..]);
    if let Some((unit, upto)) = on_the_right(right, metric) {
        let renewal = is_about_renewal(sentence, start, end);
        let unit = if let Unit::Time { days, .. } = unit { Unit::Time { days, renewal } } else { unit };
        return (unit, &right[..upto]);
    }
    (on_the_left(left, metric), "")
}

fn on_the_right(right: &str, metric: &[String]) -> Option<(Unit, usize)> {
    // `between 41 and 29 logins` and `41, 29 logins` are read by the words on the left.
    let until = STOP.find(right).map_or(right.len(), |stop| stop.start());
    let words: Vec<_> = WORD.find_iter(&right[..until]).take(6).collect();
    let lower: Vec<String> = words.iter().map(|word| word.as_str().to_lowercase()).collect();
    let next = |i: usize| lower.get(i + 1).map(String::as_str);
    let mut priority = None;
    for (i, word) in lower.iter().enumerate() {
        let unit = match word.as_str() {
            "high" | "normal" | "low"
                if !matches!(next(i), None | Some("priority" | "ticket" | "tickets" | "ones")) =>
            {
                continue;
            }
            "urgent" | "high" | "normal" | "low" => {
                priority = Priority::ALL.into_iter().find(|known| known.as_str() == word);
                Unit::Tickets(priority)
            }
            "a" | "per" | "each" | "every" => match next(i)? {
                "day" | "week" | "month" if i == 0 => Unit::Usage,
                "year" if i == 0 => Unit::Money(None),
                _ => continue,
            },
            "data" if next(i) == Some("points") => Unit::Measurements,
            "talking" | "sections" | "section" => Unit::Parts,
            word => match unit_word(word, metric) {
                Some(Unit::Tickets(None)) => Unit::Tickets(priority),
                Some(unit) => unit,
                None => continue,
            },
        };
        return Some((unit, words[i].end()));
    }
    None
}

fn on_the_left(left: &str, metric: &[String]) -> Unit {
    let from = left.rfind(['.', ';', '!', '?', ',', '(', ')']).map_or(0, |at| at + 1);
    let words: Vec<String> = WORD.find_iter(&left[from..]).map(|word| word.as_str().to_lowercase()).collect();
    if words.last().is_some_and(|last| matches!(last.as_str(), "ticket" | "case" | "issue" | "incident")) {
        // `ticket 99` is a name and no count.
        return Unit::Foreign;
    }
    let stops = ["but", "because", "since", "while", "with", "after", "as", "so", "which", "plus", "or"];
    let near = words.iter().rev().take(7).take_while(|word| !stops.contains(&word.as_str()));
    near.filter_map(|word| match word.as_str() {
        "score" | "scores" | "scored" | "scoring" | "health" => Some(Unit::Score),
        "coverage" => Some(Unit::Points),
        "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "open" => None,
        word => unit_word(word, metric),
    })
    .next()
    .unwrap_or(Unit::Any)
}

fn unit_word(word: &str, metric: &[String]) -> Option<Unit> {
    let time = |days| Some(Unit::Time { days, renewal: false });
    match word {
        "day" | "days" | "tage" | "tagen" | "jours" | "días" | "dias" => time(1.0),
        "week" | "weeks" | "wochen" | "semaines" | "semanas" => time(7.0),
        "month" | "months" | "monate" | "monaten" | "mois" | "meses" => time(30.44),
        "quarter" | "quarters" => time(91.3),
        "year" | "years" | "yr" | "jahre" | "ans" | "años" => time(365.25),
        "hour" | "hours" | "hrs" | "minute" | "minutes" | "mins" | "second" | "seconds" => Some(Unit::Foreign),
        "ticket" | "tickets" | "issues" | "issue" | "incidents" | "cases" | "open" | "unresolved" | "closed" => {
            Some(Unit::Tickets(None))
        }
        "seat" | "seats" | "license" | "licenses" | "licence" | "licences" => Some(Unit::Seats),
        "point" | "points" | "weight" | "weights" => Some(Unit::Points),
        "score" => Some(Unit::Score),
        "measurement" | "measurements" | "readings" => Some(Unit::Measurements),
        "arr" | "revenue" => Some(Unit::Money(None)),
        "usage" | "daily" | "weekly" | "monthly" => Some(Unit::Usage),
        word => metric.iter().any(|known| known == word).then_some(Unit::Usage),
    }
}

/// Whether the part of the sentence around `start..end` speaks of the renewal and of nothing else that takes time.
fn is_about_renewal(sentence: &str, start: usize, end: usize) -> bool {
    let ends = [',', ';', ':', '(', ')'];
    let from = sentence[..start].rfind(ends).map_or(0, |at| at + 1);
    let to = sentence[end..].find(ends).map_or(sentence.len(), |at| end + at);
    let clause = sentence[from..to].to_lowercase();
    clause.contains("renew") && !["ticket", "open", "since", "usage", "data"].iter().any(|word| clause.contains(word))
}
