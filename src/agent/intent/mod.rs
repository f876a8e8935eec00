//! What a sentence asks for, found without a model.

use contracts::{CustomerId, Line, book::CustomerRow, planner::Task};

use super::book::BookQuestion;

/// What is said to whoever asks for something that is no customer success.
pub const DECLINED: &str = "That is outside of what I know: your customers. Try “how is Acme doing?”, “draft the renewal \
                            email for Globex”, “which customers are most at risk?” or “renewals next quarter over 50k”.";

/// How many candidates a choice has at most: one digit key each.
pub const MAX_CANDIDATES: usize = 9;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Something about one customer.
    Customer {
        /// The customer.
        customer: CustomerRow,
        /// The task that comes nearest.
        task: Task,
    },
    /// Something about the whole book.
    Book(BookQuestion),
    /// Something about one customer, but several may be meant.
    Choose {
        /// Those, best match first; [`MAX_CANDIDATES`] at most.
        candidates: Vec<CustomerRow>,
        /// The task that comes nearest.
        task: Task,
    },
    /// Something about one customer, but none of the book is named and none selected.
    NoCustomer {
        /// The task that comes nearest.
        task: Task,
        /// The name that was read and that nobody in the book has.
        wanted: Option<Line>,
    },
    /// No customer success at all; see [`DECLINED`].
    Declined,
}

/// Finds what `sentence` asks for. A sentence that names no customer is about the `selected` one.
pub fn parse(_sentence: &str, _book: &[CustomerRow], _selected: Option<&CustomerId>) -> Intent {
    Intent::Declined
}
