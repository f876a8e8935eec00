//! Which task a sentence asks for: that of the head of its first phrase.

use contracts::TaskId;

use super::{
    lexicon::Reading,
    table::{Lean, Sense},
};

/// What a sentence says of the task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The task that is named, or else hinted at.
    pub task: Option<TaskId>,
    /// How many words name a task.
    pub names: usize,
    /// How many hint at one.
    pub hints: usize,
}

/// The head is the last word that names a task in the first phrase that has one; what follows a preposition modifies.
/// So the `renewal email` and the `email about the churn` are emails, and the `health before the renewal` is health.
pub(super) fn head(readings: &[Reading]) -> Head {
    let named = |reading: &Reading| match leans(reading) {
        Lean::Names(task) => Some(task.clone()),
        Lean::Hints(_) | Lean::No => None,
    };
    let hinted = |reading: &Reading| match leans(reading) {
        Lean::Hints(task) => Some(task.clone()),
        Lean::Names(_) | Lean::No => None,
    };
    let phrases: Vec<_> = phrases(readings).collect();
    let head = phrases.iter().find_map(|phrase| phrase.iter().rev().find_map(named));
    // To write to somebody is to write an email, unless something else is written.
    let is_written = phrases.first().is_some_and(|phrase| {
        phrase.iter().any(|reading| reading.is(Sense::Write))
            && phrase.iter().all(|reading| *leans(reading) == Lean::No)
    });
    let hint = || {
        let hints = || readings.iter().filter_map(hinted);
        hints().find(|task| *task != TaskId::HEALTH).or_else(|| hints().next())
    };
    let task = if is_written { Some(TaskId::EMAIL) } else { head.or_else(hint) };
    // The email of a renewal is part of its brief.
    let of_renewal = || readings.iter().filter_map(named).any(|task| task == TaskId::RENEWAL);
    let task = task.map(|task| if task == TaskId::EMAIL && of_renewal() { TaskId::RENEWAL } else { task });
    let names = readings.iter().filter(|reading| named(reading).is_some()).count();
    Head { task, names, hints: readings.iter().filter(|reading| hinted(reading).is_some()).count() }
}

/// Which task a reading stands for.
fn leans(reading: &Reading) -> &Lean {
    reading.meaning.as_ref().map_or(&Lean::No, |meaning| &meaning.lean)
}

/// The sentence cut before each preposition and conjunction.
fn phrases(readings: &[Reading]) -> impl Iterator<Item = &[Reading]> {
    readings.chunk_by(|_, next| !next.is(Sense::Splits))
}
