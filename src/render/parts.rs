//! The parts of an answer that are copied on their own, as plain text. A part that the answer lacks is `None`. What a
//! language model wrote is marked, but in an email that is to be sent.

use chrono::NaiveDate;
use contracts::{
    block::{Block, By, Place},
    planner::{Action, PlannerResult},
    tools::EmailDraft,
};
use domain::{occasion, tasks::heading};

use crate::{agent::guardrails::outward::sentences, words};

/// What stands before a line of the model's.
const MARK: &str = "model: ";

/// The summary under a heading.
pub fn summary(customer_name: &str, result: &PlannerResult) -> Option<String> {
    let summary = said(&result.lines_of(Place::Summary));
    (!summary.is_empty()).then(|| format!("{}\n\n{summary}", super::heading(customer_name, result)))
}

/// The actions, numbered, each with its day and what triggered it.
pub fn actions(customer_name: &str, result: &PlannerResult) -> Option<String> {
    if result.actions.is_empty() {
        return None;
    }
    Some(format!("{}\n\n{}", super::heading(customer_name, result), numbered(&result.actions, result.as_of)))
}

/// Why the email should not be sent yet.
pub(super) fn hold(draft: &EmailDraft) -> Option<String> {
    draft.occasion.as_ref()?.hold.as_ref().map(occasion::words::hold)
}

/// The email, ready to paste: subject line, empty line, body.
pub fn email(result: &PlannerResult) -> Option<String> {
    result.email_draft.as_ref().map(|draft| format!("Subject: {}\n\n{}\n", draft.subject, draft.body))
}

/// How many sentences of the email a language model wrote.
pub fn sentences_of_the_model(result: &PlannerResult) -> usize {
    let lines = result.lines_of(Place::Email);
    lines.iter().filter(|block| block.by == By::Model).map(|block| sentences(block.text.as_str()).len()).sum()
}

/// The email with marks at what a language model wrote.
pub(super) fn marked_email(result: &PlannerResult) -> Option<String> {
    let draft = result.email_draft.as_ref()?;
    let paragraphs: Vec<_> = result.lines_of(Place::Email).iter().map(marked).collect();
    Some(format!("Subject: {}\n\n{}\n", draft.subject, paragraphs.join("\n\n")))
}

/// The QBR outline: a title, then sections with their talking points.
pub fn qbr(result: &PlannerResult) -> Option<String> {
    use std::fmt::Write;

    let outline = result.qbr_outline.as_ref()?;
    let mut out = format!("{}\n", outline.title);
    for section in result.lines_of(Place::Outline).chunk_by(|one, next| one.section == next.section) {
        let title = section.first().and_then(|point| point.section.as_ref());
        let _ = write!(out, "\n{}\n", title.map(ToString::to_string).unwrap_or_default());
        for point in section {
            let _ = writeln!(out, "  - {}", marked(point));
        }
    }
    Some(out)
}

/// The lines of a summary: those of the program in one paragraph, up to where the model has a line.
pub(super) fn said(blocks: &[Block]) -> String {
    let runs = blocks.chunk_by(|one, next| one.by == By::Program && next.by == By::Program);
    let run = |run: &[Block]| run.iter().map(marked).collect::<Vec<_>>().join(" ");
    let line = |line: &str| format!("{}\n", heading(line).unwrap_or(line));
    runs.map(|blocks| run(blocks).lines().map(line).collect::<String>()).collect()
}

fn marked(block: &Block) -> String {
    match block.by {
        By::Program | By::User => block.text.to_string(),
        By::Model => format!("{MARK}{}", block.text),
    }
}

pub(super) fn numbered(actions: &[Action], as_of: NaiveDate) -> String {
    let line = |(i, action): (usize, &Action)| {
        let mark = if action.by == By::Model { MARK } else { "" };
        let terms = words::terms(action).map(|terms| format!(" ({terms})")).unwrap_or_default();
        let Action { text, because, .. } = action;
        format!("{}. [{}] {mark}{text}{terms}\n   because {because}\n", i + 1, words::when(action, as_of))
    };
    actions.iter().enumerate().map(line).collect()
}
