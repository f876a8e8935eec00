//! A large book: a small one that is imported, and then multiplied in the database, which takes a fraction of the time.

use std::ops::Range;

use chrono::{NaiveDate, TimeDelta, Utc};
use contracts::{
    delivery::{ContractRow, ContractTerms, CustomerFields, CustomerRow, Delivery, Piece, UsageRows, UsageSays},
    facts::UsagePoint,
};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Executor, PgConnection, query_as};
use tools_server::store::{Store, Write};

/// So many fit into a piece with room to spare.
pub const CUSTOMERS_OF_A_PIECE: u32 = 2_000;

/// The tables that have rows of these customers, in the order in which they refer to one another.
const TABLES: [&str; 6] =
    ["companies", "customer_versions", "contracts", "usage_series", "usage_summaries", "ticket_summaries"];

/// Imports some customers of the owner's, each with twelve points of usage and a contract.
pub async fn import(store: &dyn Store, owner: &str, customers: Range<u32>) {
    let import = "bench".parse().expect("an id");
    store.put_piece(&write(owner), &import, 1, &rows(customers)).await.expect("the piece can be kept");
    let delivery: Delivery = serde_json::from_value(delivery()).expect("a delivery");
    store.deliver(&write(owner), &import, &delivery).await.expect("the book can be imported");
}

/// Makes a book of one piece `times` as large.
pub async fn multiply(database: &mut PgConnection, owner: &str, times: u32) {
    // What is copied refers to what is copied: to look each of them up would take longer than the copying.
    let unchecked = "SET session_replication_role = replica";
    database.execute(unchecked).await.expect("a database that may be filled");
    for table in TABLES {
        let columns = "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns
                       WHERE table_name = $1 AND column_name <> 'external_id'";
        let (columns,): (String,) = query_as(columns).bind(table).fetch_one(&mut *database).await.expect("its columns");
        let copy = format!(
            "INSERT INTO {table} (external_id, {columns})
             SELECT 'C-' || substr(external_id, 3)::int + {CUSTOMERS_OF_A_PIECE} * copy, {columns}
             FROM {table}, generate_series(1, {times} - 1) AS copy WHERE owner_user_id = '{owner}'"
        );
        database.execute(AssertSqlSafe(copy)).await.expect("room for the book");
    }
    database.execute("ANALYZE").await.expect("tables to look at");
}

/// What is said of a delivery of one piece.
pub fn delivery() -> Value {
    json!({
        "source": "bench", "day": day(365), "pieces": 1, "acceptLosses": true,
        "parts": { "customers": ["name"], "usage": [], "contracts": ["renewal_date"] },
    })
}

/// The rows of some customers.
pub fn rows(customers: Range<u32>) -> Piece {
    let id = |n: u32| format!("C-{n}").parse().expect("an id");
    let mut piece = Piece::default();
    for n in customers {
        let fields =
            CustomerFields { name: Some(format!("Customer {n}").as_str().into()), ..CustomerFields::default() };
        piece.customers.push(CustomerRow { id: id(n), fields });
        let points = (0..12).map(|month| UsagePoint { date: day(month * 30), value: f64::from(40 + (n * month) % 17) });
        let says = UsageSays::Points(points.collect());
        piece.usage.push(UsageRows { customer_id: id(n), metric: "logins a day".into(), measure: None, says });
        let terms = ContractTerms { renewal_date: Some(day(n % 700)), ..ContractTerms::default() };
        piece.contracts.push(ContractRow { customer_id: id(n), contract_id: "contract".into(), terms });
    }
    piece
}

/// A write of the owner's.
pub fn write(owner: &str) -> Write {
    let now = Utc::now();
    let nonce = format!("{:032x}", rand::random::<u128>()).parse().expect("a nonce");
    Write { owner: owner.parse().expect("an owner"), nonce, nonce_expires: now, now, once: None }
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + TimeDelta::days(i64::from(n))
}
