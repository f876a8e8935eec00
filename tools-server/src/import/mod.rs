//! What an import must fulfil, what is computed from it, and what it changes. Pure; the store only reads and writes.

mod changes;
pub mod check;
pub mod intake;
mod tickets;
mod trend;
mod validate;

pub use changes::{Changes, Kept, changes, customers_named};
pub use validate::{customer as validate_customer, validate};
