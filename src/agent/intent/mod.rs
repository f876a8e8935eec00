//! What a sentence asks for, found without a model.

mod head;
mod lexicon;
mod listing;
mod names;
mod numbers;
mod sentence;
mod strangers;
mod table;
mod time;
mod words;

use std::ops::Range;

use contracts::{CustomerId, Line, book::CustomerRow, planner::Task};

pub(super) use self::lexicon::is_legal;
pub use self::names::nearest;
use self::{
    lexicon::{Reading, Sense},
    names::{How, Named},
    sentence::Sentence,
    words::Word,
};
use super::book::BookQuestion;

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
    /// Nothing that is answered with data.
    Declined(Declined),
}

/// Why a sentence gets no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declined {
    /// It is no customer success at all.
    OffTopic,
    /// It asks for nothing yet, such as `help` or `hello`.
    Help,
    /// It asks to change something.
    Change,
    /// There is none.
    Empty,
}

impl Declined {
    /// What is said instead of an answer.
    pub fn text(self) -> &'static str {
        match self {
            Self::OffTopic => {
                "That is outside of what I know: your customers. Try “how is Acme doing?”, “draft the renewal email for \
                 Globex”, “which customers are most at risk?” or “renewals next quarter over 50k”."
            }
            Self::Help => {
                "Ask about a customer or the whole book, such as “how is Acme doing?”, “draft the renewal email for \
                 Globex”, “compare Acme and Globex” or “renewals next quarter over 50k”."
            }
            Self::Change => {
                "Nothing is changed from here: I only read your customers' data. Change it where it is kept, then ask \
                 again, such as “how is Acme doing?”."
            }
            Self::Empty => "Ask something, such as “how is Acme doing?” or “renewals next quarter over 50k”.",
        }
    }
}

/// Finds what `sentence` asks for. A sentence that names no customer is about the `selected` one.
pub fn parse(sentence: &str, book: &[CustomerRow], selected: Option<&CustomerId>) -> Intent {
    let words = words::words(sentence);
    if words.is_empty() {
        return Intent::Declined(if sentence.trim().is_empty() { Declined::Empty } else { Declined::Help });
    }
    let mut named = names::find(&words, book);
    let strangers = strangers::find(&words, &named);
    let is_sure = |named: &Named<'_>| named.how > How::Part || words[named.words.start].is_capitalised();
    let is_of = |named: &Named<'_>, stranger: &Range<usize>| stranger.contains(&named.words.start);
    named.retain(|named| !strangers.iter().any(|stranger| is_of(named, stranger)));
    let read = |named: &[Named<'_>]| read(&words, named, &strangers);
    let mut readings = read(&named);
    let is_plural = listing::read(&readings, &words).is_plural;
    let is_compared = says(&readings, Sense::Compare);
    // `The weather` beside another's name is no name.
    if named.len() > 1 {
        let is_thing = |start: usize| start > 0 && lexicon::is_determiner(&words[start - 1].folded);
        let is_sure = |named: &Named<'_>| is_sure(named) || !is_thing(named.words.start);
        named.retain(is_sure);
        readings = read(&named);
    }
    // Among many customers a small word of one's name is only a word, and those `except Acme` are not Acme.
    if is_plural && !is_compared {
        let before = |named: &Named<'_>| named.words.start.checked_sub(1).map(|i| words[i].folded.as_str());
        let is_beside = |named: &Named<'_>| matches!(before(named), Some("except" | "excluding" | "than" | "like"));
        named.retain(|named| is_sure(named) && !is_beside(named));
        readings = read(&named);
    }
    let is_mistyped = named.is_empty() && !is_plural;
    if is_compared || is_mistyped {
        let unknown: Vec<_> = readings.iter().filter(|reading| reading.meaning.is_none()).collect();
        named.extend(unknown.into_iter().filter_map(|reading| alike(reading, &words, book)));
        named.sort_by_key(|named| named.words.start);
        readings = read(&named);
    }
    let sentence = Sentence { words: &words, readings, strangers: &strangers };
    if let Some(declined) = sentence.declined(&named) {
        return Intent::Declined(declined);
    }
    let selected = selected.and_then(|id| book.iter().find(|row| row.id == *id));
    // `Compare with Acme`: the one before one's eyes is the other.
    let beside = selected.filter(|_| is_compared && named.len() == 1);
    match named.as_slice() {
        [] => sentence.of_nobody(selected),
        [only] if beside.is_none() => {
            sentence.of_stranger(&named, is_compared).unwrap_or_else(|| sentence.of_named(only))
        }
        several => {
            let customers = beside.into_iter().chain(several.iter().flat_map(|named| named.customers.iter().copied()));
            sentence.of_stranger(&named, is_compared).unwrap_or_else(|| sentence.of_several(customers, is_compared))
        }
    }
}

/// Reads what is no name. A name may come again, or a part of it.
fn read(words: &[Word<'_>], named: &[Named<'_>], strangers: &[Range<usize>]) -> Vec<Reading> {
    let again = |i: usize, j: usize| words[i].folded == words[j].folded && !lexicon::is_common(&words[i].folded);
    let is_of = |i: usize, named: &Named<'_>| named.words.contains(&i) || named.words.clone().any(|j| again(i, j));
    lexicon::read(words, strangers, |i| named.iter().any(|named| is_of(i, named)))
}

fn says(readings: &[Reading], sense: Sense) -> bool {
    readings.iter().any(|reading| reading.meaning.is_some_and(|meaning| meaning.sense == sense))
}

/// The customers whose names are like one word, which may have a legal form behind it.
fn alike<'a>(reading: &Reading, words: &[Word<'_>], book: &'a [CustomerRow]) -> Option<Named<'a>> {
    let is_word = words[reading.start + 1..reading.end].iter().all(|word| lexicon::is_only_legal(&word.folded));
    let customers = if is_word { names::alike(&words[reading.start], book) } else { Vec::new() };
    let words = reading.start..reading.end;
    (!customers.is_empty()).then_some(Named { words, how: How::Alike, customers })
}
