//! Named tokens in three editions. No colour exists outside of this directory.

mod dark;
mod light;
mod mono;
mod palette;

use contracts::health::Risk;
use ratatui::style::Style;

use crate::app::ThemeName;

/// What each thing on the screen looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Theme {
    pub name: ThemeName,
    pub text: Style,
    pub strong: Style,
    pub dim: Style,
    pub border: Style,
    pub border_focused: Style,
    pub title: Style,
    pub brand: Style,
    pub accent: Style,
    pub key: Style,
    /// The row under the cursor, where its pane has the keys.
    pub cursor: Style,
    /// The row under the cursor, where another pane has the keys.
    pub cursor_idle: Style,
    /// The mark before that row; the row's own colour is too faint to be found by.
    pub cursor_mark: Style,
    pub tab_active: Style,
    /// Words that were looked for.
    pub found: Style,
    /// The mark of a customer that something is to be done with.
    pub marked: Style,
    pub heading: Style,
    /// A line that a language model wrote.
    pub model: Style,
    pub ok: Style,
    pub warn: Style,
    pub error: Style,
    pub toast: Style,
    pub toast_error: Style,
    pub risk_high: Style,
    pub risk_medium: Style,
    pub risk_low: Style,
    pub risk_unknown: Style,
    pub bar: Style,
    pub bar_running: Style,
    pub bar_rest: Style,
    pub spark: Style,
    /// A QR code: dark on light, whatever the background.
    pub qr: Style,
    /// Where a call's time goes: client, network, auth, database, tool; glyphs differ where colours cannot.
    pub split: [(&'static str, Style); 5],
}

impl Theme {
    /// The edition of this name.
    pub fn of(name: ThemeName) -> Self {
        match name {
            ThemeName::Dark => dark::theme(),
            ThemeName::Light => light::theme(),
            ThemeName::Mono => mono::theme(),
        }
    }

    /// The look of a risk.
    pub fn risk(&self, risk: Risk) -> Style {
        match risk {
            Risk::High => self.risk_high,
            Risk::Medium => self.risk_medium,
            Risk::Unknown => self.risk_unknown,
            Risk::Low => self.risk_low,
        }
    }
}

/// The mark before what a language model wrote.
pub const MODEL_MARK: &str = "◇ ";

/// The mark of a risk; its shape says the same as its colour.
pub fn risk_mark(risk: Risk) -> &'static str {
    match risk {
        Risk::High => "▲",
        Risk::Medium => "◆",
        Risk::Unknown => "○",
        Risk::Low => "●",
    }
}
