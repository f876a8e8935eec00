use std::{mem, time::Duration};

use contracts::{
    ItemId,
    attention::{Attention, Item, State, Until},
    failure::Failure,
};
use domain::attention::{order::Row, words};
use tui_input::Input;

use super::{focus, run, say};
use crate::{
    app::{Action, Effect, Lens, Model, Pane, Snooze, Topic, View, today::task_of, undo::Step},
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

/// Marks the items of all that are marked as done, else the one under the cursor.
pub(super) fn done(model: &mut Model, now: Duration) -> Vec<Effect> {
    let Some(as_of) = model.today.page().map(|page| page.as_of) else { return Vec::new() };
    let items = items(model);
    deal(model, items, |_| State::Done(as_of), now)
}

/// Asks until when those items are to be out of sight.
pub(super) fn ask_until(model: &mut Model) {
    let items = items(model);
    if let Some(as_of) = model.today.page().map(|page| page.as_of) {
        model.open(View::Snooze(Snooze { items, as_of, line: Input::default() }));
    }
}

/// The first item of every marked row, else of the one under the cursor.
fn items(model: &Model) -> Vec<Item> {
    let rows = model.today.rows().iter().enumerate();
    let is_marked =
        |(place, row): &(usize, &Row)| row.about().customer().is_some_and(|customer| model.is_marked(*place, customer));
    let marked: Vec<_> = rows.filter(is_marked).map(|(_, row)| row.first.item.clone()).collect();
    let under_cursor = || model.today.selected().map(|row| row.first.item.clone()).into_iter().collect();
    if marked.is_empty() { under_cursor() } else { marked }
}

/// Explains what makes the priority of the item under the cursor.
pub(super) fn why(model: &mut Model) {
    if let Some(row) = model.today.selected().cloned() {
        model.open(View::Why { row: Box::new(row), scroll: 0 });
    }
}

/// Puts the item off until the day that was typed; until something changes where none was.
pub(super) fn snooze(model: &mut Model, now: Duration) -> Vec<Effect> {
    let View::Snooze(Snooze { items, as_of, line }) = &model.view else { return Vec::new() };
    let day = match line.value().trim() {
        "" => None,
        typed => match days::to_come(typed, *as_of) {
            Ok(day) => Some(day),
            Err(why) => {
                say(model, why.to_string(), true, now);
                return Vec::new();
            }
        },
    };
    let items = items.clone();
    model.open(View::Panes);
    let until = |item: &Item| State::Snoozed(day.map_or_else(|| Until::Change(item.situation.clone()), Until::Day));
    deal(model, items, until, now)
}

/// Gives every item its new state, all of them to be undone at once.
fn deal(model: &mut Model, items: Vec<Item>, state: impl Fn(&Item) -> State, now: Duration) -> Vec<Effect> {
    let Some(first) = items.first() else { return Vec::new() };
    let (name, said) = (first.about.name().to_owned(), words::state(&state(first)));
    let (mut dealt, mut effects) = (Vec::new(), Vec::new());
    for item in items {
        let state = state(&item);
        if let Some(effect) = set(model, &item, state) {
            effects.push(effect);
            dealt.push(item);
        }
    }
    let undo = model.key(Action::Undo);
    match dealt.len() {
        0 => say(model, format!("{name}: this is no longer on the list."), false, now),
        1 => say(model, format!("{name}: {said}. {undo} undoes it."), false, now),
        many => say(model, format!("{many} items: {said}. {undo} undoes all of it."), false, now),
    }
    if !dealt.is_empty() {
        let marks = mem::take(&mut model.marks);
        model.undo.push(Step::Dealt { before: dealt, marks });
    }
    effects
}

/// Shows the new state at once; the server is told meanwhile. None where the item is gone.
pub(super) fn set(model: &mut Model, item: &Item, state: State) -> Option<Effect> {
    let new = item.becomes(state.clone());
    let before = model.today.set(item, state, &model.settings.attention)?;
    (model.scroll, model.row) = (0, 0);
    Some(Effect::SetItem { item: item.id.clone(), new, before: Box::new(before) })
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
