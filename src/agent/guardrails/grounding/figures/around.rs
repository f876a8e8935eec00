//! What the sentence around a figure says of it.

use std::{mem::discriminant, ops::Range, sync::LazyLock};

use contracts::facts::Priority;
use regex::Regex;

use super::{
    super::super::pattern,
    Unit,
    units::{WORD, of_the_score, unit_word},
};

/// What the words around a figure let it be.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct Around {
    /// Whether it is said of the renewal.
    pub renewal: bool,
    /// Whether it is said of how long tickets wait, and so of no renewal.
    pub waiting: bool,
    /// Of which tickets the sentence speaks, besides the open ones.
    pub tickets: Tickets,
    /// What the sentence speaks of; nothing where that cannot be told.
    topics: Option<Vec<Unit>>,
    change: bool,
    /// `a month`, `per seat` right after it.
    rate: Rate,
    /// The same anywhere in the sentence.
    said: Rate,
}

/// What a sentence has to say of an amount that follows from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Need {
    /// Nothing: it is as the tools have it.
    Nothing,
    /// That it is a change: `12 fewer`.
    Change,
    /// That it is of the tickets.
    Tickets,
    /// That it is of the urgent and the high tickets together.
    Serious,
    /// That it is so much a month, a seat, or both.
    Rate(Rate),
}

/// What an amount of money is for, besides a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Rate {
    /// A month.
    pub month: bool,
    /// A seat.
    pub seat: bool,
    /// A week, a day, a quarter.
    pub other: bool,
}

static BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:by|lost|loses?|losing|gained|(?:drop|decline|loss|fall|decrease|increase|rise|gap|difference|change|",
        r"reduction)\s(?:of|is|was))\s(?:\p{L}+\s(?:than\s)?)?\z",
    ))
});
static FEWER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s?(?:\p{L}+\s){0,4}?(?:fewer|less|more|additional|extra|lower|higher|down|up|short|lost)\b")
});
static FROM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bfrom\s\z"));
static HALVED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^halv"));
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^\s?(?:ARR\s|in\srevenue\s)?(?:(?:a|an|per|each|every)\s|/\s?)",
        r"(?:(?P<month>month|mo)|(?P<seat>seat|licen[cs]e|user)|(?P<year>year|yr|annum)|week|wk|day|quarter|qtr)\b",
    ))
});
/// Where usage goes, also without its name.
static MOVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)->|→|\b(?:fell|fall\w*|drop\w*|declin\w*|decreas\w*|lost|rose|ris\w+|grew|grow\w*|increas\w*|went|down|up|",
        r"from|slid|dip\w*|shr[aiu]nk\w*|highest|lowest|peak\w*|",
        r"average\w*)\b",
    ))
});
/// Words of other languages, whose other words are not known.
static OTHER_TONGUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)[^\x00-\u{24F}\u{2000}-\u{2BFF}\u{FFFC}]|\b(?:der|das|und|ist|sind|von|auf|für|mit|bei|nicht|les?|des|est|une|du|",
        r"dans|avec|el|los|las|del|una|con|il|che|di|gli|uma|não|são|het|een|van|niet|och)\b",
    ))
});

impl Around {
    /// Reads the sentence around this range.
    pub(super) fn read(sentence: &str, range: Range<usize>, metric: &[String]) -> Self {
        let ends = [',', ';', ':', '(', ')'];
        let from = sentence[..range.start].rfind(ends).map_or(0, |at| at + 1);
        let to = sentence[range.end..].find(ends).map_or(sentence.len(), |at| range.end + at);
        let clause = sentence[from..to].to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        let lower = sentence.to_lowercase();
        Self {
            renewal: clause.contains("renew") && !has(&["ticket", "open", "since", "usage", "data"]),
            waiting: has(&["ticket", "open", "unresolved", "waiting"])
                && !has(&["renew", "contract", "subscription", "term", "ends", "expire"]),
            tickets: Tickets::named_in(sentence),
            topics: topics(sentence, metric),
            // What it went from is a level, also where it went to less.
            change: !FROM.is_match(&sentence[..range.start])
                && (BY.is_match(&sentence[..range.start])
                    || FEWER.is_match(&sentence[range.end..])
                    || HALVED.is_match(&sentence[range.clone()])),
            rate: Rate::after(&sentence[range.end..]),
            said: Rate { month: lower.contains("month"), seat: lower.contains("seat"), other: false },
        }
    }

    /// Whether the sentence speaks of what is counted in this unit.
    pub fn speaks_of(&self, unit: Unit) -> bool {
        let kind = |unit: Unit| match unit {
            Unit::SeriousTickets | Unit::ClosedTickets => discriminant(&Unit::Tickets(None)),
            Unit::Points => discriminant(&Unit::Score),
            unit => discriminant(&unit),
        };
        self.topics.as_ref().is_none_or(|topics| topics.iter().any(|topic| kind(*topic) == kind(unit)))
    }

    /// Whether it says what it has to say of an amount in this unit.
    pub fn meets(&self, need: Need, unit: Unit, signed: bool) -> bool {
        let Rate { month, seat, other } = self.rate;
        match need {
            Need::Nothing => !matches!(unit, Unit::Money(_)) || !(month || seat || other),
            Need::Change => self.change || signed,
            Need::Tickets => self.speaks_of(Unit::Tickets(None)),
            Need::Serious => self.tickets.serious(),
            Need::Rate(rate) => {
                let within = (!month || rate.month) && (!seat || rate.seat) && !other;
                within && (!rate.month || month || self.said.month) && (!rate.seat || seat || self.said.seat)
            }
        }
    }
}

impl Rate {
    fn after(mut text: &str) -> Self {
        let mut rate = Self::default();
        while let Some(found) = RATE.captures(text) {
            match ["month", "seat", "year"].map(|name| found.name(name).is_some()) {
                [true, ..] => rate.month = true,
                [_, true, _] => rate.seat = true,
                [.., true] => {}
                _ => rate.other = true,
            }
            text = &text[found[0].len()..];
        }
        rate
    }
}

/// What the words of the sentence count; `None` where there are none that are known to say it.
fn topics(sentence: &str, metric: &[String]) -> Option<Vec<Unit>> {
    let words: Vec<_> = WORD.find_iter(sentence).map(|word| word.as_str().to_lowercase()).collect();
    let wordless = words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    if wordless || OTHER_TONGUE.is_match(sentence) {
        return None;
    }
    let topic = |word: &String| match word.as_str() {
        "urgent" | "high" | "normal" | "low" | "priority" => Some(Unit::Tickets(None)),
        word if of_the_score(word) => Some(Unit::Score),
        word => unit_word(word, metric),
    };
    let usage = MOVES.is_match(sentence).then_some(Unit::Usage);
    Some(words.iter().filter_map(topic).chain(usage).collect())
}

/// Of which tickets a sentence speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Tickets {
    /// The priorities that it names.
    pub priorities: Vec<Priority>,
    /// Whether it speaks of closed ones.
    pub closed: bool,
}

impl Tickets {
    /// What the words of the sentence say.
    fn named_in(sentence: &str) -> Self {
        let words: Vec<_> = WORD.find_iter(sentence).map(|word| word.as_str().to_lowercase()).collect();
        let said = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let priorities = Priority::ALL.into_iter().filter(|priority| said(&[priority.as_str()])).collect();
        Self { priorities, closed: said(&["closed", "solved", "resolved", "settled", "done"]) }
    }

    /// Whether both of the serious priorities are meant.
    pub fn serious(&self) -> bool {
        [Priority::Urgent, Priority::High].iter().all(|priority| self.priorities.contains(priority))
    }
}
