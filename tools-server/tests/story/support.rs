//! What the chapters share: days, writes and small deliveries.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, OwnerId,
    book::CustomerRecord,
    delivery::{
        ContractRow, ContractTerms, CustomerFields, CustomerRow, Delivery, DeliveryReport, Gone, Mode, Piece,
        TicketRows, UsageRows, UsageSays, columns,
    },
    facts::{Money, Part, Priority, Ticket, UsagePoint},
};
use domain::case::Case;
use tools_server::{
    book::{self, Entry},
    store::{Store, StoreError, Write},
};

pub fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

pub fn id(text: &str) -> CustomerId {
    text.parse().unwrap()
}

pub fn owner(text: &str) -> OwnerId {
    text.parse().unwrap()
}

/// A write on `today` with a nonce that no other write has.
pub fn write(owner: &str, today: NaiveDate) -> Write {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = today.and_hms_opt(9, 30, 0).unwrap().and_utc();
    Write {
        owner: owner.parse().unwrap(),
        nonce: format!("nonce-of-test-{:016}", COUNT.fetch_add(1, Ordering::Relaxed)).parse().unwrap(),
        nonce_expires: now + chrono::TimeDelta::minutes(5),
        now,
        once: None,
    }
}

pub fn customer(text: &str) -> CustomerRecord {
    CustomerRecord { id: id(text), name: format!("{text} Ltd").into(), industry: None, segment: None, contact: None }
}

pub fn named(text: &str) -> CustomerRow {
    let name = Some(format!("{text} Ltd").into());
    CustomerRow { id: id(text), fields: CustomerFields { name, ..CustomerFields::default() } }
}

/// One value a day from the first of the month on.
pub fn points(customer: &str, values: &[f64]) -> UsageRows {
    points_from(1, customer, values)
}

/// One value a day from a day of the month on.
pub fn points_from(first: u32, customer: &str, values: &[f64]) -> UsageRows {
    let dated = (first..).zip(values).map(|(date, value)| UsagePoint { date: day(date), value: *value });
    let says = UsageSays::Points(dated.collect());
    UsageRows { customer_id: id(customer), metric: "logins".into(), measure: None, says }
}

pub fn open_ticket(ticket: &str) -> Ticket {
    Ticket { id: ticket.into(), subject: None, priority: Priority::High, opened_on: day(2), closed_on: None }
}

pub fn tickets(customer: &str, tickets: &[Ticket]) -> TicketRows {
    TicketRows { customer_id: id(customer), tickets: tickets.to_vec() }
}

pub fn contract(customer: &str, arr: i64) -> ContractRow {
    ContractRow {
        customer_id: id(customer),
        contract_id: format!("{customer}-1").as_str().into(),
        terms: ContractTerms {
            renewal_date: NaiveDate::from_ymd_opt(2027, 2, 28),
            arr: Some(Money { minor: arr, currency: "EUR".into() }),
            plan: Some("Enterprise".into()),
            seats: Some(250),
            auto_renew: Some(true),
            notice_days: Some(30),
        },
    }
}

/// `full` with every part, `bare` with nothing but a name, `quiet` with an empty list of tickets.
pub fn small_book() -> Piece {
    Piece {
        customers: ["full", "bare", "quiet"].map(named).to_vec(),
        usage: vec![points("full", &[40.0, 41.0, 40.0, 42.0, 41.0, 40.0, 20.0, 21.0, 20.5, 21.0])],
        tickets: vec![tickets("full", &[open_ticket("T-1"), open_ticket("T-2")]), tickets("quiet", &[])],
        contracts: vec![contract("full", 12_345_678_901)],
        ..Piece::default()
    }
}

/// A delivery of everything by `files`, of which every column was there.
pub fn snapshot(of: NaiveDate) -> Delivery {
    let parts = [Part::Customers, Part::Usage, Part::Tickets, Part::Contracts];
    Delivery {
        source: "files".parse().unwrap(),
        day: of,
        mode: Mode::Snapshot,
        parts: parts.map(|part| (part, columns::names(part).into_iter().map(Line::from).collect())).into(),
        pieces: 0,
        rejected: BTreeMap::new(),
        partly: [].into(),
        gone: Gone::Keep,
        accept_losses: true,
        strict: false,
        dry_run: false,
        primary_metric: None,
        source_order: Vec::new(),
    }
}

/// The same with some of the parts.
pub fn only(parts: &[Part], delivery: Delivery) -> Delivery {
    let parts = delivery.parts.into_iter().filter(|(part, _)| parts.contains(part)).collect();
    Delivery { parts, ..delivery }
}

/// Sends the pieces and ends the import, on the day the delivery speaks of.
pub async fn deliver(
    store: &dyn Store,
    owner: &str,
    delivery: &Delivery,
    pieces: &[Piece],
) -> Result<DeliveryReport, StoreError> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let import = format!("import-{}", COUNT.fetch_add(1, Ordering::Relaxed)).parse().unwrap();
    for (number, piece) in (1..).zip(pieces) {
        store.put_piece(&write(owner, delivery.day), &import, number, piece).await?;
    }
    let delivery = Delivery { pieces: pieces.len() as u32, ..delivery.clone() };
    store.deliver(&write(owner, delivery.day), &import, &delivery).await
}

/// Imports the small book as of the twentieth.
pub async fn import_small_book(store: &dyn Store, owner: &str) -> DeliveryReport {
    deliver(store, owner, &snapshot(day(20)), &[small_book()]).await.unwrap()
}

/// A customer at the end of the story.
pub async fn case_of(store: &dyn Store, owner: &OwnerId, customer: &CustomerId) -> Result<Case, StoreError> {
    let known = store.rows(owner, customer, today()).await?;
    Ok(book::entries(known, today()).remove(0).case)
}

/// The book at the end of the story.
pub async fn book_of(store: &dyn Store, owner: &OwnerId) -> Result<Vec<Entry>, StoreError> {
    Ok(book::entries(store.book(owner, today()).await?, today()))
}

/// A customer as a user writes it.
pub fn record_of(case: &Case) -> CustomerRecord {
    let fields = case.fields.any().cloned().unwrap_or_default();
    let (id, name) = (case.id.clone(), case.name.clone());
    CustomerRecord { id, name, industry: fields.industry, segment: fields.segment, contact: fields.contact }
}

/// How many tickets are open.
pub fn open(case: &Case) -> Option<u32> {
    case.tickets.any().map(|tickets| tickets.by_priority.total())
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}
