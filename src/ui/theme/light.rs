//! For light backgrounds.

use super::{Theme, palette, palette::Palette};
use crate::app::ThemeName;

pub(super) fn theme() -> Theme {
    palette::theme(
        ThemeName::Light,
        &Palette {
            text: 236,
            strong: 232,
            dim: 242,
            faint: 250,
            accent: 24,
            brand: 24,
            cursor: 253,
            cursor_idle: 255,
            on_fill: 231,
            green: 28,
            amber: 130,
            red: 160,
            blue: 26,
            violet: 91,
            teal: 30,
        },
    )
}
