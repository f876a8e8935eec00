//! One story of a store, told on SQLite always, on PostgreSQL where `TEST_DATABASE_URL` names a server, and through
//! PgBouncer in transaction mode where `TEST_PGBOUNCER_URL` names one before that server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod customers;
#[path = "../support/database.rs"]
mod database;
mod databases;
mod evals;
mod imports;
mod once;
mod support;

use database::TemporaryDatabase;
use tools_server::{
    config::Pooled,
    store::{PostgresStore, Store},
};

/// The whole story. Every chapter has owners of its own.
async fn story(store: &dyn Store, migrate: impl AsyncFn()) {
    databases::an_unmigrated_database_says_what_it_lacks(store).await;
    migrate().await;
    migrate().await;
    databases::a_migrated_database_is_healthy(store).await;

    imports::an_import_is_read_back_by_book_and_facts(store).await;
    imports::the_same_import_again_changes_nothing(store).await;
    imports::a_dry_run_counts_and_changes_nothing(store).await;
    imports::a_part_that_is_not_sent_stays(store).await;
    imports::an_import_that_fails_changes_nothing(store).await;
    imports::any_number_comes_back_as_it_was_sent(store).await;
    imports::what_was_nothing_and_is_nothing_is_silent(store).await;
    imports::the_demo_book_comes_and_goes(store).await;
    imports::a_demo_customer_that_is_imported_is_the_users_own(store).await;

    customers::customers_are_added_changed_and_removed(store).await;
    customers::a_removed_customer_takes_everything_along(store).await;
    customers::a_run_is_stored_once(store).await;
    customers::a_run_keeps_its_score_and_leaves_out_that_of_another_model(store).await;
    customers::a_nonce_is_spent_once(store).await;
    customers::owners_are_kept_apart(store).await;
    customers::hostile_text_is_only_text(store).await;

    evals::an_evaluation_is_read_back_as_it_was_sent(store).await;
    evals::a_result_is_stored_once(store).await;
    evals::results_come_in_pages(store).await;
    evals::results_go_with_their_customer_and_with_their_evaluation(store).await;
    evals::evaluations_of_owners_are_kept_apart(store).await;

    once::a_write_under_one_key_is_carried_out_once(store).await;
    once::a_key_is_for_one_request_of_one_owner(store).await;
    once::a_failed_write_leaves_its_key_free(store).await;
    once::a_key_is_forgotten_after_a_day(store).await;
    once::two_at_once_are_carried_out_once(store).await;
}

#[tokio::test]
async fn on_sqlite() {
    let (folder, store) = databases::sqlite();
    story(&store, async || store.migrate().await.unwrap()).await;
    store.close().await;
    drop(folder);
}

#[tokio::test]
async fn on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    told_on(database.store(), database).await;
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
async fn through_pgbouncer() {
    let Ok(pooler) = std::env::var("TEST_PGBOUNCER_URL") else {
        eprintln!("skipped: TEST_PGBOUNCER_URL is not set");
        return;
    };
    let Some(database) = TemporaryDatabase::create().await else { return };
    let url = database::secret(&database.app_url_through(&pooler));
    told_on(PostgresStore::open(&url, Pooled::On).unwrap(), database).await;
}

/// Migrates as the owner of the tables, and tells the story as the role that serves.
async fn told_on(store: PostgresStore, database: TemporaryDatabase) {
    story(&store, async || database.migrate().await.unwrap()).await;
    store.close().await;
    database.drop().await;
}
