//! What was made of rows or left out of them, which is told with their number.

use ::contracts::facts::Part;

/// Something that was made of many rows, and is told with their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Made {
    /// A closed ticket was closed on the day it was last changed.
    ClosedWhenChanged,
    /// What a ticket's priority says is not known, so that it is an ordinary one.
    NormalAsPriorityIsNotRead,
    /// What a ticket's status says is not known, and it has no closing day.
    OpenAsStatusIsNotRead,
    /// A ticket's closing day cannot be read or is before it was opened, and nothing else says whether it is open.
    OpenAsClosingIsNotRead,
    /// A trial has no revenue.
    TrialWithoutRevenue,
    /// An amount is no revenue, as nothing says how often it is paid.
    SumWithoutInterval,
    /// An amount is that of the whole subscription, however many seats it has.
    AmountOfAllSeats,
}

impl Made {
    /// What was made, for people, behind the number of rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClosedWhenChanged => "closed tickets without a day count as closed on the day they were last changed",
            Self::NormalAsPriorityIsNotRead => "tickets count as normal, as what their priority says is not known",
            Self::OpenAsStatusIsNotRead => {
                "tickets count as open, as what their status says is not known and they have no closing day"
            }
            Self::OpenAsClosingIsNotRead => {
                "tickets count as open, as the day they were closed cannot be read or is before they were opened"
            }
            Self::TrialWithoutRevenue => "trials and contracts to come are kept without revenue",
            Self::SumWithoutInterval => "amounts are no revenue, as nothing in their row says how often they are paid",
            Self::AmountOfAllSeats => {
                "an amount beside seats is taken for that of all of them together (if it is that of each, say with --map \
                 that its column is contracts.unit_amount)"
            }
        }
    }
}

/// Why a row is no row of its part, although it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// A company that is no customer by its status.
    Prospect,
    /// A ticket that was deleted.
    Deleted,
    /// A closed ticket of which nothing says the day.
    ClosedWithoutDay,
    /// A contract that was cancelled or has ended.
    Ended,
    /// A term of a contract that another one has followed.
    Renewed,
    /// A stretch of time that is not over on the day of the delivery.
    NotOver,
}

impl LeftOut {
    /// Of which part such rows are.
    pub fn part(self) -> Part {
        match self {
            Self::Prospect => Part::Customers,
            Self::Deleted | Self::ClosedWithoutDay => Part::Tickets,
            Self::Ended | Self::Renewed => Part::Contracts,
            Self::NotOver => Part::Usage,
        }
    }

    /// What such rows are, for people, behind their number.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prospect => "companies that are no customers by their status",
            Self::Deleted => "deleted tickets",
            Self::ClosedWithoutDay => "closed tickets without the day they were closed",
            Self::Ended => "contracts that are cancelled or have ended",
            Self::Renewed => "contracts that were over and have been renewed by another of the same plan",
            Self::NotOver => "values of a stretch of time that is not over yet",
        }
    }
}
