//! The results of an evaluation. Only the rows that are visible are built.

use contracts::eval::{EvalResult, Verdict};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr;

use super::{Extent, Look, reader, tokens, verdict};
use crate::{
    app::{Evals, Mode},
    ui::text::{fit, fit_right},
    words::{duration, number},
};

const TASK: usize = 9;
const TIME: usize = 9;
const TOKENS: usize = 9;
/// The narrowest the reasons may be.
const WHY: usize = 14;
/// The widest a name gets for the sake of the reasons.
const NAME: usize = 34;

/// How wide the columns are.
struct Columns {
    name: usize,
    why: usize,
    has_repeats: bool,
}

/// Draws the table and says which of its rows are on the screen.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    look: &Look<'_>,
    evals: &Evals,
    results: &[EvalResult],
) -> Extent {
    let width = usize::from(area.width);
    let columns = columns(evals, results, width);
    let fits = usize::from(area.height.saturating_sub(1));
    let first = (evals.row + 1).saturating_sub(fits).min(results.len().saturating_sub(fits));
    let mut lines = vec![headings(&columns, look)];
    let visible = results.iter().enumerate().skip(first).take(fits);
    lines.extend(visible.map(|(place, result)| row(result, place == evals.row, &columns, look)));
    frame.render_widget(Paragraph::new(lines), area);
    if !results.is_empty() && fits > 0 {
        let line = (evals.row - first) as u16 + 1;
        look.mark(frame, Rect { y: area.y + line, ..area }, look.model.mode() == Mode::Evals);
    }
    let text = |(place, result): (usize, &EvalResult)| row(result, place == evals.row, &columns, look).to_string();
    for ((place, result), area) in results.iter().enumerate().skip(first).zip(area.rows().skip(1)) {
        reader::highlight(frame, area, || text((place, result)), look);
    }
    let hits = reader::hits(look, results.iter().enumerate().map(text));
    Extent { first, fits, all: results.len(), hits }
}

fn columns(evals: &Evals, results: &[EvalResult], width: usize) -> Columns {
    let has_repeats = evals.session().is_some_and(|session| session.eval.repeat > 1);
    let longest = results.iter().take(500).map(|result| result.customer_name.as_str().width()).max().unwrap_or(0);
    let room = width.saturating_sub(2 + TASK + TIME + TOKENS + 2);
    let name = longest.clamp(8, NAME).min(room.saturating_sub(WHY)) + 2;
    Columns { name, why: room.saturating_sub(name), has_repeats }
}

fn headings(columns: &Columns, look: &Look<'_>) -> Line<'static> {
    let (name, task) = (fit("customer", columns.name), fit("task", TASK));
    let (time, tokens) = (fit_right("took", TIME), fit_right("tokens", TOKENS));
    Line::styled(format!("  {name}{task}{time}{tokens}  {}", fit("wrong", columns.why)), look.theme.dim)
}

fn row(result: &EvalResult, is_cursor: bool, columns: &Columns, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let (mark, style) = verdict(result.verdict, look);
    let task = match columns.has_repeats {
        true => format!("{} {}", result.task, result.repeat),
        false => result.task.to_string(),
    };
    let tokens = tokens(result).map_or_else(|| "–".to_owned(), |tokens| number(tokens as f64));
    let spans = vec![
        Span::styled(format!("{mark} "), style),
        Span::raw(fit(result.customer_name.as_str(), columns.name)),
        Span::raw(fit(&task, TASK)),
        Span::raw(fit_right(&duration(result.latency_ms), TIME)),
        Span::raw(fit_right(&tokens, TOKENS)),
        Span::styled(format!("  {}", fit(&why(result), columns.why)), style),
    ];
    Line::from(spans).style(if is_cursor { theme.cursor } else { theme.text })
}

/// What is wrong, as far as there is room.
fn why(result: &EvalResult) -> String {
    match result.verdict {
        Verdict::Pass => String::new(),
        Verdict::Fail => {
            let failed = result.failed_checks().map(|check| match &check.detail {
                Some(detail) => format!("{}: {detail}", check.check.as_str().replace('_', " ")),
                None => check.check.as_str().replace('_', " "),
            });
            failed.collect::<Vec<_>>().join("; ")
        }
        Verdict::Timeout => "late".to_owned(),
        Verdict::Error => "no answer".to_owned(),
    }
}
