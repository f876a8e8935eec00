//! How many rows are kept of one customer.

use chrono::{Days, NaiveDate};
use contracts::{
    attention::MAX_STATES,
    delivery::{Delivery, MAX_ACTIVITY_KEPT, MAX_POINTS_KEPT, MAX_ROWS_KEPT, Mode, Piece},
    facts::Part,
};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use tools_server::store::{AttentionStore, Kept, Store, StoreError, Which};

use crate::{
    database::TemporaryDatabase,
    databases::sqlite,
    support::{book_of, customer, day, deliver, id, only, open, owner, snapshot, write},
};

/// A table with rows of a part, the columns that tell its rows apart, what they have for a number, and how many are kept.
type Table = (Part, &'static str, &'static str, fn(u32) -> String, u32);

const TABLES: [Table; 9] = [
    (Part::Customers, "customer_versions", "from_day, says", |n| format!("'{}', '{{}}'", nth_day(n)), MAX_ROWS_KEPT),
    (Part::Tickets, "tickets", "ticket_id, says", |n| format!("'{n}', '{}'", ticket(n)), MAX_ROWS_KEPT),
    (Part::Contracts, "contracts", "contract_id, from_day", |n| format!("'{n}', '2026-11-02'"), MAX_ROWS_KEPT),
    (Part::Contacts, "contacts", "contact_key, from_day", |n| format!("'{n}', '2026-11-02'"), MAX_ROWS_KEPT),
    (
        Part::Satisfaction,
        "satisfaction",
        "response_id, day, says",
        |n| format!("'{n}', '2026-11-02', '{{}}'"),
        MAX_ROWS_KEPT,
    ),
    (
        Part::Activity,
        "activity",
        "activity_id, day, says",
        |n| format!("'{n}', '2026-11-02', '{{}}'"),
        MAX_ACTIVITY_KEPT,
    ),
    (Part::Usage, "usage_series", "metric, points", |n| format!("'{n}', ''"), MAX_ROWS_KEPT),
    // Of the first series.
    (
        Part::Usage,
        "told_usage",
        "metric, from_day, says",
        |n| format!("'1', '{}', '{}'", nth_day(n), told()),
        MAX_ROWS_KEPT,
    ),
    (Part::Usage, "partial_reach", "metric, day", |n| format!("'1', '{}'", nth_day(n)), MAX_ROWS_KEPT),
];

fn nth_day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(900, 1, 1).unwrap() + Days::new(n.into())
}

fn ticket(n: u32) -> serde_json::Value {
    json!({ "id": n.to_string(), "priority": "low", "openedOn": "2026-11-02" })
}

fn told() -> serde_json::Value {
    json!({ "trend": "up", "recent": 7.0, "before": 5.0 })
}

/// Does something to the database by hand.
trait ByHand {
    async fn run(&mut self, statement: String);
}

impl ByHand for SqliteConnection {
    async fn run(&mut self, statement: String) {
        self.execute(AssertSqlSafe(statement)).await.unwrap();
    }
}

impl ByHand for sqlx::PgConnection {
    async fn run(&mut self, statement: String) {
        self.execute(AssertSqlSafe(statement)).await.unwrap();
    }
}

/// Puts rows of the customer in, the last of them from a source of its own.
async fn crowd(by_hand: &mut impl ByHand, (table, columns): (&str, &str), rows: Vec<String>) {
    by_hand
        .run(
            "INSERT INTO companies (owner_user_id, external_id, name, demo) VALUES ('ann', 'c', 'C', false)".to_owned(),
        )
        .await;
    if matches!(table, "told_usage" | "partial_reach") {
        let series = ["crm", "last"].map(|source| format!("('ann', 'c', '{source}', '1', '')")).join(", ");
        let columns = "owner_user_id, external_id, source, metric, points";
        by_hand.run(format!("INSERT INTO usage_series ({columns}) VALUES {series}")).await;
    }
    let last = rows.len() - 1;
    let source = |place| if place == last { "last" } else { "crm" };
    let rows = rows.iter().enumerate().map(|(place, row)| format!("('ann', 'c', '{}', {row})", source(place)));
    let rows = rows.collect::<Vec<_>>().join(", ");
    by_hand.run(format!("INSERT INTO {table} (owner_user_id, external_id, source, {columns}) VALUES {rows}")).await;
}

async fn rows_of_a_customer_are_counted(store: &dyn Store, mut by_hand: impl ByHand) {
    let today = day(20);
    let deliver_nothing = async |part| {
        let delivery = only(&[], snapshot(today));
        let delivery = Delivery { parts: [(part, Vec::new())].into(), mode: Mode::Changes, ..delivery };
        deliver(store, "ann", &delivery, &[Piece::default()]).await
    };
    let all = TABLES.into_iter().map(|(part, table, columns, values, most)| {
        (part, table, columns, (1..=most + 1).map(values).collect::<Vec<_>>())
    });
    let points = |count| (1..=count).map(|n| format!("{} 1234", nth_day(n))).collect::<Vec<_>>().join(",");
    let series = [MAX_POINTS_KEPT, 1].map(|count| format!("'1', '{}'", points(count)));
    for (part, table, columns, rows) in all.chain([(Part::Usage, "usage_series", "metric, points", series.to_vec())]) {
        crowd(&mut by_hand, (table, columns), rows).await;
        match deliver_nothing(part).await {
            Err(StoreError::Crowded { customer, part: of, .. }) => assert_eq!((customer, of), (id("c"), part)),
            other => panic!("{table}: {other:?}"),
        }
        by_hand.run(format!("DELETE FROM {table} WHERE source = 'last'")).await;
        deliver_nothing(part).await.unwrap();
        let call = json!({ "id": "new", "customerId": "c", "on": "2026-11-03", "text": "A call" });
        let call = store.keep_activity(&write("ann", today), &serde_json::from_value(call).unwrap()).await;
        assert_eq!(matches!(call, Err(StoreError::Crowded { .. })), part == Part::Activity, "{call:?}");
        store.delete_customer(&write("ann", today), &id("c")).await.unwrap();
    }
    store.close().await;
}

/// What is kept of three of them is longer than is read at once.
const FULL: [&str; 3] = ["a", "b", "c"];
/// So many rows of each, with what nobody reads to make them long.
const ROWS: u32 = 20;
const PADDING: usize = 800_000;

/// Puts rows of a customer in.
async fn fill(by_hand: &mut impl ByHand, table: &str, columns: &str, id: &str, rows: impl Iterator<Item = String>) {
    let rows = rows.map(|row| format!("('ann', '{id}', 'files', {row})")).collect::<Vec<_>>().join(", ");
    by_hand.run(format!("INSERT INTO {table} (owner_user_id, external_id, source, {columns}) VALUES {rows}")).await;
}

async fn customers_of_whom_much_is_kept_are_read(store: &dyn Store, mut by_hand: impl ByHand) {
    let today = day(20);
    let padding = "x".repeat(PADDING);
    let ticket =
        |n: u32| json!({ "id": n.to_string(), "priority": "low", "openedOn": "2026-11-02", "padding": padding });
    for id in FULL {
        store.create_customer(&write("ann", today), &customer(id)).await.unwrap();
        let tickets = (1..=ROWS).map(|n| format!("'{n}', '{}'", ticket(n)));
        fill(&mut by_hand, "tickets", "ticket_id, says", id, tickets).await;
    }
    let changes =
        |part| Delivery { parts: [(part, Vec::new())].into(), mode: Mode::Changes, ..only(&[], snapshot(today)) };
    deliver(store, "ann", &changes(Part::Tickets), &[Piece::default()]).await.unwrap();
    let ann = owner("ann");
    let counts = book_of(store, &ann).await.unwrap().into_iter().map(|entry| open(&entry.case));
    assert_eq!(counts.collect::<Vec<_>>(), [Some(ROWS); 3], "what they come to is found");

    by_hand.run("DELETE FROM tickets".to_owned()).await;
    for id in FULL {
        let calls = (1..=ROWS).map(|n| {
            format!("'{n}', '2026-11-02', '{}'", json!({ "kind": "call", "text": "A call", "padding": padding }))
        });
        fill(&mut by_hand, "activity", "activity_id, day, says", id, calls).await;
    }
    let again = FULL.map(|id| {
        let call = json!({ "id": "1", "customerId": id, "kind": "call", "on": "2026-11-02", "text": "Again" });
        serde_json::from_value(call).unwrap()
    });
    let piece = Piece { activity: again.to_vec(), ..Piece::default() };
    let report = deliver(store, "ann", &changes(Part::Activity), &[piece]).await.unwrap();
    assert_eq!(report.parts[&Part::Activity].changed, 3);

    let (mut pages, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = store.page(&ann, after.as_ref(), 200, today).await.unwrap();
        let rows = |kept: &Kept| (kept.rows.id.to_string(), kept.rows.activity.len());
        pages.push(page.customers.iter().map(rows).collect::<Vec<_>>());
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert!(pages.len() > 1, "not all at once");
    assert_eq!(pages.concat(), FULL.map(|id| (id.to_owned(), ROWS as usize)));
    let (known, read) = store.rows_of(&ann, &FULL.map(id), today).await.unwrap();
    assert!(read < FULL.len() && known.customers.len() == read, "{read}");
    let (pasts, next) = store.pasts(&ann, Which::Page(None, 200), today).await.unwrap();
    assert_eq!(next.as_ref(), pasts.customers.last().map(|last| &last.past.rows().id));
    store.close().await;
}

#[tokio::test]
async fn customers_of_whom_too_much_is_kept_for_one_read_are_read_one_by_one_on_sqlite() {
    let (folder, store) = sqlite();
    store.migrate().await.unwrap();
    let options = SqliteConnectOptions::new().filename(folder.path().join("data").join("book.db"));
    customers_of_whom_much_is_kept_are_read(&store, SqliteConnection::connect_with(&options).await.unwrap()).await;
}

#[tokio::test]
async fn customers_of_whom_too_much_is_kept_for_one_read_are_read_one_by_one_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let by_hand = TemporaryDatabase::connect(&database.owner_url()).await;
    customers_of_whom_much_is_kept_are_read(&database.store(), by_hand).await;
    database.drop().await;
}

#[tokio::test]
async fn no_customer_has_more_rows_of_a_part_than_are_kept_of_one_on_sqlite() {
    let (folder, store) = sqlite();
    store.migrate().await.unwrap();
    let options = SqliteConnectOptions::new().filename(folder.path().join("data").join("book.db"));
    rows_of_a_customer_are_counted(&store, SqliteConnection::connect_with(&options).await.unwrap()).await;
}

#[tokio::test]
async fn no_customer_has_more_rows_of_a_part_than_are_kept_of_one_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    rows_of_a_customer_are_counted(&database.store(), TemporaryDatabase::connect(&database.owner_url()).await).await;
    database.drop().await;
}

#[tokio::test]
async fn no_owner_has_more_items_done_or_snoozed_than_are_read_at_once() {
    let (folder, store) = sqlite();
    store.migrate().await.unwrap();
    let options = SqliteConnectOptions::new().filename(folder.path().join("data").join("book.db"));
    let mut by_hand = SqliteConnection::connect_with(&options).await.unwrap();
    let row = |n| format!("('ann', 'item-{n}', '2026-11-20T09:30:00Z', '{{\"done\":\"2026-11-20\"}}')");
    let rows = (1..=MAX_STATES).map(row).collect::<Vec<_>>().join(", ");
    by_hand.run(format!("INSERT INTO attention (owner_user_id, item_id, set_at, state) VALUES {rows}")).await;
    let (known, new) = ("item-1".parse().unwrap(), "item-0".parse().unwrap());
    let set = async |item, state| {
        let state = serde_json::from_value(json!({ "state": state })).unwrap();
        store.set_item(&write("ann", day(20)), item, &state).await
    };
    let done = json!({ "done": "2026-11-20" });
    set(&known, done.clone()).await.unwrap();
    assert!(matches!(set(&new, done.clone()).await, Err(StoreError::TooManyItems(_))));
    set(&known, json!("open")).await.unwrap();
    set(&new, done).await.unwrap();
    store.close().await;
}
