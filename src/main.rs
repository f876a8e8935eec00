//! The `cs-copilot` program.

fn main() {}
