//! What is kept of usage and tickets beside the rows may be deleted at any time.

use chrono::Days;
use contracts::{
    delivery::{Delivery, Mode, Piece, UsageRows, UsageSays, UsageSummary},
    facts::{Part, Ticket, Trend, UsagePoint},
};
use sqlx::{AssertSqlSafe, Connection, Executor};
use tools_server::store::{Known, Store};

use crate::{
    database::TemporaryDatabase,
    databases,
    support::{day, deliver, id, named, only, open_ticket, owner, points_from, snapshot, tickets},
};

const FORGET: [&str; 2] = ["DELETE FROM usage_summaries", "DELETE FROM ticket_summaries"];

/// Deliveries, each of which makes wrong what was kept of some customers until then: there are days before, on and after
/// theirs, and of one and the same rows the last one says something else than the first.
fn deliveries() -> Vec<(Delivery, Piece)> {
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
    let mut later = piece.clone();
    later.usage.truncate(3);
    later.usage[0] = points_from(11, "a", &[5.0, 0.0, 0.0, 7.0]);
    later.tickets.pop();
    let some = |of: u32| Delivery { mode: Mode::Changes, ..snapshot(day(of)) };
    let part = Piece { usage: vec![points_from(16, "b", &[1.0, 2.0, 3.0])], ..Piece::default() };
    let usage = |of: &str, says| Piece {
        usage: vec![UsageRows { customer_id: id(of), metric: "weekly".into(), measure: None, says }],
        ..Piece::default()
    };
    let told = usage("e", UsageSays::Summary(UsageSummary { trend: Trend::Flat, recent: 4.0, before: 4.0 }));
    let weeks = [1, 8, 15, 22].map(|of| UsagePoint { date: day(of), value: 7.0 });
    let weeks = usage("e", UsageSays::Points(weeks.to_vec()));
    let desk = |of: u32| Delivery { source: "desk".parse().unwrap(), ..only(&[Part::Tickets], some(of)) };
    let mine = Piece { tickets: vec![tickets("a", &[open_ticket("a-4")])], ..Piece::default() };
    let theirs = Piece { tickets: vec![tickets("b", &[open_ticket("b-2")])], ..Piece::default() };
    vec![
        (snapshot(day(10)), piece),
        (snapshot(day(15)), later),
        (some(20), part),
        (only(&[Part::Usage], some(20)), told.clone()),
        (only(&[Part::Usage], some(22)), told),
        (only(&[Part::Usage], some(22)), weeks.clone()),
        (only(&[Part::Usage], some(30)), weeks),
        (desk(12), mine.clone()),
        (desk(25), mine.clone()),
        (desk(26), theirs),
        (only(&[Part::Tickets], some(25)), Piece::default()),
        (only(&[Part::Tickets], some(28)), Piece::default()),
        (desk(28), mine),
    ]
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
    store.seed_demo(&crate::support::write("summed", day(10))).await.unwrap();
    for (delivery, piece) in deliveries() {
        deliver(store, "summed", &delivery, &[piece]).await.unwrap();
        let kept = read(store).await;
        forget().await;
        for (as_of, (kept, made)) in (1..).zip(kept.iter().zip(&read(store).await)) {
            assert_eq!(kept, made, "as of the {as_of}th, after {} on {}", delivery.source, delivery.day);
        }
        // The next delivery shall find what it makes wrong: another one, of nothing, keeps it again.
        let crm = "crm".parse().unwrap();
        let nothing = Delivery { source: crm, mode: Mode::Changes, ..only(&[Part::Contracts], delivery) };
        deliver(store, "summed", &nothing, &[Piece::default()]).await.unwrap();
    }
    // They are not all the same, which would say nothing.
    let kept = read(store).await;
    let open = |known: &Known| {
        let a = known.customers.iter().find(|kept| kept.rows.id == id("a")).unwrap();
        a.tickets.as_ref().unwrap().figures.as_ref().map(|figures| figures.by_priority.total())
    };
    let open: Vec<_> = [8, 9, 26, 27].map(|n: u32| open(&kept[n as usize - 1])).to_vec();
    assert_eq!(open, [Some(4), Some(3), Some(3), Some(2)]);
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
