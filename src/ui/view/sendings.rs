//! The overlay with the answers of several customers on their way out: what becomes of each, and how far all are.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
    widgets::{Block, Padding, Paragraph},
};
use unicode_width::UnicodeWidthStr;

use super::{Extent, Look, clear, reader};
use crate::{
    app::{Mode, Sending, SendingState, Sendings},
    ui::text::{cut, fit, wrap},
    words::count,
};

/// The widest it gets.
const WIDTH: u16 = 90;
/// Columns for a name.
const NAME: usize = 24;

/// Draws the overlay and says which of its rows are on it.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, sendings: &Sendings) -> Extent {
    let width = WIDTH.min(body.width);
    let room = usize::from(width).saturating_sub(4);
    let all = sendings.all.len();
    let whole = sendings.all.get(sendings.at).map(|sending| whole(sending, room, look)).unwrap_or_default();
    let height = (all as u16).saturating_add(4 + whole.len() as u16).min(body.height);
    let area = body.centered(Constraint::Length(width), Constraint::Length(height));
    let block = Block::bordered()
        .border_style(look.theme.border_focused)
        .title_top(Line::styled(cut(&format!(" Out: {} ", sendings.form.label()), room), look.theme.title))
        .title_top(Line::styled(format!(" {}/{all} ", sendings.at + 1), look.theme.dim).right_aligned())
        .padding(Padding::horizontal(1));
    clear(frame, area, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    frame.render_widget(Line::styled(cut(&progress(sendings, look), room), look.theme.strong), inner);
    if !sendings.is_begun {
        let says = cut("Files of the same names that are there give way to them.", room);
        frame.render_widget(Line::styled(says, look.theme.dim), Rect { y: inner.y + 1, height: 1, ..inner });
    }
    let [_, rows, below] =
        Layout::vertical([Constraint::Length(2), Constraint::Fill(1), Constraint::Length(whole.len() as u16)])
            .areas(inner);
    frame.render_widget(Paragraph::new(whole), below);
    let fits = usize::from(rows.height);
    let first = (sendings.at + 1).saturating_sub(fits);
    let line = |(place, sending): (usize, &Sending)| {
        row(sending, room, look).style(if place == sendings.at { look.theme.cursor } else { look.theme.text })
    };
    let each = || sendings.all.iter().enumerate();
    frame.render_widget(Paragraph::new(each().skip(first).take(fits).map(line).collect::<Vec<_>>()), rows);
    for (numbered, area) in each().skip(first).zip(rows.rows()) {
        reader::highlight(frame, area, || line(numbered).to_string(), look);
    }
    if all > 0 && fits > 0 {
        let at = Rect { y: rows.y + (sendings.at - first) as u16, ..rows };
        look.mark(frame, at, look.model.mode() == Mode::Sendings);
    }
    let hits = reader::hits(look, each().map(|numbered| line(numbered).to_string()));
    Extent { first, fits, all, hits }
}

/// What would be written where, and how much of it is.
fn progress(sendings: &Sendings, look: &Look<'_>) -> String {
    let folder = look.model.settings.folder.display();
    let written = sendings.count(|state| matches!(state, SendingState::Written(_)));
    let to_write = sendings.count(|state| !matches!(state, SendingState::Without(_)));
    match sendings.is_begun {
        true => format!("{written} of {} written to {folder}", count(to_write as u64, "file")),
        false => format!("{} of {} would be written to {folder}", to_write, count(sendings.all.len() as u64, "answer")),
    }
}

/// What the row has no room for, in lines of their own.
fn whole(sending: &Sending, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let (_, says, style) = says(&sending.state, look);
    let is_whole = says.width() <= width.saturating_sub(NAME + 3);
    let lines = if is_whole { Vec::new() } else { wrap(&says, width, 0) };
    let gap = (!lines.is_empty()).then(Line::default);
    gap.into_iter().chain(lines.into_iter().map(|line| Line::styled(line, style))).collect()
}

/// The sign of a state, the words for it, and their look.
fn says(state: &SendingState, look: &Look<'_>) -> (&'static str, String, Style) {
    let theme = look.theme;
    match state {
        SendingState::Ready => (" ", "to be written".to_owned(), theme.dim),
        SendingState::Writing => (look.spinner(), "being written".to_owned(), theme.accent),
        SendingState::Written(path) => {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
            ("✓", file.unwrap_or_default(), theme.ok)
        }
        SendingState::Without(why) => ("–", why.to_string(), theme.warn),
        SendingState::Failed(why) => ("✗", why.to_string(), theme.error),
    }
}

fn row(sending: &Sending, width: usize, look: &Look<'_>) -> Line<'static> {
    let (mark, says, style) = says(&sending.state, look);
    let says = cut(&says, width.saturating_sub(NAME + 3));
    Line::from(vec![
        Span::styled(format!("{mark} "), style),
        Span::raw(format!("{} ", fit(sending.name.as_str(), NAME))),
        Span::styled(says, style),
    ])
}
