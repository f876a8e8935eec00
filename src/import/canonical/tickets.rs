//! Rows of tickets.

use std::collections::hash_map::Entry;

use contracts::{Line, facts::Ticket, import::MAX_LINE};

use super::Book;
use crate::import::{
    cell,
    problem::{Problem, quoted},
    sheet::Row,
};

pub(super) const COLUMNS: &[&str] = &["ticket_id", "customer_id", "priority", "opened_on", "closed_on", "subject"];
pub(super) const FORMS: &[&[&str]] = &[&["ticket_id", "customer_id", "priority", "opened_on"]];

/// A ticket's JSON without its texts, in bytes, at the least.
const BYTES: usize = 50;

impl Book {
    pub(super) fn ticket(&mut self, row: Row<'_>) -> Result<(), Problem> {
        let (subject, is_cut) = subject(row.text("subject"));
        let ticket = Ticket {
            id: row.required("ticket_id", cell::line)?,
            subject,
            priority: row.required("priority", cell::priority)?,
            opened_on: row.required("opened_on", cell::date)?,
            closed_on: row.optional("closed_on", cell::date)?,
        };
        if ticket.closed_on.is_some_and(|closed| closed < ticket.opened_on) {
            let opened = ticket.opened_on;
            let closed = quoted(row.text("closed_on"));
            return Err(row.problem("closed_on", format_args!("{closed} is before the day it was opened, {opened}")));
        }
        let bytes = BYTES + ticket.id.as_str().len() + ticket.subject.as_ref().map_or(0, |line| line.as_str().len());
        if self.owner_of(&row)?.is_none() {
            return Ok(());
        }
        match self.ticket_rows.entry(ticket.id.as_str().to_owned()) {
            Entry::Occupied(first) => {
                let (id, first) = (quoted(ticket.id.as_str()), row.numbered(*first.get()));
                return Err(row.problem("ticket_id", format_args!("{id} is on {first} already")));
            }
            Entry::Vacant(place) => place.insert(row.number()),
        };
        if let Some(customer) = self.owner_of(&row)? {
            customer.tickets.push(ticket);
        }
        self.bytes += bytes;
        self.notes.subjects_cut += u64::from(is_cut);
        Ok(())
    }
}

/// The subject, cut where it is too long, and whether it was. What a ticket is about is no reason to refuse a book.
fn subject(text: &str) -> (Option<Line>, bool) {
    let line = Line::new(text);
    let length = line.as_str().chars().count();
    if length > MAX_LINE {
        let head = line.as_str().chars().take(MAX_LINE - 1).collect::<String>();
        return (Some(Line::new(&format!("{head}…"))), true);
    }
    ((length > 0).then_some(line), false)
}
