//! A large import on SQLite, in a process of its own: what it takes is printed, and memory is bounded.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Instant;

use chrono::{Days, NaiveDate, Utc};
use contracts::{
    CustomerId, Line, OwnerId,
    delivery::{CustomerFields, CustomerRow, Delivery, Piece, UsageRows, UsageSays, columns},
    facts::{Part, UsagePoint},
};
use tools_server::store::{SqliteStore, Store, Write};

const CUSTOMERS: u32 = 5_000;
const POINTS: u64 = 12;
const PIECES: u32 = 10;
/// Resident memory in MiB beyond that of the empty store; half of it is the book itself, read whole.
const MOST_MIB: u64 = 100;

fn id(n: u32) -> CustomerId {
    format!("C-{n}").parse().unwrap()
}

fn write() -> Write {
    let now = Utc::now();
    let nonce = format!("{:032x}", rand::random::<u128>()).parse().unwrap();
    Write { owner: OwnerId::public(), nonce, nonce_expires: now, now, once: None }
}

/// One of the pieces of a week, in which each customer has its points up to `day`.
fn piece(number: u32, day: NaiveDate) -> Piece {
    let of = (CUSTOMERS / PIECES) * (number - 1)..(CUSTOMERS / PIECES) * number;
    let customers = of.clone().map(|n| CustomerRow {
        id: id(n),
        fields: CustomerFields { name: Some(Line::new(&format!("Customer {n}"))), ..CustomerFields::default() },
    });
    let usage = of.map(|n| {
        let back = (0..POINTS).rev().map(|weeks| day - Days::new(7 * weeks));
        let points = back.map(|date| UsagePoint { date, value: f64::from(40 + n % 17) });
        let says = UsageSays::Points(points.collect());
        UsageRows { customer_id: id(n), metric: "logins a week".into(), measure: None, says }
    });
    Piece { customers: customers.collect(), usage: usage.collect(), ..Piece::default() }
}

async fn import(store: &SqliteStore, name: &str, day: NaiveDate) -> Delivery {
    let import = name.parse().unwrap();
    for number in 1..=PIECES {
        store.put_piece(&write(), &import, number, &piece(number, day)).await.unwrap();
    }
    let parts = [Part::Customers, Part::Usage].map(|part| (part, columns::names(part)));
    let delivery: Delivery = serde_json::from_value(serde_json::json!({
        "source": "files", "day": day, "pieces": PIECES,
        "parts": std::collections::BTreeMap::from(parts),
    }))
    .unwrap();
    let report = store.deliver(&write(), &import, &delivery).await.unwrap();
    assert!(report.applied, "{:?}", report.losses);
    delivery
}

/// Resident memory of this process in MiB, at its most; none where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "what was measured is printed")]
async fn a_book_of_5_000_customers_with_60_000_points_is_imported_within_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("book.db")).unwrap();
    store.migrate().await.unwrap();
    let empty = peak();
    let today = Utc::now().date_naive();
    let mut told = Vec::new();
    for (name, day) in [("first", today - Days::new(7)), ("again", today - Days::new(7)), ("a-week-later", today)] {
        let started = Instant::now();
        import(&store, name, day).await;
        told.push(format!("{name}: {:.1} s", started.elapsed().as_secs_f64()));
    }
    let started = Instant::now();
    let book = store.book(&OwnerId::public(), today).await.unwrap();
    told.push(format!("the book: {:.0} ms", started.elapsed().as_secs_f64() * 1000.0));
    assert_eq!(book.customers.len(), CUSTOMERS as usize);
    assert!(book.customers.iter().all(|kept| kept.usage.as_ref().unwrap().figures.is_some()));
    let size = std::fs::metadata(folder.path().join("book.db")).unwrap().len() / 1024 / 1024;
    if let Some((peak, empty)) = peak().zip(empty) {
        println!("{}; memory {} MiB over {empty}; file {size} MiB", told.join(", "), peak - empty);
        assert!(peak - empty < MOST_MIB, "{peak} MiB, {empty} of them before");
    }
    store.close().await;
}
