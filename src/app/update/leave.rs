//! The ways back and out: the innermost thing is left first, and the program last.

use std::time::Duration;

use tui_input::Input;

use super::{accept, ask, batch, evals, palette, say, sendings, sheet, sign_in};
use crate::{
    app::{Action, Confirm, Confirmed, Effect, Model, Pane, View, allowed, undo::Step},
    words,
};

/// Leaves the program; where something would be lost with it, asks first.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    let lost = lost(model);
    if lost.is_empty() || model.viewport.is_too_small {
        return vec![Effect::Quit];
    }
    let question = format!("Leave and lose {}?", lost.join(" and "));
    model.open(View::Confirm(Confirm { question, shown: String::new(), then: Confirmed::Quit }));
    Vec::new()
}

/// What there is that goes with the program.
fn lost(model: &Model) -> Vec<String> {
    let runs = (model.runs.in_flight() > 0)
        .then(|| format!("{} under way", words::count(model.runs.in_flight() as u64, "run")));
    let edited = (model.runs.edited() > 0)
        .then(|| format!("{} that you edited", words::count(model.runs.edited() as u64, "email")));
    let note = model.draft.as_ref().filter(|draft| !draft.line.value().trim().is_empty());
    let note = note.map(|draft| format!("the note of {} that you began", draft.name));
    [runs, edited, note].into_iter().flatten().collect()
}

/// Leaves the line or what lies over the panes; where there is neither, stops the runs; where none is under way, leaves.
pub(super) fn interrupt(model: &mut Model, now: Duration) -> Vec<Effect> {
    if model.viewport.is_too_small {
        return vec![Effect::Quit];
    }
    match model.view {
        View::Filter => accept::accept(model, false, now),
        View::Confirm(Confirm { then: Confirmed::Quit, .. }) => vec![Effect::Quit],
        View::Panes if model.find.is_none() => {
            let cancelled = model.runs.cancel_all(now);
            model.batch = None;
            if cancelled.is_empty() {
                return quit(model);
            }
            let (runs, again) = (words::count(cancelled.len() as u64, "run"), model.key(Action::Interrupt));
            say(model, format!("{runs} cancelled; {again} again leaves."), false, now);
            cancelled.into_iter().map(Effect::CancelRun).collect()
        }
        _ if allowed(model, Action::Escape).is_err() => vec![Effect::Quit],
        _ => escape(model, now),
    }
}

/// Leaves the innermost thing: an overlay, a line that is typed into, or what is innermost among the panes.
pub(super) fn escape(model: &mut Model, now: Duration) -> Vec<Effect> {
    if model.find.take().is_some() {
        return Vec::new();
    }
    match model.view {
        View::Panes => return leave_pane(model, now),
        View::Help { .. } | View::Palette(_) => palette::leave(model),
        View::Yank
        | View::Out
        | View::Outgoing(_)
        | View::Ask
        | View::Snooze(_)
        | View::Import(_)
        | View::Confirm(_)
        | View::Why { .. }
        | View::Tasks { .. } => {
            model.open(View::Panes);
        }
        View::Sendings(_) => sendings::leave(model, now),
        View::Choose(_) => ask::choose_none(model),
        View::Filter => {
            model.open(View::Panes);
            model.book.edit_filter(Input::reset);
        }
        View::Evals(_) => evals::leave(model),
        View::Sheet(_) => model.open(View::Panes),
        View::Note { .. } => sheet::leave_note(model),
        View::SignIn(_) => return sign_in::cancel(model),
    }
    Vec::new()
}

/// Leaves the innermost thing among the panes: a run under way, the answer alone, an answer about the book, the pane,
/// the filter.
fn leave_pane(model: &mut Model, now: Duration) -> Vec<Effect> {
    if model.marks.range.take().is_some() {
        return Vec::new();
    }
    if let Some(cancelled) = batch::cancel(model, now) {
        return cancelled;
    }
    let place = model.place().map(|(customer, topic)| (customer.clone(), topic.clone()));
    if let Some((id, topic)) =
        place.and_then(|(customer, topic)| Some((model.runs.cancel(&customer, &topic, now)?, topic)))
    {
        say(model, format!("{} cancelled.", model.title(&topic)), false, now);
        return vec![Effect::CancelRun(id)];
    }
    if std::mem::take(&mut model.is_zoomed) {
        return Vec::new();
    }
    if model.report.take().is_some() || model.focus != Pane::List {
        model.focus = Pane::List;
    } else if model.book.is_filtered() {
        model.book.choose();
        model.book.edit_filter(Input::reset);
    } else if !model.marks.is_empty() {
        let marks = std::mem::take(&mut model.marks);
        model.undo.push(Step::Marked(marks));
        say(model, "Nobody is marked any more.", false, now);
    }
    Vec::new()
}
