//! What is drawn, and which key means what. Nothing here changes the model.

mod bidi;
pub mod keymap;
pub mod text;
pub mod theme;
mod title;
pub mod view;

pub use title::title;
pub use view::Screen;
