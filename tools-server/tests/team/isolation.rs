//! The second wall: what the database refuses to the server's role, whatever SQL it is sent.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};
use tools_server::store::Store;

use crate::{
    database::TemporaryDatabase,
    support::{book_of, customer, owner, write},
};

/// A row of `owner` for each table; `x` is a customer that it has.
pub fn inserts(owner: &str) -> Vec<String> {
    [
        "companies VALUES ('OWNER', 'new', 'New', false)",
        "books VALUES ('OWNER', 7, '[]', NULL) ON CONFLICT (owner_user_id) DO UPDATE SET revision = 7",
        "deliveries VALUES ('OWNER', 'crm', 'usage', now(), 'snapshot', now(), 0, 0)",
        "import_pieces VALUES ('OWNER', 'import', 1, '{}', now() + interval '1 day')",
        "customer_versions VALUES ('OWNER', 'x', 'crm', now(), NULL)",
        "contracts VALUES ('OWNER', 'x', 'crm', 'c', now(), NULL)",
        "contacts VALUES ('OWNER', 'x', 'crm', 'k', now(), NULL)",
        "usage_series VALUES ('OWNER', 'x', 'crm', 'm', NULL, NULL, '')",
        "told_usage VALUES ('OWNER', 'x', 'crm', 'm', now(), '{}')",
        "usage_reach VALUES ('OWNER', 'crm', 'm', now())",
        "partial_reach VALUES ('OWNER', 'x', 'crm', 'm', now())",
        "tickets VALUES ('OWNER', 'x', 'crm', 't', NULL, '{}')",
        "counted_tickets VALUES ('OWNER', 'x', 'crm', now(), '{}')",
        "satisfaction VALUES ('OWNER', 'x', 'crm', 'r', now(), '{}')",
        "activity VALUES ('OWNER', 'x', 'manual', 'a', now(), '{}')",
        "visits VALUES ('OWNER', now(), NULL)",
        "usage_summaries VALUES ('OWNER', 'x', now(), NULL, '{}')",
        "ticket_summaries VALUES ('OWNER', 'x', now(), NULL, '{}')",
        "fact_columns VALUES ('OWNER', 0, '', now(), '1', '[]')",
        "messages VALUES ('OWNER', 'run', 'x', now(), '{}')",
        "attention VALUES ('OWNER', 'item', 'x', now(), '{}')",
        "eval_sessions VALUES ('OWNER', 'e', now(), NULL, '{}')",
        "eval_results VALUES ('OWNER', 'e', 'x', 'health', 1, 'pass', NULL, NULL, '{}')",
        "exec_steps VALUES ('OWNER', 'e', 'x', 'health', 1, 0, '{}')",
        "nonces VALUES ('OWNER', 'nonce', now() + interval '1 day')",
        "idempotency_keys VALUES ('OWNER', 'key', 'digest', NULL, now() + interval '1 day')",
    ]
    .map(|row| format!("INSERT INTO {}", row.replace("OWNER", owner)))
    .to_vec()
}

/// The table of such a statement.
fn table(insert: &str) -> &str {
    insert.split(' ').nth(2).unwrap()
}

/// Begins a transaction that acts for `owner`.
async fn act_for<'c>(connection: &'c mut PgConnection, owner: &str) -> sqlx::Transaction<'c, sqlx::Postgres> {
    let mut tx = connection.begin().await.unwrap();
    tx.execute(AssertSqlSafe(format!("SELECT set_config('app.owner_user_id', '{owner}', true)"))).await.unwrap();
    tx
}

/// The code with which the database refuses `statement`.
async fn refused(connection: &mut PgConnection, statement: String) -> String {
    let error = connection.execute(AssertSqlSafe(statement.clone())).await.expect_err(&statement);
    error.as_database_error().unwrap().code().unwrap().into_owned()
}

const POLICY: &str = "42501";

#[tokio::test]
async fn the_servers_role_writes_rows_of_the_named_owner_alone() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let store = database.store();
    for owner in ["mallory", "victim"] {
        store.create_customer(&write(owner), &customer("x")).await.unwrap();
    }
    let mut connection = TemporaryDatabase::connect(&database.app_url()).await;
    let tables: std::collections::BTreeSet<_> = inserts("x").iter().map(|row| table(row).to_owned()).collect();
    assert_eq!(tables.len(), store.health().await.tables.len(), "a row for each table");

    for (mallory, victim) in inserts("mallory").into_iter().zip(inserts("victim")) {
        let mut tx = act_for(&mut connection, "victim").await;
        tx.execute(AssertSqlSafe(victim.clone())).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = act_for(&mut connection, "mallory").await;
        tx.execute(AssertSqlSafe(mallory.clone())).await.unwrap();
        tx.commit().await.unwrap();
        let table = table(&victim);
        for (sql, words) in [
            (victim.clone(), "a row for somebody else"),
            (format!("UPDATE {table} SET owner_user_id = 'victim'"), "giving a row away"),
        ] {
            let mut tx = act_for(&mut connection, "mallory").await;
            assert_eq!(refused(&mut tx, sql).await, POLICY, "{table}: {words}");
        }
        for sql in [
            format!("UPDATE {table} SET owner_user_id = 'mallory' WHERE owner_user_id = 'victim'"),
            format!("DELETE FROM {table} WHERE owner_user_id = 'victim'"),
        ] {
            let mut tx = act_for(&mut connection, "mallory").await;
            assert_eq!(tx.execute(AssertSqlSafe(sql.clone())).await.unwrap().rows_affected(), 0, "{sql}");
        }
        let mut tx = act_for(&mut connection, "mallory").await;
        let seen = tx.fetch_all(AssertSqlSafe(format!("SELECT owner_user_id FROM {table}"))).await.unwrap();
        assert!(!seen.is_empty() && seen.iter().all(|row| row.get::<&str, _>(0) == "mallory"), "{table}");
    }
    store.close().await;
    database.drop().await;
}

#[tokio::test]
async fn without_a_named_owner_nothing_is_written() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let store = database.store();
    store.create_customer(&write("victim"), &customer("x")).await.unwrap();
    let mut connection = TemporaryDatabase::connect(&database.app_url()).await;
    // The first round has never had the setting; the second one had it in a transaction that has ended.
    for _ in 0..2 {
        for insert in inserts("victim") {
            assert_eq!(refused(&mut connection, insert).await, POLICY);
        }
        for sql in [
            "UPDATE companies SET name = 'mine'",
            "DELETE FROM companies",
            "DELETE FROM nonces",
            "DELETE FROM import_pieces",
        ] {
            assert_eq!(connection.execute(sql).await.unwrap().rows_affected(), 0, "{sql}");
        }
        act_for(&mut connection, "victim").await.commit().await.unwrap();
    }
    for sql in [
        "TRUNCATE companies CASCADE",
        "ALTER TABLE companies DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_rows ON companies",
        "SET ROLE postgres",
        "DELETE FROM _sqlx_migrations",
    ] {
        assert_eq!(refused(&mut connection, sql.to_owned()).await, POLICY, "{sql}");
    }
    assert_eq!(book_of(&store, &owner("victim")).await.unwrap().len(), 1);
    store.close().await;
    database.drop().await;
}

#[tokio::test]
async fn a_write_sweeps_away_what_has_expired_whosever_it_is() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let store = database.store();
    let mut connection = TemporaryDatabase::connect(&database.owner_url()).await;
    let nonces = "INSERT INTO nonces VALUES ('a', 'old', now() - interval '1 h'), ('a', 'new', now() + interval '1 h')";
    connection.execute(nonces).await.unwrap();
    store.create_customer(&write("b"), &customer("x")).await.unwrap();
    let left = connection.fetch_all("SELECT nonce FROM nonces WHERE owner_user_id = 'a'").await.unwrap();
    assert_eq!(left.iter().map(|row| row.get::<&str, _>(0)).collect::<Vec<_>>(), ["new"]);
    store.close().await;
    connection.close().await.unwrap();
    database.drop().await;
}

#[tokio::test]
async fn every_table_with_an_owner_is_behind_the_wall() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let mut connection = TemporaryDatabase::connect(&database.owner_url()).await;
    let tables = connection
        .fetch_all(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
             WHERE a.attname = 'owner_user_id' AND c.relkind = 'r'",
        )
        .await
        .unwrap();
    assert!(tables.len() >= 26);
    for table in tables {
        assert!(table.get::<bool, _>(1), "{} has no forced row-level security", table.get::<&str, _>(0));
    }
    connection.close().await.unwrap();
    database.drop().await;
}
