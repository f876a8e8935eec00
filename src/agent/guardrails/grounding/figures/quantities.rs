//! Amounts, percentages, ratios, durations, in digits and in words.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::{
    super::super::pattern,
    Claim, Near, Number, Unit,
    units::{Currency, unit_of},
};

/// What right before a number says how exactly it is meant.
static NEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:(?P<about>(?-u:\b)(?:about|around|roughly|approximately|approx\.?|circa|ca\.|some|close to|etwa|rund|",
        r"environ|unos|unas)|[~≈∼])|(?-u:\b)(?P<over>over|more than|above|at least|just over|well over)|",
        r"(?-u:\b)(?P<under>under|less than|fewer than|below|nearly|almost|just under|up to|close to))\s*\z",
    ))
});

/// The figures that a match of the pattern is, where it is no date.
pub(super) fn read(found: &Captures<'_>, sentence: &str, metric: &[String]) -> Option<Vec<(String, Claim)>> {
    let whole = found.get(0)?;
    let text = whole.as_str().trim();
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
        (number(percent, "").or_else(|| in_words(percent)), Unit::Percent)
    } else if let Some(times) = named("times") {
        (number(times, ""), Unit::Ratio)
    } else if let (Some(digits), Some(span)) = (named("spanned"), named("span")) {
        (number(digits, ""), Unit::Time { days: days_in(span), renewal: false })
    } else if let Some(share) = named("share") {
        (fraction(share), Unit::Ratio)
    } else {
        let unit;
        // `no` alone, so that what it denies is on its right.
        let counted = named("none").map_or(whole.range(), |_| whole.start()..whole.start() + 2);
        (unit, said) = unit_of(sentence, counted, metric);
        if named("none").is_some() {
            said = "";
            (Some(Number { value: 0.0, step: 1.0, sign: 0 }), unit)
        } else if let Some(words) = named("words") {
            if words.eq_ignore_ascii_case("one") && !counts_one(unit, said) {
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
    let joined_before = digit_first && before.ends_with(['.', ',', '/', ':', '^', '\'', '_']);
    let mut next = after.chars();
    let joined_after = whole.ends_with(|c: char| c.is_ascii_digit())
        && next.next().is_some_and(|c| "/:^_".contains(c))
        && next.next().is_some_and(|c| c.is_alphanumeric());
    joined_before || joined_after
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
    static OF: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[0-9]\s+(?:out\s+)?of\s+(?:a\s+possible\s+)?\z"));
    number.is_some_and(|number| number.value == 100.0 && number.sign == 0)
        && matches!(unit, Unit::Any | Unit::Score | Unit::Points)
        && OF.is_match(before)
}

/// `one` counts where what it counts follows at once: `one urgent ticket`, but `one owner`, `one of them`.
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

/// Digits with their separators. A single comma before three digits parts thousands, a single point parts decimals.
fn number(text: &str, scale: &str) -> Option<Number> {
    let digits = text.trim_start_matches(['+', '−', '–', '-']);
    let sign = match text.chars().next()? {
        '+' => 1,
        '−' | '–' | '-' => -1,
        _ => 0,
    };
    let digits = digits.replace([' ', '\'', '’'], "");
    let mark = |c: char| matches!(c, '.' | ',');
    let in_thousands = |text: &str, by: char| {
        let mut groups = text.split(by);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && first != "0")
            && groups.all(|group| group.len() == 3)
    };
    let plain = match digits.rfind(mark) {
        None => digits,
        Some(last) => {
            let decimal = digits[last..].chars().next()?;
            let (whole, fraction) = (&digits[..last], &digits[last + 1..]);
            let other = if decimal == '.' { ',' } else { '.' };
            if whole.contains(decimal) || (decimal == ',' && !whole.contains(other) && in_thousands(&digits, ',')) {
                if !in_thousands(&digits, decimal) {
                    return None;
                }
                digits.replace(decimal, "")
            } else if whole.contains(other) && !in_thousands(whole, other) {
                return None;
            } else {
                format!("{}.{fraction}", whole.replace(other, ""))
            }
        }
    };
    let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let factor = factor(scale.trim())?;
    let value: f64 = plain.parse().ok()?;
    Some(Number { value: value * factor, step: factor * 10f64.powi(-i32::try_from(decimals).ok()?), sign })
}

fn factor(scale: &str) -> Option<f64> {
    Some(match scale.to_lowercase().as_str() {
        "" => 1.0,
        "k" | "thousand" => 1e3,
        "m" | "mn" | "mm" | "mio" | "million" => 1e6,
        "b" | "bn" | "mrd" | "billion" => 1e9,
        "tn" | "trillion" => 1e12,
        _ => return None,
    })
}

fn days_in(span: &str) -> f64 {
    match span.to_lowercase().as_str() {
        "d" => 1.0,
        "wk" | "wks" => 7.0,
        "mo" | "mos" => 30.44,
        _ => 365.25,
    }
}

/// `twenty-nine`, `two hundred and five`, `a dozen`, `two and a half`.
fn in_words(text: &str) -> Option<Number> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let (mut total, mut part, mut step) = (0.0, 0.0, 1.0);
    for word in text.to_lowercase().split([' ', '-']).filter(|word| !word.is_empty()) {
        if let Some(value) = SMALL.iter().position(|known| *known == word) {
            part += value as f64;
        } else if let Some(tens) = TENS.iter().position(|known| *known == word) {
            part += (tens as f64 + 2.0) * 10.0;
        } else {
            match word {
                "a" | "and" => {}
                "half" => (part, step) = (part + 0.5, 0.5),
                "dozen" => part = f64::max(part, 1.0) * 12.0,
                "hundred" => part = f64::max(part, 1.0) * 100.0,
                scale => {
                    total += f64::max(part, 1.0) * factor(scale)?;
                    part = 0.0;
                }
            }
        }
    }
    Some(Number { value: total + part, step, sign: 0 })
}

/// `half`, `doubled`, `two thirds`.
fn fraction(text: &str) -> Option<Number> {
    let text = text.to_lowercase();
    let times = if text.starts_with("two") {
        2.0
    } else if text.starts_with("three") {
        3.0
    } else {
        1.0
    };
    let value = match text.as_str() {
        half if half.starts_with("hal") && !half.contains(' ') => 0.5,
        twice if twice.starts_with("twice") || twice.starts_with("doubl") => 2.0,
        thrice if thrice.starts_with("thrice") || thrice.starts_with("tripl") => 3.0,
        four if four.starts_with("quadrupl") => 4.0,
        third if third.contains("third") => times / 3.0,
        quarter if quarter.contains("quarter") => times / 4.0,
        fifth if fifth.contains("fifth") => times / 5.0,
        tenth if tenth.contains("tenth") => times / 10.0,
        _ => return None,
    };
    // As exact as a word can be: a twentieth to either side.
    Some(Number { value, step: value / 10.0, sign: 0 })
}
