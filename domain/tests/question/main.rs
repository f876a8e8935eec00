//! Questions in words become the query that they mean, or none.
#![expect(clippy::print_stdout, reason = "the labelled questions print how many were answered")]

mod customer;
mod given;
mod labelled;
