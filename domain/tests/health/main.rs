//! Health: the formula, what it looks at, and the words for it.

mod formula;
mod given;
mod inputs;
mod words;
