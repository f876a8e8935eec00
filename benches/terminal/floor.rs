//! The floor: about the least an on-demand ratatui program can do. It lists 10,000 names of which it makes only those on
//! the screen, moves the selection, draws only after a key, and quits. What the copilot is measured against, in the same
//! pseudo-terminal.

use std::io;

use crossterm::event::{Event, KeyCode, read};
use ratatui::{
    DefaultTerminal,
    style::Modifier,
    widgets::{List, ListState},
};

const NAMES: usize = 10_000;

/// Runs the floor on the terminal of this process.
pub fn run() -> io::Result<()> {
    let terminal = ratatui::init();
    let outcome = show(terminal);
    ratatui::restore();
    outcome
}

fn show(mut terminal: DefaultTerminal) -> io::Result<()> {
    let mut selected = 0;
    loop {
        terminal.draw(|frame| {
            let rows = usize::from(frame.area().height);
            let top = selected / rows * rows;
            let names = (top..NAMES.min(top + rows)).map(|n| format!("Customer {n}"));
            let list = List::new(names).highlight_style(Modifier::REVERSED);
            let mut state = ListState::default().with_selected(Some(selected - top));
            frame.render_stateful_widget(list, frame.area(), &mut state);
        })?;
        if let Event::Key(key) = read()? {
            match key.code {
                KeyCode::Char('j') => selected = (selected + 1).min(NAMES - 1),
                KeyCode::Char('k') => selected = selected.saturating_sub(1),
                KeyCode::Char('q') => return Ok(()),
                _ => {}
            }
        }
    }
}
