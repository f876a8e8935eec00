//! The figures of a row, and how they read: the same in a table of the terminal, in a document and on the screen.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use contracts::{book::CustomerRow, facts::Trend, health::Risk};
use domain::facts::{Fact, find};
use serde::{Serialize, Serializer};

use crate::words;

/// A figure of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The health score.
    Score,
    /// The risk band.
    Risk,
    /// Which way usage moves.
    Trend,
    /// Annual recurring revenue.
    Arr,
    /// How far away the renewal is.
    Renewal,
    /// The day of the renewal.
    RenewalDate,
    /// Open tickets.
    OpenTickets,
}

impl Column {
    /// The fact that it shows.
    fn fact(self) -> &'static Fact {
        let id = match self {
            Self::Score => "health.score",
            Self::Risk => "health.risk",
            Self::Trend => "usage.trend",
            Self::Arr => "contract.arr",
            Self::Renewal | Self::RenewalDate => "contract.renewal_date",
            Self::OpenTickets => "tickets.open",
        };
        find(id).expect("a fact of the catalogue")
    }

    /// What stands above the column, and in a sentence before its figure: `score`, `ARR`.
    pub fn heading(self) -> String {
        lowered(self.fact().heading)
    }

    /// The field of a row that it is read from, as the wire has it.
    fn field(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Risk => "risk",
            Self::Trend => "trend",
            Self::Arr => "arr",
            Self::Renewal | Self::RenewalDate => "daysToRenewal",
            Self::OpenTickets => "openTickets",
        }
    }

    /// Whether its figures stand at the right.
    pub fn is_figure(self) -> bool {
        self.fact().kind.is_figure()
    }

    /// What the row has, in words; `-` where nothing is known. Its days are counted from `as_of`.
    pub fn cell(self, row: &CustomerRow, as_of: NaiveDate) -> String {
        let text = match self {
            Self::Score => row.score.map(|score| words::score(score, row.coverage)),
            Self::Risk => Some(row.risk.as_str().to_owned()),
            Self::Trend => row.trend.map(Trend::as_str).map(str::to_owned),
            Self::Arr => row.arr.as_ref().map(words::money),
            Self::Renewal => row.days_to_renewal.map(words::distance),
            Self::RenewalDate => renewal_date(row, as_of).map(|date| date.to_string()),
            Self::OpenTickets => row.open_tickets.map(|open| open.to_string()),
        };
        text.unwrap_or_else(|| "-".to_owned())
    }

    /// What the row has, as a sentence says it: `ARR USD 310,000`, `6 open tickets`.
    pub(super) fn said(self, row: &CustomerRow, as_of: NaiveDate) -> String {
        match (self, row.open_tickets) {
            (Self::OpenTickets, Some(open)) => words::count(open.into(), "open ticket"),
            _ => format!("{} {}", self.heading(), self.cell(row, as_of)),
        }
    }

    /// Whether the row has the figure.
    pub fn is_known(self, row: &CustomerRow) -> bool {
        match self {
            Self::Score => row.score.is_some(),
            Self::Risk => row.risk != Risk::Unknown,
            Self::Trend => row.trend.is_some(),
            Self::Arr => row.arr.is_some(),
            Self::Renewal | Self::RenewalDate => row.days_to_renewal.is_some(),
            Self::OpenTickets => row.open_tickets.is_some(),
        }
    }

    /// The figure as a sentence says it after `no`.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Risk => "risk band",
            Self::Trend => "usage trend",
            Self::Arr => "ARR",
            Self::Renewal | Self::RenewalDate => "renewal date",
            Self::OpenTickets => "ticket data",
        }
    }
}

/// Without a capital at its beginning, but for words that are all capitals.
fn lowered(heading: &str) -> String {
    let mut chars = heading.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(heading.chars().skip(1)).collect()
        }
        _ => heading.to_owned(),
    }
}

/// Writes the fields that the columns are read from, each of them once.
pub(super) fn fields<S: Serializer>(columns: &[Column], to: S) -> Result<S::Ok, S::Error> {
    let mut fields: Vec<_> = columns.iter().map(|column| column.field()).collect();
    let mut seen = HashSet::new();
    fields.retain(|field| seen.insert(*field));
    fields.serialize(to)
}

/// The day of the renewal, of days that were counted from `as_of`; none beyond the calendar.
pub(super) fn renewal_date(row: &CustomerRow, as_of: NaiveDate) -> Option<NaiveDate> {
    as_of.checked_add_signed(TimeDelta::try_days(row.days_to_renewal?)?)
}
