//! What the screen may do to the terminal.

use serde::Deserialize;

/// `[screen]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScreenConfig {
    /// Whether the mouse is listened to; the terminal's own selection then needs shift.
    pub mouse: bool,
    /// Whether the terminal's title says what is under way.
    pub title: bool,
    /// How the user is told of a long run that ends while they are elsewhere.
    pub notify: Notify,
}

/// How the user is told that something has ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Notify {
    /// The terminal's bell.
    #[default]
    Bell,
    /// A notification of the desktop, where the terminal makes one (OSC 9).
    Osc9,
    /// Not at all.
    Off,
}

impl Default for ScreenConfig {
    fn default() -> Self {
        Self { mouse: true, title: true, notify: Notify::default() }
    }
}
