use std::mem;

use tui_input::InputRequest;

use crate::app::{Leads, Model, Palette, View};

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

/// Brings back what was on the screen before.
pub(super) fn leave(model: &mut Model) {
    match mem::replace(&mut model.view, View::Panes) {
        View::Palette(Palette { below, .. }) | View::Help { below, .. } => model.view = *below,
        other => model.view = other,
    }
}
