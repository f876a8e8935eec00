//! The number that digits or words are.

use super::Number;

/// Digits with their separators. A single comma before three digits parts thousands, a single point parts decimals.
pub(super) fn number(text: &str, scale: &str) -> Option<Number> {
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
        "m" | "mn" | "mm" | "mil" | "mio" | "million" => 1e6,
        "b" | "bn" | "mrd" | "billion" => 1e9,
        "tn" | "trillion" => 1e12,
        _ => return None,
    })
}

/// The days of `d`, `wk`, `mo` and `yr`, and of the words.
pub(super) fn days_in(span: &str) -> f64 {
    match span.to_lowercase().as_str() {
        "d" | "day" => 1.0,
        "wk" | "wks" | "week" => 7.0,
        "fortnight" => 14.0,
        "mo" | "mos" | "month" => 30.44,
        "quarter" => 91.3,
        _ => 365.25,
    }
}

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

/// `twenty-nine`, `two hundred and five`, `a dozen`, `two and a half`, `a pair of`.
pub(super) fn in_words(text: &str) -> Option<Number> {
    let (mut total, mut part, mut step) = (0.0, 0.0, 1.0);
    for word in text.to_lowercase().split([' ', '-']).filter(|word| !word.is_empty()) {
        if let Some(value) = SMALL.iter().position(|known| *known == word) {
            part += value as f64;
        } else if let Some(tens) = TENS.iter().position(|known| *known == word) {
            part += (tens as f64 + 2.0) * 10.0;
        } else {
            match word {
                "a" | "and" | "of" => {}
                "half" => (part, step) = (part + 0.5, 0.5),
                "couple" | "pair" => part = 2.0,
                "trio" => part = 3.0,
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

/// `twelfth`, `twenty-first`.
pub(super) fn ordinal(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let (rest, last) = text.rsplit_once([' ', '-']).unwrap_or(("", &text));
    let cardinal = match last {
        "first" => "one".to_owned(),
        "second" => "two".to_owned(),
        "third" => "three".to_owned(),
        "fifth" => "five".to_owned(),
        "eighth" => "eight".to_owned(),
        "ninth" => "nine".to_owned(),
        "twelfth" => "twelve".to_owned(),
        last => match last.strip_suffix("ieth") {
            Some(tens) => format!("{tens}y"),
            None => last.strip_suffix("th")?.to_owned(),
        },
    };
    in_words(&format!("{rest} {cardinal}")).map(|number| number.value as u32)
}

/// `half`, `doubled`, `two thirds`, `by a quarter`.
pub(super) fn fraction(text: &str) -> Option<Number> {
    let text = text.to_lowercase();
    let times = SMALL.iter().position(|known| text.starts_with(known)).unwrap_or(1) as f64;
    let under = text.split([' ', '-']).find_map(|word| match word.trim_end_matches('s') {
        "quarter" => Some(4),
        _ if text.starts_with("one in ") => {
            SMALL.iter().position(|known| *known == word).filter(|n| *n > 1).map(|n| n as u32)
        }
        part if part.ends_with("th") || part == "third" => ordinal(part),
        _ => None,
    });
    let value = match text.as_str() {
        half if half.starts_with("hal") && !half.contains(' ') => 0.5,
        twice if twice.starts_with("twice") || twice.starts_with("doubl") => 2.0,
        thrice if thrice.starts_with("thrice") || thrice.starts_with("tripl") => 3.0,
        four if four.starts_with("quadrupl") => 4.0,
        _ => times / f64::from(under?),
    };
    // As exact as a word can be: a twentieth to either side.
    Some(Number { value, step: value / 10.0, sign: 0 })
}
