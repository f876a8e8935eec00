//! Numbers, amounts and dates in a sentence.

use chrono::NaiveDate;

use super::words::Word;

/// A number as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// In hundredths, so that amounts are exact.
    pub minor: i64,
    /// The currency, where one stands beside it.
    pub currency: Option<&'static str>,
    /// Whether it is written as amounts are: with a currency, thousands or a `k`.
    pub is_amount: bool,
}

impl Number {
    /// The number, where it is whole and no larger than such numbers get.
    pub fn whole(self) -> Option<u32> {
        (self.minor % 100 == 0).then(|| u32::try_from(self.minor / 100).ok()).flatten()
    }
}

const WORDS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A date written YYYY-MM-DD at the beginning of `words`; it is three of them.
pub(super) fn date(words: &[Word<'_>]) -> Option<NaiveDate> {
    let [year, month, day, ..] = words else { return None };
    let hyphens = year.text.len() == 4 && month.before == "-" && day.before == "-";
    NaiveDate::from_ymd_opt(
        year.text.parse().ok().filter(|_| hyphens)?,
        month.text.parse().ok()?,
        day.text.parse().ok()?,
    )
}

/// A number at the beginning of `words`, and how many of them it is: `50k`, `$50,000`, `1.2 million euros`, `ten`.
pub(super) fn number(words: &[Word<'_>]) -> Option<(Number, usize)> {
    let first = words.first()?;
    if let Some(value) = WORDS.iter().position(|word| *word == first.folded) {
        return Some((Number { minor: value as i64 * 100, currency: None, is_amount: false }, 1));
    }
    let (mut used, mut currency) = (0, code(&first.folded));
    if currency.is_some() {
        used += 1;
    }
    let word = words.get(used)?;
    let digits_end = word.folded.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'));
    let (digits, unit) = word.folded.split_at(digits_end.unwrap_or(word.folded.len()));
    let mut minor = hundredths(digits)?;
    used += 1;
    let mut factor = factor(unit)?;
    if unit.is_empty()
        && let Some(next) = words.get(used).and_then(|next| self::factor(&next.folded))
    {
        factor = next;
        used += 1;
    }
    minor = minor.checked_mul(factor)?;
    if currency.is_none()
        && let Some(next) = words.get(used).and_then(|next| code(&next.folded))
    {
        currency = Some(next);
        used += 1;
    }
    let is_amount = currency.is_some() || factor > 1 || digits.contains(',');
    Some((Number { minor, currency, is_amount }, used))
}

/// `21st`.
pub(super) fn ordinal(word: &str) -> Option<Number> {
    let digits = ["st", "nd", "rd", "th"].into_iter().find_map(|ending| word.strip_suffix(ending))?;
    let nth: u32 = digits.parse().ok()?;
    Some(Number { minor: i64::from(nth) * 100, currency: None, is_amount: false })
}

/// `1,234.5` in hundredths. A full stop before three digits parts thousands, as it does in Germany.
fn hundredths(digits: &str) -> Option<i64> {
    let thousands = digits.rsplit_once('.').filter(|(_, last)| last.len() == 3 && !digits.contains(','));
    let plain = if thousands.is_some() { digits.replace('.', "") } else { digits.replace(',', "") };
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let part = format!("{part:0<2}");
    let whole: i64 = whole.parse().ok()?;
    whole.checked_mul(100)?.checked_add(part.get(..2)?.parse().ok()?)
}

fn factor(unit: &str) -> Option<i64> {
    Some(match unit {
        "" => 1,
        "k" | "thousand" => 1_000,
        "m" | "mn" | "mio" | "million" => 1_000_000,
        "bn" | "billion" => 1_000_000_000,
        _ => return None,
    })
}

/// The currency that a word stands for.
pub(super) fn code(word: &str) -> Option<&'static str> {
    Some(match word {
        "$" | "usd" | "dollar" | "dollars" => "USD",
        "€" | "eur" | "euro" | "euros" => "EUR",
        "£" | "gbp" | "pound" | "pounds" => "GBP",
        "¥" | "jpy" | "yen" => "JPY",
        "chf" | "francs" => "CHF",
        "₹" | "inr" | "rupees" => "INR",
        "cad" => "CAD",
        "aud" => "AUD",
        _ => return None,
    })
}
