//! The overlay that asks back: whom a question is about.

use contracts::book::CustomerRow;
use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    text::{Line, Span},
    widgets::{Block, Padding, Paragraph},
};

use super::{Look, clear};
use crate::{
    app::{Action, Choice},
    ui::{
        text::{cut, fit, wrap},
        theme::risk_mark,
    },
};

/// The widest it gets.
const WIDTH: u16 = 64;
/// Columns for what tells customers of the same name apart.
const ID: usize = 16;

/// Draws the overlay.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, choice: &Choice) {
    let width = WIDTH.min(body.width);
    let lines = lines(choice, usize::from(width) - 4, usize::from(body.height.saturating_sub(2)), look);
    let height = lines.len() as u16 + 2;
    let area = body.centered(Constraint::Length(width), Constraint::Length(height.min(body.height)));
    let block = Block::bordered()
        .border_style(look.theme.border_focused)
        .title_top(Line::styled(" Which customer? ", look.theme.title))
        .padding(Padding::horizontal(1));
    clear(frame, area, look);
    let inner = block.inner(area);
    let first = lines.len() - choice.candidates.len();
    frame.render_widget(Paragraph::new(lines).block(block), area);
    let line = (first + choice.at) as u16;
    if line < inner.height {
        look.mark(frame, Rect { y: inner.y + line, ..inner }, true);
    }
}

/// The question, in as many lines as the candidates leave, and the candidates.
fn lines(choice: &Choice, width: usize, height: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let all = wrap(choice.question.text.as_str(), width, 0);
    let room = height.saturating_sub(choice.candidates.len() + 1).max(1);
    let mut lines: Vec<_> = all.iter().take(room).map(|line| Line::styled(line.clone(), look.theme.dim)).collect();
    if all.len() > room
        && let Some(last) = lines.last_mut()
    {
        *last = Line::styled(cut(&format!("{}…", all[room - 1]), width), look.theme.dim);
    }
    if lines.len() + choice.candidates.len() < height {
        lines.push(Line::default());
    }
    lines
        .extend(choice.candidates.iter().enumerate().map(|(place, row)| candidate(row, place, choice.at, width, look)));
    lines
}

fn candidate(row: &CustomerRow, place: usize, at: usize, width: usize, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let name = width.saturating_sub(5 + ID);
    let spans = vec![
        Span::styled(format!("{} ", look.model.key(Action::Pick(place))), theme.key),
        Span::styled(format!("{} ", risk_mark(row.risk)), theme.risk(row.risk)),
        Span::styled(fit(row.name.as_str(), name), theme.text),
        Span::styled(format!(" {}", fit(row.id.as_str(), ID)), theme.dim),
    ];
    Line::from(spans).style(if place == at { theme.cursor } else { theme.text })
}
