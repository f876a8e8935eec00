//! Whether a figure is carried by what is known.

use chrono::{Datelike, Months, NaiveDate};

use super::{
    derive::{Amount, Day, Facts},
    figures::{Around, Claim, Figure, Near, Number, Unit, Whole, quarter_of},
};

/// Numbers that may be years.
const YEARS: std::ops::RangeInclusive<f64> = 1990.0..=2100.0;

impl Facts {
    /// What the figure rests on; `None` where nothing carries it.
    pub(super) fn support(&self, figure: &Figure) -> Option<&str> {
        let fits = |day: &Day| day.renewal || !figure.around.renewal;
        match &figure.claim {
            Claim::Amount { number, unit, near } => self.amount_like(figure, *number, *unit, *near),
            Claim::Day(dates) => self.day_where(|day| fits(day) && dates.contains(&day.date)),
            Claim::DayOfYear { day, month } => {
                self.day_where(|known| fits(known) && known.date.day() == *day && known.date.month() == *month)
            }
            Claim::DayOfMonth(day) => self.day_where(|known| fits(known) && known.date.day() == *day),
            Claim::Month { month, year } => self.day_where(|known| {
                fits(known) && known.date.month() == *month && year.is_none_or(|year| known.date.year() == year)
            }),
            Claim::Quarter { quarter, year } => self.quarter_like(*quarter, *year, fits),
            Claim::Unreadable => None,
        }
    }

    fn amount_like(&self, figure: &Figure, number: Number, unit: Unit, near: Near) -> Option<&str> {
        let around = &figure.around;
        let may_be = |known: &Amount| {
            let signed = number.sign != 0;
            is_like(unit, known.unit, around)
                && is_of_its_time(known.unit, around)
                && around.meets(known.needs, known.unit, signed)
        };
        let known = self.amounts.iter().find(|known| may_be(known) && carries(known, number, unit, near));
        let may_be_year = unit == Unit::Any && number.step == 1.0 && YEARS.contains(&number.value);
        let year = || {
            self.day_where(|day| {
                may_be_year && (day.renewal || !around.renewal) && f64::from(day.date.year()) == number.value
            })
        };
        known.map(|known| known.basis.as_str()).or_else(year)
    }

    fn day_where(&self, is_it: impl Fn(&Day) -> bool) -> Option<&str> {
        self.days.iter().find(|day| is_it(day)).map(|day| day.basis.as_str())
    }

    /// The quarters of known days, and the one after the day of the answer, which is what `next quarter` means.
    fn quarter_like(&self, quarter: u32, year: Option<i32>, fits: impl Fn(&Day) -> bool) -> Option<&str> {
        let is_it = |day: NaiveDate| quarter_of(day) == quarter && year.is_none_or(|year| day.year() == year);
        let next = |day: &&Day| day.date.checked_add_months(Months::new(3)).is_some_and(is_it);
        let next = self.days.first().filter(next).map(|day| day.basis.as_str());
        self.day_where(|day| fits(day) && is_it(day.date)).or(next)
    }
}

/// Whether a sentence on the renewal may have this: of all times, only the one to the renewal. And that one is not how
/// long a ticket waits.
fn is_of_its_time(known: Unit, around: &Around) -> bool {
    match known {
        Unit::Time { renewal: true, .. } => !around.waiting,
        Unit::Time { renewal: false, .. } => !around.renewal,
        _ => true,
    }
}

/// Whether what is written may count what is known.
fn is_like(written: Unit, known: Unit, around: &Around) -> bool {
    let tickets = &around.tickets;
    match (written, known) {
        (_, Unit::Any) => true,
        (Unit::Any, Unit::Money(_) | Unit::Percent(_) | Unit::Ratio) => false,
        (Unit::Any, known) => around.speaks_of(known),
        (Unit::Money(Some(written)), Unit::Money(Some(known))) => written.may_be(known),
        (Unit::Money(None), Unit::Money(_)) => true,
        (Unit::Percent(Whole::Any), Unit::Percent(known)) => known != Whole::Weight,
        (Unit::Percent(Whole::Weight), Unit::Percent(known)) => matches!(known, Whole::Weight | Whole::Points),
        (Unit::Time { .. }, Unit::Time { .. }) => true,
        // `2 of 5 tickets are urgent` counts those of a priority too; `2 tickets are open` counts all.
        (Unit::Tickets(None), Unit::Tickets(Some(known))) => tickets.priorities.contains(&known),
        (Unit::Tickets(None), Unit::SeriousTickets) => tickets.serious(),
        (Unit::Tickets(None), Unit::ClosedTickets) => tickets.closed,
        (written, known) => written == known,
    }
}

fn carries(known: &Amount, number: Number, unit: Unit, near: Near) -> bool {
    let (scale, rounding) = match unit {
        // Weeks and months are never exact: half of one to either side.
        Unit::Time { days, .. } if days > 1.0 => (days, f64::max(number.step, 1.0) / 2.0),
        _ => (1.0, number.step / 2.0),
    };
    let against_sign = (number.sign < 0 && known.value >= 0.0) || (number.sign > 0 && known.value < 0.0);
    let (exact, written) = (known.value.abs() / scale, number.value);
    let rounding = rounding + exact * 1e-9;
    !against_sign
        && match near {
            Near::Exactly => (exact - written).abs() <= rounding,
            Near::About => (exact - written).abs() <= f64::max(rounding, exact * 0.05),
            Near::Over => written <= exact + rounding && exact * 0.9 <= written + rounding,
            Near::Under => exact <= written + rounding && written * 0.9 <= exact + rounding,
        }
}
