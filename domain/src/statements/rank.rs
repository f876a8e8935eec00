//! Where a customer stands in the book, by what it pays.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    book::{CustomerRow, Standing},
    facts::{Part, Source},
};

use super::{State, Statement};

/// The place of the customer among those who pay in the same currency, the one that pays most first; none where nobody can
/// say, or nobody else does.
pub fn rank(customer: &CustomerId, book: &[CustomerRow], as_of: NaiveDate) -> Option<Statement> {
    let counted = book.iter().filter(|row| row.standing == Standing::Active);
    let counted = counted.filter_map(|row| Some((&row.id, row.arr.as_ref()?)));
    let (_, own) = counted.clone().find(|(id, _)| *id == customer)?;
    let same: Vec<_> = counted.filter(|(_, arr)| arr.currency == own.currency).collect();
    let place = 1 + same.iter().filter(|(_, arr)| arr.minor > own.minor).count();
    let about = format!(
        "by yearly contract value it is number {place} of the {} customers of whom that is known in {}",
        same.len(),
        own.currency
    );
    (same.len() > 1).then(|| Statement {
        id: "contract.arr_rank".to_owned(),
        part: Part::Contracts,
        label: Line::new("Rank by ARR"),
        about: Line::new(&about),
        to: None,
        state: State::Known,
        source: Some(Source { origin: Line::new("your book"), as_of }),
        day: None,
    })
}
