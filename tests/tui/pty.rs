//! The real program in a pseudo-terminal.
fn _later() {}
