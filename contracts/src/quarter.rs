//! Quarters of the calendar, as they are typed and travel: `2024-Q4`.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The years that a quarter may be of.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = "^(19|2[01])[0-9]{2}-Q[1-4]$"))]
pub struct Quarter {
    year: i32,
    /// 1 to 4.
    number: u32,
}

/// A text that is no quarter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no quarter; write it as 2024-Q4")]
pub struct NoQuarter(String);

impl Quarter {
    /// The one that a day is in.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), number: day.quarter() }
    }

    /// The last one that has ended before `today`.
    pub fn last_full(today: NaiveDate) -> Self {
        Self::of(today).before()
    }

    /// The one before it.
    pub fn before(self) -> Self {
        match self.number {
            1 => Self { year: self.year - 1, number: 4 },
            number => Self { number: number - 1, ..self },
        }
    }

    /// The one after it.
    pub fn after(self) -> Self {
        match self.number {
            4 => Self { year: self.year + 1, number: 1 },
            number => Self { number: number + 1, ..self },
        }
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, 3 * self.number - 2, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.after().first_day().checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = NoQuarter;

    fn from_str(text: &str) -> Result<Self, NoQuarter> {
        let refused = || NoQuarter(text.chars().take(20).collect());
        let (year, number) = text.split_once(['Q', 'q']).ok_or_else(refused)?;
        let year = year.strip_suffix('-').filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
        let number = number.parse().ok().filter(|number| (1..=4).contains(number));
        let quarter = year.filter(|year| YEARS.contains(year)).zip(number);
        quarter.map(|(year, number)| Self { year, number }).ok_or_else(refused)
    }
}

impl TryFrom<String> for Quarter {
    type Error = NoQuarter;

    fn try_from(text: String) -> Result<Self, NoQuarter> {
        text.parse()
    }
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> Self {
        quarter.to_string()
    }
}
