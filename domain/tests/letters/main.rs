//! Letters of made-up customers, read as the one who signs them would.
mod book;
mod given;
mod languages;
mod letters;
mod occasions;
mod subjects;
