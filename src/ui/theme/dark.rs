//! For dark backgrounds.

use super::{Theme, palette, palette::Palette};
use crate::app::ThemeName;

pub(super) fn theme() -> Theme {
    palette::theme(
        ThemeName::Dark,
        &Palette {
            text: 252,
            strong: 255,
            dim: 245,
            faint: 239,
            accent: 80,
            brand: 80,
            cursor: 238,
            cursor_idle: 236,
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
