//! The overlay with every task, its keys and what it is for.

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    text::{Line, Span},
    widgets::{Block, Padding, Paragraph},
};

use super::{Look, clear};
use crate::{
    app::Topic,
    ui::text::{cut, fit},
};

/// The widest it gets.
const WIDTH: u16 = 96;
/// Columns for the key and for the title.
const KEY: usize = 4;
const TITLE: usize = 22;

/// Draws the overlay, the task at `at` under the cursor.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, at: usize) {
    let (theme, tasks) = (look.theme, &look.model.tasks);
    let width = WIDTH.min(body.width);
    let height = (tasks.iter().count() as u16 + 2).min(body.height);
    let area = body.centered(Constraint::Length(width), Constraint::Length(height));
    let block = Block::bordered()
        .border_style(theme.border_focused)
        .title_top(Line::styled(" Tasks ", theme.title))
        .padding(Padding::horizontal(1));
    clear(frame, area, look);
    let inner = block.inner(area);
    let says = usize::from(inner.width).saturating_sub(KEY + TITLE);
    let lines = tasks.iter().enumerate().map(|(place, task)| {
        let key = look.model.key_of(&Topic::Task(task.id.clone()));
        let spans = vec![
            Span::styled(fit(&key, KEY), theme.key),
            Span::styled(fit(task.title.as_str(), TITLE), theme.text),
            Span::styled(cut(task.description.as_str(), says), theme.dim),
        ];
        Line::from(spans).style(if place == at { theme.cursor } else { theme.text })
    });
    let first = (at + 1).saturating_sub(usize::from(inner.height));
    let lines: Vec<_> = lines.skip(first).collect();
    frame.render_widget(Paragraph::new(lines).block(block), area);
    look.mark(frame, Rect { y: inner.y + (at - first) as u16, ..inner }, true);
}
