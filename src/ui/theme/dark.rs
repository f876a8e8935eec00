//! For dark backgrounds.

use super::{Theme, palette, palette::Palette};
use crate::app::ThemeName;

pub(super) fn theme() -> Theme {
    palette::theme(
        ThemeName::Dark,
        &Palette {
            text: 252,
            strong: 255,
            dim: 246,
            faint: 243,
            accent: 80,
            brand: 80,
            cursor: 235,
            cursor_idle: 234,
            on_fill: 234,
            green: 114,
            amber: 221,
            red: 203,
            blue: 75,
            violet: 141,
            teal: 79,
        },
    )
}
