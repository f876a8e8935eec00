//! The life of what deserves attention over deliveries.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use contracts::attention::{Attention, Item, Kind, State};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    database::TemporaryDatabase,
    support::{Options, TestServer},
};

/// The day of the first delivery; the others come a week later each.
fn week(n: u64) -> NaiveDate {
    "2026-10-02".parse::<NaiveDate>().unwrap() + Days::new(7 * n)
}

/// A delivery in which the ticket is open, closed, or urgent no more, and six further ones are open since a week.
async fn deliver(server: &TestServer, n: u64, priority: &str, is_closed: bool, further: Option<u64>) {
    let ticket =
        |id: String, priority: &str, since: u64| json!({ "id": id, "priority": priority, "openedOn": week(since) });
    let mut urgent = ticket("t-1".to_owned(), priority, 0);
    if is_closed {
        urgent["closedOn"] = json!(week(n));
    }
    let low =
        further.into_iter().flat_map(|since| (0..6).map(move |k| ticket(format!("low-{since}-{k}"), "low", since)));
    let tickets: Vec<Value> = [urgent].into_iter().chain(low).collect();
    let terms = json!({ "renewalDate": week(60), "arr": { "minor": 100_000, "currency": "USD" } });
    let piece = json!({
        "customers": [{ "id": "c-1", "fields": { "name": "One" } }],
        "tickets": [{ "customerId": "c-1", "tickets": tickets }],
        "contracts": [{ "customerId": "c-1", "contractId": "c", "terms": terms }],
    });
    let parts = json!({ "customers": ["name"], "tickets": ["closed_on"], "contracts": ["renewal_date", "arr"] });
    let delivery = json!({ "source": "desk", "day": week(n), "parts": parts, "pieces": 1, "acceptLosses": true });
    server.import(&format!("week-{n}"), piece, delivery).await.data();
}

/// The item of this kind in the week, where there is one.
async fn item(server: &TestServer, n: u64, kind: Kind) -> Option<Item> {
    let page = server.get(&format!("/v1/attention?asOf={}", week(n))).await;
    let page: Attention = serde_json::from_value(page.data().clone()).unwrap();
    page.items.into_iter().find(|item| item.kind == kind && item.about.name() == "One")
}

async fn is_done(server: &TestServer, n: u64, item: &Item) {
    let body = serde_json::to_string(&item.becomes(State::Done(week(n)))).unwrap();
    server.call(Method::PUT, &format!("/v1/attention/{}", item.id), body).await.data();
}

async fn told(server: &TestServer) {
    deliver(server, 0, "urgent", false, None).await;
    let first = item(server, 0, Kind::UrgentTicket).await.unwrap();
    is_done(server, 0, &first).await;

    // As long as its cause is there, it stays done.
    deliver(server, 1, "urgent", false, None).await;
    assert_eq!(item(server, 1, Kind::UrgentTicket).await.unwrap().state, State::Done(week(0)));

    // Closed and opened again, or urgent no more and again, it waits again.
    for (gone, priority, is_closed) in [(2, "urgent", true), (4, "low", false)] {
        deliver(server, gone, priority, is_closed, None).await;
        assert_eq!(item(server, gone, Kind::UrgentTicket).await, None);
        deliver(server, gone + 1, "urgent", false, None).await;
        let again = item(server, gone + 1, Kind::UrgentTicket).await.unwrap();
        assert_eq!((&again.id, &again.state), (&first.id, &State::Open), "in week {}", gone + 1);
        is_done(server, gone + 1, &again).await;
    }

    // So does what the score makes.
    deliver(server, 7, "urgent", true, None).await;
    deliver(server, 8, "urgent", true, Some(8)).await;
    let dropped = item(server, 8, Kind::ScoreDropped).await.unwrap();
    is_done(server, 8, &dropped).await;
    deliver(server, 9, "urgent", true, Some(8)).await;
    assert_eq!(item(server, 9, Kind::ScoreDropped).await.unwrap().state, State::Done(week(8)));
    deliver(server, 14, "urgent", true, None).await;
    assert_eq!(item(server, 14, Kind::ScoreDropped).await, None);
    deliver(server, 20, "urgent", true, Some(20)).await;
    let again = item(server, 20, Kind::ScoreDropped).await.unwrap();
    assert_eq!((again.id, again.state), (dropped.id, State::Open));
}

#[tokio::test]
async fn what_was_done_waits_again_when_its_cause_comes_again_on_sqlite() {
    told(&TestServer::start().await).await;
}

#[tokio::test]
async fn what_was_done_waits_again_when_its_cause_comes_again_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let store = Arc::new(database.store());
    told(&TestServer::on(store.clone(), Options::default()).await).await;
    tools_server::store::Store::close(&*store).await;
    database.drop().await;
}
