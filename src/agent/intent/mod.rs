//! What a sentence asks for, found without a model.

mod head;
mod lexicon;
mod listing;
mod names;
mod numbers;
mod time;
mod words;

use contracts::{CustomerId, Line, book::CustomerRow, planner::Task};

pub use self::names::nearest;
use self::{
    lexicon::{Reading, Sense},
    names::{How, Named},
    words::Word,
};
use super::book::{BookQuestion, Column, Wanted};

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
pub fn parse(sentence: &str, book: &[CustomerRow], selected: Option<&CustomerId>) -> Intent {
    let words = words::words(sentence);
    let mut named = names::find(&words, book);
    let mut readings = read(&words, &named);
    let is_plural = listing::read(&readings, &words).is_plural;
    let is_compared = says(&readings, Sense::Compare);
    // Among many customers a small word of one's name is only a word.
    if is_plural && !is_compared {
        let is_sure = |named: &Named<'_>| named.how > How::Part || words[named.words.start].is_capitalised();
        named.retain(is_sure);
        readings = read(&words, &named);
    }
    let is_mistyped = named.is_empty() && !is_plural;
    if is_compared || is_mistyped {
        let unknown: Vec<_> = readings.iter().filter(|reading| reading.meaning.is_none()).collect();
        named.extend(unknown.into_iter().filter_map(|reading| alike(reading, &words, book)));
        named.sort_by_key(|named| named.words.start);
        readings = read(&words, &named);
    }
    let sentence = Sentence { words, readings };
    match named.as_slice() {
        [] => {
            let selected = selected.and_then(|id| book.iter().find(|row| row.id == *id));
            sentence.of_book(selected.is_some()).unwrap_or_else(|| sentence.of_selected(selected))
        }
        [only] if is_compared => sentence.of_strangers().unwrap_or_else(|| sentence.of_named(only)),
        [only] => sentence.of_named(only),
        several => sentence.of_several(several, is_compared),
    }
}

/// Reads what is no name. A name may come again, or a part of it.
fn read(words: &[Word<'_>], named: &[Named<'_>]) -> Vec<Reading> {
    let again = |i: usize, j: usize| words[i].folded == words[j].folded && !lexicon::is_common(&words[i].folded);
    let is_of = |i: usize, named: &Named<'_>| named.words.contains(&i) || named.words.clone().any(|j| again(i, j));
    lexicon::read(words, |i| named.iter().any(|named| is_of(i, named)))
}

fn says(readings: &[Reading], sense: Sense) -> bool {
    readings.iter().any(|reading| reading.meaning.is_some_and(|meaning| meaning.sense == sense))
}

fn alike<'a>(reading: &Reading, words: &[Word<'_>], book: &'a [CustomerRow]) -> Option<Named<'a>> {
    let customers = names::alike(&words[reading.start], book);
    let words = reading.start..reading.end;
    (!customers.is_empty()).then_some(Named { words, how: How::Alike, customers })
}

/// A sentence that was read.
struct Sentence<'a> {
    words: Vec<Word<'a>>,
    readings: Vec<Reading>,
}

impl Sentence<'_> {
    /// How many words are not known.
    fn unknown(&self) -> usize {
        self.readings.iter().filter(|reading| reading.meaning.is_none()).count()
    }

    /// A question about one customer, where more of it was recognised than not.
    fn of_named(&self, named: &Named<'_>) -> Intent {
        let head = head::head(&self.readings);
        // A name alone asks how its customer is; a small word of one, in a sentence of nothing else known, is no name.
        let is_name = named.how > How::Part
            || self.words[named.words.start].is_capitalised()
            || named.words.len() == self.words.len();
        let recognised = head.hints + usize::from(is_name);
        if head.names == 0 && recognised <= self.unknown() {
            return Intent::Declined;
        }
        one_of(&named.customers, head.task.unwrap_or(Task::Health))
    }

    /// Several customers side by side, but an email is to one of them.
    fn of_several(&self, named: &[Named<'_>], is_compared: bool) -> Intent {
        let mut customers: Vec<&CustomerRow> = Vec::new();
        for row in named.iter().flat_map(|named| &named.customers) {
            if !customers.iter().any(|known| known.id == row.id) {
                customers.push(row);
            }
        }
        let task = head::head(&self.readings).task;
        if customers.len() == 1 {
            return one_of(&customers, task.unwrap_or(Task::Health));
        }
        if let (Some(task @ (Task::Email | Task::Qbr)), false) = (task, is_compared) {
            return one_of(&customers, task);
        }
        let customers = customers.iter().take(MAX_CANDIDATES).map(|row| row.id.clone());
        Intent::Book(BookQuestion::Compare(customers.collect()))
    }

    /// A comparison with somebody whom the book does not have.
    fn of_strangers(&self) -> Option<Intent> {
        let wanted = Some(self.stranger(|_| true)?);
        Some(Intent::NoCustomer { task: Task::Health, wanted })
    }

    /// A question about the whole book. With a customer before one's eyes a mere condition is about that one.
    fn of_book(&self, is_selected: bool) -> Option<Intent> {
        let asked = listing::read(&self.readings, &self.words);
        let is_of_one = is_selected && asked.listing.rank.is_none_or(|rank| rank.by == Column::Risk);
        let is_sum = asked.listing.wanted == Wanted::TotalArr;
        let is_single = if is_of_one { is_sum } else { asked.is_ranked || !asked.listing.filters.is_empty() };
        let is_book = asked.is_plural || is_single;
        (is_book && asked.weight > self.unknown()).then_some(Intent::Book(BookQuestion::List(asked.listing)))
    }

    /// A question about the selected customer, or about nobody in particular.
    fn of_selected(&self, selected: Option<&CustomerRow>) -> Intent {
        let head = head::head(&self.readings);
        // A name that nobody has is no word that was not understood.
        let names = self.readings.iter().filter(|it| it.meaning.is_none() && self.is_written_as_name(it.start)).count();
        let unknown = self.unknown() - names;
        let Some(task) = head.task.filter(|_| 2 * head.names + head.hints > unknown) else {
            return Intent::Declined;
        };
        // With a customer before one's eyes only what is written as a name is taken for another's.
        let stranger = self.stranger(|i| self.is_written_as_name(i) || (selected.is_none() && self.stands_for_name(i)));
        match selected.filter(|_| stranger.is_none()) {
            Some(customer) => Intent::Customer { customer: customer.clone(), task },
            None => Intent::NoCustomer { task, wanted: stranger },
        }
    }

    /// The first words that nobody knows, which may be a name.
    fn stranger(&self, may_be_name: impl Fn(usize) -> bool) -> Option<Line> {
        let is_unknown = |reading: &&Reading| reading.meaning.is_none();
        let first = self.readings.iter().position(|reading| reading.meaning.is_none() && may_be_name(reading.start))?;
        let run = self.readings[first..].iter().take_while(is_unknown);
        let words: Vec<_> = run.map(|reading| self.words[reading.start].text).collect();
        Some(Line::new(&words.join(" ")))
    }

    /// Whether it stands where names do: `Acme renewal`, `renewal for acme`.
    fn stands_for_name(&self, i: usize) -> bool {
        let before = self.readings.iter().find(|reading| reading.end == i);
        let is_preposition = |reading: &Reading| reading.meaning.is_some_and(|it| it.sense == Sense::Preposition);
        before.map_or(self.words[i].is_capitalised(), is_preposition)
    }

    fn is_written_as_name(&self, i: usize) -> bool {
        self.words[i].is_possessive || (i > 0 && self.words[i].is_capitalised())
    }
}

/// The customer, or a choice between those who may be meant.
fn one_of(customers: &[&CustomerRow], task: Task) -> Intent {
    match customers {
        [only] => Intent::Customer { customer: (*only).clone(), task },
        several => {
            let candidates = several.iter().take(MAX_CANDIDATES).map(|row| (*row).clone()).collect();
            Intent::Choose { candidates, task }
        }
    }
}
