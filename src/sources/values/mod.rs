//! What cells say, read by whole columns: a look at every cell decides how each of them is read, so that no cell is read
//! against another one. What can be read in two ways is asked, never guessed.

mod address;
mod currency;
mod date;
mod decision;
mod id;
mod months;
mod number;
mod placeholder;
mod ranks;
mod reading;
mod seen;
mod stretch;
mod words;

pub use self::{
    currency::Mark,
    date::DayOrder,
    decision::{Ambiguous, Because, Decision, Open},
    id::customer_id,
    number::Decimals,
    ranks::Ranks,
    reading::Reading,
    seen::{Evidence, Seen},
    stretch::{end_of_month, is_month, stretch, words},
    words::{is_known, known},
};

/// Whether a cell is an amount with its currency.
pub fn has_currency(text: &str) -> bool {
    number::parse(text.trim()).is_some_and(|figure| figure.mark.is_some())
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Any text.
    Text,
    /// An id, with its zeros.
    Id,
    /// A day; read as `2026-12-24`.
    Date,
    /// A figure; read as `1234.5`.
    Number,
    /// An amount of money, which may have its currency with it; read as `1234.50`.
    Money,
    /// A whole number; read as `1200`.
    Whole,
    /// How many days; read as `90`, also of `90 days` or `12 weeks`.
    Days,
    /// A currency, by its code, its sign or its name; read as `USD`.
    Currency,
    /// An e-mail address, also with a name before it; read as the address in lower case.
    Email,
    /// A site of a company; read as its domain in lower case, without `www.`.
    Domain,
    /// Read as `yes` or `no`.
    YesNo,
    /// Of a ticket; read as `urgent`, `high`, `normal` or `low`, normal where there is none; also as a number.
    Priority,
    /// Of a ticket; read as `open`, `closed` or `deleted`.
    TicketState,
    /// Of a customer; read as `active`, `churned` or `prospect`, which is no customer yet.
    CustomerStatus,
    /// Of a contract or subscription; read as `active`, `trial`, `future` or `ended`.
    ContractState,
    /// How often an amount is paid; read as `day`, `week`, `month`, `quarter`, `half-year` or `year`.
    Interval,
    /// Read as `up`, `flat` or `down`.
    Trend,
    /// Read as `count` or `level`.
    Measure,
    /// Read as `csat` or `nps`.
    Survey,
}

impl Kind {
    /// Whether it is one of a few words.
    fn is_word(self) -> bool {
        known(self).next().is_some()
    }
}

/// What somebody says of columns that do not show it themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// Which number of a day comes first.
    pub dates: Option<DayOrder>,
    /// Which mark stands before decimals.
    pub decimals: Option<Decimals>,
    /// What a priority of 1 is.
    pub priorities: Option<Ranks>,
}
