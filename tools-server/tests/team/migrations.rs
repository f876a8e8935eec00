//! `tools-server migrate` and what `serve` asks of its role.

use std::process::{Command, Output, Stdio};

use sqlx::{Connection, Executor};
use tools_server::store::{Migration, MigrationError, Pooled, Postgres, Store};

use crate::database::{TemporaryDatabase, secret};

fn migrate(database: &TemporaryDatabase, url: &str, timeout: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tools-server"));
    command.env_clear().env("DATABASE_URL", url).env("DATABASE_DIRECT_URL", database.owner_url().as_str());
    command.args(["migrate", "--timeout", timeout]).stderr(Stdio::piped());
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn migrations_that_run_at_once_all_succeed() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    let start = || migrate(&database, database.app_url().as_str(), "60").spawn().unwrap();
    let migrations: Vec<_> = std::iter::repeat_with(start).take(4).collect();
    for migration in migrations {
        let output = migration.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", told(&output));
    }
    let store = database.store();
    let health = store.health().await;
    assert_eq!(health.schema_version, Some(health.expected_version));
    store.close().await;
    database.drop().await;
}

#[tokio::test]
async fn a_migration_that_is_held_up_ends_in_time_and_leaves_nothing_waiting() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let mut other = TemporaryDatabase::connect(&database.owner_url()).await;
    let mut tx = other.begin().await.unwrap();
    tx.execute("LOCK TABLE _sqlx_migrations").await.unwrap();
    let output = migrate(&database, database.app_url().as_str(), "1").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("migrat"), "{}", told(&output));
    tx.commit().await.unwrap();
    database.migrate().await.unwrap();
    database.drop().await;
}

#[tokio::test]
async fn a_role_that_is_not_there_or_may_too_much_is_told_with_what_to_run() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    let mut url = database.app_url();
    url.set_username("nobody_of_these_tests").unwrap();
    let output = migrate(&database, url.as_str(), "60").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let wanted = "CREATE ROLE \"nobody_of_these_tests\" LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS;";
    assert!(told(&output).contains(wanted), "{}", told(&output));

    let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
    let role = format!("too_mighty_{}", std::process::id());
    owner.execute(sqlx::AssertSqlSafe(format!("CREATE ROLE {role} LOGIN BYPASSRLS"))).await.unwrap();
    url.set_username(&role).unwrap();
    let urls = Postgres { url: secret(&url), ..database.urls() };
    let error = Migration::new(&urls).unwrap().run(std::time::Duration::from_secs(30)).await.unwrap_err();
    assert!(matches!(error, MigrationError::Role(_)), "{error}");
    owner.execute(sqlx::AssertSqlSafe(format!("DROP ROLE {role}"))).await.unwrap();
    owner.close().await.unwrap();
    database.drop().await;
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
async fn a_pooler_is_found_out_whatever_its_address() {
    let Ok(pooler) = std::env::var("TEST_PGBOUNCER_URL") else {
        eprintln!("skipped: TEST_PGBOUNCER_URL is not set");
        return;
    };
    let Some(database) = TemporaryDatabase::create().await else { return };
    let through = secret(&database.app_url_through(&pooler));
    let urls = Postgres { url: through, direct_url: None, pooled: Pooled::On };
    let error = Migration::new(&urls).unwrap().run(std::time::Duration::from_secs(30)).await.unwrap_err();
    assert!(matches!(error, MigrationError::Pooler), "{error}");
    database.drop().await;
}
