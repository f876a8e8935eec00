//! The one function that changes the model.

mod accept;
mod action;
mod again;
mod ask;
mod away;
mod batch;
mod copy;
mod draft;
mod evals;
mod find;
mod freshness;
mod import;
mod leave;
mod marks;
mod motion;
mod mouse;
mod out;
mod palette;
mod run;
mod sendings;
mod setting;
mod sheet;
mod sign_in;
mod today;
mod undo;

use std::time::Duration;

use anstream::adapter::strip_str;
use contracts::{
    Line, RunId,
    failure::{Failure, Stage},
};
use tui_input::InputRequest;

use super::{
    Check, Effect, Identified, Message, Mode, Model, Noting, Pane, Snooze, Toast, View,
    ask::{LONGEST, edit_line},
    keys,
    undo::Arrangement,
};
use crate::words;

/// How long a message stays, at least.
const TOAST: Duration = Duration::from_secs(4);

/// Changes the model and says what is to be done outside. `now` is the time since the program's start.
pub fn update(model: &mut Model, message: Message, now: Duration) -> Vec<Effect> {
    let is_key = matches!(message, Message::Do(_) | Message::Edit(_) | Message::Paste { .. } | Message::OtherKey(_));
    if is_key {
        model.toast = None;
    }
    let mut effects = match message {
        Message::Do(action) => action::perform(model, action, now),
        Message::Edit(request) => {
            edit(model, [request]);
            if model.mode() == Mode::Filter { ask::read_for_filter(model) } else { Vec::new() }
        }
        Message::Paste { text, is_cut } => {
            paste(model, &text, is_cut, now);
            if model.mode() == Mode::Filter { ask::read_for_filter(model) } else { Vec::new() }
        }
        Message::Identified(Ok(identity)) => {
            model.identity = Identified::As(identity);
            Vec::new()
        }
        Message::Identified(Err(failure)) => {
            model.identity = Identified::Failed(failure);
            Vec::new()
        }
        Message::ModelFound(name) => {
            model.model_name = name;
            Vec::new()
        }
        Message::BookLoaded(page) => {
            model.check = if page.is_ok() { Check::Answered(now) } else { Check::Failed(now) };
            model.book.loaded(page);
            let mut effects = ask::ask_waiting(model, now);
            effects.extend(sheet::visit(model));
            effects
        }
        Message::Queried(question, query, usage) => ask::queried(model, &question, query, usage.as_ref(), now),
        Message::AttentionLoaded(page) => {
            today::loaded(model, page);
            Vec::new()
        }
        Message::ItemSet { item, before, outcome } => today::kept(model, &item, *before, outcome, now),
        Message::TasksFound(tasks, problem) => {
            model.tasks = tasks;
            model.commands = keys::commands(&model.settings.keys, &model.tasks);
            if let Some(problem) = problem {
                say(model, problem, true, now);
            }
            Vec::new()
        }
        Message::PortfolioLoaded(by, found) => {
            sheet::took_portfolio(model, by, found);
            Vec::new()
        }
        Message::TaskLoaded(task, found) => {
            sheet::took_task(model, &task, found);
            Vec::new()
        }
        Message::TaskTrusted(task, kept) => batch::trusted(model, &task, kept, now),
        Message::BookChecked(found) => freshness::checked(model, found, now),
        Message::Focused => {
            model.is_away = false;
            freshness::check(model).into_iter().collect()
        }
        Message::Mouse(mouse) => mouse::heard(model, mouse, now),
        Message::Unfocused => {
            model.is_away = true;
            Vec::new()
        }
        Message::Recalled(before) => {
            model.recall(before);
            ask::read_for_filter(model)
        }
        Message::Run(event) => {
            let mut effects = freshness::heard(model, event);
            effects.extend(away::tell(model, now));
            effects
        }
        Message::RunLost(id) => {
            lose(model, &id, now);
            Vec::new()
        }
        Message::EvalsLoaded(sessions) => evals::loaded(model, sessions),
        Message::EvalResultsLoaded(eval, results) => {
            evals::results(model, &eval, results);
            Vec::new()
        }
        Message::EvalStepsLoaded(eval, customer, results) => {
            evals::steps(model, &eval, &customer, results);
            Vec::new()
        }
        Message::TimelineLoaded(customer, found) => {
            sheet::took_timeline(model, &customer, found);
            Vec::new()
        }
        Message::ChangesLoaded(customer, found) => {
            sheet::took_changes(model, customer.as_ref(), found);
            Vec::new()
        }
        Message::Visited(found) => {
            sheet::visited(model, found);
            Vec::new()
        }
        Message::ActivityKept(activity, outcome) => sheet::kept(model, &activity, outcome, now),
        Message::ActivityRemoved(activity, outcome) => undo::removed(model, &activity, outcome, now),
        Message::Edited(written) if matches!(model.view, View::Note { .. }) => sheet::edited(model, written, now),
        Message::Edited(written) => {
            draft::edited(model, written, now);
            Vec::new()
        }
        Message::PathCompleted { typed, completed } => {
            import::completed(model, &typed, completed);
            Vec::new()
        }
        Message::Imported => freshness::reload(model),
        Message::Copied { what, chars, outcome } => {
            copy::report(model, what, chars, &outcome, now);
            Vec::new()
        }
        Message::Written(prepared, outcome) => out::written(model, &prepared, outcome, now),
        Message::MailOpened(prepared, is_open) => out::opened(model, &prepared, is_open, now),
        Message::SignIn(attempt, event) => sign_in::go_on(model, attempt, event, now),
        Message::ThemeFound(theme) => {
            model.theme = model.chosen_theme.unwrap_or(theme);
            Vec::new()
        }
        Message::Drawn(viewport) => {
            model.viewport = viewport;
            if !model.reads_rows() {
                let last = model.viewport.page_lines.saturating_sub(model.viewport.page_rows);
                let at = model.reads_at();
                *at = (*at).min(last);
            }
            find::drawn(model).into_iter().collect()
        }
        Message::OtherKey(key) => {
            if let Some(why) = key.filter(|_| !model.mode().is_typing()).and_then(no_key) {
                say(model, why, false, now);
            }
            Vec::new()
        }
        Message::Tick => Vec::new(),
    };
    if model.toast.as_ref().is_some_and(|toast| toast.until <= now) {
        model.toast = None;
    }
    settle(model);
    effects.extend(batch::go_on(model, now));
    if is_key {
        effects.extend(freshness::check_again(model, now));
    }
    effects
}

/// What must hold after every message, whatever it was.
fn settle(model: &mut Model) {
    if let Some((customer, topic)) = model.place().map(|(customer, topic)| (customer.clone(), topic.clone())) {
        model.runs.mark_seen(&customer, &topic);
    }
    if model.mode() != Mode::Filter {
        model.undo.notice(Arrangement::of(&model.book));
    }
    model.is_zoomed &= model.focus == Pane::Result && model.mode() != Mode::Filter;
    if matches!(model.view, View::Panes) && !model.is_searchable() {
        model.find = None;
    }
    let rows = model.run().map_or(0, |run| run.rows.len());
    model.row = model.row.min(rows.saturating_sub(1));
}

/// Changes the text that is typed, if any is.
fn edit(model: &mut Model, requests: impl IntoIterator<Item = InputRequest>) {
    if let Some(find) = model.find.as_mut().filter(|find| find.is_typed) {
        requests.into_iter().for_each(|request| edit_line(&mut find.line, request));
        find.is_new = true;
        return;
    }
    match &mut model.view {
        View::Filter => {
            model.book.edit_filter(|filter| {
                requests.into_iter().for_each(|request| edit_line(filter, request));
            });
            model.scroll = 0;
        }
        View::Ask => requests.into_iter().for_each(|request| model.asking.edit(request)),
        View::Palette(_) => palette::edit(model, requests),
        View::Note { noting: Noting { line, .. }, .. } | View::Snooze(Snooze { line, .. }) | View::Import(line) => {
            requests.into_iter().for_each(|request| edit_line(line, request));
        }
        View::Panes
        | View::Yank
        | View::Out
        | View::Outgoing(_)
        | View::Sendings(_)
        | View::Help { .. }
        | View::Why { .. }
        | View::SignIn(_)
        | View::Confirm(_)
        | View::Choose(_)
        | View::Tasks { .. }
        | View::Evals(_)
        | View::Sheet(_) => {}
    }
}

/// Foreign text as a clean line. A space at its beginning, where something stands before it, or at its end parts words: what
/// is typed over a slow line comes like a paste, too.
fn spaced(text: &str, has_before: bool) -> String {
    let space = |is_there: bool| if is_there { " " } else { "" };
    let clean = Line::new(&strip_str(text).to_string());
    format!("{}{clean}{}", space(has_before && text.starts_with(' ')), space(text.ends_with(' ')))
}

/// Takes a paste into the line that is typed, as far as it fits, and says so where it does not.
fn paste(model: &mut Model, text: &str, is_cut: bool, now: Duration) {
    if !model.mode().is_typing() {
        say(model, model.fill("A paste needs a line to go into: press {ask} to ask, or {find} to filter."), false, now);
        return;
    }
    let before = line_length(model);
    let clean = spaced(text, before > 0);
    let room = LONGEST.saturating_sub(before);
    edit(model, clean.chars().take(room).map(InputRequest::InsertChar));
    let taken = line_length(model).saturating_sub(before);
    if is_cut || taken < clean.chars().count() {
        say(
            model,
            format!("The line is full: the first {} of the paste are in it.", words::count(taken as u64, "character")),
            true,
            now,
        );
    }
}

fn line_length(model: &Model) -> usize {
    let line = match &model.view {
        _ if model.mode() == Mode::Find => model.find.as_ref().map_or(model.asking.input(), |find| &find.line),
        View::Filter => model.book.filter(),
        View::Palette(palette) => palette.line(),
        View::Note { noting, .. } => &noting.line,
        View::Snooze(snooze) => &snooze.line,
        View::Import(line) => line,
        _ => model.asking.input(),
    };
    line.value().chars().count()
}

fn focus(model: &mut Model, pane: Pane) {
    model.focus = pane;
    model.book.choose();
}

/// Why a letter did nothing, where the keyboard may be the reason.
fn no_key(c: char) -> Option<String> {
    if c.is_ascii_uppercase() {
        Some(format!("{c} is no key here. Is Caps Lock on?"))
    } else if c.is_alphabetic() && !c.is_ascii() {
        Some(format!(
            "{c} is no key here: the keys are Latin letters. Switch the layout of your keyboard, or use the digits and arrows."
        ))
    } else {
        None
    }
}

fn lose(model: &mut Model, id: &RunId, now: Duration) {
    let message = Line::new("The run stopped because of a defect in this program. The log has the details.");
    let failure = Failure { stage: Stage::Tool, code: None, message, attempt: 1, request_id: None };
    model.runs.fail(id, failure, now);
    say(model, "A run stopped because of a defect in this program; the log has the details.", true, now);
}

/// Shows a message for as long as reading it takes.
fn say(model: &mut Model, text: impl Into<String>, is_error: bool, now: Duration) {
    let text = text.into();
    let reading = Duration::from_millis(50) * u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    model.toast = Some(Toast { until: now + TOAST.max(reading), text, is_error });
}
