use std::time::Duration;

use contracts::{
    CustomerId, Line,
    activity::Activity,
    changes::{ChangesPage, Timeline, Visit},
    failure::Failure,
};
use tui_input::Input;

use super::say;
use crate::{
    app::{About, Effect, Identified, Loaded, Mode, Model, NotEdited, Noting, Sheet, Since},
    note::{self, FOLLOW_UP},
    words::date,
};

/// Opens what happened with the customer.
pub(super) fn timeline(model: &mut Model) -> Vec<Effect> {
    let Some((customer, name)) = customer(model) else { return Vec::new() };
    let what = Loaded::Loading;
    show(model, About::Timeline { customer: customer.clone(), name, what });
    vec![Effect::LoadTimeline { customer, as_of: model.settings.as_of }]
}

/// Opens what changed of the customer; the same key again tells of the whole book, and back.
pub(super) fn changes(model: &mut Model) -> Vec<Effect> {
    let Some(as_of) = model.book.as_of() else { return Vec::new() };
    let about_one = matches!(&model.sheet, Some(Sheet { about: About::Changes { customer: Some(_), .. }, .. }));
    let customer = customer(model).filter(|_| !about_one);
    let since = Since::of(model.last_visit, as_of);
    let id = customer.as_ref().map(|(id, _)| id.clone());
    show(model, About::Changes { customer, since, what: Loaded::Loading });
    vec![Effect::LoadChanges { customer: id, since: since.day, as_of: model.settings.as_of }]
}

/// The customer that the sheet is about, else the one under the cursor.
fn customer(model: &Model) -> Option<(CustomerId, Line)> {
    let of_sheet = model.sheet.as_ref().and_then(Sheet::customer).map(|(id, name)| (id.clone(), name.clone()));
    of_sheet.or_else(|| model.selected().map(|row| (row.id.clone(), row.name.clone())))
}

fn show(model: &mut Model, about: About) {
    model.mode = Mode::Sheet;
    model.overlay_scroll = 0;
    model.sheet = Some(Sheet::of(about));
}

/// Leaves the search, or else the sheet.
pub(super) fn leave(model: &mut Model) {
    let Some(sheet) = &mut model.sheet else { return };
    if sheet.search.value().is_empty() {
        model.sheet = None;
        model.mode = Mode::Normal;
    } else {
        sheet.search.reset();
        model.mode = Mode::Sheet;
    }
    model.overlay_scroll = 0;
}

/// Takes what happened with a customer, where that is still what is shown.
pub(super) fn took_timeline(model: &mut Model, of: &CustomerId, found: Result<Timeline, Failure>) {
    if let Some(Sheet { about: About::Timeline { customer, what, .. }, .. }) = &mut model.sheet
        && customer == of
    {
        *what = found.into();
    }
}

/// Takes what changed, where that is still what is shown.
pub(super) fn took_changes(model: &mut Model, of: Option<&CustomerId>, found: Result<ChangesPage, Failure>) {
    if let Some(Sheet { about: About::Changes { customer, what, .. }, .. }) = &mut model.sheet
        && customer.as_ref().map(|(id, _)| id) == of
    {
        *what = found.into();
    }
}

/// Counts a visit once the book is there, where its owner may write.
pub(super) fn visit(model: &mut Model) -> Option<Effect> {
    let is_writable = matches!(&model.identity, Identified::As(identity) if identity.writable);
    (is_writable && !std::mem::replace(&mut model.is_visit_counted, true)).then_some(Effect::CountVisit)
}

/// Takes the day of the last visit. Where it cannot be told, there is none.
pub(super) fn visited(model: &mut Model, found: Result<Visit, Failure>) {
    model.last_visit = found.ok().and_then(|visit| visit.before);
}

/// Begins a note of the customer; one that was begun of the same goes on.
pub(super) fn note(model: &mut Model) {
    let Some((customer, name)) = customer(model) else { return };
    let draft = model.noting.take().filter(|noting| noting.customer == customer);
    model.noting = Some(draft.unwrap_or_else(|| Noting { customer, name, line: Input::default() }));
    model.mode = Mode::Note;
}

/// Begins a note of what is to follow: its day is typed next. What was typed already stays before it.
pub(super) fn follow_up(model: &mut Model) {
    note(model);
    let Some(Noting { line, .. }) = &mut model.noting else { return };
    if !line.value().contains(FOLLOW_UP) {
        let before = line.value().trim_end();
        *line = Input::new(format!("{before}{}{FOLLOW_UP}", if before.is_empty() { "" } else { " " }));
    }
}

/// Leaves the line; what was typed stays for the same customer.
pub(super) fn leave_note(model: &mut Model) {
    model.mode = if model.sheet.is_some() { Mode::Sheet } else { Mode::Normal };
}

/// Has the line edited in the user's own editor.
pub(super) fn edit(model: &Model) -> Vec<Effect> {
    model.noting.iter().map(|noting| Effect::Edit(noting.line.value().to_owned())).collect()
}

/// Keeps what was typed, where it can be kept so.
pub(super) fn keep(model: &mut Model, now: Duration) -> Vec<Effect> {
    let typed = model.noting.as_ref().map(|noting| noting.line.value().to_owned());
    typed.map(|typed| take(model, &typed, now)).unwrap_or_default()
}

/// Keeps what was written in the editor, or says why it was not.
pub(super) fn edited(model: &mut Model, written: Result<String, NotEdited>, now: Duration) -> Vec<Effect> {
    match written {
        Ok(text) => take(model, &text, now),
        Err(why) => {
            say(model, why.to_string(), true, now);
            Vec::new()
        }
    }
}

fn take(model: &mut Model, typed: &str, now: Duration) -> Vec<Effect> {
    let Some(today) = model.book.as_of() else { return Vec::new() };
    match note::read(typed, today) {
        Ok(note) => {
            let Some(Noting { customer, .. }) = model.noting.take() else { return Vec::new() };
            leave_note(model);
            let id = model.next_activity_id();
            vec![Effect::KeepActivity(note.activity(id, customer))]
        }
        Err(problem) => {
            if let Some(noting) = &mut model.noting {
                noting.line = Input::new(Line::new(typed).to_string());
            }
            say(model, problem.to_string(), false, now);
            Vec::new()
        }
    }
}

/// Says that a note was kept, and reads again what it changes.
pub(super) fn kept(model: &mut Model, activity: &Activity, outcome: Result<(), Failure>, now: Duration) -> Vec<Effect> {
    if let Err(failure) = outcome {
        say(model, format!("The {} was not kept: {failure}", activity.kind.as_str()), true, now);
        return Vec::new();
    }
    let due = activity.follow_up.map(|follow_up| format!(", follow-up due {}", date(follow_up.due)));
    let (kind, on) = (activity.kind.as_str(), date(activity.on));
    say(model, format!("Kept: {kind} of {on}{}.", due.unwrap_or_default()), false, now);
    let again = match &model.sheet {
        Some(Sheet { about: About::Timeline { .. }, .. }) => timeline(model),
        _ => Vec::new(),
    };
    again.into_iter().chain([Effect::CheckBook]).collect()
}
