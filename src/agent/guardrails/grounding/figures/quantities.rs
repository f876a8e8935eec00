//! Amounts, percentages, ratios, durations, in digits and in words.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::{
    super::super::pattern,
    Claim, Near, Number, Unit,
    numbers::{days_in, fraction, in_words, number},
    percent::percent_of,
    units::{Currency, counts_itself, is_counted, unit_of},
};

/// What right before a number says how exactly it is meant.
static NEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:(?P<about>\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.|some|close to|etwa|rund|",
        r"environ|unos|unas)|[~≈∼])(?:\san?)?|\b(?P<over>over|(?:more than|just over|well over)(?:\san?)?|above|at least)|",
        r"\b(?P<under>under|(?:less than|nearly|almost|just under|close to)(?:\san?)?|fewer than|below|up to))\s*\z",
    ))
});

/// What a rate goes on with after its number.
static PER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^/(?:day|week|wk|month|mo|quarter|qtr|year|yr|annum|seat|user|licen[cs]e)\b"));
/// What after `no tickets` denies data of them, and no tickets: `no ticket data`.
static NO_DATA: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s(?:data|information|figures|history|records?|export|file|feed)\b"));

/// What right before `in a week` makes a statement of it.
static RENEWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:renews|renewal\s(?:is|comes|falls)(?:\s(?:due|up))?|up\sfor\srenewal|",
        r"(?:contract|subscription)\s(?:ends|expires))(?:\s(?:only|just))?\s*\z",
    ))
});

/// The figures that a match of the pattern is, where it is no date.
pub(super) fn read(found: &Captures<'_>, sentence: &str, metric: &[String]) -> Option<Vec<(String, Claim)>> {
    let whole = found.get(0)?;
    let text = whole.as_str().trim();
    if found.name("one").is_some() && !RENEWS.is_match(&sentence[..whole.start()]) {
        // `Call them within a week.`
        return Some(Vec::new());
    }
    let broken = is_broken(&sentence[..whole.start()], whole.as_str(), &sentence[whole.end()..]);
    let unreadable = ["time", "code", "vague", "mark"].into_iter().any(|name| found.name(name).is_some());
    if broken || unreadable {
        return Some(vec![(text.to_owned(), Claim::Unreadable)]);
    }
    if let (Some(over), Some(under)) = (found.name("over"), found.name("under")) {
        return Some(share(over.as_str(), under.as_str(), sentence, whole.range(), metric));
    }
    let named = |name| found.name(name).map(|part| part.as_str());
    let scaled = |digits, scale| number(digits, named(scale).unwrap_or_default());
    let money = |sign: &str| Currency::written(sign).map_or(Unit::Foreign, |currency| Unit::Money(Some(currency)));
    let mut said = "";
    let (number, unit) = if let (Some(sign), Some(digits)) = (named("currency"), named("money")) {
        (scaled(digits, "scale"), money(sign))
    } else if let (Some(digits), Some(sign)) = (named("money2"), named("currency2")) {
        (scaled(digits, "scale2"), money(sign))
    } else if let Some(percent) = named("percent") {
        (number(percent, "").or_else(|| in_words(percent)), Unit::Percent(percent_of(sentence, whole.range(), metric)))
    } else if let Some(times) = named("times") {
        (number(times, "").or_else(|| in_words(times)), Unit::Ratio)
    } else if let Some(span) = named("span1").or_else(|| named("span2")) {
        (number("1", ""), Unit::Time { days: days_in(span), renewal: false })
    } else if let (Some(digits), Some(span)) = (named("spanned"), named("span")) {
        (number(digits, ""), Unit::Time { days: days_in(span), renewal: false })
    } else if let Some(share) = named("share") {
        (fraction(share), Unit::Ratio)
    } else if let Some(numeral) = named("roman") {
        // `CI` and `X` are words as well.
        return Some(if is_counted(sentence, whole.range(), metric, numeral.len() > 1) {
            vec![(text.to_owned(), Claim::Unreadable)]
        } else {
            Vec::new()
        });
    } else {
        let unit;
        // `no` alone, so that what it denies is on its right.
        let none = found.name("none").or_else(|| found.name("none2"));
        let counted = none.map_or(whole.range(), |none| none.range());
        (unit, said) = unit_of(sentence, counted, metric);
        if none.is_some() {
            if NO_DATA.is_match(&sentence[whole.end()..]) {
                return Some(Vec::new());
            }
            said = "";
            (Some(Number { value: 0.0, step: 1.0, sign: 0 }), unit)
        } else if let Some(words) = named("words") {
            let loose = words.eq_ignore_ascii_case("one") || words.to_lowercase().ends_with(" of");
            if loose && !counts_one(unit, said) {
                return Some(Vec::new());
            }
            (in_words(words), unit)
        } else {
            let number = scaled(named("number").or_else(|| named("scaled"))?, "scale3");
            if is_scale(number, &sentence[..whole.start()], unit) {
                return Some(Vec::new());
            }
            (number, unit)
        }
    };
    if number.is_some_and(|number| number.value <= 5.0) && counts_itself(&sentence[whole.end()..]) {
        return Some(Vec::new());
    }
    let before = &sentence[..whole.start()];
    // The hyphen of `41-29` is no sign.
    let joined = before.ends_with(char::is_alphanumeric);
    let number = number.map(|number| if joined { Number { sign: 0, ..number } } else { number });
    let claim = number.map_or(Claim::Unreadable, |number| Claim::Amount { number, unit, near: near(before) });
    Some(vec![([text, brief(said)].concat(), claim)])
}

/// Whether the digits go on beyond the match, as in `.5` or `3:41`.
fn is_broken(before: &str, whole: &str, after: &str) -> bool {
    let digit_first = whole.starts_with(|c: char| c.is_ascii_digit());
    let joined_before = digit_first && before.ends_with(['.', ',', '/', ':', '^', '\'', '_', '×']);
    let mut next = after.chars();
    // `fourty-two` is not two.
    let word_first = whole.starts_with(char::is_alphabetic);
    let joined_word =
        word_first && before.ends_with('-') && before.trim_end_matches('-').ends_with(char::is_alphabetic);
    let joined_after = whole.ends_with(|c: char| c.is_ascii_digit())
        && !PER.is_match(after)
        && next.next().is_some_and(|c| "/:^_·‧‚٫٬".contains(c))
        && next.next().is_some_and(|c| c.is_alphanumeric());
    joined_before || joined_word || joined_after
}

/// The words that say what a number counts, where they are few: ` days`, ` urgent tickets`.
fn brief(said: &str) -> &str {
    let verb = ["is", "are", "of", "to", "remain", "out"];
    let first = said.split_whitespace().next().unwrap_or_default();
    if verb.contains(&first) || said.split_whitespace().count() > 3 { "" } else { said }
}

/// `2/5` as its two numbers; `24/100` as the first alone, where it counts points.
fn share(over: &str, under: &str, sentence: &str, range: Range<usize>, metric: &[String]) -> Vec<(String, Claim)> {
    let (unit, said) = unit_of(sentence, range, metric);
    let figure = |digits: &str| {
        let claim =
            number(digits, "").map_or(Claim::Unreadable, |number| Claim::Amount { number, unit, near: Near::Exactly });
        ([digits, brief(said)].concat(), claim)
    };
    let of_hundred = under == "100" && matches!(unit, Unit::Any | Unit::Score | Unit::Points);
    if of_hundred { vec![figure(over)] } else { vec![figure(over), figure(under)] }
}

/// Whether it is the 100 of `24 of 100`.
fn is_scale(number: Option<Number>, before: &str, unit: Unit) -> bool {
    static OF: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)[0-9]\s+(?:out\s+)?of\s+(?:the\s+|all\s+|a\s+possible\s+)?\z"));
    number.is_some_and(|number| number.value == 100.0 && number.sign == 0)
        && matches!(unit, Unit::Any | Unit::Score | Unit::Points)
        && OF.is_match(before)
}

/// `one` and `a pair of` count where what it counts follows at once: `one urgent ticket`, but `one owner`, `one of them`.
fn counts_one(unit: Unit, said: &str) -> bool {
    let counted = matches!(unit, Unit::Tickets(_) | Unit::Seats | Unit::Time { .. } | Unit::Points | Unit::Parts);
    counted && said.split_whitespace().count() <= 3 && !said.trim_start().to_lowercase().starts_with("of")
}

fn near(before: &str) -> Near {
    match NEAR.captures(before) {
        Some(found) if found.name("about").is_some() => Near::About,
        Some(found) if found.name("over").is_some() => Near::Over,
        Some(_) => Near::Under,
        None => Near::Exactly,
    }
}
