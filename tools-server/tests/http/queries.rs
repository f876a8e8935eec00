//! A query comes to the same whether it is asked of what is kept of a book or of the rows of everybody.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use contracts::{
    ErrorCode::InvalidInput,
    OwnerId,
    book::{BookPage, BookSort, CustomerRow},
    outcome::{QueryPage, QueryReply},
    query::Query,
};
use domain::query::{LONGEST, answer, parse, text};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use reqwest::Method;
use serde_json::{Value, json};
use tools_server::columns::BUCKETS;

use crate::{
    database::TemporaryDatabase,
    generated,
    support::{Options, Reply, TestServer},
};

/// So many made-up queries are asked after each write.
const QUERIES: usize = 12;

/// Queries that people ask.
const ASKED: [&str; 14] = [
    "",
    "risk:high renewal:<60d arr:>10k",
    "sort:-arr limit:3",
    "sort:-arr",
    "limit:4",
    "by:month(renewal) sum:arr",
    "by:segment mean:score",
    "not (risk:low or plan:gold) sort:renewal",
    "not arr:>USD50k",
    "arr:missing or usage:stale",
    "status:churned,active share:arr",
    "touch:>3d sort:-touch limit:5",
    "opened:>2 sort:-opened",
    "by:segment mean:usage-change-in-period",
];

fn today() -> NaiveDate {
    "2026-11-20".parse().unwrap()
}

/// A customer of many, in whom everything comes and goes with another step.
fn rows_of(n: usize) -> Value {
    let day = |back: usize| today() - Days::new(back as u64);
    let id = format!("c-{n}");
    let one_of = |words: &[&str], n: usize| words[n % words.len()].to_owned();
    let money = || json!({ "minor": 100_000 * (n * 37 % 300), "currency": one_of(&["USD", "EUR", "GBP"], n) });
    let terms = json!({
        "renewalDate": (n % 4 != 3).then(|| today() + Days::new((n * 13 % 400) as u64) - Days::new(40)),
        "arr": (!n.is_multiple_of(5)).then(money), "plan": one_of(&["Gold", "Silver"], n), "seats": n % 50,
    });
    let points = (0..12).rev().map(|week| json!({ "date": day(7 * week), "value": 40 + (n * 7 + week * n % 90) % 60 }));
    let ticket = |k: usize| json!({ "id": format!("t-{n}-{k}"), "priority": one_of(&["urgent", "low"], k), "openedOn": day(k + n % 30) });
    json!({
        "customer": { "id": id, "fields": {
            "name": format!("Name {}", n * 31 % 50), "segment": (!n.is_multiple_of(6)).then(|| one_of(&["smb", "Enterprise"], n)),
            "status": (n % 11 == 7).then_some("churned"),
        } },
        "usage": { "customerId": id, "metric": "logins", "says": { "points": points.collect::<Vec<_>>() } },
        "tickets": { "customerId": id, "tickets": (0..n % 7).map(ticket).collect::<Vec<_>>() },
        "contract": { "customerId": id, "contractId": "c", "terms": without_nulls(terms) },
    })
}

/// Another series of a customer, with a point so many days ago.
fn calls(n: usize, ago: &[u64]) -> Value {
    let points = ago.iter().map(|ago| json!({ "date": today() - Days::new(*ago), "value": 3 })).collect::<Vec<_>>();
    json!({ "customerId": format!("c-{n}"), "metric": "calls", "says": { "points": points } })
}

fn without_nulls(mut object: Value) -> Value {
    object.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    object
}

fn piece(customers: impl Iterator<Item = usize> + Clone) -> Value {
    let all = |part: &str, keep: fn(usize) -> bool| {
        customers.clone().filter(|n| keep(*n)).map(|n| rows_of(n)[part].clone()).collect::<Vec<_>>()
    };
    let mut piece = json!({
        "customers": all("customer", |_| true), "usage": all("usage", |n| n % 8 != 1),
        "tickets": all("tickets", |n| n % 9 != 2), "contracts": all("contract", |n| n % 10 != 3),
    });
    for customer in piece["customers"].as_array_mut().unwrap() {
        customer["fields"] = without_nulls(customer["fields"].take());
    }
    piece
}

fn delivery(mode: &str, day: NaiveDate) -> Value {
    let parts = json!({
        "customers": ["name", "segment", "status"], "usage": [], "tickets": [],
        "contracts": ["renewal_date", "arr", "plan", "seats"],
    });
    json!({ "source": "crm", "mode": mode, "day": day, "parts": parts, "pieces": 1, "acceptLosses": true })
}

/// The path of a query.
fn path(server: &TestServer, pairs: &[(&str, &str)]) -> String {
    let mut url = server.url("/v1/query");
    url.query_pairs_mut().extend_pairs(pairs);
    format!("/v1/query?{}", url.query().unwrap())
}

async fn reply(server: &TestServer, pairs: &[(&str, &str)]) -> QueryReply {
    serde_json::from_value(server.get(&path(server, pairs)).await.data().clone()).unwrap()
}

async fn found(server: &TestServer, pairs: &[(&str, &str)]) -> QueryPage {
    match reply(server, pairs).await {
        QueryReply::Found(page) => *page,
        QueryReply::Evaluating(progress) => panic!("{pairs:?} is still at {progress:?}"),
    }
}

/// The whole book of its rows, in its order.
async fn book(server: &TestServer) -> Vec<CustomerRow> {
    let page = server.get(&format!("/v1/customers?sort=id&facts=all&asOf={}", today())).await;
    let mut page: BookPage = serde_json::from_value(page.data().clone()).unwrap();
    assert!(page.next.is_none() && page.customers.len() > 20);
    page.customers.sort_by_key(|row| row.place(BookSort::Risk));
    page.customers
}

/// Asks the same of both.
async fn compare(server: &TestServer, rows: &[CustomerRow], query: &Query) {
    let asked = text(query);
    let here = answer(query, rows, today());
    let there = found(server, &[("query", &asked), ("asOf", "2026-11-20")]).await;
    assert_eq!(there.outcome, here.outcome, "{asked}");
    let shown = here.shown.iter().filter(|_| query.group.is_none()).map(|place| &rows[*place].id);
    assert!(there.customers.iter().map(|row| &row.id).eq(shown), "{asked}");
    assert_eq!(there.next, None);
}

async fn the_same(server: &TestServer, runner: &mut TestRunner) {
    let rows = book(server).await;
    for asked in ASKED {
        compare(server, &rows, &parse(asked).unwrap()).await;
    }
    let mut compared = 0;
    while compared < QUERIES {
        let query = generated::query().new_tree(runner).unwrap().current();
        if text(&query).len() <= LONGEST {
            compare(server, &rows, &query).await;
            compared += 1;
        }
    }
}

/// How many buckets are kept.
async fn kept(server: &TestServer, as_of: NaiveDate) -> u32 {
    server.store.columns(&OwnerId::public(), &[], as_of).await.unwrap().len() as u32
}

async fn told(server: &TestServer) {
    let mut runner = TestRunner::deterministic();
    let write = async |method: Method, path: &str, body: Value| {
        let reply: Reply = server.call(method, path, body.to_string()).await;
        reply.data();
    };
    server.import("first", piece(0..60), delivery("snapshot", today() - Days::new(9))).await.data();
    assert_eq!(kept(server, today()).await, 0);
    the_same(server, &mut runner).await;
    assert_eq!(kept(server, today()).await, BUCKETS);

    // One customer changes, and what is kept of the others stays.
    let note = json!({
        "id": "n-1", "customerId": "c-5", "kind": "call", "on": "2026-11-10", "text": "spoke",
        "followUp": { "due": "2026-11-18" },
    });
    write(Method::PUT, "/v1/activity/n-1", note).await;
    assert_eq!(kept(server, today()).await, BUCKETS - 1);
    the_same(server, &mut runner).await;
    let item = json!({ "state": { "done": "2026-11-20" }, "customerId": "c-5", "promised": "n-1" });
    write(Method::PUT, "/v1/attention/some-item", item).await;
    assert_eq!(kept(server, today()).await, BUCKETS - 1);
    the_same(server, &mut runner).await;
    write(Method::DELETE, "/v1/activity/n-1", json!({})).await;
    assert_eq!(kept(server, today()).await, BUCKETS - 1);
    the_same(server, &mut runner).await;
    write(Method::PUT, "/v1/customers/c-9", json!({ "id": "c-9", "name": "Another", "segment": "smb" })).await;
    write(Method::POST, "/v1/customers", json!({ "id": "new", "name": "New" })).await;
    write(Method::DELETE, "/v1/customers/c-11", json!({})).await;
    the_same(server, &mut runner).await;

    // A delivery changes nobody where nothing of it was not known, and else everybody: also where its rows are the same and
    // another day is known of them, or shown by fewer customers to be reached.
    let mut all = piece(0..60);
    let others = [4, 5, 6].map(|n| calls(n, &[20, 13]));
    let two = [0, 3].map(|n| calls(n, &[20, 13, 6]));
    all["usage"].as_array_mut().unwrap().extend(others.into_iter().chain(two.clone()));
    let of = |mode, days| delivery(mode, today() - Days::new(days));
    for (name, piece, delivery, changes) in [
        ("with-calls", &all, of("snapshot", 9), true),
        ("again", &all, of("snapshot", 9), false),
        ("nothing", &json!({}), of("changes", 9), false),
        ("two", &json!({ "usage": two }), of("changes", 9), true),
        ("two-again", &json!({ "usage": two }), of("changes", 9), false),
        ("older", &all, of("snapshot", 12), true),
        ("later", &all, of("snapshot", 8), true),
    ] {
        server.import(name, piece.clone(), delivery).await.data();
        assert_eq!(kept(server, today()).await, if changes { 0 } else { BUCKETS }, "{name}");
        the_same(server, &mut runner).await;
        assert_eq!(kept(server, today()).await, BUCKETS);
    }
    server
        .import("second", piece((0..60).filter(|n| n % 13 != 0)), delivery("snapshot", today() - Days::new(2)))
        .await
        .data();
    the_same(server, &mut runner).await;
    write(Method::POST, "/api/db/seed-global", json!({})).await;
    the_same(server, &mut runner).await;
    write(Method::DELETE, "/api/db/seed-global", json!({})).await;
    the_same(server, &mut runner).await;

    // Another day takes the place of the one before.
    let then = today() - Days::new(3);
    found(server, &[("query", "risk:high"), ("asOf", &then.to_string())]).await;
    assert_eq!((kept(server, then).await, kept(server, today()).await), (BUCKETS, 0));
}

#[tokio::test]
async fn a_query_of_what_is_kept_comes_to_what_it_comes_to_of_the_rows_on_sqlite() {
    told(&TestServer::start().await).await;
}

#[tokio::test]
async fn a_query_of_what_is_kept_comes_to_what_it_comes_to_of_the_rows_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let store = Arc::new(database.store());
    told(&TestServer::on(store.clone(), Options::default()).await).await;
    tools_server::store::Store::close(&*store).await;
    database.drop().await;
}

#[tokio::test]
async fn pages_come_one_after_the_other() {
    let server = TestServer::start().await;
    let asked = [("query", "sort:-arr"), ("facts", "contract.arr")];
    let whole = found(&server, &asked).await;
    assert_eq!(whole.customers.len(), whole.outcome.shown as usize);
    let (mut after, mut rows) = (None, Vec::new());
    loop {
        let next = after.iter().map(|id: &String| ("after", id.as_str()));
        let pairs: Vec<_> = asked.into_iter().chain([("limit", "4")]).chain(next).collect();
        let page = found(&server, &pairs).await;
        assert_eq!(page.outcome, whole.outcome);
        rows.extend(page.customers);
        let Some(id) = page.next else { break };
        after = Some(id.to_string());
    }
    assert_eq!(rows, whole.customers);
    let none = found(&server, &[("limit", "0")]).await;
    assert_eq!((none.customers.len(), none.next, none.outcome.fit), (0, None, whole.outcome.fit));
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_its_field() {
    let server = TestServer::start().await;
    for (pairs, field) in [
        ([("query", "risk:hihg"), ("limit", "5")], "query"),
        ([("query", "risk:high"), ("limit", "1001")], "limit"),
        ([("query", "risk:high"), ("facts", "no.such")], "facts"),
        ([("query", "risk:high"), ("after", "nobody")], "after"),
    ] {
        let reply = server.get(&path(&server, &pairs)).await;
        let message = reply.failed(InvalidInput);
        assert!(message.contains(field), "{pairs:?}: {message}");
    }
}

#[tokio::test]
async fn a_long_book_is_evaluated_in_steps_that_are_told() {
    const CUSTOMERS: u32 = 7_000;
    let server = TestServer::start().await;
    let customers: Vec<_> =
        (0..CUSTOMERS).map(|n| json!({ "id": format!("c-{n}"), "fields": { "name": "N" } })).collect();
    let delivery = json!({ "source": "crm", "day": today(), "parts": { "customers": ["name"] }, "pieces": 1 });
    server.import("long", json!({ "customers": customers }), delivery).await.data();
    let mut told = Vec::new();
    let page = loop {
        match reply(&server, &[("query", "name:N"), ("limit", "1")]).await {
            QueryReply::Evaluating(progress) => told.push(progress),
            QueryReply::Found(page) => break page,
        }
    };
    assert_eq!(page.outcome.fit, CUSTOMERS);
    let all = page.outcome.counted;
    assert!(!told.is_empty() && told.iter().all(|progress| progress.of == all && progress.done < all), "{told:?}");
    assert!(told.is_sorted_by(|a, b| a.done < b.done), "{told:?}");
}

/// Guests of a server for many change nothing, not even what is kept.
#[tokio::test]
async fn a_guest_who_may_not_write_asks_and_nothing_is_kept() {
    let server = TestServer::start().await;
    let reader = TestServer::on(server.store.clone(), Options { guest_writes: false, ..Options::default() }).await;
    assert!(found(&reader, &[("query", "sort:-arr")]).await.outcome.fit > 0);
    assert_eq!(kept(&reader, today()).await, 0);
}
