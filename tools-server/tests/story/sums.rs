//! What is kept of usage and tickets beside the rows may be deleted at any time.

use chrono::Days;
use contracts::{
    delivery::{Delivery, Mode, Piece},
    facts::Ticket,
};
use sqlx::{AssertSqlSafe, Connection, Executor};
use tools_server::store::{Known, Store};

use crate::{
    database::TemporaryDatabase,
    databases,
    support::{day, deliver, id, named, open_ticket, owner, points_from, snapshot, tickets},
};

const FORGET: [&str; 2] = ["DELETE FROM usage_summaries", "DELETE FROM ticket_summaries"];

/// A book with days before, on and after the deliveries', and with a delivery of some customers only.
async fn fill(store: &dyn Store) {
    let customers = ["a", "b", "c", "d", "e"];
    let ticket = |name: &str, opened, closed| Ticket {
        opened_on: day(opened),
        closed_on: Some(day(closed)),
        ..open_ticket(name)
    };
    let piece = Piece {
        customers: customers.map(named).to_vec(),
        usage: customers[..4]
            .iter()
            .zip(1..)
            .map(|(customer, n)| points_from(n, customer, &[9.0, 1.0, 0.0, 4.0, 4.0, 0.0, 3.0, 8.0, 8.5, 2.0]))
            .collect(),
        tickets: vec![
            tickets("a", &[ticket("a-1", 3, 9), ticket("a-2", 5, 27), open_ticket("a-3")]),
            tickets("b", &[ticket("b-1", 22, 24)]),
        ],
        ..Piece::default()
    };
    deliver(store, "summed", &snapshot(day(10)), std::slice::from_ref(&piece)).await.unwrap();
    let mut later = piece;
    later.usage.truncate(3);
    later.usage[0] = points_from(11, "a", &[5.0, 0.0, 0.0, 7.0]);
    later.tickets.pop();
    deliver(store, "summed", &snapshot(day(15)), &[later]).await.unwrap();
    let part = Piece { usage: vec![points_from(16, "b", &[1.0, 2.0, 3.0])], ..Piece::default() };
    deliver(store, "summed", &Delivery { mode: Mode::Changes, ..snapshot(day(20)) }, &[part]).await.unwrap();
    store.seed_demo(&crate::support::write("summed", day(20))).await.unwrap();
}

async fn read(store: &dyn Store) -> Vec<Known> {
    let days = (0..45).map(|days| day(1) + Days::new(days));
    let mut books = Vec::new();
    for as_of in days {
        books.push(store.book(&owner("summed"), as_of).await.unwrap());
    }
    books
}

async fn told(store: &dyn Store, forget: impl AsyncFn()) {
    fill(store).await;
    let kept = read(store).await;
    forget().await;
    assert_eq!(read(store).await, kept);
    // They are not all the same, which would say nothing.
    let open = |known: &Known| {
        let a = known.customers.iter().find(|kept| kept.rows.id == id("a")).unwrap();
        a.tickets.as_ref().unwrap().figures.as_ref().map(|figures| figures.by_priority.total())
    };
    let open: Vec<_> = [8, 9, 26, 27].map(|n: u32| open(&kept[n as usize - 1])).to_vec();
    assert_eq!(open, [Some(3), Some(2), Some(2), Some(1)]);
}

#[tokio::test]
async fn what_is_kept_for_the_book_may_be_deleted_on_sqlite() {
    let (folder, store) = databases::sqlite();
    store.migrate().await.unwrap();
    let path = folder.path().join("data").join("book.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    told(&store, async || {
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        for statement in FORGET {
            assert!(connection.execute(statement).await.unwrap().rows_affected() > 0, "something was kept");
        }
        connection.close().await.unwrap();
    })
    .await;
    store.close().await;
}

#[tokio::test]
async fn what_is_kept_for_the_book_may_be_deleted_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let store = database.store();
    told(&store, async || {
        let mut connection = TemporaryDatabase::connect(&database.owner_url()).await;
        for statement in FORGET {
            let forgotten = connection.execute(AssertSqlSafe(statement)).await.unwrap();
            assert!(forgotten.rows_affected() > 0, "something was kept");
        }
        connection.close().await.unwrap();
    })
    .await;
    store.close().await;
    database.drop().await;
}
