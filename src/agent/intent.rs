//! What a sentence asks for, found without a model: a query to the book, or something about one customer.

use chrono::NaiveDate;
use contracts::{CustomerId, Line, book::CustomerRow, query::Query};
use domain::question::{
    Names, Understood,
    customer::{self, Asked},
    is_of_many, understand,
    who::{self, Who},
};

use crate::words::list;

/// How many candidates a choice has at most: one digit key each.
pub const MAX_CANDIDATES: usize = 9;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Something about one customer.
    Customer {
        /// The customer.
        customer: CustomerRow,
        /// What of it.
        asked: Asked,
    },
    /// Something about the whole book, every word of it.
    Book(Query),
    /// Something about one customer, but several may be meant.
    Choose {
        /// Those, best match first; [`MAX_CANDIDATES`] at most.
        candidates: Vec<CustomerRow>,
        /// What of it.
        asked: Asked,
    },
    /// Something about one customer, but none of the book is named and none selected.
    NoCustomer {
        /// The name that was read and that nobody in the book has.
        wanted: Option<Line>,
    },
    /// Nothing that is answered with data.
    Declined(Declined),
}

/// Why a sentence gets no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declined {
    /// It asks for nothing yet, such as `help` or `hello`.
    Help,
    /// It asks to change something.
    Change,
    /// There is none.
    Empty,
    /// Not all of it was understood, of a customer or of the book: why.
    NotUnderstood(Line),
}

impl Declined {
    /// Why the rules do not answer what is asked of a customer; none where they do.
    pub fn of(question: &str, asked: &Asked) -> Option<Self> {
        match asked.unknown.as_slice() {
            [] => None,
            _ if is_order(question) => Some(Self::Change),
            words => Some(Self::NotUnderstood(Line::new(&unknown(words)))),
        }
    }

    /// What is said instead of an answer.
    pub fn text(&self) -> String {
        let text = match self {
            Self::Help => {
                "Ask about a customer or the whole book, such as “how is Acme doing?”, “when does Globex renew?”, \
                 “draft the renewal email for Globex” or “renewals next quarter over 50k”."
            }
            Self::Change => {
                "Nothing is changed from here: I only read your customers' data. Change it where it is kept, then ask \
                 again, such as “how is Acme doing?”."
            }
            Self::Empty => "Ask something, such as “how is Acme doing?” or “renewals next quarter over 50k”.",
            Self::NotUnderstood(why) => {
                return format!(
                    "I answer only what I understand whole: {why}. Say it in other words, such as “when does Acme \
                     renew?”, or as a query, such as risk:high renewal:<60d."
                );
            }
        };
        text.to_owned()
    }
}

/// Words that order a change, where a sentence begins with them.
const ORDERS: [&str; 14] = [
    "set",
    "delete",
    "change",
    "remove",
    "add",
    "edit",
    "modify",
    "rename",
    "overwrite",
    "update",
    "increase",
    "decrease",
    "assign",
    "merge",
];

/// Whether a sentence orders a change of data; `update me on Acme` does not.
fn is_order(sentence: &str) -> bool {
    let words = sentence.split_whitespace().map(str::to_lowercase);
    let mut words = words.skip_while(|word| ["please", "can", "could", "you"].contains(&word.as_str()));
    let is_order = words.next().is_some_and(|first| ORDERS.contains(&first.as_str()));
    is_order && words.next().is_some_and(|next| !["me", "us", "on", "about"].contains(&next.as_str()))
}

/// What is said by way of a beginning.
const HELP: [&str; 8] =
    ["help", "hello", "hi", "hey", "what can you do", "what can i ask", "how does this work", "who are you"];

/// How questions about somebody who is before one's eyes begin.
const OF_ONE: [&str; 9] = ["is", "are", "does", "has", "was", "will", "when", "why", "should"];

/// Finds what `sentence` asks for on the day `today`. A sentence that names no customer is about the `selected` one.
pub fn parse(sentence: &str, book: &[CustomerRow], selected: Option<&CustomerId>, today: NaiveDate) -> Intent {
    let plain = sentence.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if sentence.trim().is_empty() {
        return Intent::Declined(Declined::Empty);
    }
    if plain.is_empty() || HELP.contains(&plain.as_str()) {
        return Intent::Declined(Declined::Help);
    }
    let selected = selected.and_then(|id| book.iter().find(|row| row.id == *id));
    let Who { named, stranger, rest } = who::find(sentence, book, selected.is_some());
    let customers = named.len() + usize::from(stranger.is_some()) + usize::from(selected.is_some());
    let is_of_many = is_of_many(&rest, customers != 1);
    let asked = customer::asked(&rest);
    // `Is the renewal overdue?` is of the customer before one's eyes, and so is what its facts answer, such as `their ARR`.
    let first = plain.split_whitespace().next().unwrap_or_default();
    let is_of_facts = asked.unknown.is_empty() && !asked.wanted.is_empty();
    let is_of_selected = selected.is_some() && !is_of_many && (is_of_facts || OF_ONE.contains(&first));
    let why = match understand(sentence, &Names::of(book), today) {
        Understood::As(query) if !is_of_selected => return Intent::Book(query),
        Understood::As(_) => String::new(),
        Understood::Not(words) => unknown(&words),
        Understood::Several(doubt) => doubt.to_string(),
    };
    let not_understood = |why: &str| Intent::Declined(Declined::NotUnderstood(Line::new(why)));
    if is_of_many {
        return not_understood(&why);
    }
    match (named.as_slice(), stranger, selected) {
        (_, Some(_), _) if is_order(sentence) => Intent::Declined(Declined::Change),
        (_, Some(wanted), _) => Intent::NoCustomer { wanted: Some(wanted) },
        ([only], None, _) => one_of(only, asked),
        ([], None, Some(customer)) => Intent::Customer { customer: customer.clone(), asked },
        ([], None, None) if asked.unknown.is_empty() => Intent::NoCustomer { wanted: None },
        // An email or a deck is for one of several, who has to be chosen.
        (several @ [_, ..], None, _) if asked.unknown.is_empty() && asked.wanted.is_empty() => {
            let mut customers: Vec<&CustomerRow> = Vec::new();
            for row in several.iter().flatten() {
                if !customers.iter().any(|known| known.id == row.id) {
                    customers.push(row);
                }
            }
            one_of(&customers, asked)
        }
        _ => not_understood(&why),
    }
}

/// The customer, or a choice between those who may be meant.
fn one_of(customers: &[&CustomerRow], asked: Asked) -> Intent {
    match customers {
        [only] => Intent::Customer { customer: (*only).clone(), asked },
        several => {
            let candidates = several.iter().take(MAX_CANDIDATES).map(|row| (*row).clone()).collect();
            Intent::Choose { candidates, asked }
        }
    }
}

/// `“weather” says nothing to me here`.
fn unknown(words: &[String]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("“{word}”")).collect();
    format!("{} {} nothing to me here", list(&quoted), if words.len() == 1 { "says" } else { "say" })
}
