//! A customer, of what a row of any system says.

use super::LeftOut;
use crate::sources::{planned::PROSPECT, says::Says};

/// The columns of the canonical file that are made.
pub const COLUMNS: [&str; 8] = ["customer_id", "name", "industry", "segment", "owner", "status", "since", "contact"];

/// A customer's canonical cells, one for each of the [`COLUMNS`].
pub type Customer = [String; 8];

/// The canonical cells of a row.
///
/// # Errors
/// It is a company, but no customer.
pub(super) fn row(says: &Says<'_>, customer: &str) -> Result<Customer, LeftOut> {
    let status = says.text("status");
    if status == PROSPECT {
        return Err(LeftOut::Prospect);
    }
    let [name, industry, segment, owner, since] =
        ["name", "industry", "segment", "owner", "since"].map(|name| says.text(name).to_owned());
    let contact = person(says.text("contact")).to_owned();
    Ok([customer.to_owned(), name, industry, segment, owner, status.to_owned(), since, contact])
}

/// The first person of a list, without the address behind the name: `Ada Byron (ada@example.com);Bob` is `Ada Byron`.
fn person(text: &str) -> &str {
    let first = text.split(';').next().unwrap_or_default();
    let name =
        first.split_once(['(', '<']).filter(|(_, address)| address.contains('@')).map_or(first, |(name, _)| name);
    name.trim()
}
