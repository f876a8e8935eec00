use std::{sync::Arc, time::Duration};

use contracts::{
    CustomerId, Line, TaskId,
    activity::Activity,
    changes::{ChangesPage, Timeline, Visit},
    failure::Failure,
    query::Query,
};
use domain::{portfolio::By, tasks::Task};
use tui_input::Input;

use super::say;
use crate::{
    agent::{
        page::{self, Wanted},
        portfolio::Page,
    },
    app::{About, Action, Effect, Identified, Loaded, Model, NotEdited, Noting, Sheet, Since, View, undo::Step},
    note::{self, FOLLOW_UP},
    words::date,
};

/// Opens what happened with the customer.
pub(super) fn timeline(model: &mut Model) -> Vec<Effect> {
    let Some((customer, name)) = customer(model) else { return Vec::new() };
    let what = Loaded::Loading;
    model.open(View::Sheet(Sheet::of(About::Timeline { customer: customer.clone(), name, what })));
    vec![Effect::LoadTimeline { customer, as_of: model.settings.as_of }]
}

/// Opens what changed of the customer; the same key again tells of the whole book, and back.
pub(super) fn changes(model: &mut Model) -> Vec<Effect> {
    let Some(as_of) = model.book.as_of() else { return Vec::new() };
    let about_one = matches!(model.view.sheet(), Some(Sheet { about: About::Changes { customer: Some(_), .. }, .. }));
    let customer = customer(model).filter(|_| !about_one);
    let since = Since::of(model.last_visit, as_of);
    let id = customer.as_ref().map(|(id, _)| id.clone());
    model.open(View::Sheet(Sheet::of(About::Changes { customer, since, what: Loaded::Loading })));
    vec![Effect::LoadChanges { customer: id, since: since.day, as_of: model.settings.as_of }]
}

/// The customer that the sheet is about, else the one under the cursor.
fn customer(model: &Model) -> Option<(CustomerId, Line)> {
    let of_sheet = model.view.sheet().and_then(Sheet::customer).map(|(id, name)| (id.clone(), name.clone()));
    of_sheet.or_else(|| model.selected().map(|row| (row.id.clone(), row.name.clone())))
}

/// Opens what the book comes to; the same key again puts its customers into other groups.
pub(super) fn portfolio(model: &mut Model) -> Vec<Effect> {
    let by = match model.view.sheet() {
        Some(Sheet { about: About::Portfolio { by, .. }, .. }) => next_group(*by),
        _ => None,
    };
    model.open(View::Sheet(Sheet::of(About::Portfolio { by, what: Loaded::Loading })));
    vec![Effect::LoadPortfolio { by, as_of: model.settings.as_of }]
}

fn next_group(by: Option<By>) -> Option<By> {
    let after = by.map_or(0, |by| By::ALL.iter().position(|it| *it == by).map_or(0, |at| at + 1));
    By::ALL.get(after).copied()
}

/// Takes what the book comes to, where that is still what is shown.
pub(super) fn took_portfolio(model: &mut Model, of: Option<By>, found: Result<Box<Page>, Failure>) {
    if let Some(Sheet { about: About::Portfolio { by, what }, .. }) = model.view.sheet_mut()
        && *by == of
    {
        *what = found.into();
    }
}

/// Opens what a task over the book says of those who are marked, or else of the query that is typed, or else of its own.
pub(super) fn task(model: &mut Model, task: Arc<Task>) -> Vec<Effect> {
    let about = About::Task { task: task.id.clone(), title: task.title.clone(), what: Loaded::Loading };
    let only = if model.marks.is_empty() { Vec::new() } else { model.targets() };
    let query = match only.is_empty() {
        true => model.book.query().cloned(),
        false => Some(Query::default()),
    };
    model.open(View::Sheet(Sheet::of(about)));
    vec![Effect::LoadTask { task, wanted: Box::new(Wanted { query, only, as_of: model.settings.as_of }) }]
}

/// Takes what a task over the book says, where that is still what is shown.
pub(super) fn took_task(model: &mut Model, of: &TaskId, found: Result<Box<page::Page>, Failure>) {
    if let Some(Sheet { about: About::Task { task, what, .. }, .. }) = model.view.sheet_mut()
        && task == of
    {
        *what = found.into();
    }
}

/// Takes what happened with a customer, where that is still what is shown.
pub(super) fn took_timeline(model: &mut Model, of: &CustomerId, found: Result<Timeline, Failure>) {
    if let Some(Sheet { about: About::Timeline { customer, what, .. }, .. }) = model.view.sheet_mut()
        && customer == of
    {
        *what = found.into();
    }
}

/// Takes what changed, where that is still what is shown.
pub(super) fn took_changes(model: &mut Model, of: Option<&CustomerId>, found: Result<ChangesPage, Failure>) {
    if let Some(Sheet { about: About::Changes { customer, what, .. }, .. }) = model.view.sheet_mut()
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
    let draft = model.draft.take().filter(|draft| draft.customer == customer);
    let noting = draft.unwrap_or_else(|| Noting { customer, name, line: Input::default() });
    let sheet = model.view.sheet().cloned();
    model.open(View::Note { noting, sheet });
}

/// Begins a note of what is to follow: its day is typed next. What was typed already stays before it.
pub(super) fn follow_up(model: &mut Model) {
    note(model);
    let View::Note { noting: Noting { line, .. }, .. } = &mut model.view else { return };
    if !line.value().contains(FOLLOW_UP) {
        let before = line.value().trim_end();
        *line = Input::new(format!("{before}{}{FOLLOW_UP}", if before.is_empty() { "" } else { " " }));
    }
}

/// Leaves the line; what was typed stays for the same customer.
pub(super) fn leave_note(model: &mut Model) {
    model.open(model.view.sheet().cloned().map_or(View::Panes, View::Sheet));
}

/// Has the line edited in the user's own editor.
pub(super) fn edit(model: &Model) -> Vec<Effect> {
    match &model.view {
        View::Note { noting, .. } => vec![Effect::Edit(noting.line.value().to_owned())],
        _ => Vec::new(),
    }
}

/// Keeps what was typed, where it can be kept so.
pub(super) fn keep(model: &mut Model, now: Duration) -> Vec<Effect> {
    let View::Note { noting, .. } = &model.view else { return Vec::new() };
    let typed = noting.line.value().to_owned();
    take(model, &typed, now)
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
            leave_note(model);
            let Some(Noting { customer, .. }) = model.draft.take() else { return Vec::new() };
            vec![Effect::KeepActivity(note.activity(model.next_activity_id(), customer))]
        }
        Err(problem) => {
            if let View::Note { noting, .. } = &mut model.view {
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
    if activity.kind.is_sending() {
        // What became of the answer has been said.
        return vec![Effect::CheckBook];
    }
    let due = activity.follow_up.map(|follow_up| format!(", follow-up due {}", date(follow_up.due)));
    let (kind, on, undo) = (activity.kind.as_str(), date(activity.on), model.key(Action::Undo));
    say(model, format!("Kept: {kind} of {on}{}. {undo} undoes it.", due.unwrap_or_default()), false, now);
    model.undo.push(Step::Noted(activity.clone()));
    read_again(model)
}

/// Reads again what a note changes.
pub(super) fn read_again(model: &mut Model) -> Vec<Effect> {
    let as_of = model.settings.as_of;
    let again = match model.view.sheet_mut().map(|sheet| &mut sheet.about) {
        Some(About::Timeline { customer, what, .. }) => {
            *what = Loaded::Loading;
            Some(Effect::LoadTimeline { customer: customer.clone(), as_of })
        }
        _ => None,
    };
    again.into_iter().chain([Effect::CheckBook]).collect()
}
