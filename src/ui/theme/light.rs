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
            faint: 245,
            accent: 24,
            brand: 24,
            cursor: 255,
            cursor_idle: 255,
            on_fill: 231,
            green: 22,
            amber: 94,
            red: 160,
            blue: 26,
            violet: 91,
            teal: 23,
        },
    )
}
