//! The answer: its tabs, what the reader must know about its state, and the view.

use std::time::Duration;

use contracts::{block::Block, book::CustomerRow, planner::PlannerResult};
use domain::words::date;
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Margin, Rect},
    text::{Line, Span},
};
use unicode_width::UnicodeWidthStr;

use super::{Extent, Look, card, failure, outdated, page, reader, report};
use crate::{
    app::{Action, CallState, Pane, Run, RunStatus, SpotIs, Tab},
    ui::text::cut,
};

/// Draws the pane and says which lines of the answer are on it.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, cache: &mut page::Cache) -> Extent {
    if let Some(report) = &look.model.report {
        return report::draw(frame, area, look, report);
    }
    let Some(customer) = look.model.selected() else {
        frame.render_widget(look.block(Pane::Result, area, Line::default(), Line::default()), area);
        card::draw_empty(frame, area.inner(Margin::new(2, 1)), look);
        return Extent::default();
    };
    let chips = chips(customer, look);
    let room = usize::from(area.width).saturating_sub(chips.width() + 4);
    let block = look.block(Pane::Result, area, title(customer, look, room), chips);
    let inner = block.inner(area).inner(Margin::new(1, 0));
    frame.render_widget(block, area);
    let Some(run) = look.model.run() else {
        return reader::draw(frame, inner, look, &card::lines(customer, inner, look), look.model.scroll);
    };
    if let (Some(blocks), true) = (&run.writing, run.answer.as_ref().is_none_or(|answer| answer.is_from_before)) {
        return reader::draw(
            frame,
            inner,
            look,
            &written(blocks, run, look, usize::from(inner.width)),
            look.model.scroll,
        );
    }
    let (Some(result), Some(tab)) = (look.model.result(), look.model.tab()) else {
        return reader::draw(frame, inner, look, &waiting(run, look, usize::from(inner.width)), look.model.scroll);
    };
    let banner = banner(run, look, usize::from(inner.width));
    let [tabs_area, banner_area, view] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(if banner.is_some() { 1 } else { 0 }),
        Constraint::Fill(1),
    ])
    .areas(inner);
    let tabs = tabs(tab, look, usize::from(inner.width));
    // Each tab is followed by its gap.
    let mut x = tabs_area.x;
    for pair in tabs.spans.chunks(2) {
        if let Some(tab) = Tab::ALL.into_iter().find(|tab| tab.title() == pair[0].content) {
            look.spot(Rect { x, width: tab.title().width() as u16, ..tabs_area }, SpotIs::Tab(tab));
        }
        x += pair.iter().map(Span::width).sum::<usize>() as u16;
    }
    frame.render_widget(tabs, tabs_area);
    if let Some(banner) = banner {
        frame.render_widget(banner, banner_area);
    }
    if !run.is_running() && run.answer.as_ref().is_some_and(|answer| !answer.is_from_before) {
        let made = Line::styled(made(run, result, look), look.theme.dim).right_aligned();
        frame.render_widget(made, Rect { height: view.height.min(1), ..view });
    }
    let view = Rect { y: view.y + 1, height: view.height.saturating_sub(1), ..view };
    if tab == Tab::Card {
        return reader::draw(frame, view, look, &card::lines(customer, view, look), look.model.scroll);
    }
    let lines = cache.lines(run, result, tab, usize::from(view.width), look.theme);
    reader::draw(frame, view, look, lines, look.model.scroll)
}

fn title(customer: &CustomerRow, look: &Look<'_>, room: usize) -> Line<'static> {
    let place = look.model.place();
    let topic = match (place, look.model.run().and_then(|run| run.asked.question.as_ref())) {
        (_, Some(question)) => format!(" · {} ", question.text),
        (Some((_, topic)), None) => format!(" · {} ", look.model.title(topic)),
        (None, None) => " ".to_owned(),
    };
    let least = topic.width().min(room / 2);
    let name = cut(customer.name.as_str(), room.saturating_sub(least + 1));
    Line::from(vec![
        Span::styled(format!(" {name}"), look.theme.title),
        Span::styled(cut(&topic, room.saturating_sub(name.width() + 1)), look.theme.accent),
    ])
}

/// What has been run for the customer, by its keys, and how each run stands.
fn chips(customer: &CustomerRow, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let mut spans = vec![Span::raw(" ")];
    for topic in look.model.topics() {
        let Some(run) = look.model.runs.get(&customer.id, &topic) else { continue };
        let (mark, style) = match run.status {
            RunStatus::Running => (look.spinner(), theme.accent),
            RunStatus::Finished if look.model.outdated_run(run).is_some() => ("!", theme.warn),
            RunStatus::Finished => ("✓", theme.ok),
            RunStatus::Failed(_) => ("✗", theme.error),
            RunStatus::Cancelled => ("–", theme.dim),
        };
        let is_shown = look.model.place().is_some_and(|(_, shown)| *shown == topic);
        let letter = if is_shown { theme.tab_active } else { theme.dim };
        spans.extend([Span::styled(look.model.key_of(&topic), letter), Span::styled(mark, style), Span::raw(" ")]);
    }
    if spans.len() == 1 { Line::default() } else { Line::from(spans) }
}

/// When the answer was made, and as of which day.
fn made(run: &Run, result: &PlannerResult, look: &Look<'_>) -> String {
    let at = run.started + Duration::from_secs_f64(run.last_ms.max(0.0) / 1000.0);
    format!("made {} as of {}", look.clock(at), date(result.as_of))
}

/// The views the answer has. Where not all fit, those on the left make way for the one that is shown, and an ellipsis
/// stands for those on the right.
fn tabs(active: Tab, look: &Look<'_>, width: usize) -> Line<'static> {
    let Some(result) = look.model.result() else { return Line::default() };
    let mut shown: Vec<_> = Tab::ALL.into_iter().filter(|tab| tab.has_content(result)).collect();
    let cells = |tabs: &[Tab], gap: usize| tabs.iter().map(|tab| tab.title().width() + gap).sum::<usize>();
    let gap = if cells(&shown, 3) > width + 3 { 1 } else { 3 };
    // With room for the ellipsis, unless all the others fit.
    let fitting = |tabs: &[Tab]| match cells(tabs, gap) <= width + gap {
        true => tabs.len(),
        false => (0..tabs.len()).rev().find(|&count| cells(&tabs[..count], gap) < width).unwrap_or(0),
    };
    let at = |tabs: &[Tab]| tabs.iter().position(|tab| *tab == active).unwrap_or(0);
    while at(&shown) > 0 && at(&shown) >= fitting(&shown) {
        shown.remove(0);
    }
    let fitting = fitting(&shown).max(1);
    let spans = shown[..fitting].iter().flat_map(|tab| {
        let style = if *tab == active { look.theme.tab_active } else { look.theme.dim };
        [Span::styled(tab.title(), style), Span::raw(" ".repeat(gap))]
    });
    let more = (fitting < shown.len()).then(|| Span::styled("…", look.theme.dim));
    spans.chain(more).collect()
}

/// What to know about the answer that is shown, where it is not simply this run's.
fn banner(run: &Run, look: &Look<'_>, room: usize) -> Option<Line<'static>> {
    let theme = look.theme;
    let is_old = run.answer.as_ref().is_some_and(|answer| answer.is_from_before);
    let old = if is_old { " Below is the answer from before." } else { "" };
    match &run.status {
        RunStatus::Running => {
            Some(Line::styled(format!("{} {}{old}", look.spinner(), progress(run, look)), theme.accent))
        }
        RunStatus::Finished => look.model.outdated_run(run).map(|why| outdated::line(why, room, look)),
        RunStatus::Cancelled if is_old => Some(Line::styled(format!("– Cancelled.{old}"), theme.warn)),
        RunStatus::Cancelled => Some(Line::styled("– Cancelled. Below: the rules, as far as they got.", theme.warn)),
        RunStatus::Failed(why) => Some(Line::styled(format!("✗ {}{old}", why.message), theme.error)),
    }
}

fn progress(run: &Run, look: &Look<'_>) -> String {
    let ended = run.calls().filter(|call| matches!(call.state, CallState::Ended { .. })).count();
    let has_own = run.answer.as_ref().is_some_and(|answer| !answer.is_from_before);
    match run.calls().count() {
        _ if run.writing.is_some() => look.model.fill("The model is writing; {back} cancels."),
        _ if run.is_model_at_work() && has_own => "The model is reading. Below: the rules.".to_owned(),
        _ if run.is_model_at_work() => "The model is reading…".to_owned(),
        0 => "Planning…".to_owned(),
        all => format!("{ended} of {all} tools done; {} cancels.", look.model.key(Action::Escape)),
    }
}

/// What the model has written so far, where there is no answer around it yet.
fn written(blocks: &[Block], run: &Run, look: &Look<'_>, width: usize) -> Vec<Line<'static>> {
    let progress = format!("{} {}", look.spinner(), progress(run, look));
    let mut lines = vec![Line::styled(progress, look.theme.accent), Line::default()];
    lines.extend(page::writing(blocks, width, look.theme));
    lines
}

/// What stands there while there is no answer.
fn waiting(run: &Run, look: &Look<'_>, width: usize) -> Vec<Line<'static>> {
    let theme = look.theme;
    let mut lines = vec![Line::default()];
    match &run.status {
        RunStatus::Running | RunStatus::Finished => {
            lines.push(Line::styled(format!(" {} {}", look.spinner(), progress(run, look)), theme.accent));
        }
        RunStatus::Cancelled => {
            lines.push(Line::styled(" – Cancelled.", theme.warn));
            lines.push(Line::styled(look.model.fill("   Press {again} to run it again."), theme.accent));
        }
        RunStatus::Failed(why) => lines.extend(failure::card(why, "Press {again} to run it again.", width, look)),
    }
    lines
}
