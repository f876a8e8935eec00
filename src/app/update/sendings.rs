//! The answers of several customers taken out at once.

use std::{path::PathBuf, sync::Arc, time::Duration};

use contracts::CustomerId;

use super::{say, today};
use crate::{
    app::{Effect, Lens, Model, SendingState, Sendings, View},
    send::{self, FolderError, Form},
    words::count,
};

/// Shows whose answers would be written, before any is.
pub(super) fn show(model: &mut Model, form: Form) {
    let sendings = Sendings::of(form, model);
    model.open(View::Sendings(sendings));
}

/// Goes on to the next form of a file.
pub(super) fn next(model: &mut Model) {
    let View::Sendings(sendings) = &model.view else { return };
    let at = Form::FILES.iter().position(|form| *form == sendings.form).map_or(0, |at| at + 1);
    show(model, Form::FILES[at % Form::FILES.len()]);
}

/// Begins to write them; once they are written, goes to the customer under the cursor.
pub(super) fn accept(model: &mut Model, now: Duration) -> Vec<Effect> {
    let View::Sendings(sendings) = &mut model.view else { return Vec::new() };
    if sendings.is_begun {
        visit(model);
        return Vec::new();
    }
    if sendings.count(|state| matches!(state, SendingState::Ready)) == 0 {
        say(model, "None of these has anything to write.", false, now);
        return Vec::new();
    }
    sendings.is_begun = true;
    go_on(model, now)
}

fn visit(model: &mut Model) {
    let View::Sendings(sendings) = &model.view else { return };
    let Some(customer) = sendings.all.get(sendings.at).map(|sending| sending.customer.clone()) else { return };
    model.open(View::Panes);
    if model.lens == Lens::Today {
        model.today.select(&customer);
    }
    if model.selected().is_none_or(|row| row.id != customer) {
        today::show(model, Lens::Book);
        model.book.select(&customer);
    }
    (model.scroll, model.row) = (0, 0);
}

/// Has the next ones written, and says when all are.
fn go_on(model: &mut Model, now: Duration) -> Vec<Effect> {
    let mut effects = Vec::new();
    while let Some(effect) = start_next(model, now) {
        effects.extend(effect);
    }
    let Some(sendings) = model.view.sendings().filter(|sendings| sendings.is_over()) else { return effects };
    let written = count(sendings.count(|state| matches!(state, SendingState::Written(_))) as u64, "file");
    let without = match sendings.count(|state| !matches!(state, SendingState::Written(_))) {
        0 => String::new(),
        without => format!(", {} without one", count(without as u64, "customer")),
    };
    let folder = model.settings.folder.display();
    let has_failed = sendings.count(|state| matches!(state, SendingState::Failed(_))) > 0;
    say(model, format!("Written to {folder}, and not sent: {written}{without}."), has_failed, now);
    effects
}

/// Has the next one written; none where no other is to be begun now, and no effect where there is nothing to write after all.
fn start_next(model: &mut Model, now: Duration) -> Option<Option<Effect>> {
    let at = model.now(now);
    let sendings = model.view.sendings()?;
    let (place, form) = (sendings.next()?, sendings.form);
    let sending = &sendings.all[place];
    let customer = sending.customer.clone();
    let prepared = match model.shown_answer(&customer) {
        Some(result) => send::file(form, sending.name.as_str(), result, at),
        None => Err(send::Without::Answer("it is being made again".to_owned())),
    };
    let (state, effect) = match prepared {
        Ok(prepared) => {
            (SendingState::Writing, Some(Effect::Write { prepared, folder: model.settings.folder.clone() }))
        }
        Err(why) => (SendingState::Without(why), None),
    };
    model.view.sendings_mut()?.all[place].state = state;
    if effect.is_some() {
        model.took_out_of(&customer);
    }
    Some(effect)
}

/// Takes what became of a file, where it is one of these, and has the next one written. None where it is not.
pub(super) fn written(
    model: &mut Model,
    customer: &CustomerId,
    outcome: &Result<PathBuf, Arc<FolderError>>,
    now: Duration,
) -> Option<Vec<Effect>> {
    let sending = model.view.sendings_mut()?.under_way(customer)?;
    sending.state = match outcome {
        Ok(path) => SendingState::Written(path.clone()),
        Err(why) => SendingState::Failed(Arc::clone(why)),
    };
    Some(go_on(model, now))
}

/// Leaves; what waits is not written.
pub(super) fn leave(model: &mut Model, now: Duration) {
    let View::Sendings(sendings) = &model.view else { return };
    let waiting = sendings.count(|state| matches!(state, SendingState::Ready));
    let is_stopped = sendings.is_begun && waiting > 0;
    model.open(View::Panes);
    if is_stopped {
        say(model, format!("Stopped: {} left unwritten.", count(waiting as u64, "file")), false, now);
    }
}
