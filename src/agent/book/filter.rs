//! Whether a filter holds for a customer, or why nobody can say.

use chrono::NaiveDate;
use contracts::{book::CustomerRow, health::Risk};

use super::{Column, Filter, Side, column::renewal_date};

/// What is not known of a customer, so that it cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Figure(Column),
    /// Its ARR is in another currency than the amount it would have to be compared with.
    OtherCurrency,
}

impl Filter {
    /// Whether it holds for the row.
    pub(super) fn holds(&self, row: &CustomerRow, as_of: NaiveDate) -> Result<bool, Gap> {
        let known = |column| Err(Gap::Figure(column));
        match self {
            Self::Risk(risks) if row.risk == Risk::Unknown && !risks.contains(&Risk::Unknown) => known(Column::Risk),
            Self::Risk(risks) => Ok(risks.contains(&row.risk)),
            Self::Trend(trends) => row.trend.map_or(known(Column::Trend), |trend| Ok(trends.contains(&trend))),
            Self::Renewal(window) => match row.days_to_renewal {
                None => known(Column::Renewal),
                Some(_) => Ok(renewal_date(row, as_of).is_some_and(|day| window.span(as_of).contains(day))),
            },
            Self::Arr(side, amount, currency) => match &row.arr {
                None => known(Column::Arr),
                Some(arr) if currency.as_ref().is_some_and(|currency| *currency != arr.currency) => {
                    Err(Gap::OtherCurrency)
                }
                Some(arr) => Ok(side.holds(arr.minor, *amount)),
            },
            Self::Currency(currencies) => {
                row.arr.as_ref().map_or(known(Column::Arr), |arr| Ok(currencies.contains(&arr.currency)))
            }
            Self::Score(side, bound) => row.score.map_or(known(Column::Score), |score| Ok(side.holds(score, *bound))),
            Self::OpenTickets(side, bound) => {
                row.open_tickets.map_or(known(Column::OpenTickets), |open| Ok(side.holds(open, *bound)))
            }
            Self::Without(column) => Ok(!column.is_known(row)),
        }
    }
}

impl Side {
    fn holds<T: Ord>(self, value: T, bound: T) -> bool {
        match self {
            Self::Over => value > bound,
            Self::AtLeast => value >= bound,
            Self::Under => value < bound,
            Self::AtMost => value <= bound,
        }
    }

    /// `over`, `of at least`: as it stands before the bound.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::AtLeast => "of at least",
            Self::Under => "under",
            Self::AtMost => "of at most",
        }
    }
}
