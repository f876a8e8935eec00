//! A note, a call, a meeting or an email, of what a row says.

use crate::sources::says::{Cells, Says};

/// The columns of the canonical file that are made.
pub(super) const COLUMNS: [&str; 8] =
    ["customer_id", "date", "kind", "text", "agreed", "follow_up", "follow_up_closed", "activity_id"];

/// The canonical cells of a row.
pub(super) fn row<'a>(mut says: Says<'a>, customer: &'a str) -> Cells<'a> {
    COLUMNS.map(|name| if name == "customer_id" { customer.into() } else { says.take(name) }).into()
}
