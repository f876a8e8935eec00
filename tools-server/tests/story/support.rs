//! What the chapters share: days, writes and a small book to import.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::NaiveDate;
use contracts::{
    CustomerId, OwnerId,
    facts::{Money, Priority, Ticket, UsagePoint},
    import::{ContractRecord, CustomerRecord, ImportRequest, TicketsRecord, UsageRecord, UsageSeries},
};
use tools_server::store::Write;

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

pub fn empty_import() -> ImportRequest {
    ImportRequest {
        origin: "files".into(),
        as_of: day(20),
        dry_run: false,
        customers: Vec::new(),
        usage: Vec::new(),
        tickets: Vec::new(),
        contracts: Vec::new(),
    }
}

pub fn points(customer: &str, values: &[f64]) -> UsageRecord {
    let dated = (1..).zip(values).map(|(date, value)| UsagePoint { date: day(date), value: *value });
    UsageRecord { customer_id: id(customer), metric: "logins".into(), series: UsageSeries::Points(dated.collect()) }
}

pub fn open_ticket(ticket: &str) -> Ticket {
    Ticket { id: ticket.into(), subject: None, priority: Priority::High, opened_on: day(2), closed_on: None }
}

/// `full` with every part, `bare` with nothing but a name, `quiet` with an empty list of tickets.
pub fn small_book() -> ImportRequest {
    ImportRequest {
        customers: ["full", "bare", "quiet"].map(customer).to_vec(),
        usage: vec![points("full", &[40.0, 41.0, 40.0, 42.0, 41.0, 40.0, 20.0, 21.0, 20.5, 21.0])],
        tickets: vec![
            TicketsRecord { customer_id: id("full"), tickets: vec![open_ticket("T-1"), open_ticket("T-2")] },
            TicketsRecord { customer_id: id("quiet"), tickets: Vec::new() },
        ],
        contracts: vec![ContractRecord {
            customer_id: id("full"),
            renewal_date: Some(NaiveDate::from_ymd_opt(2027, 2, 28).unwrap()),
            arr: Some(Money { minor: 12_345_678_901, currency: "EUR".into() }),
            plan: Some("Enterprise".into()),
            seats: Some(250),
            auto_renew: Some(true),
        }],
        ..empty_import()
    }
}
