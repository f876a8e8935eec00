//! `renews by itself`, `auto-renewal is off`; `renews tomorrow`, `the renewal is overdue`.

use std::{ops::Range, sync::LazyLock};

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};

use super::{stated::Sentence, wording};

const ITSELF: &str = r"(?:automatically|by itself|itself|on its own)";
const AUTO: &str = r"(?:auto[ -]?renew(?:al)?|automatic(?:ally)?[ -]renew(?:al)?)";

static AUTOMATIC: LazyLock<Regex> = LazyLock::new(|| {
    wording(&format!(
        concat!(
            r"(?P<denied>\b(?:(?:not|never|cannot)|\w+n['’]t) (?:be )?(?:set to )?(?:renew(?:ed)? {ITSELF}|{AUTO})\b|",
            r"\b{AUTO} (?:is|was) (?:not (?:on|enabled|active|set)|off|disabled)\b|",
            r"\b(?:is|has) no {AUTO}\b|\brenewal is not automatic\b)|",
            r"\b(?:renews(?: only)? {ITSELF}|(?:will|to) renew {ITSELF}|was to renew {ITSELF}|",
            r"auto[ -]?renews|automatically renews|will {AUTO}|(?:set to|is on|has) {AUTO}|",
            r"{AUTO} (?:is|was) (?:on|enabled|active|in place|set)|renewal is automatic)\b",
        ),
        ITSELF = ITSELF,
        AUTO = AUTO
    ))
});

static WHEN: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"\b(?:renews|will renew|up for renewal|due for renewal|renewal(?: date)? (?:is|was|falls|comes|lands|due)|",
        r"(?:contract|subscription|agreement|term) (?:ends|ended|expires|expired|runs out|ran out|lapses|lapsed))",
        r"(?: (?:by itself|automatically|already|just|only|due|now|coming|up|as early as))* ",
        r"(?:(?P<day>today|tomorrow|yesterday)|",
        r"(?P<which>this|next|last) (?P<span>week|month|quarter|year)|(?P<past>overdue|past due))(?P<of>['’-])?|",
        r"\brenewal(?: date)? has (?P<past2>passed|lapsed)\b",
    ))
});

/// What makes something else of it: a proposal.
static PROPOSED: LazyLock<Regex> = LazyLock::new(|| {
    wording(r"\b(?:may|might|could|would|should|ask|offer|propose|consider|want\w*|wish\w*|prefer\w*)\b")
});

static DATE: LazyLock<Regex> = LazyLock::new(|| wording(r"\bon (?P<date>[0-9]{1,2} [a-z]{3} [0-9]{4})\b"));

/// Whether the sentence states that the contract renews by itself, or that it does not.
pub(super) fn automatic(said: &Sentence<'_>) -> impl Iterator<Item = (Range<usize>, bool)> {
    AUTOMATIC.captures_iter(said.text).filter_map(|found| {
        let (at, denied) = (found.get(0)?.range(), found.name("denied").is_some());
        let plain = if denied { said.denies(&at, &PROPOSED) } else { said.states(&at, &PROPOSED) };
        plain.then_some((at, !denied))
    })
}

/// A time that is told from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// So many days later.
    Day(i64),
    /// So many weeks later.
    Week(i64),
    /// So many calendar months later.
    Month(i32),
    /// So many calendar quarters later.
    Quarter(i32),
    /// So many calendar years later.
    Year(i32),
    /// Before that day.
    Past,
}

impl When {
    fn read(found: &Captures<'_>) -> Option<Self> {
        let word = |name| found.name(name).map(|word| word.as_str().to_lowercase());
        if found.name("past").or_else(|| found.name("past2")).is_some() {
            return Some(Self::Past);
        }
        if let Some(day) = word("day") {
            return Some(Self::Day(match day.as_str() {
                "today" => 0,
                "tomorrow" => 1,
                _ => -1,
            }));
        }
        let ahead = match word("which")?.as_str() {
            "this" => 0,
            "next" => 1,
            _ => -1,
        };
        Some(match word("span")?.as_str() {
            "week" => Self::Week(ahead.into()),
            "month" => Self::Month(ahead),
            "quarter" => Self::Quarter(ahead),
            _ => Self::Year(ahead),
        })
    }

    /// Whether it may be said of `day`, counted from `today`.
    pub fn may_be(self, day: NaiveDate, today: NaiveDate) -> bool {
        let days = day.signed_duration_since(today).num_days();
        let month = |date: NaiveDate| date.year() * 12 + date.month0() as i32;
        match self {
            Self::Day(ahead) => days == ahead,
            // Weeks begin on different days in different places.
            Self::Week(ahead) => (days - 7 * ahead).abs() < 7 && (ahead == 0 || days.signum() == ahead),
            Self::Month(ahead) => month(day) - month(today) == ahead,
            Self::Quarter(ahead) => month(day) / 3 - month(today) / 3 == ahead,
            Self::Year(ahead) => day.year() - today.year() == ahead,
            Self::Past => days < 0,
        }
    }
}

/// When the sentence states the contract to renew, where it does so in words.
pub(super) fn when(said: &Sentence<'_>) -> impl Iterator<Item = (Range<usize>, When)> {
    WHEN.captures_iter(said.text).filter_map(|found| {
        let at = found.get(0)?.range();
        // `The renewal is today's topic`.
        let plain = found.name("of").is_none() && said.states(&at, &PROPOSED);
        plain.then_some((at, When::read(&found)?))
    })
}

/// The date of `Your contract renews by itself on 11 Feb 2027`, as the tools write it.
pub(super) fn date(sentence: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(&DATE.captures(sentence)?["date"], "%d %b %Y").ok()
}
