use std::time::Duration;

use super::say;
use crate::{
    agent::book::BookAnswer,
    app::{CopyOutcome, CopyWhat, Effect, Model},
    render, words,
};

/// Takes a part of what is on the screen to the clipboard.
pub(super) fn take(model: &mut Model, what: CopyWhat) -> Vec<Effect> {
    let effects = text(model, what).map(|text| Effect::Copy { what, text }).into_iter().collect();
    if matches!(what, CopyWhat::Email | CopyWhat::Markdown | CopyWhat::Json) {
        model.took_out();
    }
    effects
}

fn text(model: &Model, what: CopyWhat) -> Option<String> {
    if what == CopyWhat::Page {
        return model.view.sheet()?.markdown();
    }
    if let Some(report) = &model.report {
        return of_report(&report.answer, what);
    }
    let name = || model.selected().map(|row| row.name.as_str());
    match what {
        CopyWhat::Summary => render::summary(name()?, model.result()?),
        CopyWhat::Actions => render::actions(name()?, model.result()?),
        CopyWhat::Email => render::email(model.result()?),
        CopyWhat::Qbr => render::qbr(model.result()?),
        CopyWhat::Markdown => Some(render::markdown(name()?, model.result()?)),
        CopyWhat::Json => Some(render::json(model.result()?)),
        CopyWhat::Page => None,
        CopyWhat::SignInAddress => model.prompt().map(|prompt| prompt.address.clone()),
        CopyWhat::SignInCode => model.prompt()?.code.as_ref().map(ToString::to_string),
    }
}

fn of_report(answer: &BookAnswer, what: CopyWhat) -> Option<String> {
    match what {
        CopyWhat::Summary => Some(render::book::text(answer, None)),
        CopyWhat::Markdown => Some(render::book::markdown(answer)),
        CopyWhat::Json => Some(render::json(answer)),
        CopyWhat::Actions
        | CopyWhat::Email
        | CopyWhat::Qbr
        | CopyWhat::Page
        | CopyWhat::SignInAddress
        | CopyWhat::SignInCode => None,
    }
}

/// Says how copying ended, and claims no more than is known.
pub(super) fn report(model: &mut Model, what: CopyWhat, chars: usize, outcome: &CopyOutcome, now: Duration) {
    let label = what.label();
    let size = words::count(chars as u64, "character");
    let text = match outcome {
        CopyOutcome::Copied => format!("Copied the {label}: {size}."),
        CopyOutcome::UntilYouLeave => {
            format!("Copied the {label}: {size}, until you leave. With wl-copy or xclip installed it stays.")
        }
        CopyOutcome::InTmux => {
            format!(
                "Copied the {label} into tmux: {size}. Paste it there; tmux hands no copies on to the terminal around it."
            )
        }
        CopyOutcome::ThroughTmux => {
            format!("Copied the {label} into tmux: {size}. It was sent to the terminal around it as well.")
        }
        CopyOutcome::Sent => format!(
            "Sent the {label} to the terminal (OSC 52): {size}. If nothing arrives, allow clipboard access in its settings."
        ),
        CopyOutcome::Failed(reason) => format!("The {label} was not copied: {reason}{}", instead(model)),
    };
    let text = match unmarked(model, what) {
        Some(warning) if !matches!(outcome, CopyOutcome::Failed(_)) => format!("{text} {warning}"),
        _ => text,
    };
    say(model, text, matches!(outcome, CopyOutcome::Failed(_)), now);
}

/// An email is copied without the marks of what the model wrote, so it is said how much that is.
fn unmarked(model: &Model, what: CopyWhat) -> Option<String> {
    let result = model.result().filter(|_| what == CopyWhat::Email)?;
    let is_one = |count| if count == 1 { "is" } else { "are" };
    match render::sentences_of_the_model(result) {
        0 => None,
        count => Some(format!(
            "{} {} the model's: read it before you send it.",
            words::count(count as u64, "sentence"),
            is_one(count)
        )),
    }
}

/// How else to get at what is on the screen: a command that writes it into a file.
fn instead(model: &Model) -> String {
    if let Some(report) = &model.report {
        let answer = &report.answer;
        return match &answer.question {
            Some(question) => format!(" A file instead: cs-copilot ask \"{question}\" --format markdown > answer.md"),
            None => format!(" A file instead: cs-copilot customers --where '{}' > answer.txt", answer.query),
        };
    }
    match model.selected().filter(|_| model.result().is_some() && model.view.sign_in().is_none()) {
        Some(row) => format!(" A file instead: cs-copilot history {} --format json > answers.json", row.id),
        None => String::new(),
    }
}
