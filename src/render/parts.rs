//! The parts of an answer that are copied on their own, as plain text. A part that the answer lacks is `None`.

use contracts::{
    planner::{Action, PlannerResult},
    tools::EmailDraft,
};
use domain::occasion::words;

/// The summary under a heading.
pub fn summary(customer_name: &str, result: &PlannerResult) -> Option<String> {
    let summary = result.summary.as_ref()?;
    Some(format!("{}\n\n{summary}\n", super::heading(customer_name, result)))
}

/// The actions, numbered, each with its urgency and what triggered it.
pub fn actions(customer_name: &str, result: &PlannerResult) -> Option<String> {
    if result.actions.is_empty() {
        return None;
    }
    Some(format!("{}\n\n{}", super::heading(customer_name, result), numbered(&result.actions)))
}

/// Why the email should not be sent yet.
pub(super) fn hold(draft: &EmailDraft) -> Option<String> {
    draft.occasion.as_ref()?.hold.as_ref().map(words::hold)
}

/// The email, ready to paste: subject line, empty line, body.
pub fn email(result: &PlannerResult) -> Option<String> {
    result.email_draft.as_ref().map(|draft| format!("Subject: {}\n\n{}\n", draft.subject, draft.body))
}

/// The QBR outline: a title, then sections with their talking points.
pub fn qbr(result: &PlannerResult) -> Option<String> {
    use std::fmt::Write;

    let outline = result.qbr_outline.as_ref()?;
    let mut out = format!("{}\n", outline.title);
    for section in &outline.sections {
        let _ = write!(out, "\n{}\n", section.title);
        for point in &section.talking_points {
            let _ = writeln!(out, "  - {point}");
        }
    }
    Some(out)
}

pub(super) fn numbered(actions: &[Action]) -> String {
    let line = |(i, action): (usize, &Action)| {
        format!("{}. [{}] {}\n   because {}\n", i + 1, action.urgency.label(), action.text, action.because)
    };
    actions.iter().enumerate().map(line).collect()
}
