//! What answers a question of facts: their own sentences, with source and day.

use contracts::{
    Line,
    block::{Block, Place},
    planner::Fact,
};
use domain::{
    question::customer::Wanted,
    statements::{State, Statement, Statements, Told},
    words::sentence,
};

use super::{Case, facts};
use crate::{backend::CallReport, words::list};

/// The statements that answer, once any tool has.
pub(super) fn statements(wanted: &[Wanted], reports: &[Option<CallReport>], case: &Case<'_>) -> Vec<Statement> {
    let outputs = reports.iter().flatten().filter_map(|report| report.outcome.as_ref().ok());
    let told: Vec<_> = outputs.map(|output| Told { on: None, output }).collect();
    let has_ended = reports.iter().any(Option::is_some);
    if has_ended { Statements::answering(wanted, &told, case.as_of) } else { Vec::new() }
}

/// The statements as lines of the program.
pub(super) fn blocks(statements: &[Statement]) -> Vec<Block> {
    let block = |said: &Statement| Block::program(Place::Summary, &sentence(said.about.as_str())).citing(&said.id);
    statements.iter().map(block).collect()
}

/// The figures under the answer: those of the statements, and no others.
pub(super) fn figures(statements: &[Statement], case: &Case<'_>) -> Vec<Fact> {
    let figure = |said: &Statement| {
        let reading = case.reading(&said.id);
        reading.and_then(|reading| facts::figure(case, reading, facts::Told::AsAFigure)).or_else(|| fact(said))
    };
    statements.iter().filter_map(figure).collect()
}

/// A statement as it stands under an answer.
fn fact(statement: &Statement) -> Option<Fact> {
    let source = statement.source.clone()?;
    let (label, value) = (statement.label.clone(), statement.about.clone());
    Some(Fact { label, value, source, stale: statement.state == State::Stale })
}

/// Says what the rules have not understood of a question that they answer in a model's place.
pub(in crate::agent) fn unknown(words: &[String], title: &Line) -> Option<Line> {
    let words: Vec<_> = words.iter().map(|word| format!("“{word}”")).collect();
    let said = || {
        format!(
            "Without the model {} {} not understood: this is no more than the {title}.",
            list(&words),
            if words.len() == 1 { "was" } else { "were" }
        )
    };
    (!words.is_empty()).then(|| Line::new(&said()))
}
