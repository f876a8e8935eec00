//! What is made of a sentence about one customer, whose words and names were read.

use std::ops::Range;

use contracts::{Line, TaskId, book::CustomerRow};

use super::{
    Declined, Intent, MAX_CANDIDATES, head,
    lexicon::{self, Reading},
    names::{How, Named},
    table::Sense,
    words::{self, Word},
};

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
            (reading.is(Sense::Plain) || reading.is(Sense::Be) || reading.is(Sense::Splits)) && !reading.is_telling()
        };
        let first = self.readings.iter().find(|reading| !is_polite(reading));
        let is_order = first.is_some_and(|first| {
            let is_base = first.end == first.start + 1 && lexicon::is_word(&self.words[first.start].folded);
            let is_first = named.iter().all(|named| first.start < named.words.start);
            first.is(Sense::Change) && is_base && self.words.len() > 1 && is_first
        });
        // Words like `what`, `can` and `you`, of which none is of the field.
        let is_idle = |reading: &Reading| {
            let is_small = reading.meaning.as_ref().is_some_and(|meaning| {
                !matches!(meaning.sense, Sense::Many | Sense::Customer | Sense::Write | Sense::Change)
            });
            let is_number = self.words[reading.start].folded.starts_with(|c: char| c.is_ascii_digit());
            is_small && !reading.is_telling() && !is_number
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
        let before = self.before(named.words.start);
        let is_after = |sense| before.is_some_and(|reading| reading.is(sense));
        // A name alone asks how its customer is; a small word of one may be no name.
        let is_name = named.how > How::Part
            || self.words[named.words.start].is_capitalised()
            || named.words.len() == self.words.len()
            || (unknown == 0 && !is_after(Sense::Determiner));
        let is_possessive = self.words[named.words.end - 1].is_possessive;
        let is_topic =
            is_name && unknown <= FEW && !is_after(Sense::Splits) && !is_possessive && !self.asks_for_unknown();
        // `How is the weather` is not about Weather Underground, but `the umbrella account` is one.
        let is_account = self.after(named.words.end).is_some_and(|reading| reading.is(Sense::Customer));
        let is_thing = !is_name && is_after(Sense::Determiner) && !is_account;
        let recognised = if is_thing { 0 } else { head.hints + usize::from(is_name) };
        if head.names == 0 && recognised <= unknown && !is_topic {
            return Intent::Declined(Declined::OffTopic);
        }
        one_of(&named.customers, head.task.unwrap_or(TaskId::HEALTH))
    }

    /// An email or a deck for one of several, who has to be chosen.
    pub fn of_several(&self, named: &[Named<'_>]) -> Option<Intent> {
        let task = head::head(&self.readings).task.filter(|task| [TaskId::EMAIL, TaskId::QBR].contains(task))?;
        if self.asks_for_unknown() {
            return None;
        }
        let mut customers: Vec<&CustomerRow> = Vec::new();
        for row in named.iter().flat_map(|named| named.customers.iter().copied()) {
            if !customers.iter().any(|known| known.id == row.id) {
                customers.push(row);
            }
        }
        Some(one_of(&customers, task))
    }

    /// Somebody whom the book does not have, named beside somebody whom it has.
    pub fn beside(&self) -> Option<Intent> {
        let is_joined = |stranger: &&Range<usize>| {
            let before = stranger.start.checked_sub(1).map(|i| self.words[i].folded.as_str());
            matches!(before, Some("and" | "or" | "vs" | "versus"))
        };
        let stranger = self.strangers.iter().find(is_joined)?;
        let wanted = Line::new(&words::typed(&self.words[stranger.clone()]));
        Some(Intent::NoCustomer { task: TaskId::HEALTH, wanted: Some(wanted) })
    }

    /// A question that names no customer of the book: about the selected one, or somebody else.
    pub fn of_nobody(&self, selected: Option<&CustomerRow>) -> Intent {
        let names: Vec<_> = self.runs().filter(|run| self.is_name(run, selected.is_some())).collect();
        let wanted = names.first().map(|run| self.typed(run));
        // A name that nobody has is no word that was not understood.
        let unknown = self.unknown().count() - names.iter().map(|run| run.len()).sum::<usize>();
        let head = head::head(&self.readings);
        let task = match head.task {
            Some(task) if unknown == 0 || 2 * head.names + head.hints > unknown => task,
            // Nothing but a name is asked about: how it is.
            None if unknown == 0 && names.len() == 1 => TaskId::HEALTH,
            _ => return Intent::Declined(Declined::OffTopic),
        };
        match (wanted, selected) {
            (None, Some(customer)) => Intent::Customer { customer: customer.clone(), task },
            (wanted, _) => Intent::NoCustomer { task, wanted },
        }
    }

    fn before(&self, place: usize) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.end == place)
    }

    fn after(&self, place: usize) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.start == place)
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
        let is_thing =
            |reading: &Reading| self.before(reading.start).is_some_and(|before| before.is(Sense::Determiner));
        let writes = self.readings.iter().any(|reading| reading.is(Sense::Write));
        self.unknown().any(is_thing) || (writes && self.unknown().next().is_some())
    }

    /// Whether unknown words are taken for a name. With a customer before one's eyes an `email about onboarding` is to
    /// that one.
    fn is_name(&self, run: &[Reading], is_selected: bool) -> bool {
        let (start, end) = (run[0].start, run[run.len() - 1].end);
        let is_marked = run.iter().any(|reading| self.strangers.iter().any(|it| it.start == reading.start));
        let is_alone = start == 0 && end == self.words.len();
        let is_written = run.iter().any(|reading| {
            let word = &self.words[reading.start];
            word.is_possessive || ((reading.start > 0 || is_alone) && word.is_capitalised())
        });
        let (before, after) = (self.before(start), self.after(end));
        // `churn risk foobar`, `foobar renewal`
        let is_at_end = start == 0 && after.is_some_and(Reading::is_telling)
            || end == self.words.len() && before.is_some_and(Reading::is_telling);
        let is_placed = before.is_some_and(|before| before.is(Sense::Splits));
        let is_customer = [before, after].into_iter().flatten().any(|reading| reading.is(Sense::Customer));
        // `How is foobar doing`, but not `what is love`
        let is_subject = before.is_some_and(|before| before.is(Sense::Be)) && after.is_some();
        is_marked || is_written || is_subject || (!is_selected && (is_at_end || is_placed || is_customer))
    }
}

/// The customer, or a choice between those who may be meant.
fn one_of(customers: &[&CustomerRow], task: TaskId) -> Intent {
    match customers {
        [only] => Intent::Customer { customer: (*only).clone(), task },
        several => {
            let candidates = several.iter().take(MAX_CANDIDATES).map(|row| (*row).clone()).collect();
            Intent::Choose { candidates, task }
        }
    }
}
