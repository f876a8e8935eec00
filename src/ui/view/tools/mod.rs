//! What takes the time of the run on the screen, as it happens: its calls and the model's turns, with bars to one scale
//! from the run's start, and the selected one split into where its time went.

mod row;
mod split;

use ratatui::{
    Frame,
    layout::{Margin, Rect},
    text::{Line, Span},
    widgets::Paragraph,
};

use super::Look;
use crate::{
    app::{Model, Pane, Run, RunStatus},
    ui::text::cut,
    words::{count, duration},
};

/// Whether there is nothing to see: nothing has the keys, is under way, or went wrong.
pub(super) fn is_folded(model: &Model) -> bool {
    let is_well = |run: &Run| run.status == RunStatus::Finished && run.rows.iter().all(row::is_well);
    model.focus != Pane::Tools && model.run().is_none_or(is_well)
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let run = look.model.run();
    if is_folded(look.model) {
        folded(frame, area, run, look);
        return;
    }
    let block = look.block(Pane::Tools, area, Line::styled(" Tools ", look.theme.title), clock(run, look));
    let inner = block.inner(area).inner(Margin::new(1, 0));
    frame.render_widget(block, area);
    let width = usize::from(inner.width);
    let Some(run) = run.filter(|run| !run.rows.is_empty()) else {
        let line = match &look.model.report {
            Some(report) => row::of_book(&report.answer, width, look),
            None => Line::styled(cut("Every call is shown here as it happens.", width), look.theme.dim),
        };
        frame.render_widget(line, inner);
        return;
    };
    let lines = if inner.height < 2 { vec![strip(run, width, look)] } else { waterfall(run, inner, look) };
    let rows = usize::from(inner.height);
    let first = if rows <= look.model.row { look.model.row + 1 - rows } else { 0 };
    frame.render_widget(Paragraph::new(lines).scroll((first as u16, 0)), inner);
    if rows >= 2 {
        let line = (look.model.row - first) as u16;
        look.mark(frame, Rect { y: inner.y + line, ..inner }, look.has_keys(Pane::Tools));
    }
}

/// What the calls came to, in the border of the answer.
fn folded(frame: &mut Frame<'_>, area: Rect, run: Option<&Run>, look: &Look<'_>) {
    let width = usize::from(area.width.saturating_sub(2));
    let mut title = Line::styled(" Tools ", look.theme.title);
    match (run, &look.model.report) {
        (Some(run), _) => {
            let turns = run.rows.len() - run.calls().count();
            let mut done = count(run.calls().count() as u64, "call");
            if turns > 0 {
                done = format!("{done}, {}", count(turns as u64, "model turn"));
            }
            title.push_span(Span::styled("✓", look.theme.ok));
            title.push_span(Span::styled(format!(" {done}, {} ", duration(run.last_ms)), look.theme.dim));
        }
        (None, Some(report)) => {
            title.extend(row::of_book(&report.answer, width.saturating_sub(8), look).spans);
            title.push_span(Span::raw(" "));
        }
        (None, None) => return,
    }
    let area = Rect { x: area.x + 1, width: (title.width().min(width)) as u16, ..area };
    frame.render_widget(title, area);
}

/// From the run's start until its end, or until now.
fn span_ms(run: &Run, look: &Look<'_>) -> f64 {
    if run.is_running() { run.last_ms.max(run.elapsed_ms(look.now)) } else { run.last_ms }
}

fn clock(run: Option<&Run>, look: &Look<'_>) -> Line<'static> {
    run.map_or(Line::default(), |run| Line::styled(format!(" {} ", duration(span_ms(run, look))), look.theme.dim))
}

/// All of it in a line, for low screens. Where not all fits, the first rows are only marks.
fn strip(run: &Run, width: usize, look: &Look<'_>) -> Line<'static> {
    let mut parts: Vec<_> = run.rows.iter().map(|it| row::short(it, run, look)).collect();
    for place in 0..parts.len() {
        if parts.iter().flatten().map(Span::width).sum::<usize>() <= width + 2 {
            break;
        }
        parts[place][1] = Span::raw(" ");
    }
    parts.into_iter().flatten().collect()
}

fn waterfall(run: &Run, area: Rect, look: &Look<'_>) -> Vec<Line<'static>> {
    let width = usize::from(area.width);
    let columns = row::Columns::within(width, run);
    let mut lines: Vec<_> =
        run.rows.iter().enumerate().map(|(i, it)| row::line(it, i == look.model.row, run, &columns, look)).collect();
    if let Some(it) = run.rows.get(look.model.row) {
        let room = usize::from(area.height).saturating_sub(lines.len());
        let detail = split::detail(it, width, room, look);
        if detail.len() < room {
            lines.push(Line::default());
        }
        lines.extend(detail);
    }
    lines
}
