//! What an import must fulfil and what it changes. Pure; the store only reads and writes.

pub mod check;
pub mod intake;
pub mod news;
pub mod portions;
pub mod reach;
