//! One language for the book: its text, what it comes to, its words, and what is offered while one types.

mod answers;
mod counted;
mod generated;
mod given;
mod identity;
mod missing;
mod rank;
mod texts;
mod times;
