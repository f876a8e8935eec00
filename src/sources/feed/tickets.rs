//! A ticket, of what a row of any system says.

use super::LeftOut;
use crate::sources::{
    cell,
    says::{Bad, Cells, Says},
};

/// The columns of the canonical file that are made.
pub(super) const COLUMNS: [&str; 6] = ["ticket_id", "customer_id", "priority", "opened_on", "closed_on", "subject"];

/// Leaves out the day on which a ticket was closed, which is in the column `at`, where it is before that on which it was
/// opened: one of the two is wrong, and the ticket is there all the same.
pub(super) fn leave_out_early_closing(says: &mut Says<'_>, at: Option<usize>) {
    let is_early = !says.text("closed_on").is_empty() && says.text("closed_on") < says.text("opened_on");
    if let Some(at) = at.filter(|_| is_early) {
        says.take("closed_on");
        says.bad.push(Bad { field: "closed_on", at, expected: cell::CLOSED_ON });
    }
}

/// Whether nothing but a closing day that cannot be read could say that the ticket is closed.
pub(super) fn is_open_without_closing(says: &Says<'_>) -> bool {
    says.is_bad("closed_on") && says.text("status").is_empty() && !says.is_bad("status")
}

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
            let opened_on = says.text("opened_on");
            days.into_iter().find(|day| !day.is_empty() && &**day >= opened_on).ok_or(LeftOut::ClosedWithoutDay)?
        }
        _ => says.take("closed_on"),
    };
    // A ticket that nobody has ranked is an ordinary one.
    let priority = Some(says.take("priority")).filter(|priority| !priority.is_empty()).unwrap_or("normal".into());
    let [id, opened_on, subject] = ["ticket_id", "opened_on", "subject"].map(|name| says.take(name));
    Ok(vec![id, customer.into(), priority, opened_on, closed_on, subject])
}
