//! What a model wrote in a run, counted before anything of it is taken out.

use contracts::{block::By, eval::ModelCounts, planner::PlannerResult};

use super::{
    lines::{is_foreign, lines},
    needs,
    retold::is_retold,
};
use crate::agent::{
    Answered, Written,
    llm::read::{Fault, Read, read},
};

/// The counts of a run; `None` where no model answered.
pub(super) fn counts(answered: &Answered, first_point_ms: Option<f64>) -> Option<ModelCounts> {
    let Answered { result, written, .. } = answered;
    let written = written.as_ref()?;
    let mut counts = ModelCounts { refused_calls: written.refused_calls, first_point_ms, ..ModelCounts::default() };
    // What had to be mended was written, too.
    for answer in &written.answers {
        let read = read(answer, &written.desk);
        let unknown = read.removed.iter().filter(|removed| is_of_an_id(&removed.fault)).count() as u32;
        counts.lines += read.written;
        counts.removed += read.removed.iter().filter(|removed| matches!(removed.fault, Fault::Line(_))).count() as u32;
        counts.ids += read.cited;
        counts.unknown_ids += unknown;
        counts.actions += answer.actions.len() as u32;
        counts.caused += answer.actions.iter().filter(|action| has_cause(&action.because, written)).count() as u32;
    }
    let last = written.answers.last();
    let said = || last.into_iter().flat_map(lines);
    // Advice may well name what it is about.
    let advice: Vec<_> = last.iter().flat_map(|answer| &answer.actions).map(|action| action.r#do.as_str()).collect();
    let is_said_again = |line: &&str| !advice.contains(line) && is_retold(line, &written.desk.statements);
    counts.retold = said().filter(is_said_again).count() as u32;
    // Where something was asked the answer follows its language.
    counts.foreign = said().filter(|line| result.question.is_none() && is_foreign(line)).count() as u32;
    let read = last.map_or_else(Read::default, |answer| read(answer, &written.desk));
    (counts.needed, counts.carried) = needs::carried(&result.task, written, &read);
    (counts.shown, counts.own) = shown(result);
    Some(counts)
}

fn is_of_an_id(fault: &Fault) -> bool {
    matches!(fault, Fault::UnknownId(_) | Fault::NotForTheCustomer(_))
}

fn has_cause(because: &[String], written: &Written) -> bool {
    because.iter().any(|id| written.desk.statements.get(id.trim()).is_some())
}

/// How many lines are shown, and how many of them are the model's.
fn shown(result: &PlannerResult) -> (u32, u32) {
    let by = || {
        let blocks = result.blocks.iter().map(|block| block.by);
        // What triggered an action is a line of the program's.
        blocks.chain(result.actions.iter().flat_map(|action| [action.by, By::Program]))
    };
    (by().count() as u32, by().filter(|by| *by == By::Model).count() as u32)
}
