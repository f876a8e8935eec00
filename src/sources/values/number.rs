//! Figures as people and programs write them: thousands grouped by whatever is used for it, a decimal mark, signs and
//! codes of currencies, accounting negatives, `k` and `m`.

use super::currency::{self, Mark};

/// Which mark stands before the decimals; the other groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decimals {
    /// `1,234.50`.
    Point,
    /// `1.234,50`.
    Comma,
}

impl Decimals {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Point, Self::Comma];

    fn marks(self) -> (char, char) {
        match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        }
    }
}

/// A figure, taken apart but for its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    is_negative: bool,
    /// Digits, points and commas.
    body: String,
    /// By how many decimal places it is moved up: 3 for `k`, -2 for cents.
    shift: i8,
    /// The currency, where the cell has one.
    pub(super) mark: Option<Mark>,
    /// Whether it is a share in a hundred.
    pub(super) is_percent: bool,
}

/// What stands behind a figure instead of zeros, in lower case; the longest first.
const SHIFTS: [(&str, i8); 12] = [
    ("million", 6),
    ("thousand", 3),
    ("billion", 9),
    ("mio", 6),
    ("tsd", 3),
    ("mrd", 9),
    ("mn", 6),
    ("mm", 6),
    ("bn", 9),
    ("k", 3),
    ("m", 6),
    ("b", 9),
];

/// The figure that the trimmed `text` writes.
pub(super) fn parse(text: &str) -> Option<Figure> {
    if text.len() > 60 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut figure = Figure { is_negative: false, body: String::new(), shift: 0, mark: None, is_percent: false };
    // An apostrophe in front is how spreadsheets mark a text.
    let mut rest = trimmed(text.strip_prefix('\'').unwrap_or(text));
    while !rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',') {
        let before = rest;
        if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            figure.negate()?;
            rest = trimmed(inner);
        }
        if let Some(inner) = rest.strip_prefix(['-', '−', '–']).or_else(|| rest.strip_suffix(['-', '−'])) {
            figure.negate()?;
            rest = trimmed(inner);
        }
        if let Some(inner) = rest.strip_prefix('+') {
            rest = trimmed(inner);
        }
        if let Some(inner) = rest.strip_suffix('%').filter(|_| !figure.is_percent) {
            figure.is_percent = true;
            rest = trimmed(inner);
        }
        if figure.mark.is_none()
            && let Some((mark, inner)) = currency::strip(rest)
        {
            figure.mark = Some(mark);
            rest = trimmed(inner);
        }
        if figure.shift == 0
            && let Some((shift, inner)) = shifted(rest)
        {
            figure.shift = shift;
            rest = trimmed(inner);
        }
        if rest == before {
            break;
        }
    }
    figure.body = without_spaces(rest)?;
    Decimals::ALL.iter().any(|decimals| figure.parts(*decimals).is_some()).then_some(figure)
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace())
}

/// The figure before a word for its zeros.
fn shifted(text: &str) -> Option<(i8, &str)> {
    // `Tsd.` and `Mio.` are cut short, as a full stop says.
    let text = text.strip_suffix('.').filter(|text| text.ends_with(char::is_alphabetic)).unwrap_or(text);
    SHIFTS.iter().find_map(|(word, shift)| {
        let at = text.len().checked_sub(word.len()).filter(|at| text.is_char_boundary(*at))?;
        let (inner, end) = text.split_at(at);
        let fits = end.eq_ignore_ascii_case(word) && trimmed(inner).ends_with(|c: char| c.is_ascii_digit());
        fits.then_some((*shift, inner))
    })
}

/// The digits and marks of a figure, whose thousands may be grouped by spaces or apostrophes.
fn without_spaces(text: &str) -> Option<String> {
    let is_group = |c: char| c.is_whitespace() || "'’´`".contains(c);
    let mut groups = text.split(is_group);
    let mut body = groups.next()?.to_owned();
    for group in groups {
        let digits = group.find(|c: char| !c.is_ascii_digit()).unwrap_or(group.len());
        if digits != 3 || body.is_empty() || body.contains(['.', ',']) {
            return None;
        }
        body.push_str(group);
    }
    body.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',').then_some(body)
}

impl Figure {
    fn negate(&mut self) -> Option<()> {
        (!self.is_negative).then(|| self.is_negative = true)
    }

    /// Whether a word stands for some of its zeros.
    pub(super) fn is_shifted(&self) -> bool {
        self.shift > 0
    }

    /// The same in a column of this unit, unless it has one of its own.
    pub(super) fn in_unit(mut self, places: i8) -> Self {
        if self.shift == 0 {
            self.shift = places;
        }
        self
    }

    /// Whether it has a mark at all, so that there is something to decide.
    pub(super) fn has_marks(&self) -> bool {
        self.body.contains(['.', ','])
    }

    /// Whether it can be read with these decimals.
    pub(super) fn fits(&self, decimals: Decimals) -> bool {
        self.parts(decimals).is_some()
    }

    /// Its digits before and behind the decimal mark.
    fn parts(&self, decimals: Decimals) -> Option<(String, &str)> {
        let (mark, group) = decimals.marks();
        let (whole, fraction) = self.body.split_once(mark).unwrap_or((&self.body, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let mut groups = whole.split(group);
        let first = groups.next().unwrap_or_default();
        let rest = groups.collect::<Vec<_>>();
        // Indians group by two, the last three excepted.
        let well_grouped = rest
            .iter()
            .enumerate()
            .all(|(at, group)| is_digits(group) && (group.len() == 3 || (group.len() == 2 && at + 1 < rest.len())));
        let fits = is_digits(first)
            && is_digits(fraction)
            && well_grouped
            && (rest.is_empty() || ((1..=3).contains(&first.len()) && !first.starts_with('0')))
            && !(whole.is_empty() && fraction.is_empty())
            && !self.body.ends_with(mark);
        fits.then(|| (whole.replace(group, ""), fraction))
    }

    /// As plain text, such as `-1234.50`, by these decimals.
    pub(super) fn plain(&self, decimals: Decimals) -> Option<String> {
        let (mut whole, fraction) = self.parts(decimals)?;
        let mut fraction = fraction.to_owned();
        let places = usize::from(self.shift.unsigned_abs());
        if self.shift > 0 {
            fraction = format!("{fraction:0<places$}");
            whole.extend(fraction.drain(..places));
        } else {
            whole = format!("{whole:0>places$}");
            fraction.insert_str(0, &whole.split_off(whole.len() - places));
        }
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            digits => digits,
        };
        let sign = if self.is_negative { "-" } else { "" };
        Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
    }

    /// As a plain whole number; none where it is no whole number however it is read.
    pub(super) fn whole(&self) -> Option<String> {
        let plain = Decimals::ALL.iter().filter_map(|decimals| self.plain(*decimals));
        plain
            .filter_map(|text| {
                let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
                fraction.bytes().all(|byte| byte == b'0').then(|| (fraction.len(), whole.to_owned()))
            })
            .min()
            .map(|(_, whole)| whole)
    }
}
