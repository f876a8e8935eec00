use std::time::Duration;

use super::say;
use crate::{
    app::{CopyOutcome, CopyWhat, Effect, Model},
    render, words,
};

/// Takes a part of the answer on the screen to the clipboard.
pub(super) fn take(model: &Model, what: CopyWhat) -> Vec<Effect> {
    let (Some(row), Some(result)) = (model.book.selected(), model.result()) else { return Vec::new() };
    let name = row.name.as_str();
    let text = match what {
        CopyWhat::Summary => render::summary(name, result),
        CopyWhat::Actions => render::actions(name, result),
        CopyWhat::Email => render::email(result),
        CopyWhat::Qbr => render::qbr(result),
        CopyWhat::Markdown => Some(render::markdown(name, result)),
        CopyWhat::Json => Some(render::json(result)),
    };
    text.map(|text| Effect::Copy { what, text }).into_iter().collect()
}

/// Says how copying ended, and claims no more than is known.
pub(super) fn report(model: &mut Model, what: CopyWhat, chars: usize, outcome: &CopyOutcome, now: Duration) {
    let what = what.label();
    let size = words::count(chars as u64, "character");
    let text = match outcome {
        CopyOutcome::Copied => format!("Copied the {what}: {size}."),
        CopyOutcome::Sent => format!(
            "Sent the {what} to the terminal (OSC 52): {size}. If nothing arrives, allow clipboard access in its settings."
        ),
        CopyOutcome::Failed(reason) => format!("The {what} was not copied: {reason}"),
    };
    say(model, text, matches!(outcome, CopyOutcome::Failed(_)), now);
}
