//! Letters of made-up customers, read as the one who signs them would.
mod given;
mod languages;
mod letters;
mod occasions;
