//! The answer: its tabs, what the reader must know about its state, and the view.

use contracts::{book::CustomerRow, planner::Task};
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Margin, Rect},
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr;

use super::{Extent, Look, failure, page, welcome};
use crate::{
    app::{CallState, Pane, Run, RunStatus, Tab},
    ui::{keymap::COMMANDS, text::cut},
};

/// Draws the pane and says which lines of the answer are on it.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, cache: &mut page::Cache) -> Extent {
    let Some(customer) = look.model.book.selected() else {
        frame.render_widget(look.block(Pane::Result, area, Line::default(), Line::default()), area);
        welcome::draw_empty(frame, area.inner(Margin::new(2, 1)), look);
        return Extent::default();
    };
    let chips = chips(customer, look);
    let room = usize::from(area.width).saturating_sub(chips.width() + 4);
    let block = look.block(Pane::Result, area, title(customer, look, room), chips);
    let inner = block.inner(area).inner(Margin::new(1, 0));
    frame.render_widget(block, area);
    let Some(run) = look.model.run() else {
        return welcome::draw_customer(frame, inner, look, customer);
    };
    let (Some(result), Some(tab)) = (look.model.result(), look.model.tab()) else {
        return lines_only(frame, inner, look, waiting(run, look, usize::from(inner.width)));
    };
    let banner = banner(run, look);
    let [tabs_area, banner_area, view] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(if banner.is_some() { 1 } else { 0 }),
        Constraint::Fill(1),
    ])
    .areas(inner);
    frame.render_widget(tabs(tab, look, usize::from(inner.width)), tabs_area);
    if let Some(banner) = banner {
        frame.render_widget(banner, banner_area);
    }
    let view = Rect { y: view.y + 1, height: view.height.saturating_sub(1), ..view };
    let (fits, lines) = (usize::from(view.height), cache.lines(run, result, tab, usize::from(view.width), look.theme));
    let first = look.model.scroll.min(lines.len().saturating_sub(fits));
    let visible = &lines[first..(first + fits).min(lines.len())];
    frame.render_widget(Paragraph::new(visible.to_vec()), view);
    Extent { first, fits, all: lines.len() }
}

fn title(customer: &CustomerRow, look: &Look<'_>, room: usize) -> Line<'static> {
    let task = look.model.place().map(|(_, task)| format!(" · {} ", task.title())).unwrap_or_else(|| " ".to_owned());
    let name = cut(customer.name.as_str(), room.saturating_sub(task.width() + 1));
    Line::from(vec![
        Span::styled(format!(" {name}"), look.theme.title),
        Span::styled(cut(&task, room.saturating_sub(name.width() + 1)), look.theme.accent),
    ])
}

/// Which tasks have been run for the customer, by their keys, and how each stands.
fn chips(customer: &CustomerRow, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let mut spans = vec![Span::raw(" ")];
    for task in Task::ALL {
        let Some(run) = look.model.runs.get(&customer.id, task) else { continue };
        let (mark, style) = match run.status {
            RunStatus::Running => (look.spinner(), theme.accent),
            RunStatus::Finished => ("✓", theme.ok),
            RunStatus::Failed(_) => ("✗", theme.error),
            RunStatus::Cancelled => ("–", theme.dim),
        };
        let is_shown = look.model.place().is_some_and(|(_, shown)| shown == task);
        let letter = if is_shown { theme.tab_active } else { theme.dim };
        spans.extend([Span::styled(key_of(task), letter), Span::styled(mark, style), Span::raw(" ")]);
    }
    if spans.len() == 1 { Line::default() } else { Line::from(spans) }
}

/// The task's letter.
pub(super) fn key_of(task: Task) -> String {
    let row = COMMANDS.iter().find(|command| command.action == crate::app::Action::Run(task));
    row.and_then(|command| command.keys.first()).map(|key| key.label()).unwrap_or_default()
}

/// The views the answer has. Where not all fit, those on the left make way for the one that is shown.
fn tabs(active: Tab, look: &Look<'_>, width: usize) -> Line<'static> {
    let Some(result) = look.model.result() else { return Line::default() };
    let mut shown: Vec<_> = Tab::ALL.into_iter().filter(|tab| tab.has_content(result)).collect();
    let cells = |tabs: &[Tab], gap: usize| tabs.iter().map(|tab| tab.title().width() + gap).sum::<usize>();
    let gap = if cells(&shown, 3) > width { 1 } else { 3 };
    let through_active = |tabs: &[Tab]| tabs.iter().position(|tab| *tab == active).map_or(0, |at| at + 1);
    while cells(&shown[..through_active(&shown)], gap) > width + gap && shown[0] != active {
        shown.remove(0);
    }
    let spans = shown.into_iter().flat_map(|tab| {
        let style = if tab == active { look.theme.tab_active } else { look.theme.dim };
        [Span::styled(tab.title(), style), Span::raw(" ".repeat(gap))]
    });
    spans.collect()
}

/// What to know about the answer that is shown, where it is not simply this run's.
fn banner(run: &Run, look: &Look<'_>) -> Option<Line<'static>> {
    let theme = look.theme;
    let is_old = run.answer.as_ref().is_some_and(|answer| answer.is_from_before);
    let old = if is_old { " Below is the answer from before." } else { "" };
    match &run.status {
        RunStatus::Running => Some(Line::styled(format!("{} {}{old}", look.spinner(), progress(run)), theme.accent)),
        RunStatus::Finished => None,
        RunStatus::Cancelled => Some(Line::styled(format!("– Cancelled.{old}"), theme.warn)),
        RunStatus::Failed(why) => Some(Line::styled(format!("✗ {}{old}", why.message), theme.error)),
    }
}

fn progress(run: &Run) -> String {
    let ended = run.calls.iter().filter(|call| matches!(call.state, CallState::Ended { .. })).count();
    match run.calls.len() {
        0 => "Planning…".to_owned(),
        all => format!("{ended} of {all} tools done; esc cancels."),
    }
}

/// What stands there while there is no answer.
fn waiting(run: &Run, look: &Look<'_>, width: usize) -> Vec<Line<'static>> {
    let theme = look.theme;
    let mut lines = vec![Line::default()];
    match &run.status {
        RunStatus::Running | RunStatus::Finished => {
            lines.push(Line::styled(format!(" {} {}", look.spinner(), progress(run)), theme.accent));
        }
        RunStatus::Cancelled => {
            lines.push(Line::styled(" – Cancelled.", theme.warn));
            lines.push(Line::styled("   Press . to run it again.", theme.accent));
        }
        RunStatus::Failed(why) => lines.extend(failure::card(why, "Press . to run it again.", width, look)),
    }
    lines
}

/// Draws lines that never scroll.
pub(super) fn lines_only(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, lines: Vec<Line<'static>>) -> Extent {
    let fits = usize::from(area.height);
    let all = lines.len();
    let first = look.model.scroll.min(all.saturating_sub(fits));
    frame.render_widget(Paragraph::new(lines).scroll((first as u16, 0)), area);
    Extent { first, fits, all }
}
