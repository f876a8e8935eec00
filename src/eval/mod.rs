//! Judging answers: what is expected of every run, what many runs come to, and whether that is worse than before. Pure;
//! the command runs the tasks and stores what is found.

pub mod baseline;
pub mod compare;
pub mod judge;
pub(crate) mod lines;
pub mod measures;
mod needs;
pub mod observed;
pub mod report;
mod retold;
pub mod sample;
mod written;
mod wrong;
