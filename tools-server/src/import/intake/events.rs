//! Tickets, responses and activity: what happened on a day, and accumulates.

use std::collections::HashMap;

use contracts::{
    CustomerId,
    activity::{Activity, ActivityRow},
    delivery::{ResponseRow, TicketRows},
    facts::{Part, Ticket},
};
use domain::rows::{Response, TicketRow};

use super::{
    Intake, Kept,
    past::{self, merged},
    tally::Fate,
};

impl Intake {
    /// Takes tickets. An older delivery adds closed ones that are not known; what was open in it need not be any more.
    pub(super) fn tickets(&mut self, rows: &[TicketRows], kept: &Kept) -> Vec<(CustomerId, Ticket)> {
        let pasts =
            past::by_key(kept, &self.delivery.source, |rows| &rows.tickets, |row| (&row.source, &row.ticket.id));
        let mut changes = Vec::new();
        for TicketRows { customer_id, tickets } in rows.iter().filter(|row| !row.tickets.is_empty()) {
            if !self.admits(Part::Tickets, customer_id, tickets.len() as u64, kept) {
                continue;
            }
            for row in tickets {
                let past = pasts.get(&(customer_id, &row.id)).copied();
                let ticket = self.ticket(row, past.map(|past| &past.ticket));
                let was_open = past.is_some_and(|past| past.gone_on.is_none() && past.ticket.closed_on.is_none());
                if was_open || ticket.closed_on.is_none() {
                    self.sees(Part::Tickets, customer_id, &ticket.id, was_open);
                }
                let fate = self.fate_of(&ticket, past);
                let days = (ticket.opened_on, ticket.closed_on.unwrap_or(ticket.opened_on));
                self.tally.row(Part::Tickets, customer_id, fate, Some(days));
                if fate == Fate::Changed {
                    changes.push((customer_id.clone(), ticket));
                }
            }
        }
        changes
    }

    /// The ticket as the row says it; a closing day that was not delivered stays, unless the ticket was opened after it.
    fn ticket(&self, row: &Ticket, before: Option<&Ticket>) -> Ticket {
        let ticket = merged(before, row, self.columns(Part::Tickets));
        Ticket { closed_on: ticket.closed_on.filter(|closed| *closed >= ticket.opened_on), ..ticket }
    }

    fn fate_of(&self, ticket: &Ticket, past: Option<&TicketRow>) -> Fate {
        match past {
            Some(past) if past.gone_on.is_none() && past.ticket == *ticket => Fate::Unchanged,
            Some(_) if self.is_older(Part::Tickets) => Fate::Outdated,
            None if self.is_older(Part::Tickets) && ticket.closed_on.is_none() => Fate::Outdated,
            Some(_) | None => Fate::Changed,
        }
    }

    /// Takes responses.
    pub(super) fn responses(&mut self, rows: &[ResponseRow], kept: &Kept) -> Vec<(CustomerId, Response)> {
        let source = self.delivery.source.clone();
        let pasts = past::by_key(kept, &source, |rows| &rows.satisfaction, |row| (&row.source, &row.key));
        let mut changes = Vec::new();
        for row in rows {
            if !self.admits(Part::Satisfaction, &row.customer_id, 1, kept) {
                continue;
            }
            let ResponseRow { customer_id, response_id, date, survey, score } = row.clone();
            let response = Response { source: source.clone(), key: response_id, date, survey, score };
            let fate = match pasts.get(&(&row.customer_id, &row.response_id)) {
                Some(past) if **past == response => Fate::Unchanged,
                Some(_) if self.is_older(Part::Satisfaction) => Fate::Outdated,
                Some(_) | None => Fate::Changed,
            };
            self.tally.row(Part::Satisfaction, &customer_id, fate, Some((date, date)));
            if fate == Fate::Changed {
                changes.push((customer_id, response));
            }
        }
        changes
    }

    /// Takes activity.
    pub(super) fn activity(&mut self, rows: &[Activity], kept: &Kept) -> Vec<ActivityRow> {
        let source = self.delivery.source.clone();
        let pasts = kept.iter().flat_map(|(id, rows)| rows.activity.iter().map(move |row| (id, row)));
        let pasts = pasts.filter(|(_, row)| row.source == source);
        let pasts: HashMap<_, _> = pasts.map(|(id, row)| ((id, &row.activity.id), &row.activity)).collect();
        let mut changes = Vec::new();
        for activity in rows {
            if !self.admits(Part::Activity, &activity.customer_id, 1, kept) {
                continue;
            }
            let fate = match pasts.get(&(&activity.customer_id, &activity.id)) {
                Some(past) if *past == activity => Fate::Unchanged,
                Some(_) if self.is_older(Part::Activity) => Fate::Outdated,
                Some(_) | None => Fate::Changed,
            };
            self.tally.row(Part::Activity, &activity.customer_id, fate, Some((activity.on, activity.on)));
            if fate == Fate::Changed {
                changes.push(ActivityRow { source: source.clone(), activity: activity.clone() });
            }
        }
        changes
    }
}
