use std::mem;

use tui_input::InputRequest;

use crate::app::{Find, Leads, Model, Palette, View};

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

/// Closes it; what the entry under the cursor leads to.
pub(super) fn take(model: &mut Model) -> Option<Leads> {
    let View::Palette(palette) = &model.view else { return None };
    let leads = palette.found().get(palette.at).map(|entry| entry.leads.clone());
    leave(model);
    leads
}

/// Opens the help over what is on the screen, or closes it.
pub(super) fn help(model: &mut Model) {
    if matches!(model.view, View::Help { .. }) {
        return leave(model);
    }
    model.find = None;
    let below = Box::new(mem::replace(&mut model.view, View::Panes));
    model.view = View::Help { below, scroll: 0 };
}

/// Opens the help where it has these words.
pub(super) fn help_with(model: &mut Model, words: &str) {
    if !matches!(model.view, View::Help { .. }) {
        help(model);
    }
    model.find = Some(Find::of(words));
}

/// Brings back what was on the screen before.
pub(super) fn leave(model: &mut Model) {
    match mem::replace(&mut model.view, View::Panes) {
        View::Palette(Palette { below, .. }) | View::Help { below, .. } => model.view = *below,
        other => model.view = other,
    }
}
