//! What a sentence asks for, found without a model.

use contracts::{CustomerId, book::CustomerRow, planner::Task};

use super::book::BookQuestion;

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
        /// Those, best match first; nine at most.
        candidates: Vec<CustomerRow>,
        /// The task that comes nearest.
        task: Task,
    },
    /// Something about one customer, but none is named and none selected.
    NoCustomer {
        /// The task that comes nearest.
        task: Task,
    },
    /// No customer success at all.
    Declined,
}

/// Finds what `sentence` asks for. A sentence that names no customer is about the `selected` one.
pub fn parse(_sentence: &str, _book: &[CustomerRow], _selected: Option<&CustomerId>) -> Intent {
    Intent::Declined
}
