//! What is kept of a model's answer. The rules' answer stands where the model has nothing.

use contracts::{
    Line, Text,
    block::{Block, Place},
    planner::{Fact, PlanSource, PlannerResult},
    tools::{EmailDraft, QbrOutline, QbrSection},
};
use domain::statements::{State, Statement};

use super::{
    answer::ModelAnswer,
    desk::Desk,
    read::{Read, Removed, read},
};
use crate::words;

/// The model's answer in the place of the rules' own, part by part. What was left out is told in `notes`. Health, tools and
/// timing stay as the rules have them; the statements that it names stand among the facts, with source and day.
pub fn accept(answer: &ModelAnswer, rules: PlannerResult, desk: &Desk) -> PlannerResult {
    let Read { summary, actions, email, outline, named, removed, .. } = read(answer, desk);
    // A task gets the parts that its own tools write, and no others.
    let email = rules.email_draft.as_ref().filter(|_| !email.is_empty()).map(|draft| framed(draft, email));
    let outline = if rules.qbr_outline.is_some() { outline } else { Vec::new() };
    let is_used = !summary.is_empty() || !actions.is_empty() || email.is_some() || !outline.is_empty();
    let or_rules = |own: Vec<Block>, place| match own.is_empty() {
        true => rules.lines_of(place),
        false => own,
    };
    let summary = or_rules(summary, Place::Summary);
    let email = or_rules(email.unwrap_or_default(), Place::Email);
    let outline = or_rules(outline, Place::Outline);
    let named = named.iter().filter_map(|id| desk.statements.get(id));
    let is_new = |statement: &&Statement| rules.facts.iter().all(|fact| fact.label != statement.label);
    let facts = rules.facts.iter().cloned().chain(named.filter(is_new).filter_map(fact)).collect();
    let notes = rules.notes.iter().cloned().chain(left_out(&removed)).collect();
    PlannerResult {
        summary: (!summary.is_empty()).then(|| joined(&summary, " ")),
        facts,
        actions: if actions.is_empty() { rules.actions } else { actions },
        email_draft: rules.email_draft.map(|draft| EmailDraft { body: joined(&email, "\n\n"), ..draft }),
        qbr_outline: rules.qbr_outline.map(|rules| outlined(rules.title, &outline)),
        blocks: [summary, email, outline].concat(),
        notes,
        plan_source: if is_used { PlanSource::Llm } else { PlanSource::Deterministic },
        plan_hint: if is_used { None } else { Some(Line::new("Nothing that the model wrote could be used.")) },
        ..rules
    }
}

fn joined(blocks: &[Block], between: &str) -> Text {
    Text::new(&blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(between))
}

/// The paragraphs between the greeting and the closing of the rules' draft.
fn framed(draft: &EmailDraft, paragraphs: Vec<Block>) -> Vec<Block> {
    let [greeting, closing] = draft.frame().map(|text| Block::program(Place::Email, text));
    [vec![greeting], paragraphs, vec![closing]].concat()
}

/// The points under their headings.
fn outlined(title: Line, points: &[Block]) -> QbrOutline {
    let mut sections: Vec<QbrSection> = Vec::new();
    for point in points {
        let (title, line) = (point.section.clone().unwrap_or_default(), Line::new(point.text.as_str()));
        match sections.last_mut().filter(|section| section.title == title) {
            Some(section) => section.talking_points.push(line),
            None => sections.push(QbrSection { title, talking_points: vec![line], statements: Vec::new() }),
        }
    }
    QbrOutline { title, sections, review: None }
}

/// A statement as it stands under the answer.
fn fact(statement: &Statement) -> Option<Fact> {
    let source = statement.source.clone()?;
    let (label, value) = (statement.label.clone(), statement.about.clone());
    Some(Fact { label, value, source, stale: statement.state == State::Stale })
}

/// How many lines were left out, and why. No word of theirs is repeated.
fn left_out(removed: &[Removed]) -> Option<Line> {
    let mut reasons: Vec<(String, u64)> = Vec::new();
    for reason in removed.iter().map(|removed| removed.fault.to_string()) {
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => reasons.push((reason, 1)),
        }
    }
    let said = |(reason, count): (String, u64)| if count == 1 { reason } else { format!("{reason} ({count} times)") };
    let reasons: Vec<_> = reasons.into_iter().map(said).collect();
    let (lines, verb) = (words::count(removed.len() as u64, "line"), if removed.len() == 1 { "was" } else { "were" });
    let note = || Line::new(&format!("{lines} of the model {verb} left out: {}.", words::list(&reasons)));
    (!reasons.is_empty()).then(note)
}
