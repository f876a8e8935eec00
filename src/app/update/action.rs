use std::time::Duration;

use contracts::planner::Task;

use super::{copy, motion, say, sign_in};
use crate::{
    agent::RunRequest,
    app::{Action, Effect, Mode, Model, Pane, RunStatus, Tab, ThemeName, allowed},
    config::Planner,
};

/// Does what a key asked for. What makes no sense now is answered with the reason.
pub(super) fn perform(model: &mut Model, action: Action, now: Duration) -> Vec<Effect> {
    if model.mode == Mode::Yank {
        model.mode = Mode::Normal;
        if action == Action::Escape {
            return Vec::new();
        }
    }
    if let Err(reason) = allowed(model, action) {
        if !reason.is_empty() {
            say(model, reason, false, now);
        }
        return Vec::new();
    }
    match action {
        Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::Top | Action::Bottom => {
            motion::go(model, action);
        }
        Action::Open => focus(model, Pane::Result),
        Action::Filter => model.mode = Mode::Filter,
        Action::Accept => {
            model.mode = Mode::Normal;
            model.book.choose();
        }
        Action::Sort => model.book.next_sort(),
        Action::Run(task) => return run(model, task, now),
        Action::Again => return again(model, now),
        Action::Reload => {
            model.book.load();
            return vec![Effect::LoadBook { as_of: model.settings.as_of }];
        }
        Action::NextPane => focus(model, next_pane(model.focus)),
        Action::PrevPane => focus(model, next_pane(next_pane(model.focus))),
        Action::NextTab => turn(model, 1),
        Action::PrevTab => turn(model, -1),
        Action::Yank => model.mode = Mode::Yank,
        Action::Copy(what) => return copy::take(model, what),
        Action::Theme => {
            model.theme = match model.theme {
                ThemeName::Dark => ThemeName::Light,
                ThemeName::Light => ThemeName::Mono,
                ThemeName::Mono => ThemeName::Dark,
            };
            say(model, format!("Theme: {}", model.theme.as_str()), false, now);
        }
        Action::SignIn => return sign_in::start(model),
        Action::Help => {
            model.help_scroll = 0;
            model.mode = if model.mode == Mode::Help { Mode::Normal } else { Mode::Help };
        }
        Action::Escape => return escape(model, now),
        Action::Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

fn focus(model: &mut Model, pane: Pane) {
    model.focus = pane;
    model.book.choose();
}

fn next_pane(pane: Pane) -> Pane {
    match pane {
        Pane::List => Pane::Result,
        Pane::Result => Pane::Tools,
        Pane::Tools => Pane::List,
    }
}

/// Shows the task's answer if there is one, and gets one if there is none. An answer stays until it is run again.
fn run(model: &mut Model, task: Task, now: Duration) -> Vec<Effect> {
    let Some(customer) = model.book.selected().map(|row| row.id.clone()) else { return Vec::new() };
    model.book.choose();
    let is_shown = model.shown.insert(customer.clone(), task) == Some(task);
    model.wanted_tab = Tab::of(task);
    model.scroll = 0;
    match model.runs.get(&customer, task).map(|run| &run.status) {
        Some(RunStatus::Running) => Vec::new(),
        Some(RunStatus::Finished) => {
            if is_shown {
                say(model, format!("{}: this is the answer from before; . runs it again.", task.title()), false, now);
            }
            Vec::new()
        }
        None | Some(RunStatus::Failed(_) | RunStatus::Cancelled) => start(model, task, now),
    }
}

fn again(model: &mut Model, now: Duration) -> Vec<Effect> {
    let Some((customer, task)) = model.place().map(|(customer, task)| (customer.clone(), task)) else {
        return Vec::new();
    };
    let mut effects: Vec<_> = model.runs.cancel(&customer, task).map(Effect::CancelRun).into_iter().collect();
    effects.extend(start(model, task, now));
    effects
}

fn start(model: &mut Model, task: Task, now: Duration) -> Vec<Effect> {
    let Some(row) = model.book.selected() else { return Vec::new() };
    let (customer_id, customer_name) = (row.id.clone(), row.name.clone());
    let run_id = model.next_run_id();
    model.runs.start(run_id.clone(), &customer_id, task, now);
    model.call = 0;
    vec![Effect::StartRun(RunRequest {
        run_id,
        customer_id,
        customer_name,
        task,
        question: None,
        planner: Planner::Auto,
        as_of: model.settings.as_of,
    })]
}

fn turn(model: &mut Model, step: isize) {
    let (Some(result), Some(tab)) = (model.result(), model.tab()) else { return };
    let tabs: Vec<_> = Tab::ALL.into_iter().filter(|tab| tab.has_content(result)).collect();
    let at = tabs.iter().position(|&t| t == tab).unwrap_or(0);
    let next = (at + tabs.len()).saturating_add_signed(step) % tabs.len();
    model.wanted_tab = tabs[next];
    model.scroll = 0;
}

/// Leaves the innermost thing: an overlay, the filter's line, a run under way, the filter, the pane, a message.
fn escape(model: &mut Model, now: Duration) -> Vec<Effect> {
    match model.mode {
        Mode::Help | Mode::Yank => {
            model.mode = Mode::Normal;
            return Vec::new();
        }
        Mode::Filter => {
            model.mode = Mode::Normal;
            model.book.edit_filter(tui_input::Input::reset);
            return Vec::new();
        }
        Mode::SignIn => return sign_in::cancel(model),
        Mode::Normal => {}
    }
    let place = model.place().map(|(customer, task)| (customer.clone(), task));
    if let Some((id, task)) = place.and_then(|(customer, task)| Some((model.runs.cancel(&customer, task)?, task))) {
        say(model, format!("{} cancelled.", task.title()), false, now);
        return vec![Effect::CancelRun(id)];
    }
    if model.focus != Pane::List {
        model.focus = Pane::List;
    } else if model.book.is_filtered() {
        model.book.choose();
        model.book.edit_filter(tui_input::Input::reset);
    } else {
        model.toast = None;
    }
    Vec::new()
}
