//! What deliveries do to a book that lives in memory, told rule by rule and over any deliveries there are.

mod book;
mod events;
mod gone;
mod losses;
mod properties;
mod report;
mod usage;
mod versions;
