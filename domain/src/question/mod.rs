//! Questions to the book in words become queries. The grammar is small, and honest: every word is in the query or is one
//! that says nothing, or else there is no query, and what was not understood is told.
//!
//! A question is cut into `words`, which the `table` and the book's own `names` give meanings (`tokens`); `parse` makes
//! conditions and wishes of those, and `assemble` one query of all of them.

mod assemble;
pub mod customer;
mod figure;
mod names;
mod parse;
mod phrases;
mod table;
mod time;
mod tokens;
pub mod who;
mod words;

use chrono::NaiveDate;
use contracts::{query::Query, reading::FactId};

pub use self::names::{Names, VOCABULARY};

const RENEWAL: FactId = FactId::of("contract.days_to_renewal");

/// What a question was understood as.
#[derive(Debug, Clone, PartialEq)]
pub enum Understood {
    /// This query, of every word.
    As(Query),
    /// Nothing, because of these words.
    Not(Vec<String>),
    /// Nothing, because it can be understood in several ways.
    Several(Doubt),
}

/// What a question leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// `and` beside `or`.
    #[error("it says both “and” and “or”, and I cannot tell which of them belong together")]
    AndOr,
    /// `not` before several.
    #[error("I cannot tell whether the “not” is of one condition or of all of them")]
    Not,
    /// A time of nothing.
    #[error("I cannot tell what happens in that time")]
    Time,
    /// A renewal at no time.
    #[error("it does not say when the renewal is")]
    Renewal,
    /// The first few of every group.
    #[error("I can show the first few of all, and not of each group")]
    Each,
    /// Two totals, two orders.
    #[error("it asks for several things at once")]
    Many,
    /// A word that no condition is made of.
    #[error("it does not say what to do with that figure")]
    Figure,
    /// There is no condition, no order and no measure.
    #[error("it does not say which customers")]
    Nothing,
}

/// Whether a question is about several customers. To compare is about several where it `compares_customers`, and else of
/// one customer's own days.
pub fn is_of_many(question: &str, compares_customers: bool) -> bool {
    use table::Meaning::{Compare, Customers, Top, Versus};
    let words = words::words(question);
    let is_many = |word: &String| match tokens::meaning(word) {
        Some(Customers(false) | Top) => true,
        Some(Compare | Versus) => compares_customers,
        _ => MANY.contains(&word.as_str()),
    };
    let is_choice = |pair: &[String]| {
        ["which", "what"].contains(&pair[0].as_str()) && matches!(tokens::meaning(&pair[1]), Some(Customers(true)))
    };
    words.iter().any(is_many) || words.windows(2).any(is_choice)
}

/// Words of several customers that the language does not tell from those of one.
const MANY: [&str; 6] = ["renewals", "anyone", "anybody", "nobody", "book", "portfolio"];

/// What a question asks of the book whose names and words these are; times are seen from `today`.
pub fn understand(question: &str, names: &Names, today: NaiveDate) -> Understood {
    let words = words::words(question);
    match tokens::tokens(&words, names) {
        Err(unknown) => Understood::Not(unknown),
        Ok(tokens) => match parse::items(&tokens, today) {
            Err(parse::Stuck { from, to }) => {
                let place = |token: usize| tokens.get(token).map_or(words.len(), |token| token.from);
                Understood::Not(vec![words[place(from)..place(to)].join(" ")])
            }
            Ok(items) => assemble::query(items).map_or_else(Understood::Several, Understood::As),
        },
    }
}
