//! What is made of a sentence whose words and names were read.

use std::ops::Range;

use contracts::{Line, book::CustomerRow, planner::Task};

use super::{
    Declined, Intent, MAX_CANDIDATES, head,
    lexicon::{self, Reading, Sense},
    listing::{self, is_telling},
    names::{How, Named},
    says,
    words::{self, Word},
};
use crate::agent::book::{BookQuestion, Column, Measure, Wanted};

/// So many words may be unknown in a question that is about nothing but a customer.
const FEW: usize = 4;

/// A sentence that was read.
pub(super) struct Sentence<'a> {
    pub words: &'a [Word<'a>],
    pub readings: Vec<Reading>,
    /// What is written as the name of somebody.
    pub strangers: &'a [Range<usize>],
}

impl Sentence<'_> {
    /// What is asked for that is no question about data.
    pub fn declined(&self, named: &[Named<'_>]) -> Option<Declined> {
        let is_polite = |reading: &&Reading| {
            matches!(self.sense(reading), Some(Sense::Plain | Sense::Be | Sense::Does | Sense::To))
                && !is_telling(reading)
        };
        let first = self.readings.iter().find(|reading| !is_polite(reading));
        let is_order = first.is_some_and(|first| {
            let is_base = first.end == first.start + 1 && lexicon::is_word(&self.words[first.start].folded);
            self.sense(first) == Some(Sense::Change)
                && is_base
                && self.words.len() > 1
                && named.iter().all(|named| first.start < named.words.start)
        });
        // Words like `what`, `can` and `you`, of which none is of the field.
        let is_idle = |reading: &Reading| {
            let is_small = self.sense(reading).is_some_and(|sense| !is_of_book(sense));
            is_small && !is_telling(reading)
        };
        if is_order {
            Some(Declined::Change)
        } else if named.is_empty() && self.readings.iter().all(is_idle) {
            Some(Declined::Help)
        } else {
            None
        }
    }

    /// A question about one customer, where more of it was recognised than not, or that is about nothing else.
    pub fn of_named(&self, named: &Named<'_>) -> Intent {
        let head = head::head(&self.readings);
        let unknown = self.unknown().count();
        let before = self.sense_before(named.words.start);
        // A name alone asks how its customer is; a small word of one may be no name.
        let is_name = named.how > How::Part
            || self.words[named.words.start].is_capitalised()
            || named.words.len() == self.words.len()
            || (unknown == 0 && before != Some(Sense::Determiner));
        let is_behind = matches!(before, Some(Sense::Preposition | Sense::To | Sense::In | Sense::From));
        let is_possessive = self.words[named.words.end - 1].is_possessive;
        let is_topic = is_name && unknown <= FEW && !is_behind && !is_possessive && !self.asks_for_unknown();
        // `How is the weather` is not about Weather Underground, but `the umbrella account` is one.
        let is_account = self.sense_after(named.words.end) == Some(Sense::Customer);
        let is_thing = !is_name && before == Some(Sense::Determiner) && !is_account;
        let recognised = if is_thing { 0 } else { head.hints + usize::from(is_name) };
        if head.names == 0 && recognised <= unknown && !is_topic {
            return Intent::Declined(Declined::OffTopic);
        }
        one_of(&named.customers, head.task.unwrap_or(Task::Health))
    }

    /// Several customers side by side, but an email is to one of them.
    pub fn of_several<'b>(&self, named: impl Iterator<Item = &'b CustomerRow>, is_compared: bool) -> Intent {
        let mut customers: Vec<&CustomerRow> = Vec::new();
        for row in named {
            if !customers.iter().any(|known| known.id == row.id) {
                customers.push(row);
            }
        }
        let head = head::head(&self.readings);
        if head.names == 0 && !is_compared && self.asks_for_unknown() {
            return Intent::Declined(Declined::OffTopic);
        }
        if customers.len() == 1 {
            return one_of(&customers, head.task.unwrap_or(Task::Health));
        }
        if let (Some(task @ (Task::Email | Task::Qbr)), false) = (head.task, is_compared) {
            return one_of(&customers, task);
        }
        let customers = customers.iter().take(MAX_CANDIDATES).map(|row| row.id.clone());
        Intent::Book(BookQuestion::Compare(customers.collect()))
    }

    /// A question about a customer and somebody whom the book does not have.
    pub fn of_stranger(&self, named: &[Named<'_>], is_compared: bool) -> Option<Intent> {
        let is_joined = |run: &[Reading]| {
            let is_listed = self.sense_before(run[0].start) == Some(Sense::And);
            let is_in_row = self.words[run[0].start].before.contains(',') || self.is_surely_name(run, false);
            // Somebody has to be the other one.
            let is_other = is_compared && (named.len() == 1 || is_in_row);
            is_other || (is_listed && self.is_marked(run))
        };
        let wanted = self.runs().find(|run| is_joined(run))?;
        Some(Intent::NoCustomer { task: Task::Health, wanted: Some(self.typed(wanted)) })
    }

    /// A question that names no customer of the book: about the whole book, the selected customer, or somebody else.
    pub fn of_nobody(&self, selected: Option<&CustomerRow>) -> Intent {
        let asked = listing::read(&self.readings, self.words);
        let is_name = |run: &&[Reading]| {
            if asked.is_plural { self.is_surely_name(run, true) } else { self.is_name(run, selected.is_some()) }
        };
        let names: Vec<_> = self.runs().filter(is_name).collect();
        let wanted = names.first().map(|run| self.typed(run));
        // A name that nobody has is no word that was not understood.
        let unknown = self.unknown().count() - names.iter().map(|run| run.len()).sum::<usize>();

        // With a customer before one's eyes a mere condition is about that one.
        let rank = asked.listing.rank.filter(|_| asked.is_ranked || selected.is_none());
        let is_of_one = selected.is_some() && rank.is_none_or(|rank| rank.by == Column::Risk);
        let is_sum = match asked.listing.wanted {
            Wanted::TotalArr => !says(&self.readings, Sense::HowMuch) || !asked.listing.filters.is_empty(),
            Wanted::Figure(measure, _) => measure != Measure::Sum,
            Wanted::Customers | Wanted::Count => false,
        };
        let is_single =
            if is_of_one { is_sum } else { rank.is_some() || asked.is_ranked || !asked.listing.filters.is_empty() };
        let is_book = (asked.is_plural || asked.is_whole || is_single) && asked.weight > unknown;
        let head = head::head(&self.readings);
        // Nothing but a name is asked about: how it is. `What is love` may be about anything.
        let is_all = unknown == 0 && (names.len() == 1 || says(&self.readings, Sense::Compare));
        let is_about_name = is_all
            && names.iter().any(|run| {
                let is_plain = self.is_subject(run) && !self.is_marked(run) && !self.is_written(run);
                !is_plain && self.is_surely_name(run, asked.is_plural)
            });
        let task = match head.task {
            Some(task) if unknown == 0 || 2 * head.names + head.hints > unknown => Some(task),
            _ => (is_book || is_about_name || asked.is_open).then_some(Task::Health),
        };
        match (wanted, task, selected) {
            (None, _, _) if is_book => Intent::Book(BookQuestion::List(asked.listing)),
            (_, None, _) => Intent::Declined(Declined::OffTopic),
            (None, Some(task), Some(customer)) => Intent::Customer { customer: customer.clone(), task },
            (wanted, Some(task), _) => Intent::NoCustomer { task, wanted },
        }
    }

    fn sense(&self, reading: &Reading) -> Option<Sense> {
        reading.meaning.map(|meaning| meaning.sense)
    }

    /// What the words say that end before a place.
    fn sense_before(&self, place: usize) -> Option<Sense> {
        self.readings.iter().find(|reading| reading.end == place).and_then(|reading| self.sense(reading))
    }

    /// What the words say that begin at a place.
    fn sense_after(&self, place: usize) -> Option<Sense> {
        self.readings.iter().find(|reading| reading.start == place).and_then(|reading| self.sense(reading))
    }

    fn unknown(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter().filter(|reading| reading.meaning.is_none())
    }

    /// The unknown words, those that stand together in one.
    fn runs(&self) -> impl Iterator<Item = &[Reading]> {
        let is_run = |a: &Reading, b: &Reading| a.meaning.is_none() && b.meaning.is_none() && a.end == b.start;
        self.readings.chunk_by(is_run).filter(|run| run[0].meaning.is_none())
    }

    fn typed(&self, run: &[Reading]) -> Line {
        Line::new(&words::typed(&self.words[run[0].start..run[run.len() - 1].end]))
    }

    /// Whether something is asked for that nobody knows: `a poem`, `write lyrics`.
    fn asks_for_unknown(&self) -> bool {
        let is_thing = |reading: &Reading| self.sense_before(reading.start) == Some(Sense::Determiner);
        self.unknown().any(is_thing) || (says(&self.readings, Sense::Write) && self.unknown().next().is_some())
    }

    fn is_marked(&self, run: &[Reading]) -> bool {
        run.iter().any(|reading| self.strangers.iter().any(|stranger| stranger.start == reading.start))
    }

    /// Whether unknown words are taken for a name. With a customer before one's eyes an `email about onboarding` is to
    /// that one.
    fn is_name(&self, run: &[Reading], is_selected: bool) -> bool {
        if is_selected && !says(&self.readings, Sense::Compare) {
            return self.is_marked(run) || self.is_written(run) || self.is_subject(run);
        }
        let (start, end) = (run[0].start, run[run.len() - 1].end);
        let before = self.readings.iter().find(|reading| reading.end == start);
        let after = self.readings.iter().find(|reading| reading.start == end);
        let is_customer = |reading: &Reading| self.sense(reading) == Some(Sense::Customer);
        // `churn risk foobar`, `foobar renewal`
        let is_at_end =
            start == 0 && after.is_some_and(is_telling) || end == self.words.len() && before.is_some_and(is_telling);
        is_at_end || [before, after].into_iter().flatten().any(is_customer) || self.is_surely_name(run, false)
    }

    /// Whether unknown words look like a name or stand where only names do. Among many customers what follows `in` is a
    /// place or a trade, and what begins with a capital as well.
    fn is_surely_name(&self, run: &[Reading], is_plural: bool) -> bool {
        let before = self.sense_before(run[0].start);
        let is_placed = matches!(before, Some(Sense::Preposition | Sense::To | Sense::From)) || self.is_subject(run);
        let is_compared = says(&self.readings, Sense::Compare) && matches!(before, Some(Sense::Compare | Sense::And));
        // `Renewals of Acme`, but `renewals with a discount`
        let is_owner = || {
            let before = run[0].start.checked_sub(1).map(|i| self.words[i].folded.as_str());
            matches!(before, Some("of" | "for" | "at")) || self.is_subject(run)
        };
        match is_plural {
            _ if self.is_marked(run) => true,
            true => is_owner() && !says(&self.readings, Sense::Customers),
            false => is_placed || is_compared || self.is_written(run),
        }
    }

    fn is_written(&self, run: &[Reading]) -> bool {
        let is_alone = run[0].start == 0 && run[run.len() - 1].end == self.words.len();
        run.iter().any(|reading| {
            let word = &self.words[reading.start];
            word.is_possessive || ((reading.start > 0 || is_alone) && word.is_capitalised())
        })
    }

    /// `is Acme`, `what does Acme`, but not `who is`.
    fn is_subject(&self, run: &[Reading]) -> bool {
        let Some(verb) = self.readings.iter().find(|reading| reading.end == run[0].start) else { return false };
        let is_predicate = matches!(
            self.sense_before(verb.start),
            Some(Sense::Who | Sense::Which | Sense::Customer | Sense::Customers | Sense::Renewals)
        );
        match self.sense(verb) {
            Some(Sense::Does) => true,
            Some(Sense::Be) => !is_predicate,
            _ => false,
        }
    }
}

/// Whether the word asks for customers, or for some of them.
fn is_of_book(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Number(_)
            | Sense::Date(_)
            | Sense::Customer
            | Sense::Customers
            | Sense::Count
            | Sense::Compare
            | Sense::Write
            | Sense::Degree(..)
            | Sense::Change
            | Sense::Attend
            | Sense::Begin
    )
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
