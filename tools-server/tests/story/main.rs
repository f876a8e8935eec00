//! One story of a store, told on SQLite always, on PostgreSQL where `TEST_DATABASE_URL` names a server, and through
//! PgBouncer in transaction mode where `TEST_PGBOUNCER_URL` names one before that server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod activity;
mod attention;
mod crowded;
mod customers;
#[path = "../support/database.rs"]
mod database;
mod databases;
mod demo;
mod evals;
mod imports;
mod once;
mod quota;
mod sums;
mod support;
mod upgrade;

use database::TemporaryDatabase;
use tools_server::store::{Pooled, PostgresStore, Store};

/// The whole story. Every chapter has owners of its own.
async fn story(store: &dyn Store, migrate: impl AsyncFn()) {
    databases::an_unmigrated_database_says_what_it_lacks(store).await;
    migrate().await;
    migrate().await;
    databases::a_migrated_database_is_healthy(store).await;

    imports::an_import_is_read_back_as_it_was_sent(store).await;
    imports::the_same_again_changes_no_row_and_is_recorded(store).await;
    imports::a_week_later_is_added_to_what_was_known(store).await;
    imports::an_older_delivery_never_overrules_a_newer_one(store).await;
    imports::a_part_alone_leaves_the_others(store).await;
    imports::what_is_not_delivered_any_more_is_gone_and_kept(store).await;
    imports::a_customer_that_another_source_knows_is_not_removed(store).await;
    imports::a_dry_run_tells_and_changes_nothing(store).await;
    imports::losses_ask_first(store).await;
    imports::an_import_that_fails_changes_nothing(store).await;
    imports::two_imports_at_once_are_as_one_after_the_other(store).await;
    imports::a_partial_delivery_reaches_further_for_its_own_customers_alone(store).await;
    imports::contacts_and_answers_are_kept(store).await;
    imports::any_number_comes_back_as_it_was_sent(store).await;
    imports::tickets_that_were_closed_stay(store).await;
    imports::pieces_are_forgotten_after_an_hour(store).await;
    imports::an_export_that_is_imported_gives_the_same_book(store).await;

    demo::the_demo_book_comes_and_goes(store).await;
    demo::a_demo_customer_that_is_imported_is_the_users_own(store).await;
    demo::the_demo_book_is_of_the_day_it_is_read(store).await;

    customers::customers_are_added_changed_and_removed(store).await;
    customers::a_removed_customer_takes_everything_along(store).await;
    customers::a_run_is_stored_once(store).await;
    customers::a_run_keeps_its_score_and_leaves_out_that_of_another_model(store).await;
    customers::a_nonce_is_spent_once(store).await;
    customers::owners_are_kept_apart(store).await;
    customers::hostile_text_is_only_text(store).await;

    attention::what_became_of_an_item_is_kept_until_it_is_opened_again(store).await;
    attention::what_became_of_items_of_owners_is_kept_apart(store).await;
    attention::done_items_stay_done_over_deliveries_and_new_causes_are_new_items(store).await;
    attention::what_was_promised_is_closed_with_its_item(store).await;
    attention::ten_items_are_dealt_with_in_a_day(store).await;

    evals::an_evaluation_is_read_back_as_it_was_sent(store).await;
    evals::a_result_is_stored_once(store).await;
    evals::results_come_in_pages(store).await;
    evals::results_go_with_their_customer_and_with_their_evaluation(store).await;
    evals::evaluations_of_owners_are_kept_apart(store).await;

    activity::what_was_done_is_kept_and_read_newest_first(store).await;
    activity::what_was_done_is_part_of_what_is_known(store).await;
    activity::activity_of_a_source_is_exported_and_is_not_the_users_to_change(store).await;
    activity::activity_needs_a_customer_and_goes_with_it(store).await;
    activity::a_customer_of_the_demo_book_keeps_what_was_done(store).await;
    activity::a_visit_tells_the_day_of_the_one_before(store).await;

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
