//! Customers as of a day, the catalogue of facts over them, and the words for them.

mod activity;
mod case;
mod catalogue;
mod difference;
mod given;
mod past;
mod reach;
mod situations;
mod statements;
mod tickets;
mod words;
