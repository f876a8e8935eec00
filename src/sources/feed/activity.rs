//! A note, a call, a meeting or an email, of what a row says.

use crate::sources::says::Says;

/// The columns of the canonical file that are made.
pub(super) const COLUMNS: [&str; 8] =
    ["customer_id", "date", "kind", "text", "agreed", "follow_up", "follow_up_closed", "activity_id"];

/// The canonical cells of a row.
pub(super) fn row(says: &Says, customer: &str) -> Vec<String> {
    COLUMNS.map(|name| if name == "customer_id" { customer } else { says.text(name) }.to_owned()).into()
}
