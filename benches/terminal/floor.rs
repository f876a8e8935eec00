//! The floor: about the least an on-demand ratatui program can do. It lists 10,000 names, moves the selection, draws only
//! after a key, and quits. What the copilot is measured against, in the same pseudo-terminal.

use std::io;

use crossterm::event::{Event, KeyCode, read};
use ratatui::{
    DefaultTerminal,
    style::Modifier,
    widgets::{List, ListState},
};

/// Runs the floor on the terminal of this process.
pub fn run() -> io::Result<()> {
    let terminal = ratatui::init();
    let outcome = show(terminal);
    ratatui::restore();
    outcome
}

fn show(mut terminal: DefaultTerminal) -> io::Result<()> {
    let names: Vec<String> = (0..10_000).map(|n| format!("Customer {n}")).collect();
    let mut state = ListState::default().with_selected(Some(0));
    loop {
        terminal.draw(|frame| {
            let rows = names.iter().map(String::as_str);
            let list = List::new(rows).highlight_style(Modifier::REVERSED);
            frame.render_stateful_widget(list, frame.area(), &mut state);
        })?;
        if let Event::Key(key) = read()? {
            match key.code {
                KeyCode::Char('j') => state.select_next(),
                KeyCode::Char('k') => state.select_previous(),
                KeyCode::Char('q') => return Ok(()),
                _ => {}
            }
        }
    }
}
