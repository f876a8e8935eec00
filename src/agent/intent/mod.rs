//! What a sentence asks for, found without a model: a query to the book, or a task for one customer.

mod head;
mod lexicon;
mod names;
mod sentence;
mod strangers;
mod table;
mod words;

use std::ops::Range;

use chrono::NaiveDate;
use contracts::{CustomerId, Line, TaskId, book::CustomerRow, query::Query};
use domain::question::{Names, Understood, understand};

pub(super) use self::lexicon::is_legal;
pub use self::names::nearest;
use self::{
    lexicon::Reading,
    names::{How, Named},
    sentence::Sentence,
    table::Sense,
    words::Word,
};

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
        task: TaskId,
    },
    /// Something about the whole book, every word of it.
    Book(Query),
    /// Something about one customer, but several may be meant.
    Choose {
        /// Those, best match first; [`MAX_CANDIDATES`] at most.
        candidates: Vec<CustomerRow>,
        /// The task that comes nearest.
        task: TaskId,
    },
    /// Something about one customer, but none of the book is named and none selected.
    NoCustomer {
        /// The task that comes nearest.
        task: TaskId,
        /// The name that was read and that nobody in the book has.
        wanted: Option<Line>,
    },
    /// Nothing that is answered with data.
    Declined(Declined),
}

/// Why a sentence gets no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declined {
    /// It is no customer success at all.
    OffTopic,
    /// It asks for nothing yet, such as `help` or `hello`.
    Help,
    /// It asks to change something.
    Change,
    /// There is none.
    Empty,
    /// It is about the book, but not all of it was understood: why.
    NotUnderstood(Line),
}

impl Declined {
    /// What is said instead of an answer.
    pub fn text(&self) -> String {
        let text = match self {
            Self::OffTopic => {
                "That is outside of what I know: your customers. Try “how is Acme doing?”, “draft the renewal email for \
                 Globex”, “customers at high risk” or “renewals next quarter over 50k”."
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
            Self::NotUnderstood(why) => {
                return format!(
                    "I answer only what I understand whole: {why}. Say it in other words, or as a query, such as risk:high \
                     renewal:<60d."
                );
            }
        };
        text.to_owned()
    }
}

/// Finds what `sentence` asks for on the day `today`. A sentence that names no customer is about the `selected` one.
pub fn parse(sentence: &str, book: &[CustomerRow], selected: Option<&CustomerId>, today: NaiveDate) -> Intent {
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
    // `The weather` beside another's name is no name.
    if named.len() > 1 {
        let is_thing = |start: usize| {
            start > 0 && lexicon::meaning(&words[start - 1].folded).is_some_and(|it| it.sense == Sense::Determiner)
        };
        named.retain(|named| is_sure(named) || !is_thing(named.words.start));
        readings = read(&named);
    }
    let sentence_of = |readings| Sentence { words: &words, readings, strangers: &strangers };
    if let Some(declined) = sentence_of(readings.clone()).declined(&named) {
        return Intent::Declined(declined);
    }
    let is_of_many = readings.iter().any(|reading| reading.is(Sense::Many));
    // `Is the renewal overdue?` is of the customer before one's eyes.
    let is_of_selected = selected.is_some() && !is_of_many && OF_ONE.contains(&words[0].folded.as_str());
    let why = match understand(sentence, &Names::of(book), today) {
        Understood::As(query) if !is_of_selected => return Intent::Book(query),
        Understood::As(_) => String::new(),
        Understood::Not(words) => {
            let words: Vec<_> = words.iter().map(|word| format!("“{word}”")).collect();
            format!(
                "{} {} nothing to me here",
                crate::words::list(&words),
                if words.len() == 1 { "says" } else { "say" }
            )
        }
        Understood::Several(doubt) => doubt.to_string(),
    };
    if named.is_empty() && !is_of_many {
        let unknown: Vec<_> = readings.iter().filter(|reading| reading.meaning.is_none()).collect();
        named.extend(unknown.into_iter().filter_map(|reading| alike(reading, &words, book)));
        named.sort_by_key(|named| named.words.start);
        readings = read(&named);
    }
    let sentence = sentence_of(readings);
    let selected = selected.and_then(|id| book.iter().find(|row| row.id == *id));
    let not_understood = || Intent::Declined(Declined::NotUnderstood(Line::new(&why)));
    match named.as_slice() {
        _ if is_of_many => not_understood(),
        [] => sentence.of_nobody(selected),
        several => {
            let intent = || match several {
                [only] => Some(sentence.of_named(only)),
                several => sentence.of_several(several),
            };
            sentence.beside().or_else(intent).unwrap_or_else(not_understood)
        }
    }
}

/// How questions about somebody who is before one's eyes begin.
const OF_ONE: [&str; 9] = ["is", "are", "does", "has", "was", "will", "when", "why", "should"];

/// Reads what is no name. A name may come again, or a part of it.
fn read(words: &[Word<'_>], named: &[Named<'_>], strangers: &[Range<usize>]) -> Vec<Reading> {
    let again = |i: usize, j: usize| words[i].folded == words[j].folded && !lexicon::is_common(&words[i].folded);
    let is_of = |i: usize, named: &Named<'_>| named.words.contains(&i) || named.words.clone().any(|j| again(i, j));
    lexicon::read(words, strangers, |i| named.iter().any(|named| is_of(i, named)))
}

/// The customers whose names are like one word, which may have a legal form behind it.
fn alike<'a>(reading: &Reading, words: &[Word<'_>], book: &'a [CustomerRow]) -> Option<Named<'a>> {
    let is_word = words[reading.start + 1..reading.end].iter().all(|word| lexicon::is_only_legal(&word.folded));
    let customers = if is_word { names::alike(&words[reading.start], book) } else { Vec::new() };
    let words = reading.start..reading.end;
    (!customers.is_empty()).then_some(Named { words, how: How::Alike, customers })
}
