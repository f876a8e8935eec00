//! The databases the story is told on.

use std::{pin::pin, time::Duration};

use sqlx::{Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tokio::time::timeout;
use tools_server::store::{SqliteStore, Store, StoreError};

use crate::support::{book_of, day, write};

/// An empty store in a folder that goes with the test.
pub fn sqlite() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("data").join("book.db")).unwrap();
    (folder, store)
}

pub async fn an_unmigrated_database_says_what_it_lacks(store: &dyn Store) {
    assert!(matches!(store.ping().await, Err(StoreError::Unfit(_))));
    let health = store.health().await;
    assert!(health.connected);
    assert_eq!(health.schema_version, None);
    assert!(health.expected_version > 0);
    assert_eq!((health.tables.len(), health.missing_tables.len()), (0, 26));
    let book = book_of(store, &"nobody".parse().unwrap()).await;
    assert!(matches!(book, Err(StoreError::Unfit(_) | StoreError::Broken(_))), "{book:?}");
}

pub async fn a_migrated_database_is_healthy(store: &dyn Store) {
    store.ping().await.unwrap();
    let health = store.health().await;
    assert_eq!(health.schema_version, Some(health.expected_version));
    assert_eq!((health.tables.len(), health.missing_tables.len()), (26, 0));
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_unavailable() {
    let (_folder, store) = sqlite();
    store.close().await;
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
    let health = store.health().await;
    assert_eq!((health.connected, health.missing_tables.len()), (false, 26));
}

/// Where a copy of the program, started by the test below, finds the file it shares with the others.
const SHARED_FILE: &str = "STORY_SHARED_FILE";

#[tokio::test]
#[ignore = "one of the processes that the next test starts"]
async fn one_copy_of_the_program() {
    let path = std::env::var_os(SHARED_FILE).unwrap();
    let store = SqliteStore::open(path.as_ref()).unwrap();
    store.migrate().await.unwrap();
    let mut seed = write("public", day(20));
    seed.nonce = format!("nonce-of-process-{:08}", std::process::id()).parse().unwrap();
    assert_eq!(store.seed_demo(&seed).await.unwrap(), 15);
    store.close().await;
}

#[test]
fn copies_that_start_at_once_on_a_fresh_file_all_succeed() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "databases::one_copy_of_the_program"])
            .env(SHARED_FILE, folder.path().join("book.db"))
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let copies: Vec<_> = std::iter::repeat_with(start).take(4).collect();
    for copy in copies {
        let output = copy.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && told.contains("1 passed"), "{told}");
    }
}

/// Whoever is about to write keeps another from making the file one that is written beside; SQLite refuses that at once.
#[tokio::test]
async fn a_copy_that_starts_waits_while_another_one_makes_the_file_ready() {
    let (folder, store) = sqlite();
    let options = SqliteConnectOptions::new().filename(folder.path().join("data").join("book.db"));
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let mut migrated = pin!(store.migrate());
    let early = timeout(Duration::from_millis(300), &mut migrated).await;
    assert!(early.is_err(), "it waits: {early:?}");
    other.close().await.unwrap();
    migrated.await.unwrap();
    a_migrated_database_is_healthy(&store).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_database_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, store) = sqlite();
    store.migrate().await.unwrap();
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.file_name());
    }
}

#[test]
fn a_file_that_cannot_be_made_is_named_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = SqliteStore::open(&file.join("book.db")).unwrap_err().to_string();
    assert!(error.contains("book.db") && error.contains("check that its folder"), "{error}");
}

/// Leaves room for some pages only, as a full disk does.
#[tokio::test]
async fn a_full_disk_is_told_from_a_broken_database() {
    let (folder, store) = sqlite();
    store.migrate().await.unwrap();
    store.close().await;
    let path = folder.path().join("data").join("book.db");
    let options = SqliteConnectOptions::new().filename(&path).pragma("max_page_count", "1");
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let error = connection.execute("CREATE TABLE more (x); INSERT INTO more SELECT zeroblob(1000000)").await;
    assert!(matches!(StoreError::from(error.unwrap_err()), StoreError::DiskFull(_)));
    connection.execute("PRAGMA query_only = 1").await.unwrap();
    let error = connection.execute("DELETE FROM nonces").await.unwrap_err();
    assert!(matches!(StoreError::from(error), StoreError::ReadOnly(_)));
}
