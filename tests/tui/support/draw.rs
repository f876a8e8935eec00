use std::fmt::Write;

use cs_copilot::{
    app::{Effect, Message, Pane, Viewport},
    ui::Screen,
};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, style::Style};

use super::App;

/// A frame as the terminal would have it.
pub fn frame(app: &mut App, width: u16, height: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut screen = Screen::default();
    let (model, now) = (&app.model, app.now);
    let mut viewport = Viewport::default();
    terminal.draw(|frame| viewport = screen.draw(frame, model, now)).unwrap();
    if app.tell(Message::Drawn(viewport)).contains(&Effect::Draw) {
        return frame(app, width, height);
    }
    terminal.backend().buffer().clone()
}

/// The same where the answer has the keys, and on narrow screens the room.
pub fn answer(app: &mut App, width: u16, height: u16) -> String {
    app.model.focus = Pane::Result;
    text(app, width, height)
}

/// The frame's text, a line a row, as it would be copied off the screen.
pub fn text(app: &mut App, width: u16, height: u16) -> String {
    rows(&frame(app, width, height)).join("\n")
}

pub fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let row = |y| {
        let mut text = String::new();
        let mut covered = 0;
        for x in 0..area.width {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            covered = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
            text.push_str(symbol);
        }
        text.trim_end().to_owned()
    };
    (0..area.height).map(row).collect()
}

/// The frame's text, under each row the look of its cells by letter, and what the letters mean.
pub fn styled(app: &mut App, width: u16, height: u16) -> String {
    let buffer = frame(app, width, height);
    let mut known: Vec<Style> = Vec::new();
    let mut out = String::new();
    for (y, text) in rows(&buffer).into_iter().enumerate() {
        let mut letters = String::new();
        for x in 0..width {
            let style = buffer[(x, y as u16)].style();
            let place = known.iter().position(|other| *other == style).unwrap_or_else(|| {
                known.push(style);
                known.len() - 1
            });
            letters.push(char::from(b'a' + place as u8));
        }
        let _ = writeln!(out, "{text}\n{letters}");
    }
    for (place, style) in known.iter().enumerate() {
        let letter = char::from(b'a' + place as u8);
        let (fg, bg) = (style.fg.unwrap_or_default(), style.bg.unwrap_or_default());
        let _ = writeln!(out, "{letter}: {fg} on {bg} {:?}", style.add_modifier);
    }
    out
}
