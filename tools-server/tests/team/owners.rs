//! `tools-server owner`: what is kept of an owner is found in every table that there is, and so is what is left of it.

use std::{fs, path::Path, process::Command};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tools_server::store::{SqliteStore, Store};

use crate::{database::TemporaryDatabase, isolation};

const LEAVES: &str = "user_2leaves";
const STAYS: &str = "user_2stays";

/// The program; what it prints, or `None` where it fails.
fn owner(directory: &Path, url: &str, arguments: &[&str]) -> Option<String> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tools-server"));
    program.env_clear().env("DATABASE_URL", url).current_dir(directory).arg("owner").args(arguments);
    let output = program.output().unwrap();
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

/// Exports and erases who leaves, and checks what was printed and written against the tables that have rows of owners.
fn exported_and_erased(url: &str, tables: &[String]) {
    let folder = TempDir::new().unwrap();
    let done = |arguments: &[&str]| owner(folder.path(), url, arguments);
    let told = tables.iter().map(|table| format!("{table} 1\n")).collect::<String>();
    assert_eq!(done(&["export", LEAVES, "leaves"]).unwrap(), told);
    for table in tables {
        let file = fs::read_to_string(folder.path().join("leaves").join(format!("{table}.ndjson"))).unwrap();
        let row: serde_json::Value = serde_json::from_str(file.trim_end()).unwrap();
        assert_eq!(row["owner_user_id"], LEAVES, "{table}");
        assert!(!file.contains(STAYS), "{table}");
    }
    assert_eq!(done(&["export", LEAVES, "leaves"]), None, "nothing is written over");
    assert_eq!(done(&["erase", LEAVES]).unwrap(), told);
    assert_eq!(done(&["erase", LEAVES]), None, "there is nothing any more");
    assert_eq!(done(&["export", LEAVES, "again"]), None);
    assert!(!folder.path().join("again").exists());
}

/// All tables but the migrations' own.
async fn tables_of_postgresql(connection: &mut PgConnection) -> Vec<String> {
    let tables = "SELECT tablename::text FROM pg_tables
                  WHERE schemaname = current_schema() AND tablename <> '_sqlx_migrations' ORDER BY 1";
    connection.fetch_all(tables).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn an_owner_is_exported_and_erased_from_every_table_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let mut all = TemporaryDatabase::connect(&database.owner_url()).await;
    for id in [LEAVES, STAYS] {
        all.execute(AssertSqlSafe(format!("INSERT INTO companies VALUES ('{id}', 'x', 'X', false)"))).await.unwrap();
        for insert in isolation::inserts(id).iter().filter(|insert| !insert.starts_with("INSERT INTO companies")) {
            all.execute(AssertSqlSafe(insert.clone())).await.unwrap();
        }
    }
    let tables = tables_of_postgresql(&mut all).await;
    exported_and_erased(database.app_url().as_str(), &tables);
    for table in &tables {
        let rows = format!("SELECT t::text FROM {table} AS t");
        let rows: Vec<String> =
            all.fetch_all(AssertSqlSafe(rows)).await.unwrap().iter().map(|row| row.get(0)).collect();
        assert!(rows.len() == 1 && rows[0].contains(STAYS) && !rows[0].contains(LEAVES), "{table}: {rows:?}");
    }
    all.close().await.unwrap();
    database.drop().await;
}

#[tokio::test]
async fn an_owner_is_exported_and_erased_from_every_table_on_sqlite() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("book.db");
    let store = SqliteStore::open(&path).unwrap();
    store.migrate().await.unwrap();
    store.close().await;
    // Any row will do, so that a new table has one, too.
    let anything = SqliteConnectOptions::new().filename(&path).foreign_keys(false);
    let mut all = SqliteConnection::connect_with(&anything.pragma("ignore_check_constraints", "ON")).await.unwrap();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '_sqlx_migrations' ORDER BY 1";
    let tables: Vec<String> = all.fetch_all(tables).await.unwrap().iter().map(|row| row.get(0)).collect();
    for table in &tables {
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns = all.fetch_all(AssertSqlSafe(columns)).await.unwrap();
        for id in [LEAVES, STAYS] {
            let values = columns.iter().map(|column| match column.get(0) {
                "owner_user_id" => format!("'{id}'"),
                _ => "1".to_owned(),
            });
            let values = values.collect::<Vec<_>>().join(", ");
            all.execute(AssertSqlSafe(format!("INSERT INTO {table} VALUES ({values})"))).await.unwrap();
        }
    }
    exported_and_erased(&format!("sqlite:{}", path.display()), &tables);
    for table in &tables {
        let owners = format!("SELECT owner_user_id FROM {table}");
        let owners = all.fetch_all(AssertSqlSafe(owners)).await.unwrap();
        assert!(owners.iter().map(|row| row.get::<&str, _>(0)).eq([STAYS]), "{table}");
    }
}
