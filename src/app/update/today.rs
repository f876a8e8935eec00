use std::time::Duration;

use chrono::NaiveDate;
use contracts::{
    ItemId,
    attention::{Attention, Item, State, Until},
    failure::Failure,
};
use domain::attention::words;
use tui_input::Input;

use super::{focus, run, say};
use crate::{
    app::{Action, Effect, Lens, Model, Pane, Snooze, Topic, View, today::task_of},
    days,
};

/// Takes what was read.
pub(super) fn loaded(model: &mut Model, page: Result<Attention, Failure>) {
    model.today.loaded(page, &model.settings.attention);
}

/// Shows the other lens; the cursor goes to the same customer, where that has a row.
pub(super) fn show(model: &mut Model, lens: Lens) {
    let customer = model.selected().map(|row| row.id.clone());
    model.report = None;
    model.focus = Pane::List;
    model.lens = lens;
    if let Some(customer) = customer {
        match lens {
            Lens::Today => model.today.select(&customer),
            Lens::Book => {
                model.book.select(&customer);
            }
        }
    }
    (model.scroll, model.row) = (0, 0);
}

/// Runs the task that fits the item, or reads its answer where that is on the screen.
pub(super) fn open(model: &mut Model, is_held: bool, now: Duration) -> Vec<Effect> {
    let Some(task) = model.today.selected().and_then(|row| task_of(row.first.item.kind)) else { return Vec::new() };
    let is_shown = model.place().is_some_and(|(_, topic)| *topic == Topic::Task(task.clone()));
    if is_shown && model.result().is_some() {
        focus(model, Pane::Result);
        return Vec::new();
    }
    // The key that took a question or an answer to one does not go on to run a task.
    if is_held { Vec::new() } else { run::task(model, task, is_held, now) }
}

/// Marks the item under the cursor as done.
pub(super) fn done(model: &mut Model, now: Duration) -> Vec<Effect> {
    let Some((item, as_of)) = selected(model) else { return Vec::new() };
    deal(model, item, State::Done(as_of), now)
}

/// Asks until when the item under the cursor is to be out of sight.
pub(super) fn ask_until(model: &mut Model) {
    if let Some((item, as_of)) = selected(model) {
        model.open(View::Snooze(Snooze { item, as_of, line: Input::default() }));
    }
}

/// The item under the cursor, and the day its page counts from.
fn selected(model: &Model) -> Option<(Item, NaiveDate)> {
    Some((model.today.selected()?.first.item.clone(), model.today.page()?.as_of))
}

/// Explains what makes the priority of the item under the cursor.
pub(super) fn why(model: &mut Model) {
    if let Some(row) = model.today.selected().cloned() {
        model.open(View::Why { row: Box::new(row), scroll: 0 });
    }
}

/// Puts the item off until the day that was typed; until something changes where none was.
pub(super) fn snooze(model: &mut Model, now: Duration) -> Vec<Effect> {
    let View::Snooze(Snooze { item, as_of, line }) = &model.view else { return Vec::new() };
    let until = match line.value().trim() {
        "" => Until::Change(item.situation.clone()),
        typed => match days::to_come(typed, *as_of) {
            Ok(day) => Until::Day(day),
            Err(why) => {
                say(model, why.to_string(), true, now);
                return Vec::new();
            }
        },
    };
    let item = item.clone();
    model.open(View::Panes);
    deal(model, item, State::Snoozed(until), now)
}

fn deal(model: &mut Model, item: Item, state: State, now: Duration) -> Vec<Effect> {
    let said = format!("{}: {}. {} undoes it.", item.about.name(), words::state(&state), model.key(Action::Undo));
    let effects = set(model, &item, state);
    if effects.is_empty() {
        say(model, format!("{}: this is no longer on the list.", item.about.name()), false, now);
        return effects;
    }
    model.today.remember(item);
    say(model, said, false, now);
    effects
}

/// Brings back what was dealt with last.
pub(super) fn undo(model: &mut Model, now: Duration) -> Vec<Effect> {
    let Some(item) = model.today.take_back() else { return Vec::new() };
    say(model, format!("{}: {} again.", item.about.name(), words::state(&item.state)), false, now);
    let effects = set(model, &item, item.state.clone());
    if let Some(customer) = item.about.customer() {
        model.today.select(customer);
    }
    effects
}

/// Shows the new state at once; the server is told meanwhile.
fn set(model: &mut Model, item: &Item, state: State) -> Vec<Effect> {
    let new = item.becomes(state.clone());
    let before = model.today.set(item, state, &model.settings.attention);
    (model.scroll, model.row) = (0, 0);
    before.map(|before| Effect::SetItem { item: item.id.clone(), new, before: Box::new(before) }).into_iter().collect()
}

/// Takes the server's word; where it kept nothing, the item is as it was.
pub(super) fn kept(
    model: &mut Model,
    id: &ItemId,
    before: Item,
    outcome: Result<(), Failure>,
    now: Duration,
) -> Vec<Effect> {
    let Err(failure) = outcome else {
        // What was promised is closed or opened with its item.
        return before.promised.iter().map(|_| Effect::CheckBook).collect();
    };
    let state = before.state.clone();
    model.today.set(&before, state, &model.settings.attention);
    say(model, format!("Item {id} stays as it was: {}", failure.message), true, now);
    Vec::new()
}
