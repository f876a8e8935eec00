//! A book in memory, kept as the store keeps one, and short words for rows and deliveries.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, SourceName,
    activity::{Activity, ActivityKind, ActivityRow},
    delivery::{
        Contact, ContactRow, ContractRow, ContractTerms, CustomerFields, CustomerRow, Delivery, DeliveryReport, Gone,
        Mode, Piece, ResponseRow, TicketRows, UsageRows, UsageSays, columns,
    },
    facts::{Money, Part, Priority, Survey, Ticket, UsagePoint},
};
use domain::rows::{CustomerRows, Response, Series, TicketRow, Version};

use super::super::{Changes, Current, Intake, Kept, Refused};

/// All customers, with the rows of all sources.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Book {
    pub(super) customers: Kept,
    newest: BTreeMap<(SourceName, Part), NaiveDate>,
}

impl Book {
    /// Carries a delivery out, losses or not. A delivery that is refused leaves the book as it was.
    pub(super) fn deliver(
        &mut self,
        delivery: &Delivery,
        pieces: &[Piece],
    ) -> Result<(Current, DeliveryReport), Refused> {
        let mut book = self.clone();
        let done = book.write(delivery, pieces)?;
        *self = book;
        Ok(done)
    }

    fn write(&mut self, delivery: &Delivery, pieces: &[Piece]) -> Result<(Current, DeliveryReport), Refused> {
        let newest = self.newest.iter().filter(|((source, _), _)| *source == delivery.source);
        let mut intake = Intake::new(delivery.clone(), newest.map(|((_, part), day)| (*part, *day)).collect());
        for piece in pieces {
            let changes = intake.take(piece, &self.customers);
            self.change(delivery, changes);
        }
        let gone = intake.gone(&self.current(&delivery.source));
        for (part, things) in &gone {
            things.iter().for_each(|(id, key)| self.lose(delivery, *part, id, key));
        }
        for part in delivery.parts.keys() {
            let newest = self.newest.entry((delivery.source.clone(), *part)).or_insert(delivery.day);
            *newest = delivery.day.max(*newest);
        }
        let names = intake.to_name().into_iter().map(|id| (id.clone(), Line::new(&format!("Name of {id}")))).collect();
        Ok((gone, intake.finish(&names)?))
    }

    fn change(&mut self, delivery: &Delivery, changes: Changes) {
        for (id, version) in changes.fields {
            self.customers.entry(id.clone()).or_insert_with(|| nobody(id));
            upsert(&mut self.of(&version.key.as_str().parse().expect("an id")).fields, version);
        }
        for change in changes.series {
            let series = &mut self.of(&change.customer_id).usage;
            let at = series.iter().position(|row| row.source == delivery.source && row.metric == change.metric);
            let at = at.unwrap_or_else(|| {
                let (source, metric) = (delivery.source.clone(), change.metric.clone());
                let (points, told, reach, gone_on) = (Vec::new(), Vec::new(), None, None);
                series.push(Series { source, metric, measure: None, points, told, reach, gone_on });
                series.len() - 1
            });
            let row = &mut series[at];
            row.measure = change.measure;
            row.gone_on = row.gone_on.filter(|_| !change.back);
            row.points.retain(|kept| change.points.iter().all(|point| point.date != kept.date));
            row.points.extend(change.points);
            row.points.sort_by_key(|point| point.date);
            if let Some(told) = change.told {
                row.told.retain(|(day, _)| *day != delivery.day);
                row.told.push((delivery.day, told));
            }
        }
        for (id, ticket) in changes.tickets {
            let tickets = &mut self.of(&id).tickets;
            tickets.retain(|row| row.source != delivery.source || row.ticket.id != ticket.id);
            tickets.push(TicketRow { source: delivery.source.clone(), ticket, gone_on: None });
            tickets.sort_by(|a, b| (&a.source, &a.ticket.id).cmp(&(&b.source, &b.ticket.id)));
        }
        changes.contracts.into_iter().for_each(|(id, version)| upsert(&mut self.of(&id).contracts, version));
        changes.contacts.into_iter().for_each(|(id, version)| upsert(&mut self.of(&id).contacts, version));
        for (id, response) in changes.responses {
            let responses = &mut self.of(&id).satisfaction;
            responses.retain(|row| row.source != response.source || row.key != response.key);
            responses.push(response);
            responses.sort_by(|a, b| (&a.source, &a.key).cmp(&(&b.source, &b.key)));
        }
        for row in changes.activity {
            let done = &mut self.of(&row.activity.customer_id).activity;
            done.retain(|kept| (&kept.source, &kept.activity.id) != (&row.source, &row.activity.id));
            done.push(row);
            done.sort_by(|a, b| (&a.source, &a.activity.id).cmp(&(&b.source, &b.activity.id)));
        }
    }

    fn lose(&mut self, delivery: &Delivery, part: Part, id: &CustomerId, key: &Line) {
        let (source, from) = (&delivery.source, delivery.day);
        let customer = self.of(id);
        match part {
            Part::Customers => upsert(&mut customer.fields, end(source, key, from)),
            Part::Contracts => upsert(&mut customer.contracts, end(source, key, from)),
            Part::Contacts => upsert(&mut customer.contacts, end(source, key, from)),
            Part::Usage => {
                let mut rows = customer.usage.iter_mut();
                rows.find(|row| row.source == *source && row.metric == *key).expect("it is current").gone_on =
                    Some(from);
            }
            Part::Tickets => {
                let mut rows = customer.tickets.iter_mut();
                rows.find(|row| row.source == *source && row.ticket.id == *key).expect("it is current").gone_on =
                    Some(from);
            }
            Part::Satisfaction | Part::Activity | Part::Health => panic!("nothing of {part:?} can be gone"),
        }
    }

    fn of(&mut self, id: &CustomerId) -> &mut CustomerRows {
        self.customers.get_mut(id).expect("the customer is in the book")
    }

    fn current(&self, source: &SourceName) -> Current {
        let mut current = Current::new();
        for (id, rows) in &self.customers {
            let mut add = |part, keys: Vec<Line>| {
                current.entry(part).or_default().extend(keys.into_iter().map(|key| (id.clone(), key)));
            };
            let series = rows.usage.iter().filter(|row| row.source == *source && row.gone_on.is_none());
            let tickets = rows.tickets.iter().filter(|row| row.source == *source && row.gone_on.is_none());
            let open = tickets.filter(|row| row.ticket.closed_on.is_none());
            add(Part::Customers, said(&rows.fields, source));
            add(Part::Usage, series.map(|row| row.metric.clone()).collect());
            add(Part::Tickets, open.map(|row| row.ticket.id.clone()).collect());
            add(Part::Contracts, said(&rows.contracts, source));
            add(Part::Contacts, said(&rows.contacts, source));
        }
        current
    }

    /// What `source` says now of a customer's own fields; none where the customer is gone.
    pub(super) fn fields(&self, source: &str, id: &str) -> Option<&CustomerFields> {
        newest(&self.customers[&customer_id(id)].fields, source, id)
    }

    /// What `source` says now of a contract.
    pub(super) fn terms(&self, source: &str, id: &str, contract: &str) -> Option<&ContractTerms> {
        newest(&self.customers[&customer_id(id)].contracts, source, contract)
    }

    /// What `source` says now of a contact.
    pub(super) fn contact(&self, source: &str, id: &str, key: &str) -> Option<&Contact> {
        newest(&self.customers[&customer_id(id)].contacts, source, key)
    }

    /// The first ticket of a customer.
    pub(super) fn ticket(&self, id: &str) -> &TicketRow {
        &self.customers[&customer_id(id)].tickets[0]
    }

    /// The first series of a customer.
    pub(super) fn series(&self, id: &str) -> &Series {
        &self.customers[&customer_id(id)].usage[0]
    }

    /// The responses of a customer.
    pub(super) fn responses(&self, id: &str) -> &[Response] {
        &self.customers[&customer_id(id)].satisfaction
    }

    /// What was done with a customer.
    pub(super) fn activity(&self, id: &str) -> &[ActivityRow] {
        &self.customers[&customer_id(id)].activity
    }
}

fn nobody(id: CustomerId) -> CustomerRows {
    CustomerRows {
        id,
        fields: Vec::new(),
        usage: Vec::new(),
        tickets: Vec::new(),
        counted_tickets: None,
        contracts: Vec::new(),
        contacts: Vec::new(),
        satisfaction: Vec::new(),
        activity: Vec::new(),
    }
}

fn upsert<T>(versions: &mut Vec<Version<T>>, version: Version<T>) {
    let key = |version: &Version<T>| (version.source.clone(), version.key.clone(), version.from);
    versions.retain(|kept| key(kept) != key(&version));
    versions.push(version);
    versions.sort_by_key(key);
}

fn end<T>(source: &SourceName, key: &Line, from: NaiveDate) -> Version<T> {
    Version { source: source.clone(), key: key.clone(), from, says: None }
}

fn newest<'a, T>(versions: &'a [Version<T>], source: &str, key: &str) -> Option<&'a T> {
    let versions = versions.iter().filter(|version| version.source.as_str() == source && version.key.as_str() == key);
    versions.max_by_key(|version| version.from).and_then(|version| version.says.as_ref())
}

fn said<T>(versions: &[Version<T>], source: &SourceName) -> Vec<Line> {
    let own = versions.iter().filter(|version| version.source == *source);
    let newest: BTreeMap<_, _> = own.map(|version| (&version.key, version)).collect();
    newest.into_values().filter(|version| version.says.is_some()).map(|version| version.key.clone()).collect()
}

pub(super) fn customer_id(id: &str) -> CustomerId {
    id.parse().expect("an id")
}

/// A day of November.
pub(super) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("a day of November")
}

/// A snapshot of `files` with all optional columns of its parts.
pub(super) fn snapshot(on: u32, parts: &[Part]) -> Delivery {
    let all = |part: &Part| columns::names(*part).into_iter().map(Line::new).collect();
    Delivery {
        source: "files".parse().expect("a name"),
        day: day(on),
        mode: Mode::Snapshot,
        parts: parts.iter().map(|part| (*part, all(part))).collect(),
        pieces: 1,
        rejected: BTreeMap::new(),
        partly: [].into(),
        gone: Gone::Keep,
        accept_losses: false,
        strict: false,
        dry_run: false,
        primary_metric: None,
        source_order: Vec::new(),
    }
}

/// The same with only these optional columns, in every part.
pub(super) fn with_columns(delivery: Delivery, columns: &[&str]) -> Delivery {
    let columns: Vec<Line> = columns.iter().map(|column| Line::new(column)).collect();
    let parts = delivery.parts.into_keys().map(|part| (part, columns.clone())).collect();
    Delivery { parts, ..delivery }
}

/// The same from another source.
pub(super) fn from(source: &str, delivery: Delivery) -> Delivery {
    Delivery { source: source.parse().expect("a name"), ..delivery }
}

pub(super) fn customers(rows: &[(&str, CustomerFields)]) -> Piece {
    let row = |(id, fields): &(&str, CustomerFields)| CustomerRow { id: customer_id(id), fields: fields.clone() };
    Piece { customers: rows.iter().map(row).collect(), ..Piece::default() }
}

/// Customers with names like their ids.
pub(super) fn named(ids: &[&str]) -> Piece {
    let rows: Vec<_> = ids.iter().map(|id| (*id, fields(id))).collect();
    customers(&rows)
}

pub(super) fn fields(name: &str) -> CustomerFields {
    CustomerFields { name: Some(name.into()), ..CustomerFields::default() }
}

pub(super) fn contract(id: &str, contract: &str, terms: ContractTerms) -> Piece {
    let row = ContractRow { customer_id: customer_id(id), contract_id: contract.into(), terms };
    Piece { contracts: vec![row], ..Piece::default() }
}

pub(super) fn terms(arr: i64) -> ContractTerms {
    ContractTerms { arr: Some(Money { minor: arr, currency: "USD".into() }), ..ContractTerms::default() }
}

pub(super) fn contact(id: &str, key: &str, contact: Contact) -> Piece {
    Piece { contacts: vec![ContactRow { customer_id: customer_id(id), key: key.into(), contact }], ..Piece::default() }
}

/// Points of `logins`, by day of November.
pub(super) fn points(id: &str, values: &[(u32, f64)]) -> Piece {
    usage(
        id,
        UsageSays::Points(values.iter().map(|(on, value)| UsagePoint { date: day(*on), value: *value }).collect()),
    )
}

pub(super) fn usage(id: &str, says: UsageSays) -> Piece {
    let row = UsageRows { customer_id: customer_id(id), metric: "logins".into(), measure: None, says };
    Piece { usage: vec![row], ..Piece::default() }
}

pub(super) fn tickets(id: &str, tickets: Vec<Ticket>) -> Piece {
    Piece { tickets: vec![TicketRows { customer_id: customer_id(id), tickets }], ..Piece::default() }
}

/// A ticket of low priority, opened and closed on days of November.
pub(super) fn ticket(id: &str, opened: u32, closed: Option<u32>) -> Ticket {
    let (opened_on, closed_on) = (day(opened), closed.map(day));
    Ticket { id: id.into(), subject: None, priority: Priority::Low, opened_on, closed_on }
}

pub(super) fn response(id: &str, key: &str, on: u32, score: u32) -> Piece {
    let (customer_id, survey) = (customer_id(id), Survey::Nps);
    let row = ResponseRow { customer_id, response_id: key.into(), date: day(on), survey, score };
    Piece { satisfaction: vec![row], ..Piece::default() }
}

pub(super) fn activity(id: &str, key: &str, on: u32, text: &str) -> Piece {
    let (id, customer_id) = (key.parse().expect("an id"), customer_id(id));
    let (kind, agreed, follow_up) = (ActivityKind::Call, None, None);
    let row = Activity { id, customer_id, kind, on: day(on), text: text.into(), agreed, follow_up };
    Piece { activity: vec![row], ..Piece::default() }
}

/// The rows of several pieces in one.
pub(super) fn together(pieces: impl IntoIterator<Item = Piece>) -> Piece {
    pieces.into_iter().fold(Piece::default(), |mut all, piece| {
        all.customers.extend(piece.customers);
        all.usage.extend(piece.usage);
        all.tickets.extend(piece.tickets);
        all.contracts.extend(piece.contracts);
        all.contacts.extend(piece.contacts);
        all.satisfaction.extend(piece.satisfaction);
        all.activity.extend(piece.activity);
        all
    })
}
