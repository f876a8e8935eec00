use std::time::Duration;

use contracts::CustomerId;

use super::{motion, say};
use crate::{
    app::{Action, Lens, Model, undo::Step},
    words,
};

/// Marks the customer under the cursor, or takes its mark away, and goes on to the next; ends a range.
pub(super) fn mark(model: &mut Model, now: Duration) {
    if model.marks.range.is_some() {
        return range(model, now);
    }
    let (cursor, _) = model.list();
    let customers = customers(model, cursor, cursor);
    model.marks.toggle(customers);
    motion::go(model, Action::Down);
    tell(model, now);
}

/// Begins a range at the cursor; the second time, marks what is between.
pub(super) fn range(model: &mut Model, now: Duration) {
    let (cursor, _) = model.list();
    match model.marks.range.take() {
        None => {
            model.marks.range = Some(cursor);
            let (range, escape) = (model.key(Action::MarkRange), model.key(Action::Escape));
            say(model, format!("A range: move to its other end; {range} marks it, {escape} leaves it."), false, now);
        }
        Some(from) => {
            model.undo.push(Step::Marked(model.marks.clone()));
            let customers = customers(model, from.min(cursor), from.max(cursor));
            model.marks.add(customers);
            tell(model, now);
        }
    }
}

/// Marks all that the list shows, or takes their marks away where all have one.
pub(super) fn all(model: &mut Model, now: Duration) {
    let (_, rows) = model.list();
    model.marks.range = None;
    model.undo.push(Step::Marked(model.marks.clone()));
    let customers = customers(model, 0, rows.saturating_sub(1));
    model.marks.toggle(customers);
    tell(model, now);
}

fn customers(model: &Model, first: usize, last: usize) -> Vec<CustomerId> {
    (first..=last).filter_map(|place| model.customer_at(place).cloned()).collect()
}

fn tell(model: &mut Model, now: Duration) {
    let count = words::count(model.marks.len() as u64, "customer");
    let text = match model.marks.len() {
        0 => "Nobody is marked.".to_owned(),
        _ => {
            let (escape, out) = (model.key(Action::Escape), model.key(Action::Out));
            format!(
                "{count} marked: a task, {out}, done and snooze are for all of them; {escape} takes the marks away."
            )
        }
    };
    say(model, text, false, now);
}

/// Goes to the next marked customer, or the one before, and round at the ends.
pub(super) fn walk(model: &mut Model, step: isize, now: Duration) {
    let targets = model.targets();
    let (cursor, rows) = model.list();
    let is_marked = |place: &usize| model.customer_at(*place).is_some_and(|id| model.is_marked(*place, id));
    let mut ahead: Vec<_> = (cursor + 1..rows).chain(0..cursor).collect();
    if step < 0 {
        ahead.reverse();
    }
    match ahead.into_iter().find(is_marked) {
        Some(place) => {
            match model.lens {
                Lens::Today => model.today.move_to(place),
                Lens::Book => model.book.move_to(place),
            }
            (model.scroll, model.row) = (0, 0);
        }
        None if targets.len() > 1 => say(model, "The other marked customers are not in this list.", false, now),
        None => {}
    }
}
