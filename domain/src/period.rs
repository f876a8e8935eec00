//! The days that totals are made over.

use chrono::{Days, NaiveDate};
use contracts::quarter::Quarter;

use crate::thresholds::PERIOD_DAYS;

/// The days that totals and counts are made over, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    /// The last 90 days up to `day`, with it.
    pub fn up_to(day: NaiveDate) -> Self {
        Self { from: day.checked_sub_days(Days::new(PERIOD_DAYS - 1)).unwrap_or(NaiveDate::MIN), to: day }
    }

    /// The days before it: the quarter before a quarter, else as many days.
    pub fn before(self) -> Self {
        let quarter = Quarter::of(self.from);
        if self == Self::from(quarter) {
            return quarter.before().into();
        }
        let days = self.to.signed_duration_since(self.from).num_days().unsigned_abs() + 1;
        let earlier = |day: NaiveDate| day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
        Self { from: earlier(self.from), to: earlier(self.to) }
    }

    /// Whether `day` is one of its days.
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

impl From<Quarter> for Period {
    fn from(quarter: Quarter) -> Self {
        Self { from: quarter.first_day(), to: quarter.last_day() }
    }
}
