//! What is wrong with a piece or a delivery, and where; each a sentence for who sent it.

use std::fmt;

use chrono::NaiveDate;
use contracts::{
    ActivityId, CustomerId, Line, MAX_LINE,
    activity::MAX_WORDS,
    delivery::{MAX_PIECES, MAX_POINTS, MAX_SOURCES},
    facts::Part,
};

/// A rule that is broken, and by what.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Invalid {
    pub place: Place,
    pub problem: Problem,
}

impl Invalid {
    /// Puts a problem in its place.
    pub(super) fn at(place: Place) -> impl FnOnce(Problem) -> Self {
        |problem| Self { place, problem }
    }
}

/// Where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the delivery.
    Delivery,
    /// In what the delivery says of a part.
    Part(Part),
    /// In a customer's own row.
    Customer(CustomerId),
    /// In a customer's usage.
    Usage(CustomerId),
    /// In a customer's tickets.
    Tickets(CustomerId),
    /// In one of a customer's tickets, contracts, contacts, responses or activities.
    Thing {
        /// The word for what it is.
        kind: &'static str,
        /// Its id or key.
        key: Line,
        /// Whose it is.
        customer: CustomerId,
    },
}

impl Place {
    pub(super) fn ticket(customer: &CustomerId, id: &Line) -> Self {
        Self::thing("ticket", customer, id)
    }

    pub(super) fn contract(customer: &CustomerId, id: &Line) -> Self {
        Self::thing("contract", customer, id)
    }

    pub(super) fn contact(customer: &CustomerId, key: &Line) -> Self {
        Self::thing("contact", customer, key)
    }

    pub(super) fn response(customer: &CustomerId, id: &Line) -> Self {
        Self::thing("response", customer, id)
    }

    pub(super) fn activity(customer: &CustomerId, id: &ActivityId) -> Self {
        Self::thing("activity", customer, &Line::new(id.as_str()))
    }

    fn thing(kind: &'static str, customer: &CustomerId, key: &Line) -> Self {
        Self::Thing { kind, key: key.clone(), customer: customer.clone() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivery => f.write_str("delivery"),
            Self::Part(part) => f.write_str(part.as_str()),
            Self::Customer(id) => write!(f, "customer {id}"),
            Self::Usage(id) => write!(f, "usage of {id}"),
            Self::Tickets(id) => write!(f, "tickets of {id}"),
            Self::Thing { kind, key, customer } if key.is_empty() => write!(f, "a {kind} of {customer}"),
            Self::Thing { kind, key, customer } => write!(f, "{kind} {key} of {customer}"),
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say it")]
pub enum Problem {
    #[error("{0} must not be empty")]
    Empty(&'static str),
    #[error("{field} has {length} characters; {MAX_LINE} are the most")]
    TooLong { field: &'static str, length: usize },
    #[error("{0} must be in the years 1 to 9999")]
    NoDate(&'static str),
    #[error("it is there twice")]
    Twice,
    #[error("there are no points")]
    NoPoints,
    #[error("{0} points are too many; send the newest {MAX_POINTS}")]
    TooManyPoints(usize),
    #[error("{0} is there twice")]
    DayTwice(NaiveDate),
    #[error("{before} comes before {after}; the oldest point must be first")]
    OutOfOrder { before: NaiveDate, after: NaiveDate },
    #[error("{0} must be a number, zero or more")]
    NoAmount(&'static str),
    #[error("the value on {0} must be a number, zero or more")]
    NoAmountOn(NaiveDate),
    #[error("trend must be up, flat or down; 0 before and 0 recently is silent by itself")]
    Silent,
    #[error("it was closed on {closed}, before it was opened on {opened}")]
    ClosedBeforeOpened { closed: NaiveDate, opened: NaiveDate },
    #[error("the currency must be three capital letters, such as USD")]
    NoCurrency,
    #[error("the ARR must not be negative")]
    NegativeArr,
    #[error("the score must be {lowest} to {highest}")]
    NoScore { lowest: u32, highest: u32 },
    #[error("the text has {0} characters; {MAX_WORDS} are the most")]
    TooManyWords(usize),
    #[error("its follow-up is due on {due}, before the day of the activity, {on}")]
    DueBefore { due: NaiveDate, on: NaiveDate },
    #[error("its follow-up was closed on {closed}, before the day of the activity, {on}")]
    ClosedBefore { closed: NaiveDate, on: NaiveDate },
    #[error("there are no parts")]
    NoParts,
    #[error("it is no part that sources deliver")]
    NotDelivered,
    #[error("it has no optional column {0}")]
    UnknownColumn(Line),
    #[error("rows of it were rejected, but it is not among the parts")]
    RejectedOfNoPart,
    #[error("something of it is said not to be there, but it is not among the parts")]
    PartlyOfNoPart,
    #[error("{0} pieces are too many; {MAX_PIECES} are the most")]
    TooManyPieces(u32),
    #[error("{0} sources are too many for an order; {MAX_SOURCES} are the most")]
    TooManySources(usize),
}
