//! What holds whatever a model writes: a line of its own has no figure of the data, and nothing foreign comes through. In
//! code, not in a prompt.

pub mod data;
pub mod lines;
mod numbers;
pub mod outward;
mod ticket_ids;
pub mod tongue;
