//! Rows of tickets.

use contracts::{
    CustomerId, Line, MAX_LINE,
    delivery::TicketRows,
    facts::{Priority, Ticket},
};

use super::{Firsts, numbers::Named};
use crate::sources::{
    cell,
    problem::{Problem, Why},
    sheet::Row,
};

/// The most tickets of one [`TicketRows`], so that it fits any piece.
const TOGETHER: usize = 500;

#[derive(Debug, Default)]
pub(super) struct Tickets {
    rows: Vec<(u32, Ticket)>,
    firsts: Firsts<String>,
    pub(super) subjects_cut: u64,
}

impl Tickets {
    pub(super) fn take(&mut self, row: &mut Row<'_>, customers: &mut Named<CustomerId>) -> Result<(), Problem> {
        let (subject, is_cut) = subject(row.text("subject"));
        let mut ticket = Ticket {
            id: row.required("ticket_id", cell::line)?,
            subject,
            priority: row.optional("priority", cell::priority).unwrap_or(Priority::Normal),
            opened_on: row.required("opened_on", cell::date)?,
            closed_on: row.optional("closed_on", cell::date),
        };
        if ticket.closed_on.take_if(|closed| *closed < ticket.opened_on).is_some() {
            row.leave_out("closed_on", Why::Not(cell::CLOSED_ON));
        }
        let customer = customers.read(row.text("customer_id"), || row.required("customer_id", cell::customer_id))?;
        self.firsts.take(ticket.id.to_string(), "ticket_id", row)?;
        self.subjects_cut += u64::from(is_cut);
        self.rows.push((customer, ticket));
        Ok(())
    }

    /// Brings the tickets of each customer together, in the order of the rows, when all are there.
    pub(super) fn settle(&mut self) {
        self.firsts = Firsts::default();
        self.rows.sort_by_key(|(customer, _)| *customer);
    }

    pub(super) fn items<'a>(&'a self, customers: &'a Named<CustomerId>) -> impl Iterator<Item = TicketRows> {
        let of_customers = self.rows.chunk_by(|(a, _), (b, _)| a == b);
        of_customers.flat_map(|tickets| tickets.chunks(TOGETHER)).map(|tickets| TicketRows {
            customer_id: customers.at(tickets[0].0).clone(),
            tickets: tickets.iter().map(|(_, ticket)| ticket.clone()).collect(),
        })
    }
}

/// The subject, cut where it is too long, and whether it was. What a ticket is about is no reason to refuse a book.
fn subject(text: &str) -> (Option<Line>, bool) {
    let line = Line::new(cell::plain(text));
    let length = line.as_str().chars().count();
    if length > MAX_LINE {
        let head = line.as_str().chars().take(MAX_LINE - 1).collect::<String>();
        return (Some(Line::new(&format!("{head}…"))), true);
    }
    ((length > 0).then_some(line), false)
}
