use std::time::Duration;

use tui_input::Input;

use super::{
    accept, again, ask, batch, copy, draft, evals, find, focus, freshness, leave, marks, motion, out, palette, say,
    sendings, setting, sheet, sign_in, today, undo,
};
use crate::app::{Action, Effect, Leads, Lens, Mode, Model, Pane, Setting, Tab, View, allowed};

/// The same key within this time is held, as far as anybody can tell: it waits before it repeats.
const HELD: Duration = Duration::from_secs(1);

/// The most that the list may be wider or narrower than usual, in cells.
const WIDEST: i16 = 80;

/// Does what a key asked for. What makes no sense now is answered with the reason.
pub(super) fn perform(model: &mut Model, action: Action, now: Duration) -> Vec<Effect> {
    let is_held = model.last.is_some_and(|(last, at)| is_same_key(last, action) && now < at + HELD);
    model.last = Some((action, now));
    if matches!(model.view, View::Yank | View::Out) {
        model.open(View::Panes);
        if action == Action::Escape {
            return Vec::new();
        }
    }
    if let Err(reason) = allowed(model, action) {
        if !reason.is_empty() {
            say(model, model.fill(reason), false, now);
        }
        return Vec::new();
    }
    match action {
        Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::Top | Action::Bottom => {
            motion::go(model, action);
        }
        Action::AnswerDown => motion::answer(model, Action::Down),
        Action::AnswerUp => motion::answer(model, Action::Up),
        Action::Grow => resize(model, 4),
        Action::Shrink => resize(model, -4),
        Action::NextHit => hit(model, 1, now),
        Action::PrevHit => hit(model, -1, now),
        Action::Mark => marks::mark(model, now),
        Action::MarkRange => marks::range(model, now),
        Action::MarkAll => marks::all(model, now),
        Action::Zoom => {
            focus(model, Pane::Result);
            model.is_zoomed = !model.is_zoomed;
        }
        Action::Open if model.lens == Lens::Today => return today::open(model, is_held, now),
        Action::Open => focus(model, Pane::Result),
        Action::Visit => ask::visit(model, now),
        Action::Palette => palette::open(model),
        Action::Find => {
            if model.is_searchable() {
                find::open(model);
                return Vec::new();
            }
            (model.lens, model.focus) = (Lens::Book, Pane::List);
            model.open(View::Filter);
            ask::edit_query(model);
            return ask::read_for_filter(model);
        }
        Action::Complete => return accept::complete(model),
        Action::View => {
            let next = setting::next_view(model);
            return setting::set(model, Setting::View(next), now);
        }
        Action::Ask => model.open(View::Ask),
        Action::Accept if matches!(model.view, View::Palette(_)) => {
            return palette::take(model).map(|leads| follow(model, leads, now)).unwrap_or_default();
        }
        Action::Accept => return accept::accept(model, is_held, now),
        Action::Pick(place) => return ask::pick(model, place, now),
        Action::Sort => model.book.sort_by(setting::next_sort(model.book.sort())),
        Action::Tasks => model.open(View::Tasks { at: 0 }),
        Action::Portfolio => return sheet::portfolio(model),
        Action::Run(place) => return batch::task(model, place, is_held, now),
        Action::Again => return again::again(model, is_held, now),
        Action::Planner => return setting::next_planner(model, now),
        Action::Set(it) => return setting::set(model, it, now),
        Action::ShowToday => today::show(model, Lens::Today),
        Action::ShowBook => today::show(model, Lens::Book),
        Action::Done => return today::done(model, now),
        Action::Snooze => today::ask_until(model),
        Action::Undo => return undo::undo(model, now),
        Action::Why if matches!(model.view, View::Why { .. }) => model.open(View::Panes),
        Action::Why => today::why(model),
        Action::Reload => return freshness::reload(model),
        Action::NextPane => focus(model, next_pane(model.focus)),
        Action::PrevPane => focus(model, next_pane(next_pane(model.focus))),
        Action::NextTab => turn(model, 1),
        Action::PrevTab => turn(model, -1),
        Action::Yank => model.open(View::Yank),
        Action::Copy(what) => return copy::take(model, what),
        Action::Out => model.open(View::Out),
        Action::Outgoing(form) if !model.marks.is_empty() => sendings::show(model, form),
        Action::Outgoing(form) => out::show(model, form, now),
        Action::NextForm if model.mode() == Mode::Sendings => sendings::next(model),
        Action::NextForm => out::next(model, now),
        Action::OpenMail => return out::open_mail(model),
        Action::Theme => return setting::set(model, Setting::Theme(setting::next_theme(model.theme)), now),
        Action::SignIn => return sign_in::start(model),
        Action::Timeline => return sheet::timeline(model),
        Action::Changes => return sheet::changes(model),
        Action::Note => sheet::note(model),
        Action::Import => model.open(View::Import(Input::default())),
        Action::FollowUp => sheet::follow_up(model),
        Action::Editor if model.mode() == Mode::Note => return sheet::edit(model),
        Action::Editor => return draft::edit(model),
        Action::Evals => return evals::open(model),
        Action::NewerEval => return evals::turn(model, -1),
        Action::OlderEval => return evals::turn(model, 1),
        Action::Help => palette::help(model),
        Action::Escape => return leave::escape(model, now),
        Action::Repaint => return vec![Effect::Repaint],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Interrupt => return leave::interrupt(model, now),
        Action::Quit => return leave::quit(model),
    }
    Vec::new()
}

/// Whether one key does both, one after the other.
fn is_same_key(last: Action, action: Action) -> bool {
    let is_enter = |action| matches!(action, Action::Accept | Action::Open | Action::Visit);
    last == action || is_enter(last) && is_enter(action)
}

/// Gives the pane that has the keys so many cells more.
fn resize(model: &mut Model, by: i16) {
    split(model, if model.focus == Pane::List { by } else { -by });
}

/// Makes the list so many cells wider.
pub(super) fn split(model: &mut Model, by: i16) {
    model.split = model.split.saturating_add(by).clamp(-WIDEST, WIDEST);
}

/// Goes on among the places that have the words, or else among the marked customers, or those that the filter found.
fn hit(model: &mut Model, step: isize, now: Duration) {
    if model.find.is_some() {
        find::step(model, step);
    } else if model.marks.is_empty() {
        motion::list(model, if step < 0 { Action::Up } else { Action::Down });
    } else {
        marks::walk(model, step, now);
    }
}

/// Does what was chosen from the palette, which is closed.
fn follow(model: &mut Model, leads: Leads, now: Duration) -> Vec<Effect> {
    match leads {
        Leads::Do(action) => {
            // As its key would, in the view where it has one.
            let (mode, focus) = (model.mode(), model.focus);
            let has_key = model.commands().iter().any(|it| it.action == action && it.scope.holds(mode, focus));
            if !has_key || allowed(model, action).is_err() {
                model.open(View::Panes);
            }
            perform(model, action, now)
        }
        Leads::To(customer) => {
            model.open(View::Panes);
            today::show(model, Lens::Book);
            if !model.book.select(&customer) {
                say(model, "That customer is no longer in the book.", false, now);
            }
            Vec::new()
        }
        Leads::Ask(question) => {
            model.open(View::Panes);
            ask::ask(model, question, now)
        }
        Leads::Help(words) => {
            palette::help_with(model, words.as_str());
            Vec::new()
        }
    }
}

fn next_pane(pane: Pane) -> Pane {
    match pane {
        Pane::List => Pane::Result,
        Pane::Result => Pane::Tools,
        Pane::Tools => Pane::List,
    }
}

fn turn(model: &mut Model, step: isize) {
    let (Some(result), Some(tab)) = (model.result(), model.tab()) else { return };
    let tabs: Vec<_> = Tab::ALL.into_iter().filter(|tab| tab.has_content(result)).collect();
    let at = tabs.iter().position(|&t| t == tab).unwrap_or(0);
    let next = (at + tabs.len()).saturating_add_signed(step) % tabs.len();
    model.wanted_tab = tabs[next];
    model.scroll = 0;
}
