use std::{mem, time::Duration};

use tui_input::InputRequest;

use super::{action, ask, say, today};
use crate::app::{Effect, Leads, Lens, Model, Palette, View, allowed};

/// Opens it over what is on the screen.
pub(super) fn open(model: &mut Model) {
    model.find = None;
    let below = mem::replace(&mut model.view, View::Panes);
    model.view = View::Palette(Palette::over(below, model));
}

/// Changes its line.
pub(super) fn edit(model: &mut Model, requests: impl IntoIterator<Item = InputRequest>) {
    if let View::Palette(mut palette) = mem::replace(&mut model.view, View::Panes) {
        palette.edit(requests, model);
        model.view = View::Palette(palette);
    }
}

/// Closes it and does what the entry under the cursor leads to.
pub(super) fn take(model: &mut Model, now: Duration) -> Vec<Effect> {
    let View::Palette(palette) = &model.view else { return Vec::new() };
    let leads = palette.found().get(palette.at).map(|entry| entry.leads.clone());
    leave(model);
    leads.map(|leads| follow(model, leads, now)).unwrap_or_default()
}

fn follow(model: &mut Model, leads: Leads, now: Duration) -> Vec<Effect> {
    match leads {
        Leads::Do(action) => {
            // As its key would, in the view where it has one.
            let (mode, focus) = (model.mode(), model.focus);
            let has_key = model.commands().iter().any(|it| it.action == action && it.scope.holds(mode, focus));
            if !has_key || allowed(model, action).is_err() {
                model.open(View::Panes);
            }
            action::perform(model, action, now)
        }
        Leads::To(customer) => {
            model.open(View::Panes);
            today::show(model, Lens::Book);
            if !model.book.select(&customer) {
                say(model, "That customer is no longer in the book.", false, now);
            }
            Vec::new()
        }
        Leads::Ask(question) => {
            model.open(View::Panes);
            ask::ask(model, question, now)
        }
    }
}

/// Brings back what was on the screen before.
pub(super) fn leave(model: &mut Model) {
    match mem::replace(&mut model.view, View::Panes) {
        View::Palette(Palette { below, .. }) | View::Help { below, .. } => model.view = *below,
        other => model.view = other,
    }
}
