//! What the dark and the light edition share: the same tokens, filled from different colours.

use ratatui::style::{Color, Modifier, Style};

use super::Theme;
use crate::app::ThemeName;

/// The colours of an edition, from the 256 that every terminal has.
pub(super) struct Palette {
    pub text: u8,
    pub strong: u8,
    pub dim: u8,
    pub faint: u8,
    pub accent: u8,
    pub brand: u8,
    pub cursor: u8,
    pub cursor_idle: u8,
    pub on_fill: u8,
    pub green: u8,
    pub amber: u8,
    pub red: u8,
    pub blue: u8,
    pub violet: u8,
    pub teal: u8,
}

/// The theme in these colours. The background stays the terminal's own.
pub(super) fn theme(name: ThemeName, palette: &Palette) -> Theme {
    let fg = |color: u8| Style::new().fg(Color::Indexed(color));
    let bold = |color: u8| fg(color).add_modifier(Modifier::BOLD);
    let filled = |color: u8| Style::new().fg(Color::Indexed(palette.on_fill)).bg(Color::Indexed(color));
    Theme {
        name,
        text: fg(palette.text),
        strong: bold(palette.strong),
        dim: fg(palette.dim),
        border: fg(palette.faint),
        border_focused: fg(palette.accent),
        title: bold(palette.strong),
        brand: filled(palette.brand).add_modifier(Modifier::BOLD),
        accent: fg(palette.accent),
        key: bold(palette.accent),
        cursor: Style::new().bg(Color::Indexed(palette.cursor)).add_modifier(Modifier::BOLD),
        cursor_idle: Style::new().bg(Color::Indexed(palette.cursor_idle)),
        cursor_mark: bold(palette.accent),
        tab_active: bold(palette.accent).add_modifier(Modifier::UNDERLINED),
        found: filled(palette.amber),
        marked: bold(palette.amber),
        heading: bold(palette.accent),
        model: fg(palette.violet).add_modifier(Modifier::ITALIC),
        ok: fg(palette.green),
        warn: fg(palette.amber),
        error: fg(palette.red),
        toast: filled(palette.accent),
        toast_error: filled(palette.red),
        risk_high: fg(palette.red),
        risk_medium: fg(palette.amber),
        risk_low: fg(palette.green),
        risk_unknown: fg(palette.dim),
        bar: fg(palette.blue),
        bar_running: fg(palette.accent),
        bar_rest: fg(palette.faint),
        spark: fg(palette.blue),
        qr: Style::new().fg(Color::Indexed(16)).bg(Color::Indexed(231)),
        split: [palette.violet, palette.blue, palette.amber, palette.teal, palette.green].map(|color| ("━", fg(color))),
    }
}
