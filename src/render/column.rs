//! The usual figures of a row, as the plain list of the book has them.

use contracts::{book::CustomerRow, facts::Trend};
use domain::facts::{Fact, find};

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
            Self::Renewal => "contract.renewal_date",
            Self::OpenTickets => "tickets.open",
        };
        find(id).expect("a fact of the catalogue")
    }

    /// What stands above the column, and in a sentence before its figure: `score`, `ARR`.
    pub fn heading(self) -> String {
        lowered(self.fact().heading)
    }

    /// Whether its figures stand at the right.
    pub fn is_figure(self) -> bool {
        self.fact().kind.is_figure()
    }

    /// What the row has, in words; `-` where nothing is known.
    pub fn cell(self, row: &CustomerRow) -> String {
        let text = match self {
            Self::Score => row.score.map(|score| words::score(score, row.coverage)),
            Self::Risk => Some(row.risk.as_str().to_owned()),
            Self::Trend => row.trend.map(Trend::as_str).map(str::to_owned),
            Self::Arr => row.arr.as_ref().map(words::money),
            Self::Renewal => row.days_to_renewal.map(words::distance),
            Self::OpenTickets => row.open_tickets.map(|open| open.to_string()),
        };
        text.unwrap_or_else(|| "-".to_owned())
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
