//! A book of customers from CSV files. All or nothing: the rows are sent only if every one of them is right.
//!
//! The files are UTF-8 (a byte-order mark is fine), separated by commas, with a header line. Columns may come in any
//! order and case (`Customer ID` is `customer_id`); unknown ones are ignored and told. Dates are `YYYY-MM-DD`; numbers
//! may group thousands (`120,000.50`). Which files and columns there are, [`canonical::TABLES`] says; any of the files
//! alone is an import.
//!
//! A column that is not there leaves what is known; where it is there, an empty cell clears what this source said.
//! Whether a customer whom a row names is in the book is the server's to know.

pub mod canonical;
pub mod cell;
pub mod columns;
pub mod day;
pub mod feed;
pub mod fields;
pub mod folder;
pub mod guide;
pub mod known;
pub mod links;
pub mod named;
pub mod origin;
pub mod periods;
pub mod planned;
pub mod prepare;
pub mod preset;
pub mod problem;
pub mod recognise;
pub mod rejects;
pub mod saved;
pub mod says;
pub mod sheet;
pub mod spoken_of;
pub mod table;
pub mod values;
