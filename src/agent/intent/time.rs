//! Times in a sentence: `next quarter`, `within 60 days`, `in March 2027`, `before 2027-03-31`.

use std::ops::Range;

use super::lexicon::{Reading, Sense};
use crate::agent::book::{Period, Window};

/// What `soon` means: the health score counts a renewal as near from here on.
const SOON: Window = Window::Within(60, Period::Day);

/// The first time of a sentence, and which readings say it.
pub(super) fn find(readings: &[Reading]) -> Option<(Window, Range<usize>)> {
    (0..readings.len()).find_map(|start| {
        let (window, length) = at(&readings[start..])?;
        Some((window, start..start + length))
    })
}

fn at(readings: &[Reading]) -> Option<(Window, usize)> {
    let sense = |i: usize| readings.get(i).and_then(|reading| Some(reading.meaning?.sense));
    let number = |i: usize| match sense(i) {
        Some(Sense::Number(number)) => number.whole(),
        _ => None,
    };
    let year = |i: usize| number(i).and_then(|n| i32::try_from(n).ok()).filter(|year| (2000..2100).contains(year));
    let unit = |i: usize| match sense(i) {
        Some(Sense::Unit(period)) => Some(period),
        _ => None,
    };
    let date = |i: usize| match sense(i) {
        Some(Sense::Date(date)) => Some(date),
        _ => None,
    };
    // A month, a quarter of the year or a year, beginning at a place.
    let named = |i: usize| match (sense(i)?, year(i + 1)) {
        (Sense::Month(month), Some(year)) => Some((Window::Month(month, Some(year)), 2)),
        (Sense::Month(month), None) => Some((Window::Month(month, None), 1)),
        (Sense::Quarter(quarter), Some(year)) => Some((Window::Quarter(quarter, Some(year)), 2)),
        (Sense::Quarter(quarter), None) => Some((Window::Quarter(quarter, None), 1)),
        _ => year(i).map(|year| (Window::Year(year), 1)),
    };
    match sense(0)? {
        Sense::Next | Sense::Within | Sense::In => {
            let within = || Some((Window::Within(number(1)?, unit(2)?), 3));
            let next = || match (sense(0)?, unit(1)?) {
                (Sense::Next, period) => Some((Window::Next(period), 2)),
                // `within the next quarter`, `within a month`
                (_, period) => Some((Window::Within(1, period), 2)),
            };
            let in_named = || named(1).map(|(window, length)| (window, length + 1));
            within().or_else(next).or_else(in_named).or_else(|| {
                let (Sense::In | Sense::Within) = sense(0)? else { return None };
                // `within a quarter`, `in the quarter`
                (sense(1) == Some(Sense::Plain)).then(|| Some((Window::Within(1, unit(2)?), 3))).flatten()
            })
        }
        Sense::This => Some((Window::This(unit(1)?), 2)),
        Sense::Bound(_) if number(1).is_some() && unit(2).is_some() => Some((Window::Within(number(1)?, unit(2)?), 3)),
        Sense::Before => Some((Window::Between(None, date(1)?.pred_opt()), 2)),
        Sense::By => Some((Window::Between(None, Some(date(1)?)), 2)),
        Sense::After => match (sense(2), date(3)) {
            (_, Some(to)) => Some((Window::Between(Some(date(1)?), Some(to)), 4)),
            _ => Some((Window::Between(Some(date(1)?), None), 2)),
        },
        Sense::Between => Some((Window::Between(Some(date(1)?), Some(date(3)?)), 4)),
        Sense::Day(0) => Some((Window::This(Period::Day), 1)),
        Sense::Day(_) => Some((Window::Next(Period::Day), 1)),
        Sense::Soon => Some((SOON, 1)),
        Sense::Date(date) => Some((Window::Between(Some(date), Some(date)), 1)),
        // `May` and a number may stand for something else.
        Sense::Quarter(_) => named(0),
        Sense::Month(_) if year(1).is_some() => named(0),
        _ => None,
    }
}
