//! What is told of a panic.

use std::panic;

/// From now on a panic is a line in the log that says where. Its message may hold a secret or a customer's data, so it
/// goes nowhere.
pub fn log_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
