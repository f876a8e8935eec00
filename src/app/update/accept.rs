//! What was typed or chosen, taken.

use std::time::Duration;

use tui_input::Input;

use super::{ask, batch, evals, find, import, out, sendings, sheet, today};
use crate::app::{Confirmed, Effect, Mode, Model, View};

/// Takes what was typed or chosen. A key that is held chooses nothing.
pub(super) fn accept(model: &mut Model, is_held: bool, now: Duration) -> Vec<Effect> {
    if model.mode() == Mode::Find {
        find::keep(model);
        return Vec::new();
    }
    match &mut model.view {
        View::Ask => return ask::submit(model, now),
        View::Snooze(_) => return today::snooze(model, now),
        View::Evals(_) => return evals::enter(model),
        View::Note { .. } => return sheet::keep(model, now),
        View::Import(_) => return import::begin(model, now),
        View::Confirm(_) | View::Choose(_) | View::Outgoing(_) | View::Sendings(_) if is_held => {}
        View::Sendings(_) => return sendings::accept(model, now),
        View::Confirm(confirm) => {
            let then = confirm.then.clone();
            model.open(View::Panes);
            return match then {
                Confirmed::Batch(task) => batch::begin(model, task, now),
                Confirmed::Trust(task) => vec![Effect::TrustTask(task)],
                Confirmed::Quit => vec![Effect::Quit],
            };
        }
        View::Outgoing(_) => return out::write(model),
        View::Tasks { at } => {
            let at = *at;
            model.open(View::Panes);
            return batch::task(model, at, false, now);
        }
        View::Choose(choice) => {
            let at = choice.at;
            return ask::pick(model, at, now);
        }
        View::Filter => {
            model.open(View::Panes);
            model.book.choose();
            ask::answer_filter(model, now);
        }
        View::Panes
        | View::Palette(_)
        | View::Yank
        | View::Out
        | View::Help { .. }
        | View::Why { .. }
        | View::SignIn(_)
        | View::Sheet(_) => {}
    }
    Vec::new()
}

/// Takes the first of what may stand at the end of the filter, or has the path that is typed completed.
pub(super) fn complete(model: &mut Model) -> Vec<Effect> {
    if let View::Import(line) = &model.view {
        return vec![Effect::CompletePath(line.value().to_owned())];
    }
    if let Some(first) = model.book.completions().into_iter().next() {
        model.book.edit_filter(|filter| {
            let mut text = filter.value().to_owned();
            text.replace_range(first.at, &first.text);
            *filter = Input::new(text);
        });
    }
    ask::read_for_filter(model)
}
