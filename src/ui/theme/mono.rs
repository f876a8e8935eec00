//! Without any colour: modifiers and glyphs alone. A coloured cell would make crossterm reset the modifiers under
//! `NO_COLOR`.

use ratatui::style::{Modifier, Style};

use super::Theme;
use crate::app::ThemeName;

pub(super) fn theme() -> Theme {
    let plain = Style::new();
    let bold = plain.add_modifier(Modifier::BOLD);
    let dim = plain.add_modifier(Modifier::DIM);
    let reversed = plain.add_modifier(Modifier::REVERSED);
    Theme {
        name: ThemeName::Mono,
        text: plain,
        strong: bold,
        dim,
        border: dim,
        border_focused: bold,
        title: bold,
        brand: reversed.add_modifier(Modifier::BOLD),
        accent: bold,
        key: bold,
        cursor: reversed,
        cursor_idle: plain.add_modifier(Modifier::UNDERLINED),
        cursor_mark: bold,
        tab_active: bold.add_modifier(Modifier::UNDERLINED),
        found: reversed,
        marked: bold,
        heading: bold.add_modifier(Modifier::UNDERLINED),
        model: plain.add_modifier(Modifier::ITALIC),
        ok: plain,
        warn: bold,
        error: bold,
        toast: reversed,
        toast_error: reversed.add_modifier(Modifier::BOLD),
        risk_high: bold,
        risk_medium: plain,
        risk_low: plain,
        risk_unknown: dim,
        bar: plain,
        bar_running: bold,
        bar_rest: dim,
        spark: plain,
        qr: reversed,
        split: [("░", plain), ("▒", plain), ("▓", plain), ("█", plain), ("▚", plain)],
    }
}
