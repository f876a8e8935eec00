//! How the cells of a column are read, once that is decided.

use std::borrow::Cow;

use super::{
    DayOrder, Decimals, Decision, Kind, Mark, Ranks, address, date, id, number,
    placeholder::{is_placeholder, may_be_region},
    ranks::is_rank,
    words,
};
use crate::sources::cell::Expected;

/// How the cells of a column are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What they hold.
    pub kind: Kind,
    /// What was decided, to be told.
    pub decisions: Vec<Decision>,
    pub(super) days: Option<DayOrder>,
    pub(super) decimals: Decimals,
    pub(super) ranks: Option<Ranks>,
    pub(super) keeps_na: bool,
    /// Whether its ids were taken for figures, so that each ends in `.0`.
    pub(super) drops_fractions: bool,
    /// By how many decimal places figures are moved up, as the name of the column says.
    pub(super) places: i8,
}

impl Reading {
    /// The same, of a column whose name says that its figures are to be moved up by so many decimal places.
    #[must_use]
    pub fn in_unit(mut self, places: i8) -> Self {
        self.places = places;
        if places != 0 {
            self.decisions.push(Decision::Unit(places));
        }
        self
    }

    /// A cell as the canonical files have it; empty where the cell says that there is nothing.
    ///
    /// # Errors
    /// What was expected, to go on after `"…" is not`.
    pub fn read<'a>(&self, text: &'a str) -> Result<Cow<'a, str>, Expected> {
        let text = self.said(text);
        if text.is_empty() {
            return Ok(Cow::Borrowed(if self.kind == Kind::Priority { "normal" } else { "" }));
        }
        match self.kind {
            Kind::Text => Ok(text.into()),
            Kind::Id if id::is_rounded(text) => Err("an id any more: a spreadsheet has rounded it; export it as text"),
            Kind::Id => Ok(id::without_fraction(text).filter(|_| self.drops_fractions).unwrap_or(text).into()),
            Kind::Date => self.date(text),
            Kind::Number | Kind::Money => self.number(text).map(|(plain, _)| plain),
            Kind::Whole => whole(text),
            Kind::Days => days(text),
            Kind::Currency => {
                Ok(words::word(Kind::Currency, text).map_or_else(|| text.to_ascii_uppercase().into(), Cow::Borrowed))
            }
            Kind::Email => address::email(text).ok_or("an e-mail address such as ada@example.com").map(Cow::Owned),
            Kind::Domain => address::domain(text).ok_or("a domain such as example.com").map(Cow::Owned),
            Kind::Priority if is_rank(text) => {
                let word = self.ranks.and_then(|ranks| ranks.word(text));
                word.map(Cow::Borrowed).ok_or("a priority from 1 to 5")
            }
            kind => words::word(kind, text).map(Cow::Borrowed).ok_or(words::expected(kind)),
        }
    }

    /// An amount as the canonical files have it, and what its cell says of its currency.
    ///
    /// # Errors
    /// What was expected, to go on after `"…" is not`.
    pub fn money<'a>(&self, text: &'a str) -> Result<(Cow<'a, str>, Option<Mark>), Expected> {
        match self.said(text) {
            "" => Ok((Cow::Borrowed(""), None)),
            text => self.number(text),
        }
    }

    /// The trimmed text; empty where it says that there is nothing.
    fn said<'a>(&self, text: &'a str) -> &'a str {
        let text = text.trim();
        if is_placeholder(text) && !(self.keeps_na && may_be_region(text)) { "" } else { text }
    }

    fn date<'a>(&self, text: &'a str) -> Result<Cow<'a, str>, Expected> {
        const EXPECTED: Expected = "a date that is known, such as 2026-12-24, 24.12.2026 or 24 Dec 2026";
        let written = date::parse(text).ok_or(EXPECTED)?;
        let day = written.day(self.days).ok_or(match self.days {
            Some(DayOrder::DayFirst) => "a date with the day first, as its column has them",
            Some(DayOrder::MonthFirst) => "a date with the month first, as its column has them",
            None => EXPECTED,
        })?;
        let is_canonical = text.len() == 10 && text.as_bytes()[4] == b'-';
        Ok(if is_canonical { text.into() } else { day.to_string().into() })
    }

    fn number<'a>(&self, text: &'a str) -> Result<(Cow<'a, str>, Option<Mark>), Expected> {
        const EXPECTED: Expected = "a number that is known, such as 1250, 1,250.50 or 12.5k";
        if self.places == 0 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok((text.into(), None));
        }
        if id::is_rounded(text) {
            return Err("a number any more: a spreadsheet has rounded it; export it with all its digits");
        }
        let figure = number::parse(text).filter(|figure| !(figure.is_percent && self.kind == Kind::Money));
        let figure = figure.ok_or(EXPECTED)?.in_unit(self.places);
        let plain = figure.plain(self.decimals).ok_or(match self.decimals {
            Decimals::Point => "a number with a decimal point, as its column has them",
            Decimals::Comma => "a number with a decimal comma, as its column has them",
        })?;
        Ok((plain.into(), figure.mark))
    }
}

/// Months are of many lengths, and no number of days.
fn days(text: &str) -> Result<Cow<'_, str>, Expected> {
    const EXPECTED: Expected = "a number of days, such as 90, 90 days or 12 weeks";
    let (figure, unit) = text.split_at(text.find(char::is_alphabetic).unwrap_or(text.len()));
    let figure = whole(figure.trim()).map_err(|_| EXPECTED)?;
    match unit.to_lowercase().trim_end_matches('.') {
        "" | "d" | "day" | "days" | "tag" | "tage" | "t" | "jour" | "jours" | "día" | "días" | "dias" => Ok(figure),
        "w" | "week" | "weeks" | "woche" | "wochen" | "wo" | "semaine" | "semaines" | "semana" | "semanas" => {
            let weeks: u32 = figure.parse().map_err(|_| EXPECTED)?;
            Ok(weeks.checked_mul(7).ok_or(EXPECTED)?.to_string().into())
        }
        _ => Err(EXPECTED),
    }
}

fn whole(text: &str) -> Result<Cow<'_, str>, Expected> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.into());
    }
    let figure = number::parse(text).filter(|figure| figure.mark.is_none() && !figure.is_percent);
    figure.and_then(|figure| figure.whole()).map(Cow::Owned).ok_or("a whole number")
}
