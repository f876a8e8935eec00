//! Times in a sentence: `next quarter`, `within 60 days`, `in March 2027`, `January to March`, `before 2027-03-31`.

use chrono::NaiveDate;

use super::{
    lexicon::{Reading, Sense},
    numbers,
    words::Word,
};
use crate::agent::book::{Period, Time, Window, Year};

/// What `soon` means: the health score counts a renewal as near from here on.
const SOON: Window = Window::Within(60, Period::Day);

/// The first time of a sentence, and which readings say it.
pub(super) fn find(readings: &[Reading], words: &[Word<'_>]) -> Option<(Window, Vec<usize>)> {
    let sense = |place: &usize| readings[*place].meaning.map(|meaning| meaning.sense);
    // `The` and `a` make no difference.
    let places: Vec<_> = (0..readings.len()).filter(|place| sense(place) != Some(Sense::Determiner)).collect();
    let named = (0..places.len()).find_map(|start| {
        let (window, length) = Times { readings, words, places: &places[start..] }.window()?;
        Some((window, places[start..start + length].to_vec()))
    });
    let from_today = Window::Between(Some(Time::Relative(0, Period::Day)), None);
    let upcoming = || places.iter().find(|place| sense(place) == Some(Sense::Upcoming));
    named.or_else(|| upcoming().map(|&place| (from_today, vec![place])))
}

struct Times<'a> {
    readings: &'a [Reading],
    words: &'a [Word<'a>],
    places: &'a [usize],
}

impl Times<'_> {
    fn sense(&self, i: usize) -> Option<Sense> {
        Some(self.readings[*self.places.get(i)?].meaning?.sense)
    }

    fn number(&self, i: usize) -> Option<u32> {
        let Sense::Number(number) = self.sense(i)? else { return None };
        number.whole()
    }

    fn year(&self, i: usize) -> Option<i32> {
        self.number(i).and_then(|n| i32::try_from(n).ok()).filter(|year| (2000..2100).contains(year))
    }

    fn unit(&self, i: usize) -> Option<Period> {
        let Sense::Unit(period) = self.sense(i)? else { return None };
        Some(period)
    }

    /// A window at the beginning, and of how many readings.
    fn window(&self) -> Option<(Window, usize)> {
        match self.sense(0)? {
            Sense::Soon => Some((SOON, 1)),
            Sense::Before => {
                let (time, end, is_end) = self.time_or_end(1)?;
                Some((if is_end { Window::Between(None, Some(time)) } else { Window::Before(time) }, end))
            }
            Sense::By | Sense::Until => {
                let (time, end, _) = self.time_or_end(1)?;
                Some((Window::Between(None, Some(time)), end))
            }
            Sense::After => self.time(1).map(|(time, end)| (Window::After(time), end)),
            Sense::Since => self.time(1).map(|(time, end)| (Window::Since(time), end)),
            Sense::From => {
                let (from, end) = self.time(1)?;
                let range = self.range(from, end);
                Some(range.unwrap_or((Window::Between(Some(from), None), end)))
            }
            Sense::Between => {
                let (from, end) = self.time(1)?;
                let (to, end) = self.time(end + 1).filter(|_| self.sense(end) == Some(Sense::And))?;
                // `Between 2000 and 2050` may be amounts.
                let is_amount = matches!((from, to), (Time::Year(_), Time::Year(_)));
                (!is_amount).then_some((Window::Between(Some(from), Some(to)), end))
            }
            Sense::In | Sense::Within => self.span(1).or_else(|| {
                let (time, end) = self.time(1)?;
                Some(self.range(time, end).unwrap_or((Window::In(time), end)))
            }),
            Sense::Bound(_) => self.counted(1).map(|(n, period)| (Window::Within(n, period), 3)),
            Sense::Next | Sense::Last if self.counted(1).is_some() => self.span(0),
            // A number may stand for anything, but for the `21st` and `on 21 March`.
            Sense::Number(_) if !self.is_day() => None,
            Sense::Preposition if self.word(0) == "on" => {
                let day = Times { places: &self.places[1..], ..*self };
                let (window, end) = day.window().or_else(|| {
                    let (time, end) = day.time(0)?;
                    matches!(time, Time::DayOfMonth(..)).then_some((Window::In(time), end))
                })?;
                Some((window, end + 1))
            }
            // `This or next month`
            Sense::This if self.sense(1) == Some(Sense::And) => match self.time(2)? {
                (next @ Time::Relative(1, period), end) => {
                    Some((Window::Between(Some(Time::Relative(0, period)), Some(next)), end))
                }
                _ => None,
            },
            _ => {
                let (time, end) = self.time(0)?;
                let range = self.range(time, end);
                // `May` stands for something else as well.
                let is_may = time == Time::Month(5, None);
                range.or_else(|| (!is_may).then_some((Window::In(time), end)))
            }
        }
    }

    fn word(&self, i: usize) -> &str {
        &self.words[self.readings[self.places[i]].start].folded
    }

    /// Whether the number in front is that of a day: `21st`, `21 of`.
    fn is_day(&self) -> bool {
        numbers::ordinal(self.word(0)).is_some() || self.is_followed_by_of(0)
    }

    /// `21 of March`, but not `5 of our March renewals`.
    fn is_followed_by_of(&self, i: usize) -> bool {
        let is_together = self.places.get(i + 2).is_some_and(|&beyond| beyond == self.places[i] + 2);
        is_together && self.word(i + 1) == "of"
    }

    /// `60 days`, at a place.
    fn counted(&self, i: usize) -> Option<(u32, Period)> {
        Some((self.number(i)?, self.unit(i + 1)?))
    }

    /// `60 days`, `next 60 days`, `last 2 weeks`, `month`: so many periods from here on or up to here.
    fn span(&self, i: usize) -> Option<(Window, usize)> {
        let is_past = self.sense(i) == Some(Sense::Last);
        let start = i + usize::from(is_past || self.sense(i) == Some(Sense::Next));
        if let Some((n, period)) = self.counted(start) {
            let window = if is_past { Window::Past(n, period) } else { Window::Within(n, period) };
            return Some((window, start + 2));
        }
        // `In the coming weeks` does not say how many.
        let period = self.unit(i).filter(|_| !self.word(i).ends_with('s'))?;
        Some((Window::Within(1, period), i + 1))
    }

    /// The range that goes on from a time which ends at this place: `to March`, `- March`, `or the month after`.
    fn range(&self, from: Time, end: usize) -> Option<(Window, usize)> {
        if self.sense(end) == Some(Sense::And) {
            let next = || match (from, self.sense(end + 1)?) {
                (Time::Relative(n, period), Sense::Next) => Some((Time::Relative(n + 1, period), end + 2)),
                _ => None,
            };
            let (to, end) = self.time(end + 1).or_else(next)?;
            return from.is_followed_by(to).then_some((Window::Between(Some(from), Some(to)), end));
        }
        let is_joined = matches!(self.sense(end), Some(Sense::To | Sense::Until));
        let hyphen = || {
            let next = self.words[self.readings[*self.places.get(end)?].start].before.trim();
            matches!(next, "-" | "–" | "—").then_some(end)
        };
        let start = if is_joined { Some(end + 1) } else { hyphen() }?;
        let (to, end) = self.time(start)?;
        Some((Window::Between(Some(from), Some(to)), end))
    }

    /// A time, or the end of one.
    fn time_or_end(&self, i: usize) -> Option<(Time, usize, bool)> {
        match self.sense(i)? {
            Sense::EndOf(Some(period)) => Some((Time::Relative(0, period), i + 1, true)),
            Sense::EndOf(None) => {
                let this = || self.unit(i + 1).map(|period| (Time::Relative(0, period), i + 2));
                let (time, end) = self.time(i + 1).or_else(this)?;
                Some((time, end, true))
            }
            _ => self.time(i).map(|(time, end)| (time, end, false)),
        }
    }

    /// A stretch of the calendar at a place, and the place behind it.
    fn time(&self, i: usize) -> Option<(Time, usize)> {
        let relative = |n| Some((Time::Relative(n, self.unit(i + 1)?), i + 2));
        // `Q1 2027`, `first half of next year`
        let with_year = |of: fn(u32, Option<Year>) -> Time, n| {
            let start = i + 1 + usize::from(self.sense(i + 1) == Some(Sense::Preposition));
            match self.own_year(start) {
                Some((year, end)) => (of(n, Some(year)), end),
                None => (of(n, None), i + 1),
            }
        };
        match self.sense(i)? {
            Sense::Date(date) => Some((Time::Date(date), i + 1)),
            Sense::Day(n) => Some((Time::Relative(n, Period::Day), i + 1)),
            Sense::This => relative(0),
            Sense::Next | Sense::Upcoming => relative(1),
            Sense::Last => relative(-1),
            Sense::Quarter(n) => Some(with_year(Time::Quarter, n)),
            Sense::Half(n) => Some(with_year(Time::Half, n)),
            Sense::Month(month) => {
                Some(self.day_of(month, i + 1, i + 2).unwrap_or_else(|| with_year(Time::Month, month)))
            }
            Sense::Number(_) => {
                // `21 March`, `the 21st of March`
                let next = i + 1 + usize::from(self.is_followed_by_of(i));
                match self.sense(next) {
                    Some(Sense::Month(month)) if self.year(i).is_none() => self.day_of(month, i, next + 1),
                    _ => self.year(i).map(|year| (Time::Year(year), i + 1)),
                }
            }
            _ => None,
        }
    }

    /// The day of a month whose number stands at `day`, and the place behind it; a year may stand at `end`.
    fn day_of(&self, month: u32, day: usize, end: usize) -> Option<(Time, usize)> {
        // A leap year has every day.
        let day = self.number(day).filter(|&day| NaiveDate::from_ymd_opt(2000, month, day).is_some())?;
        let (year, end) = self.own_year(end).map_or((None, end), |(year, end)| (Some(year), end));
        Some((Time::DayOfMonth(month, day, year), end))
    }

    /// The year at a place, and the place behind it.
    fn own_year(&self, i: usize) -> Option<(Year, usize)> {
        if let Some(year) = self.year(i) {
            return Some((Year::Of(year), i + 1));
        }
        let n = match (self.sense(i)?, self.unit(i + 1)?) {
            (Sense::This, Period::Year) => 0,
            (Sense::Next, Period::Year) => 1,
            (Sense::Last, Period::Year) => -1,
            _ => return None,
        };
        Some((Year::Relative(n), i + 2))
    }
}
