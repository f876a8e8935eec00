use std::{path::PathBuf, sync::Arc, time::Duration};

use super::{say, sendings};
use crate::{
    app::{Effect, Identified, Model, Outgoing, View},
    send::{FolderError, Form, Prepared},
};

/// Shows the answer in that form, before anything is done with it.
pub(super) fn show(model: &mut Model, form: Form, now: Duration) {
    let at = model.now(now);
    let (Some(customer), Some(result)) = (model.selected(), model.result()) else { return };
    match Outgoing::of(form, customer, result, at) {
        Some(outgoing) => model.open(View::Outgoing(Box::new(outgoing))),
        None => say(model, format!("This answer has nothing for that: {}.", form.label()), false, now),
    }
}

/// Goes on to the next form of a file.
pub(super) fn next(model: &mut Model, now: Duration) {
    let View::Outgoing(outgoing) = &model.view else { return };
    let Some(result) = model.result() else { return };
    let at = Form::FILES.iter().position(|form| *form == outgoing.prepared.form).map_or(0, |at| at + 1);
    let all = Form::FILES.into_iter().cycle().skip(at).take(Form::FILES.len());
    if let Some(form) = all.into_iter().find(|form| form.fits(result)) {
        show(model, form, now);
    }
}

/// Writes the file that is shown.
pub(super) fn write(model: &mut Model) -> Vec<Effect> {
    let View::Outgoing(outgoing) = &model.view else { return Vec::new() };
    let effect = Effect::Write { prepared: outgoing.prepared.clone(), folder: model.settings.folder.clone() };
    model.open(View::Panes);
    model.took_out();
    vec![effect]
}

/// Opens the email that is shown in the mail program.
pub(super) fn open_mail(model: &mut Model) -> Vec<Effect> {
    let View::Outgoing(outgoing) = &model.view else { return Vec::new() };
    let Some(address) = outgoing.address.clone() else { return Vec::new() };
    let effect = Effect::OpenMail { prepared: outgoing.prepared.clone(), address };
    model.open(View::Panes);
    model.took_out();
    vec![effect]
}

/// Says where the file is, and keeps on the timeline that it was prepared.
pub(super) fn written(
    model: &mut Model,
    prepared: &Prepared,
    outcome: Result<PathBuf, Arc<FolderError>>,
    now: Duration,
) -> Vec<Effect> {
    if let Some(mut effects) = sendings::written(model, prepared.customer(), &outcome, now) {
        if outcome.is_ok() {
            effects.extend(keep(model, prepared));
        }
        return effects;
    }
    match outcome {
        Ok(path) => {
            say(model, format!("Written, and not sent: {}", path.display()), false, now);
            keep(model, prepared)
        }
        Err(why) => {
            say(model, why.to_string(), true, now);
            Vec::new()
        }
    }
}

/// Says that the mail program has the email, as far as anybody can tell.
pub(super) fn opened(model: &mut Model, prepared: &Prepared, is_open: bool, now: Duration) -> Vec<Effect> {
    if is_open {
        say(model, "The email is open in your mail program; it is yours to send.", false, now);
        keep(model, prepared)
    } else {
        let instead =
            "No mail program could be opened here: {out} and {out-mail}, then {accept}, write a draft that one opens.";
        say(model, instead, true, now);
        Vec::new()
    }
}

/// Guests have no timeline of their own.
fn keep(model: &Model, prepared: &Prepared) -> Vec<Effect> {
    let is_writable = matches!(&model.identity, Identified::As(identity) if identity.writable);
    if is_writable { vec![Effect::KeepActivity(prepared.activity())] } else { Vec::new() }
}
