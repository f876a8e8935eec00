use std::time::Duration;

use contracts::book::BookSort;
use tui_input::Input;

use super::{ask, focus, say};
use crate::{
    app::{Effect, Lens, Model, Pane, Setting, ThemeName, setting::by},
    config::Planner,
};

/// Sets something, and says so.
pub(super) fn set(model: &mut Model, setting: Setting, now: Duration) -> Vec<Effect> {
    match setting {
        Setting::Theme(theme) => {
            (model.theme, model.chosen_theme) = (theme, Some(theme));
            say(model, format!("Theme: {}", theme.as_str()), false, now);
        }
        Setting::Sort(sort) => {
            model.lens = Lens::Book;
            model.book.sort_by(sort);
            say(model, format!("Sorted {}.", by(sort)), false, now);
        }
        Setting::Planner(planner) => {
            model.planner = planner;
            say_who_plans(model, now);
        }
        Setting::Model(at) => {
            let effects = ask_model(model, at);
            if model.planner == Planner::Deterministic {
                model.planner = Planner::Auto;
            }
            say_who_plans(model, now);
            return effects.into_iter().collect();
        }
        Setting::Mouse(is_heard) => {
            let says = if is_heard { "on; the terminal's own selection needs shift" } else { "off" };
            say(model, format!("Mouse: {says}."), false, now);
            return vec![Effect::Mouse(is_heard)];
        }
        Setting::View(at) => return view(model, at, now),
    }
    Vec::new()
}

/// The theme that comes after this one.
pub(super) fn next_theme(theme: ThemeName) -> ThemeName {
    match theme {
        ThemeName::Dark => ThemeName::Light,
        ThemeName::Light => ThemeName::Mono,
        ThemeName::Mono => ThemeName::Dark,
    }
}

/// The order that comes after this one.
pub(super) fn next_sort(sort: BookSort) -> BookSort {
    match sort {
        BookSort::Risk => BookSort::Renewal,
        BookSort::Renewal => BookSort::Arr,
        BookSort::Arr => BookSort::Name,
        BookSort::Name | BookSort::Id => BookSort::Risk,
    }
}

/// The place of the query that comes after the one in the filter.
pub(super) fn next_view(model: &Model) -> usize {
    let views = &model.settings.views;
    let at = views.iter().position(|(_, text)| text == model.book.filter().value()).map_or(0, |at| at + 1);
    at % views.len().max(1)
}

/// Goes on to who plans next: each model in its two ways, and the rules behind it.
pub(super) fn next_planner(model: &mut Model, now: Duration) -> Vec<Effect> {
    let mut effects = None;
    model.planner = match model.planner {
        Planner::Auto => Planner::Llm,
        Planner::Llm => Planner::Deterministic,
        Planner::Deterministic => {
            effects = ask_model(model, (model.asks + 1) % model.settings.models.len().max(1));
            Planner::Auto
        }
    };
    say_who_plans(model, now);
    effects.into_iter().collect()
}

fn ask_model(model: &mut Model, at: usize) -> Option<Effect> {
    let is_another = at != model.asks;
    model.asks = at;
    is_another.then_some(Effect::UseModel(at))
}

fn say_who_plans(model: &mut Model, now: Duration) {
    let name = model.settings.models.get(model.asks).filter(|_| model.settings.models.len() > 1);
    let asked = name.map(|name| format!(" Asked is {name}.")).filter(|_| model.planner != Planner::Deterministic);
    let who = match model.planner {
        Planner::Auto => "Planner: auto. The model answers what you ask in words, the rules the rest.",
        Planner::Llm => "Planner: model. It answers everything, and the rules where it cannot.",
        Planner::Deterministic => "Planner: rules. Nothing is sent to the model.",
    };
    say(model, format!("{who}{}", asked.unwrap_or_default()), false, now);
}

/// Shows the query at this place of those that are kept.
fn view(model: &mut Model, at: usize, now: Duration) -> Vec<Effect> {
    let Some((name, text)) = model.settings.views.get(at).cloned() else { return Vec::new() };
    model.report = None;
    model.lens = Lens::Book;
    focus(model, Pane::List);
    model.book.edit_filter(|filter| *filter = Input::new(text));
    say(model, format!("View: {name}."), false, now);
    let effects = ask::read_for_filter(model);
    if effects.is_empty() {
        ask::answer_filter(model, now);
    }
    effects
}
