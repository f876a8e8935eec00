//! The last thing that the user did, taken back.

use std::time::Duration;

use contracts::{CustomerId, activity::Activity, attention::Item, failure::Failure};
use domain::attention::words::state;
use tui_input::Input;

use super::{ask, say, sheet, today};
use crate::{
    app::{
        Effect, Lens, Marks, Model, Run, Tab,
        setting::by,
        undo::{Arrangement, Step},
    },
    words::{count, date},
};

/// Takes back what was done last, and says what that was.
pub(super) fn undo(model: &mut Model, now: Duration) -> Vec<Effect> {
    match model.undo.pop() {
        Some(Step::Dealt { before, marks }) => dealt(model, &before, marks, now),
        Some(Step::Noted(activity)) => vec![Effect::RemoveActivity(activity)],
        Some(Step::Answered { customer, before }) => answered(model, customer, *before, now),
        Some(Step::Arranged(before)) => arranged(model, before, now),
        Some(Step::Marked(before)) => {
            model.marks = before;
            let marked = match model.marks.len() {
                0 => "nobody is marked".to_owned(),
                marked => format!("marked again: {}", count(marked as u64, "customer")),
            };
            say(model, format!("Undone: {marked}."), false, now);
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn dealt(model: &mut Model, before: &[Item], marks: Marks, now: Duration) -> Vec<Effect> {
    let effects = before.iter().filter_map(|item| today::set(model, item, item.state.clone())).collect();
    let Some(first) = before.first() else { return effects };
    let said = match before.len() {
        1 => format!("{} is {} again", first.about.name(), state(&first.state)),
        many => format!("{many} items are as they were"),
    };
    say(model, format!("Undone: {said}."), false, now);
    if let Some(customer) = first.about.customer() {
        model.today.select(customer);
    }
    if !marks.is_empty() {
        model.marks = marks;
    }
    effects
}

/// Brings the answer back. What took its place is cancelled, where that is under way.
fn answered(model: &mut Model, customer: CustomerId, before: Run, now: Duration) -> Vec<Effect> {
    let topic = before.asked.topic();
    let said = if before.answer.as_ref().is_some_and(|answer| answer.is_edited) {
        "Undone: this is the answer with the email that you edited."
    } else {
        "Undone: the email is as it was before you edited it."
    };
    let cancelled = model.runs.cancel(&customer, &topic, now).map(Effect::CancelRun);
    model.runs.put_back(&customer, before);
    model.shown.insert(customer, topic);
    model.wanted_tab = Tab::Email;
    say(model, said, false, now);
    cancelled.into_iter().collect()
}

fn arranged(model: &mut Model, before: Arrangement, now: Duration) -> Vec<Effect> {
    today::show(model, Lens::Book);
    let filtered = if before.filter.is_empty() { "without a filter".to_owned() } else { before.filter.clone() };
    say(model, format!("Undone: the book is shown {filtered}, sorted {}.", by(before.sort)), false, now);
    model.book.sort_by(before.sort);
    model.book.edit_filter(|filter| *filter = Input::new(before.filter.clone()));
    model.undo.settle(Some(before));
    ask::read_for_filter(model)
}

/// Says that a note was taken back, and reads again what that changes.
pub(super) fn removed(
    model: &mut Model,
    activity: &Activity,
    outcome: Result<(), Failure>,
    now: Duration,
) -> Vec<Effect> {
    let (kind, on) = (activity.kind.as_str(), date(activity.on));
    match outcome {
        Ok(()) => {
            say(model, format!("Undone: the {kind} of {on} is not kept any more."), false, now);
            sheet::read_again(model)
        }
        Err(failure) => {
            say(model, format!("The {kind} of {on} stays: {failure}"), true, now);
            Vec::new()
        }
    }
}
