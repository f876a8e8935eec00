//! The screen, one file a pane. Drawing is a function of the model, the theme and the time; what is kept between
//! frames only saves work.

mod all_tasks;
mod card;
mod choice;
mod evals;
mod failure;
mod footer;
mod header;
mod help;
mod layout;
mod line_input;
mod list;
mod out;
mod outdated;
mod page;
mod palette;
mod question;
mod reader;
mod report;
mod result;
mod sendings;
mod sheet;
mod sign_in;
mod today;
mod tools;
mod why;

use std::{cell::RefCell, time::Duration};

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Position, Rect},
    style::Style,
    symbols::merge::MergeStrategy,
    text::Line,
    widgets::{Block, Clear, Paragraph},
};
use unicode_width::UnicodeWidthStr;

use self::layout::{NARROW, Panes, panes};
use super::{bidi, theme::Theme};
use crate::app::{Action, Lens, Mode, Model, Pane, Spot, SpotIs, View, Viewport};

/// The smallest screen there is room on.
pub const MIN_WIDTH: u16 = 60;
/// The smallest screen there is room on.
pub const MIN_HEIGHT: u16 = 15;

/// Draws frames.
#[derive(Debug, Default)]
pub struct Screen {
    list: list::Scroll,
    today: list::Scroll,
    page: page::Cache,
}

/// What every pane is drawn with.
struct Look<'a> {
    model: &'a Model,
    theme: &'a Theme,
    now: Duration,
    /// What lies where, for the mouse.
    spots: RefCell<Vec<Spot>>,
}

/// Which of a pane's lines are on the screen.
#[derive(Debug, Clone, Default)]
struct Extent {
    first: usize,
    fits: usize,
    all: usize,
    /// Which of all have the words that are looked for.
    hits: Vec<usize>,
}

impl Screen {
    /// Draws the model as it is at `now` (since the program's start) and says what there was room for.
    pub fn draw(&mut self, frame: &mut Frame<'_>, model: &Model, now: Duration) -> Viewport {
        let area = frame.area();
        let theme = Theme::of(model.theme);
        let look = Look { model, theme: &theme, now, spots: RefCell::default() };
        frame.buffer_mut().set_style(area, theme.text);
        let viewport = look.draw(frame, self);
        let viewport = Viewport { spots: look.spots.take(), ..viewport };
        bidi::isolate(frame.buffer_mut());
        viewport
    }
}

impl Look<'_> {
    fn draw(&self, frame: &mut Frame<'_>, screen: &mut Screen) -> Viewport {
        let (look, model, area) = (self, self.model, frame.area());
        if area.width < MIN_WIDTH || area.height < MIN_HEIGHT {
            notice(frame, area, look);
            return Viewport { is_too_small: true, ..model.viewport.clone() };
        }
        let [top, body, bottom] =
            Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]).areas(area);
        header::draw(frame, top, look);
        let viewport = if let Some(sheet) = model.view.sheet() {
            sheet::draw(frame, body, look, sheet)
        } else if let Some(evals) = model.view.evals() {
            evals::draw(frame, body, look, evals)
        } else {
            look.panes(frame, body, screen)
        };
        footer::draw(frame, bottom, look);
        let is_narrow = area.width < NARROW;
        Viewport { is_too_small: false, is_narrow, ..look.overlay(frame, body, viewport) }
    }

    fn panes(&self, frame: &mut Frame<'_>, body: Rect, screen: &mut Screen) -> Viewport {
        let (look, model) = (self, self.model);
        let panes = panes(body, model);
        let mut viewport = Viewport { list_rows: model.viewport.list_rows, ..Viewport::default() };
        if let Some(area) = panes.list {
            look.spot(area, SpotIs::List);
            let list = match model.lens {
                Lens::Today => today::draw(frame, area, look, &mut screen.today),
                Lens::Book => list::draw(frame, area, look, &mut screen.list),
            };
            viewport.list_rows = list.fits;
            look.thumb(frame, area, &list);
        }
        if let Some(area) = panes.result {
            look.spot(area, SpotIs::Answer);
            let page = result::draw(frame, area, look, &mut screen.page);
            if let Some(area) = panes.tools {
                look.spot(area, SpotIs::Tools);
                tools::draw(frame, area, look);
            }
            look.thumb(frame, area, &page);
            viewport = page.seen(viewport);
        }
        if let (Some(_), Some(area)) = (panes.list, panes.result) {
            look.spot(Rect { width: 1, height: body.height, ..area }, SpotIs::Border);
        }
        look.outline(frame, &panes);
        viewport
    }
}

impl Extent {
    /// What there is room for where this is what is read.
    fn seen(self, viewport: Viewport) -> Viewport {
        Viewport { page_rows: self.fits, page_lines: self.all, hits: self.hits, ..viewport }
    }
}

impl Look<'_> {
    /// Draws what lies over all that, if anything does, and says what there is room for then.
    fn overlay(&self, frame: &mut Frame<'_>, body: Rect, viewport: Viewport) -> Viewport {
        match &self.model.view {
            View::Help { below, scroll } => help::draw(frame, body, self, below, *scroll).seen(viewport),
            View::Why { row, scroll } => why::draw(frame, body, self, row, *scroll).seen(viewport),
            View::Outgoing(outgoing) => out::draw(frame, body, self, outgoing).seen(viewport),
            View::Palette(palette) => Viewport { list_rows: palette::draw(frame, body, self, palette), ..viewport },
            View::Sendings(sendings) => sendings::draw(frame, body, self, sendings).seen(viewport),
            View::SignIn(sign_in) => {
                sign_in::draw(frame, body, self, sign_in);
                viewport
            }
            View::Tasks { at } => {
                all_tasks::draw(frame, body, self, *at);
                viewport
            }
            View::Choose(choice) => {
                choice::draw(frame, body, self, choice);
                viewport
            }
            View::Confirm(confirm) => {
                question::draw(frame, body, self, confirm);
                viewport
            }
            _ => viewport,
        }
    }
}

impl Look<'_> {
    /// Notes what lies there.
    fn spot(&self, area: Rect, is: SpotIs) {
        let (columns, rows) = (area.left()..area.right(), area.top()..area.bottom());
        self.spots.borrow_mut().push(Spot { columns, rows, is });
    }

    fn border(&self, pane: Pane) -> Style {
        if self.model.focus == pane { self.theme.border_focused } else { self.theme.border }
    }

    /// A pane's frame, with a title on the left and, where there is room, one on the right.
    fn block<'a>(&self, pane: Pane, area: Rect, left: Line<'a>, right: Line<'a>) -> Block<'a> {
        let fits = left.width() + right.width() + 3 <= usize::from(area.width);
        let right = if fits { right } else { Line::default() };
        Block::bordered()
            .merge_borders(MergeStrategy::Exact)
            .border_style(self.border(pane))
            .title_top(left.left_aligned())
            .title_top(right.right_aligned())
    }

    /// Colours the frame of the pane that has the keys once all are drawn, since they share their borders.
    fn outline(&self, frame: &mut Frame<'_>, panes: &Panes) {
        let area = match self.model.focus {
            Pane::List => panes.list,
            Pane::Result => panes.result,
            Pane::Tools => panes.tools,
        };
        let Some(area) = area else { return };
        let buffer = frame.buffer_mut();
        for position in area.positions() {
            let is_edge = position.x == area.left()
                || position.x + 1 == area.right()
                || position.y == area.top()
                || position.y + 1 == area.bottom();
            let cell = &mut buffer[position];
            if is_edge && cell.symbol().starts_with(|c| ('─'..='╿').contains(&c)) {
                cell.set_style(Style::reset().patch(self.theme.border_focused));
            }
        }
    }

    /// Shows on the pane's right edge which part of it is on the screen, where not all is.
    fn thumb(&self, frame: &mut Frame<'_>, area: Rect, &Extent { first, fits, all, .. }: &Extent) {
        let track = usize::from(area.height.saturating_sub(2));
        if fits == 0 || all <= fits || track == 0 {
            return;
        }
        let long = (track * fits / all).clamp(1, track);
        let from = ((track - long) * first).div_ceil(all - fits).min(track - long);
        for row in from..from + long {
            let position = (area.right() - 1, area.top() + 1 + row as u16);
            frame.buffer_mut()[position].set_symbol("┃").set_style(Style::reset().patch(self.theme.accent));
        }
    }

    /// Marks the row under the cursor on the cell before it. Where the row has the keys the terminal's own cursor goes there:
    /// what reads the screen aloud or magnifies it follows that one.
    fn mark(&self, frame: &mut Frame<'_>, row: Rect, has_keys: bool) {
        let position = Position { x: row.x.saturating_sub(1), y: row.y };
        let style = if has_keys { self.theme.cursor_mark } else { self.theme.border };
        frame.buffer_mut()[position].set_symbol("▌").set_style(Style::reset().patch(style));
        if has_keys {
            frame.set_cursor_position(position);
        }
    }

    /// Whether the pane has the keys, and no line or overlay has them instead.
    fn has_keys(&self, pane: Pane) -> bool {
        self.model.focus == pane && matches!(self.model.mode(), Mode::Normal | Mode::Yank)
    }

    /// The time of day (UTC) at a time since the program's start.
    fn clock(&self, at: Duration) -> String {
        self.model.now(at).format("%H:%M UTC").to_string()
    }

    /// What turns while something is under way.
    fn spinner(&self) -> &'static str {
        const FRAMES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
        let step = self.now.as_millis() / 100 % FRAMES.len() as u128;
        FRAMES[step as usize]
    }
}

/// Makes room for an overlay. A wide character that would reach into it goes as a whole.
fn clear(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    if let Some(left) = area.x.checked_sub(1) {
        for row in area.rows() {
            let cell = &mut frame.buffer_mut()[(left, row.y)];
            if cell.symbol().width() > 1 {
                cell.set_symbol(" ");
            }
        }
    }
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, look.theme.text);
}

fn notice(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let (width, height, quit) = (area.width, area.height, look.model.key(Action::Quit));
    let text =
        format!("This window is {width} x {height}.\nMake it {MIN_WIDTH} x {MIN_HEIGHT} or larger; {quit} leaves.");
    let lines = text.lines().count() as u16;
    let middle = Rect { y: area.y + area.height.saturating_sub(lines) / 2, height: lines.min(area.height), ..area };
    frame.render_widget(Paragraph::new(text).centered(), middle);
}
