//! Where the rows of a book come from.
//!
//! [`table`] finds the tables in files as other programs write them, [`values`] says how their columns are read, and
//! [`canonical`] checks the rows, whoever makes them: the canonical files themselves, or a [`preset`]. Which files and
//! columns those are, [`canonical::TABLES`] says; any of the files alone is an import.
//!
//! A column that is not there leaves what is known; where it is there, an empty cell clears what this source said.
//! Whether a customer whom a row names is in the book is the server's to know.

pub mod canonical;
pub mod cell;
pub mod day;
pub mod folder;
pub mod origin;
pub mod preset;
pub mod problem;
pub mod rejects;
pub mod sheet;
pub mod table;
pub mod values;
