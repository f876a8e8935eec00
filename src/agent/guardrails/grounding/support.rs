//! Whether a figure is carried by what is known.

use chrono::{Datelike, Months};

use super::{
    derive::{Amount, Facts},
    figures::{Claim, Figure, Near, Number, Unit, quarter_of},
};

/// Numbers that may be years.
const YEARS: std::ops::RangeInclusive<f64> = 1990.0..=2100.0;

impl Facts {
    /// What the figure rests on; `None` where nothing carries it.
    pub(super) fn support(&self, figure: &Figure) -> Option<&str> {
        match &figure.claim {
            Claim::Amount { number, unit, near } => self.amount_like(*number, *unit, *near),
            Claim::Day(dates) => self.day_where(|day| dates.contains(&day)),
            Claim::DayOfYear { day, month } => self.day_where(|known| known.day() == *day && known.month() == *month),
            Claim::DayOfMonth(day) => self.day_where(|known| known.day() == *day),
            Claim::Month { month, year } => {
                self.day_where(|known| known.month() == *month && year.is_none_or(|year| known.year() == year))
            }
            Claim::Quarter { quarter, year } => self.quarter_like(*quarter, *year),
            Claim::Unreadable => None,
        }
    }

    fn amount_like(&self, number: Number, unit: Unit, near: Near) -> Option<&str> {
        let known = self.amounts.iter().find(|known| is_like(unit, known.unit) && carries(known, number, unit, near));
        let may_be_year = unit == Unit::Any && number.step == 1.0 && YEARS.contains(&number.value);
        let year = || self.day_where(|day| may_be_year && f64::from(day.year()) == number.value);
        known.map(|known| known.basis.as_str()).or_else(year)
    }

    fn day_where(&self, is_it: impl Fn(chrono::NaiveDate) -> bool) -> Option<&str> {
        self.days.iter().find(|(day, _)| is_it(*day)).map(|(_, basis)| basis.as_str())
    }

    /// The quarters of known days, and the one after the day of the answer, which is what `next quarter` means.
    fn quarter_like(&self, quarter: u32, year: Option<i32>) -> Option<&str> {
        let is_it = |day: chrono::NaiveDate| quarter_of(day) == quarter && year.is_none_or(|year| day.year() == year);
        let next = self.days.first().filter(|(as_of, _)| as_of.checked_add_months(Months::new(3)).is_some_and(is_it));
        self.day_where(is_it).or(next.map(|(_, basis)| basis.as_str()))
    }
}

/// Whether what is written may count what is known.
fn is_like(written: Unit, known: Unit) -> bool {
    match (written, known) {
        (_, Unit::Any) => true,
        (Unit::Any, Unit::Money(_) | Unit::Percent | Unit::Ratio) => false,
        (Unit::Any, _) => true,
        (Unit::Money(Some(written)), Unit::Money(Some(known))) => written.may_be(known),
        (Unit::Money(None), Unit::Money(_)) => true,
        (Unit::Time { renewal, .. }, Unit::Time { renewal: known, .. }) => known || !renewal,
        // `2 of 5 tickets` counts those of a priority too.
        (Unit::Tickets(None), Unit::Tickets(_)) => true,
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
            Near::Over => written <= exact + rounding && exact * 0.9 <= written,
            Near::Under => exact <= written + rounding && written * 0.9 <= exact,
        }
}
