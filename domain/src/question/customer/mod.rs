//! Questions about one customer become facts, or a task. As with the book, every word is in the answer or is one that says
//! nothing, or else it is told which was not understood. What answers is the fact's own sentence, never a yes or a no, so
//! that the opposite of a question has the same answer.

mod table;

use std::sync::LazyLock;

use contracts::{Line, TaskId, facts::Part, tools::ToolName};

use self::table::{Meaning, SMALL, TABLE, Task};
use super::{phrases::Phrases, words::words};
use crate::{facts::find, words::read_number};

/// What is asked of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The task that comes nearest.
    pub task: TaskId,
    /// What answers it, in the order of the question; none where the task does.
    pub wanted: Vec<Wanted>,
    /// The words that say nothing here; where there are any, nothing but a language model answers.
    pub unknown: Vec<String>,
}

/// A part of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The first of these facts, and the others where they are known.
    Facts(&'static [&'static str]),
    /// The tickets that are open.
    OpenTickets,
    /// The ticket of this id.
    Ticket(Line),
}

impl Wanted {
    /// The tools that tell it.
    pub fn tools(&self) -> Vec<ToolName> {
        match self {
            Self::Facts(ids) => ids.iter().filter_map(|id| find(id)).map(|fact| ToolName::telling(fact.part)).collect(),
            Self::OpenTickets | Self::Ticket(_) => vec![ToolName::telling(Part::Tickets)],
        }
    }
}

/// What a question word wants to hear, and what a fact tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Person,
    /// A day or a stretch of days.
    Day,
    /// How many or how much.
    Amount,
    /// Anything.
    Any,
}

static WORDS: LazyLock<Phrases<Meaning>> = LazyLock::new(|| Phrases::of(TABLE));

/// Whether the word stands in these questions, so that it names nobody by itself.
pub(super) fn knows(word: &str) -> bool {
    SMALL.contains(&word) || WORDS.knows(word)
}

/// Whether the word is one of these questions with one letter wrong.
pub(super) fn is_slip(word: &str) -> bool {
    WORDS.mistyped(word).is_some()
}

/// A word or several that mean one thing.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    is: Is,
    typed: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Is {
    Word(Meaning),
    Ticket(Line),
    Unknown,
}

/// What a question asks of a customer whose name is no part of it.
pub fn asked(question: &str) -> Asked {
    let said = read(question);
    let unknown: Vec<_> = said.iter().filter(|said| said.is == Is::Unknown).map(|said| said.typed.clone()).collect();
    let task = task(&said);
    if !unknown.is_empty() {
        return Asked { task: task.unwrap_or(Task::Health).id(), wanted: Vec::new(), unknown };
    }
    if let Some(task) = task {
        return Asked { task: task.id(), wanted: Vec::new(), unknown };
    }
    match facts(&said) {
        Ok(wanted) => Asked { task: TaskId::HEALTH, wanted, unknown },
        Err(unknown) => Asked { task: TaskId::HEALTH, wanted: Vec::new(), unknown },
    }
}

fn read(question: &str) -> Vec<Said> {
    let is_sign = |word: &String| !word.contains(char::is_alphanumeric) && WORDS.meaning(word).is_none();
    let is_small = |word: &String| SMALL.contains(&word.as_str());
    let words: Vec<_> = words(question).into_iter().filter(|word| !is_small(word) && !is_sign(word)).collect();
    let (mut said, mut from) = (Vec::new(), 0);
    while from < words.len() {
        let rest = &words[from..];
        let one = || (rest[0].clone(), 1);
        let (is, length) = match WORDS.longest(rest) {
            Some((meaning, length)) => (Is::Word(meaning), length),
            None => match (ticket(&one().0), WORDS.mistyped(&rest[0])) {
                (Some(id), _) => (Is::Ticket(id), 1),
                // `Three` is no `there` with a slip.
                (None, Some(meaning)) if read_number(&rest[0]).is_none() => (Is::Word(meaning), 1),
                (None, _) => (Is::Unknown, 1),
            },
        };
        said.push(Said { is, typed: rest[..length].join(" ") });
        from += length;
    }
    said
}

/// The id of a ticket: letters, a hyphen and digits, or digits behind a `#`.
fn ticket(word: &str) -> Option<Line> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_coded = |(project, number): (&str, &str)| {
        project.starts_with(|c: char| c.is_ascii_alphabetic())
            && project.bytes().all(|b| b.is_ascii_alphanumeric())
            && is_number(number)
    };
    let is_id = word.split_once('-').is_some_and(is_coded) || word.strip_prefix('#').is_some_and(is_number);
    is_id.then(|| Line::new(word.trim_start_matches('#')))
}

/// The task that is asked for: the head of the first phrase that names one. What follows a preposition modifies, so the
/// `email about the churn` is an email; and where facts are asked for, or the question begins with when, who or how many,
/// none is.
fn task(said: &[Said]) -> Option<Task> {
    let word = |said: &Said| match said.is {
        Is::Word(meaning) => Some(meaning),
        Is::Ticket(_) | Is::Unknown => None,
    };
    let meanings: Vec<Meaning> = said.iter().filter_map(word).collect();
    let has = |of: fn(&Meaning) -> bool| meanings.iter().any(of);
    let splits = |next: &Meaning| matches!(next, Meaning::Of | Meaning::And | Meaning::Beside | Meaning::Modified(_));
    let named = |meaning: &Meaning| match meaning {
        Meaning::Task(task) | Meaning::Modified(task) | Meaning::Either(task, ..) => Some(*task),
        _ => None,
    };
    let strong = has(|meaning| matches!(meaning, Meaning::Task(_) | Meaning::Modified(_)));
    let asks = has(|meaning| matches!(meaning, Meaning::Asks(_) | Meaning::Facts(..)));
    let (writes, advice) = (has(|meaning| *meaning == Meaning::Write), has(|meaning| *meaning == Meaning::Advice));
    let open = has(|meaning| *meaning == Meaning::Asks(Sort::Any));
    let first = meanings.iter().find(|meaning| **meaning != Meaning::Nothing);
    let precise = !open && matches!(first, Some(Meaning::Asks(Sort::Day | Sort::Person | Sort::Amount)));
    let is_task =
        !precise && (strong || writes || advice || (!asks && has(|meaning| matches!(meaning, Meaning::Either(..)))));
    let phrases = || meanings.chunk_by(|_, next| !splits(next));
    let head = is_task.then(|| phrases().find_map(|phrase| phrase.iter().rev().find_map(named))).flatten();
    let of_renewal = meanings.iter().filter_map(named).any(|task| task == Task::Renewal);
    match head {
        // The email of a renewal is part of its brief.
        Some(Task::Email) if of_renewal => Some(Task::Renewal),
        Some(task) => Some(task),
        None if writes && !precise => Some(Task::Email),
        None if advice && !precise => Some(Task::Health),
        None => {
            let is_fact =
                has(|meaning| matches!(meaning, Meaning::Facts(..) | Meaning::OpenTickets | Meaning::TicketState))
                    || said.iter().any(|said| matches!(said.is, Is::Ticket(_)));
            let overview = has(|meaning| matches!(meaning, Meaning::Overview | Meaning::Why)) || !asks;
            (overview && !is_fact).then_some(Task::Health)
        }
    }
}

/// What answers the question; else the words that nothing answers.
fn facts(said: &[Said]) -> Result<Vec<Wanted>, Vec<String>> {
    let mut wanted = Vec::new();
    let mut sorts = Vec::new();
    for said in said {
        let (sort, part) = match &said.is {
            Is::Word(Meaning::Facts(sort, ids) | Meaning::Either(_, sort, ids)) => (*sort, Wanted::Facts(ids)),
            Is::Word(Meaning::OpenTickets) => (Sort::Any, Wanted::OpenTickets),
            Is::Ticket(id) => (Sort::Day, Wanted::Ticket(id.clone())),
            _ => continue,
        };
        sorts.push(sort);
        if !wanted.contains(&part) {
            wanted.push(part);
        }
    }
    let has_ticket = wanted.iter().any(|part| matches!(part, Wanted::Ticket(_)));
    let is_of_days = sorts.iter().all(|sort| *sort == Sort::Day) && !has_ticket;
    let says_nothing = |said: &&Said| match said.is {
        Is::Word(Meaning::Asks(sort)) => sort != Sort::Any && !sorts.contains(&sort),
        Is::Word(Meaning::TicketState) => !has_ticket,
        Is::Word(Meaning::Time) => !is_of_days,
        Is::Word(
            Meaning::Beside | Meaning::Why | Meaning::Advice | Meaning::Write | Meaning::Task(_) | Meaning::Modified(_),
        ) => true,
        _ => false,
    };
    let nothing = said.iter().filter(says_nothing).map(|said| said.typed.clone());
    let idle: Vec<_> = nothing.chain(subjects(said)).collect();
    match (wanted.is_empty(), idle.is_empty()) {
        (false, true) => Ok(wanted),
        (true, true) => Err(said.iter().map(|said| said.typed.clone()).collect()),
        _ => Err(idle),
    }
}

/// The words for somebody of whom something else is asked: no fact tells what one of the people did, said or has.
fn subjects(said: &[Said]) -> impl Iterator<Item = String> {
    let facts = |said: &Said| match said.is {
        Is::Word(Meaning::Facts(sort, ids) | Meaning::Either(_, sort, ids)) => Some((sort, ids)),
        _ => None,
    };
    let is_person = move |said: &&Said| facts(said).is_some_and(|(sort, _)| sort == Sort::Person);
    let is_of_people = |ids: &[&str]| ids.iter().all(|id| find(id).is_some_and(|fact| fact.part == Part::Contacts));
    let is_other = move |said: &Said| match said.is {
        Is::Ticket(_) => true,
        _ => facts(said).is_some_and(|(sort, ids)| sort != Sort::Person && !is_of_people(ids)),
    };
    let asks_for = |said: &Said| said.is == Is::Word(Meaning::Asks(Sort::Person));
    let clauses = said.split(|said| said.is == Is::Word(Meaning::And));
    let of_somebody = clauses.filter(move |clause| clause.iter().any(is_other) && !clause.iter().any(asks_for));
    of_somebody.flat_map(move |clause| clause.iter().filter(is_person)).map(|said| said.typed.clone())
}

impl Task {
    fn id(self) -> TaskId {
        match self {
            Self::Health => TaskId::HEALTH,
            Self::Renewal => TaskId::RENEWAL,
            Self::Qbr => TaskId::QBR,
            Self::Churn => TaskId::CHURN,
            Self::Email => TaskId::EMAIL,
        }
    }
}
