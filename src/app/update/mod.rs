//! The one function that changes the model.

mod action;
mod ask;
mod copy;
mod evals;
mod freshness;
mod motion;
mod run;
mod sign_in;

use std::time::Duration;

use anstream::adapter::strip_str;
use contracts::{
    Line, RunId,
    failure::{Failure, Stage},
};
use tui_input::InputRequest;

use super::{Check, Effect, Identified, Message, Mode, Model, Toast};

/// How long a message stays, at least.
const TOAST: Duration = Duration::from_secs(4);

/// How much of a paste is taken, in characters: no line is as long.
const LONGEST_PASTE: usize = 1000;

/// Changes the model and says what is to be done outside. `now` is the time since the program's start.
pub fn update(model: &mut Model, message: Message, now: Duration) -> Vec<Effect> {
    let is_key = matches!(message, Message::Do(_) | Message::Edit(_) | Message::Paste(_) | Message::OtherKey);
    if is_key {
        model.toast = None;
    }
    let mut effects = match message {
        Message::Do(action) => action::perform(model, action, now),
        Message::Edit(request) => {
            edit(model, [request]);
            Vec::new()
        }
        Message::Paste(text) => {
            let clean = Line::new(&strip_str(&text).to_string());
            edit(model, clean.as_str().chars().take(LONGEST_PASTE).map(InputRequest::InsertChar));
            Vec::new()
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
            Vec::new()
        }
        Message::BookChecked(found) => freshness::checked(model, found, now),
        Message::Focused => freshness::check(model).into_iter().collect(),
        Message::Run(event) => freshness::heard(model, event),
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
        Message::Copied { what, chars, outcome } => {
            copy::report(model, what, chars, &outcome, now);
            Vec::new()
        }
        Message::SignIn(attempt, event) => sign_in::go_on(model, attempt, event, now),
        Message::ThemeFound(theme) => {
            model.theme = theme;
            Vec::new()
        }
        Message::Drawn(viewport) => {
            model.viewport = viewport;
            model.scroll = model.scroll.min(viewport.page_lines.saturating_sub(viewport.page_rows));
            Vec::new()
        }
        Message::OtherKey | Message::Tick => Vec::new(),
    };
    if model.toast.as_ref().is_some_and(|toast| toast.until <= now) {
        model.toast = None;
    }
    settle(model);
    if is_key {
        effects.extend(freshness::check_again(model, now));
    }
    effects
}

/// What must hold after every message, whatever it was.
fn settle(model: &mut Model) {
    if let Some((customer, topic)) = model.place().map(|(customer, topic)| (customer.clone(), topic)) {
        model.runs.mark_seen(&customer, topic);
    }
    let rows = model.run().map_or(0, |run| run.rows.len());
    model.row = model.row.min(rows.saturating_sub(1));
}

/// Changes the text that is typed, if any is.
fn edit(model: &mut Model, requests: impl IntoIterator<Item = InputRequest>) {
    match model.mode {
        Mode::Filter => {
            model.book.edit_filter(|filter| {
                for request in requests {
                    filter.handle(request);
                }
            });
            model.scroll = 0;
        }
        Mode::Ask => requests.into_iter().for_each(|request| model.asking.edit(request)),
        Mode::Normal | Mode::Yank | Mode::Help | Mode::SignIn | Mode::Choose | Mode::Evals => {}
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
