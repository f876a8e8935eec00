//! A ticket, of what a row of any system says.

use super::LeftOut;
use crate::sources::says::{Cells, Says};

/// The columns of the canonical file that are made.
pub(super) const COLUMNS: [&str; 6] = ["ticket_id", "customer_id", "priority", "opened_on", "closed_on", "subject"];

/// Whether a closed ticket has no day but that of its last change.
pub(super) fn is_closed_when_changed(says: &Says<'_>) -> bool {
    says.text("status") == "closed" && says.text("closed_on").is_empty() && !says.text("updated_on").is_empty()
}

/// Whether nothing but a status that cannot be read could say that the ticket is closed.
pub(super) fn is_open_unread(says: &Says<'_>) -> bool {
    says.is_bad("status") && says.text("closed_on").is_empty()
}

/// The canonical cells of a row. A status decides what is open: a closed ticket was closed on the day that the row gives,
/// else on the day it was last changed; an open one that was closed before is open again.
///
/// # Errors
/// The ticket is none that counts.
pub(super) fn row<'a>(mut says: Says<'a>, customer: &'a str) -> Result<Cells<'a>, LeftOut> {
    let closed_on = match says.text("status") {
        "deleted" => return Err(LeftOut::Deleted),
        "open" => "".into(),
        "closed" => {
            let days = ["closed_on", "updated_on"].map(|name| says.take(name));
            days.into_iter().find(|day| !day.is_empty()).ok_or(LeftOut::ClosedWithoutDay)?
        }
        _ => says.take("closed_on"),
    };
    // A ticket that nobody has ranked is an ordinary one.
    let priority = Some(says.take("priority")).filter(|priority| !priority.is_empty()).unwrap_or("normal".into());
    let [id, opened_on, subject] = ["ticket_id", "opened_on", "subject"].map(|name| says.take(name));
    Ok(vec![id, customer.into(), priority, opened_on, closed_on, subject])
}
