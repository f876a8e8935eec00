use std::time::Duration;

use tui_input::Input;

use super::say;
use crate::app::{Effect, Model, View};

/// Has what was named imported, if anything was.
pub(super) fn begin(model: &mut Model, now: Duration) -> Vec<Effect> {
    let View::Import(line) = &model.view else { return Vec::new() };
    let path = line.value().trim().to_owned();
    if path.is_empty() {
        say(model, "Name a file or a folder to import.", false, now);
        return Vec::new();
    }
    model.open(View::Panes);
    vec![Effect::Import(path)]
}

/// Takes the path as far as it is completed, unless something else was typed meanwhile.
pub(super) fn completed(model: &mut Model, typed: &str, completed: String) {
    if let View::Import(line) = &mut model.view
        && line.value() == typed
    {
        *line = Input::new(completed);
    }
}
