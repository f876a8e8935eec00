//! A time for a renewal as days of the calendar.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Period, Window};

/// From one day to another, both of them in it; open where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Span {
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Window {
    /// The days of the window, seen from `as_of`.
    pub(super) fn span(self, as_of: NaiveDate) -> Span {
        let first_day = |year, month| NaiveDate::from_ymd_opt(year, month, 1);
        let months = |start: Option<NaiveDate>, n| Span {
            from: start,
            to: start.and_then(|start| start.checked_add_months(Months::new(n))?.pred_opt()),
        };
        // A month or quarter without a year is the one that is not over yet.
        let coming = |month: u32, n: u32, year: Option<i32>| {
            let in_year = |year| months(first_day(year, month), n);
            year.map(in_year).unwrap_or_else(|| {
                let this_year = in_year(as_of.year());
                if this_year.to.is_some_and(|to| to < as_of) { in_year(as_of.year() + 1) } else { this_year }
            })
        };
        match self {
            Self::Overdue => Span { from: None, to: as_of.pred_opt() },
            Self::This(period) => Span::of(period, period.first_day(as_of)),
            Self::Next(period) => Span::of(period, period.first_day(as_of).and_then(|first| period.after(first, 1))),
            Self::Within(n, period) => Span { from: Some(as_of), to: period.after(as_of, n) },
            Self::Month(month, year) => coming(month, 1, year),
            Self::Quarter(quarter, year) => coming(quarter.saturating_sub(1) * 3 + 1, 3, year),
            Self::Year(year) => months(first_day(year, 1), 12),
            Self::Between(from, to) => Span { from, to },
        }
    }
}

impl Span {
    fn of(period: Period, first: Option<NaiveDate>) -> Self {
        Self { from: first, to: first.and_then(|first| period.after(first, 1)?.pred_opt()) }
    }
}

impl Period {
    /// The first day of the period that `day` is in; weeks begin on Monday.
    fn first_day(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(day),
            Self::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())),
            Self::Month => day.with_day(1),
            Self::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        }
    }

    /// The day `n` periods later; none beyond the calendar.
    fn after(self, day: NaiveDate, n: u32) -> Option<NaiveDate> {
        let months = |each: u32| day.checked_add_months(Months::new(n.checked_mul(each)?));
        match self {
            Self::Day => day.checked_add_days(Days::new(n.into())),
            Self::Week => day.checked_add_days(Days::new(u64::from(n) * 7)),
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Year => months(12),
        }
    }
}
