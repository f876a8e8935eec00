//! A filled database of the schema before rows had a clock, opened by this version.

use contracts::facts::{Part, Trend};
use sqlx::{Executor, PgPool, SqlitePool, migrate::Migrator};
use tools_server::store::{PostgresStore, SqliteStore, Store};

use crate::{
    database::TemporaryDatabase,
    support::{book_of, case_of, day, id, open, owner},
};

/// The last migration of that schema.
const BEFORE: i64 = 4;

fn until(migrator: Migrator) -> Migrator {
    let migrations = migrator.migrations.iter().filter(|migration| migration.version <= BEFORE).cloned().collect();
    Migrator { migrations, ..migrator }
}

/// What both databases take: a book of `files`, one of a preset, and the demo book with a customer whom an import took.
const ROWS: &str = r#"
    INSERT INTO companies (owner_user_id, external_id, name, industry, segment, contact, demo) VALUES
        ('ann', 'full', 'Full "Ltd"', 'Food', NULL, 'Dana', false), ('ann', 'bare', 'Bare', NULL, NULL, NULL, false),
        ('ann', 'told', 'Told', NULL, 'SMB', NULL, false), ('ann', 'taken', 'Taken', NULL, NULL, NULL, false),
        ('ann', 'acme', 'Acme Corp', 'Manufacturing', NULL, NULL, true),
        ('bob', 'A-1', 'Company_1', NULL, NULL, NULL, false), ('bob', 'A-2', 'Company_2', NULL, NULL, NULL, false);
    INSERT INTO usage_summaries
        (owner_user_id, external_id, metric, trend, recent, before, points, spark, origin, as_of) VALUES
        ('ann', 'full', 'logins', 'down', '5.5', '6',
         '[{"date":"2026-11-01","value":6.0},{"date":"2026-11-02","value":0.30000000000000004}]', '[6.0,5.5]',
         'CSV files of 2026-11-20', '2026-11-20'),
        ('ann', 'told', 'active users', 'up', '132.5', '97.25', '[]', '[]', 'CSV files of 2026-11-20', '2026-11-20'),
        ('ann', 'taken', 'logins', NULL, '5', NULL, '[{"date":"2026-11-01","value":5}]', '[5]', 'demo', '2026-11-19'),
        ('bob', 'A-1', 'uses', 'flat', '7', '7', '[{"date":"2026-11-03","value":7}]', '[7]',
         'preset ravenstack', '2026-11-18');
    INSERT INTO ticket_summaries
        (owner_user_id, external_id, urgent, high, normal, low, oldest_open, tickets, origin, as_of) VALUES
        ('ann', 'full', 1, 0, 2, 0, '2026-10-01',
         '[{"id":"T-1","priority":"urgent","openedOn":"2026-10-01"}]', 'CSV files of x', '2026-11-17'),
        ('ann', 'acme', 0, 1, 0, 0, '2026-10-01', '[]', 'demo', '2026-11-17');
    INSERT INTO contracts
        (owner_user_id, external_id, renewal_date, arr_minor, arr_currency, plan, seats, auto_renew, origin, as_of) VALUES
        ('ann', 'full', '2027-02-28', 12345678901, 'EUR', 'Enterprise', 250, true, 'CSV files of x', '2026-11-16'),
        ('bob', 'A-2', NULL, NULL, NULL, NULL, NULL, NULL, 'preset ravenstack', '2026-11-18');
"#;

async fn every_figure_is_still_there(store: &dyn Store) {
    let ann = owner("ann");
    let full = case_of(store, &ann, &id("full")).await.unwrap();
    assert_eq!(full.name.as_str(), "Full \"Ltd\"");
    let fields = full.fields.any().unwrap().clone();
    assert_eq!((fields.industry, fields.contact), (Some("Food".into()), Some("Dana".into())));
    let (usage, source) = (full.usage.any().unwrap(), full.usage.source().unwrap());
    assert_eq!((full.points.len(), full.points[1].value), (2, 0.300_000_000_000_000_04));
    assert_eq!((usage.metric.as_str(), source.origin.as_str()), ("logins", "files"));
    let (tickets, source) = (full.tickets.any().unwrap(), full.tickets.source().unwrap());
    assert_eq!((tickets.by_priority.total(), tickets.by_priority.urgent, tickets.recent.len()), (3, 1, 1));
    assert_eq!((source.as_of, tickets.oldest_open.unwrap().to_string()), (day(17), "2026-10-01".to_owned()));
    let (contract, source) = (full.contract.any().unwrap(), full.contract.source().unwrap());
    assert_eq!(
        (contract.arr[0].minor, contract.seats, contract.main.auto_renew),
        (12_345_678_901, Some(250), Some(true))
    );
    assert_eq!((source.origin.as_str(), source.as_of), ("files", day(16)));

    let told = case_of(store, &ann, &id("told")).await.unwrap();
    let told = told.usage.any().unwrap();
    assert_eq!((told.trend, told.recent, told.before), (Some(Trend::Up), 132.5, Some(97.25)));
    let taken = case_of(store, &ann, &id("taken")).await.unwrap();
    assert_eq!((taken.usage.any(), taken.name.as_str()), (None, "Taken"), "what was the demo's is not the user's");
    let acme = store.rows(&ann, &id("acme"), day(25)).await.unwrap().customers.remove(0);
    assert!(acme.demo && acme.rows.usage[0].points.last().unwrap().date == day(25), "the demo is of today");

    let bob = store.rows(&owner("bob"), &id("A-1"), day(25)).await.unwrap();
    let rows = &bob.customers[0].rows;
    assert_eq!((rows.fields[0].source.as_str(), rows.fields[0].from), ("ravenstack", day(18)));
    assert_eq!((rows.usage[0].source.as_str(), rows.usage[0].reach), ("ravenstack", Some(day(3))));
    let delivered: Vec<_> = bob.sources.delivered.iter().map(|delivered| (delivered.part, delivered.day)).collect();
    assert_eq!(delivered, [(Part::Contracts, day(18)), (Part::Customers, day(18)), (Part::Usage, day(18))]);
    assert_eq!(book_of(store, &owner("bob")).await.unwrap().len(), 2);
    let book = book_of(store, &ann).await.unwrap();
    let open: Vec<_> = book.iter().map(|entry| (entry.case.id.as_str(), open(&entry.case))).collect();
    let expected = [("acme", Some(2)), ("bare", None), ("full", Some(3)), ("taken", None), ("told", None)];
    assert_eq!(open, expected);
}

#[tokio::test]
async fn a_filled_database_of_the_schema_before_shows_every_figure_it_had_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    until(sqlx::migrate!("../migrations/sqlite")).run(&pool).await.unwrap();
    pool.execute(ROWS).await.unwrap();
    pool.close().await;

    let store = SqliteStore::open(&path).unwrap();
    store.migrate().await.unwrap();
    every_figure_is_still_there(&store).await;
    store.close().await;
}

#[tokio::test]
async fn a_filled_database_of_the_schema_before_shows_every_figure_it_had_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    let pool = PgPool::connect(database.owner_url().as_str()).await.unwrap();
    until(sqlx::migrate!("../migrations/postgres")).run(&pool).await.unwrap();
    pool.execute(ROWS).await.unwrap();
    pool.close().await;

    database.migrate().await.unwrap();
    let store: PostgresStore = database.store();
    every_figure_is_still_there(&store).await;
    store.close().await;
    database.drop().await;
}
