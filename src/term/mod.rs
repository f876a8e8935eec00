//! The terminal itself: entering and leaving it, its keys, one write a frame, the clipboard, and the thread that
//! carries out effects.

mod clipboard;
mod editor;
mod files;
mod guard;
mod hands;
mod incoming;
mod input;
mod job;
mod listen;
mod osc52;
mod output;
mod remembered;
mod runner;
mod screen;
mod sign_in;
mod theme;

pub use clipboard::{Environment, Way, ways};
pub use guard::log_panics;
pub use input::{Heard, Parser, Pressed, Reply};
pub(crate) use job::can_stop;
pub use screen::{Opened, Options, ScreenError, open};
pub use theme::{Choice, choose};
