//! Questions in words become the query that they mean, or none.

mod given;
mod labelled;
