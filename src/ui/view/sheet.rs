//! What happened with a customer, or what changed, in the place of all panes.

use ratatui::{
    Frame,
    layout::{Margin, Rect},
    text::{Line, Span},
    widgets::Block,
};

use super::{Look, failure, reader};
use crate::{
    app::{About, Loaded, Sheet, Since, Viewport},
    render::{changes, page, portfolio, timeline},
    ui::text::wrap,
    words::date,
};

/// Draws the sheet and says what there was room for.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, sheet: &Sheet) -> Viewport {
    let block = Block::bordered().border_style(look.theme.border_focused).title_top(title(sheet, look));
    let inner = block.inner(area).inner(Margin::new(1, 0));
    frame.render_widget(block, area);
    let lines = lines(sheet, usize::from(inner.width), look);
    let extent = reader::draw(frame, inner, look, &lines, sheet.scroll);
    look.thumb(frame, area, &extent);
    extent.seen(look.model.viewport.clone())
}

fn title(sheet: &Sheet, look: &Look<'_>) -> Line<'static> {
    let (what, rest) = match &sheet.about {
        About::Portfolio { by, .. } => {
            let by = by.map(|by| format!("· by {} ", by.as_str())).unwrap_or_default();
            (" Portfolio ", format!("· the whole book {by}"))
        }
        About::Task { title, .. } => (" Book ", format!("· {title} ")),
        About::Timeline { name, .. } => (" Timeline ", format!("· {name} ")),
        About::Changes { customer, since: Since { day, is_visit }, .. } => {
            let whose = customer.as_ref().map_or("the whole book".to_owned(), |(_, name)| name.to_string());
            let since = if *is_visit { "since your last visit, " } else { "since " };
            (" What changed ", format!("· {whose} · {since}{} ", date(*day)))
        }
    };
    Line::from(vec![Span::styled(what, look.theme.title), Span::styled(rest, look.theme.dim)])
}

fn lines(sheet: &Sheet, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let reading = || vec![Line::styled(format!("{} Reading…", look.spinner()), look.theme.accent)];
    let failed = |why| failure::card(why, "Leave with {back}, and try again.", width, look);
    match &sheet.about {
        About::Timeline { what: Loaded::Loading, .. }
        | About::Changes { what: Loaded::Loading, .. }
        | About::Task { what: Loaded::Loading, .. }
        | About::Portfolio { what: Loaded::Loading, .. } => reading(),
        About::Timeline { what: Loaded::Failed(why), .. }
        | About::Changes { what: Loaded::Failed(why), .. }
        | About::Task { what: Loaded::Failed(why), .. }
        | About::Portfolio { what: Loaded::Failed(why), .. } => failed(why),
        About::Task { what: Loaded::Ready(found), .. } => {
            let page = Page { lines: Vec::new(), width, look };
            page.entries([page::entry(found)].into_iter(), "It says nothing.")
        }
        About::Portfolio { what: Loaded::Ready(found), .. } => {
            let page = Page { lines: Vec::new(), width, look };
            let entries = portfolio::entries(portfolio::sections(found));
            page.entries(entries, "There is nothing in your book yet.")
        }
        About::Timeline { what: Loaded::Ready(found), .. } => {
            let mut page = Page { lines: Vec::new(), width, look };
            page.text(&timeline::line_words(&found.scores));
            page.lines.push(Line::styled(timeline::line(&found.scores), look.theme.spark));
            let entries = found.entries.iter().map(|entry| timeline::entry(entry, found.as_of));
            page.entries(entries, "Nothing has happened yet: {note} notes something.")
        }
        About::Changes { what: Loaded::Ready(found), .. } => {
            let mut page = Page { lines: Vec::new(), width, look };
            changes::head(found).iter().for_each(|line| page.text(line));
            let entries = changes::ordered(found).into_iter().map(|customer| timeline::Entry {
                head: format!("{}{}", customer.name, changes::became(customer)),
                lines: changes::lines(customer, found.as_of),
            });
            page.entries(entries, "Nothing changed.")
        }
    }
}

/// Lines on their way.
struct Page<'a> {
    lines: Vec<Line<'static>>,
    width: usize,
    look: &'a Look<'a>,
}

impl Page<'_> {
    fn text(&mut self, text: &str) {
        let style = self.look.theme.dim;
        self.lines.extend(wrap(text, self.width, 0).into_iter().map(|line| Line::styled(line, style)));
    }

    fn entries(mut self, entries: impl Iterator<Item = timeline::Entry>, nothing: &'static str) -> Vec<Line<'static>> {
        let (theme, width) = (self.look.theme, self.width);
        let mut is_empty = true;
        for timeline::Entry { head, lines } in entries {
            is_empty = false;
            self.lines.push(Line::default());
            self.lines.extend(wrap(&head, width, 2).into_iter().map(|line| Line::styled(line, theme.strong)));
            for line in lines {
                let line = wrap(&format!("  {line}"), width, 4);
                self.lines.extend(line.into_iter().map(|line| Line::styled(line, theme.text)));
            }
        }
        if is_empty {
            self.lines.push(Line::default());
            self.lines.push(Line::styled(self.look.model.fill(nothing), theme.text));
        }
        self.lines
    }
}
