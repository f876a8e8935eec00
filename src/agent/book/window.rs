//! A time for a renewal as days of the calendar.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Period, Time, Window, Year};

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

    /// So many months from a day on.
    fn months(from: Option<NaiveDate>, n: u32) -> Self {
        Self { from, to: from.and_then(|from| from.checked_add_months(Months::new(n))?.pred_opt()) }
    }
}

impl Window {
    /// The days of the window, seen from `as_of`.
    pub(super) fn span(self, as_of: NaiveDate) -> Span {
        match self {
            Self::Overdue => Span { from: None, to: as_of.pred_opt() },
            Self::Within(n, period) => Span { from: Some(as_of), to: period.after(as_of, n) },
            Self::Past(n, period) => Span { from: period.before(as_of, n), to: Some(as_of) },
            Self::In(time) => time.span(as_of),
            Self::Before(time) => Span { from: None, to: time.span(as_of).from.and_then(|day| day.pred_opt()) },
            Self::After(time) => Span { from: time.span(as_of).to.and_then(|day| day.succ_opt()), to: None },
            Self::Since(time) => {
                let years = (as_of.year() - 1..=as_of.year()).rev();
                let begun = years.map(|year| time.in_year(year, as_of)).find(|span| span.from <= Some(as_of));
                Span { to: None, ..begun.unwrap_or_else(|| time.span(as_of)) }
            }
            Self::Between(Some(from), Some(to)) => between(from, to, as_of),
            Self::Gone(from, to) => gone(from, to, as_of),
            Self::Between(from, to) => {
                Span { from: from.and_then(|from| from.span(as_of).from), to: to.and_then(|to| to.span(as_of).to) }
            }
        }
    }
}

/// The range as it was last, up to the day.
fn gone(from: Time, to: Time, as_of: NaiveDate) -> Span {
    let coming = between(from, to, as_of);
    let is_begun = |span: &Span| span.from <= Some(as_of);
    let a_year_ago = as_of.checked_sub_months(Months::new(12)).filter(|_| to.comes_every_year());
    let last = a_year_ago.filter(|_| !is_begun(&coming)).map_or(coming, |then| between(from, to, then));
    Span { to: if is_begun(&last) { last.to.min(Some(as_of)) } else { last.to }, ..last }
}

/// Of two times without a year the range is the one that is not over yet.
fn between(from: Time, to: Time, as_of: NaiveDate) -> Span {
    let around = |span: Span| {
        let year = span.from.unwrap_or(as_of).year();
        year - 1..=year + 1
    };
    if from.comes_every_year() {
        let last = to.span(as_of);
        let first = around(last).rev().map(|year| from.in_year(year, as_of)).find(|first| first.from <= last.from);
        Span { from: first.and_then(|first| first.from), to: last.to }
    } else {
        let first = from.span(as_of);
        let is_later = |last: &Span| !to.comes_every_year() || last.from >= first.from;
        let last = around(first).map(|year| to.in_year(year, as_of)).find(is_later);
        Span { from: first.from, to: last.and_then(|last| last.to) }
    }
}

impl Time {
    /// Whether nothing lies between the two.
    pub(in crate::agent) fn is_followed_by(self, next: Self) -> bool {
        match (self, next) {
            (Self::Month(a, _), Self::Month(b, _)) => b == a % 12 + 1,
            (Self::Quarter(a, _), Self::Quarter(b, _)) => b == a % 4 + 1,
            (Self::Half(a, _), Self::Half(b, _)) => b == a % 2 + 1,
            (Self::Year(a), Self::Year(b)) => b == a + 1,
            (Self::Relative(a, of), Self::Relative(b, also_of)) => of == also_of && b == a + 1,
            _ => false,
        }
    }

    fn comes_every_year(self) -> bool {
        matches!(self, Self::DayOfMonth(.., None) | Self::Month(_, None) | Self::Quarter(_, None) | Self::Half(_, None))
    }

    /// Its days; without a year those that are not over yet.
    fn span(self, as_of: NaiveDate) -> Span {
        let this_year = self.in_year(as_of.year(), as_of);
        let is_over = this_year.to.is_some_and(|to| to < as_of);
        if is_over && self.comes_every_year() { self.in_year(as_of.year() + 1, as_of) } else { this_year }
    }

    /// Its days, in `year` where it has none of its own.
    fn in_year(self, year: i32, as_of: NaiveDate) -> Span {
        let first_day = |year, month| NaiveDate::from_ymd_opt(year, month, 1);
        let year_of = |own: Option<Year>| match own {
            Some(Year::Of(own)) => own,
            Some(Year::Relative(n)) => as_of.year().saturating_add(n),
            None => year,
        };
        let part = |months: u32, nth: u32, own| {
            Span::months(first_day(year_of(own), nth.saturating_sub(1) * months + 1), months)
        };
        match self {
            Self::Date(day) => Span { from: Some(day), to: Some(day) },
            Self::DayOfMonth(month, day, own) => {
                let on = |day| NaiveDate::from_ymd_opt(year_of(own), month, day);
                // The 29th of February is the 28th where there is none.
                let day = on(day).or_else(|| on(28));
                Span { from: day, to: day }
            }
            Self::Month(month, own) => part(1, month, own),
            Self::Quarter(quarter, own) => part(3, quarter, own),
            Self::Half(half, own) => part(6, half, own),
            Self::Year(year) => Span::months(first_day(year, 1), 12),
            Self::Relative(n, period) => {
                let step = if n < 0 { Period::before } else { Period::after };
                let from = period.first_day(as_of).and_then(|first| step(period, first, n.unsigned_abs()));
                Span { from, to: from.and_then(|first| period.after(first, 1)?.pred_opt()) }
            }
        }
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
        match self.months() {
            Some(months) => day.checked_add_months(Months::new(n.checked_mul(months)?)),
            None => day.checked_add_days(self.days(n)),
        }
    }

    /// The day `n` periods earlier; none beyond the calendar.
    fn before(self, day: NaiveDate, n: u32) -> Option<NaiveDate> {
        match self.months() {
            Some(months) => day.checked_sub_months(Months::new(n.checked_mul(months)?)),
            None => day.checked_sub_days(self.days(n)),
        }
    }

    /// Its length in months; none where it is one of days.
    fn months(self) -> Option<u32> {
        match self {
            Self::Day | Self::Week => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Year => Some(12),
        }
    }

    fn days(self, n: u32) -> Days {
        Days::new(u64::from(n) * if self == Self::Week { 7 } else { 1 })
    }
}
