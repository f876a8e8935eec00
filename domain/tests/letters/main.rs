//! Letters of made-up customers, read as the one who signs them would.
mod book;
mod given;
mod languages;
mod letters;
mod lines;
mod made_up;
mod occasions;
mod subjects;
