//! A team: one tools server, two people and a guest, each with the real program.

use std::{fs, sync::Arc};

use chrono::{TimeDelta, Utc};
use contracts::{
    OwnerId,
    signing::{MasterKey, MasterKeys},
};
use cs_copilot::config::ServerUrl;
use serde_json::Value;
use tempfile::{TempDir, tempdir};
use tokio::net::TcpListener;
use tools_server::{
    Settings,
    auth::{SignIn, TokenRules},
    store::{SqliteStore, Store, Write},
};

use crate::support::{Account, Provider};

/// The team's server, which accepts tokens of `client` alone, with the demo book for guests.
async fn server(issuer: &ServerUrl, client: &str) -> (ServerUrl, TempDir) {
    let dir = tempdir().unwrap();
    let store = SqliteStore::open(&dir.path().join("book.sqlite")).unwrap();
    store.migrate().await.unwrap();
    let now = Utc::now();
    let nonce = "nonce-of-the-seed-here".parse().unwrap();
    let owner = OwnerId::public();
    let write = Write { owner, nonce, nonce_expires: now + TimeDelta::minutes(10), now, once: None };
    store.seed_demo(&write).await.unwrap();
    let rules = TokenRules {
        issuer: issuer.as_str().parse().unwrap(),
        client_ids: vec![client.to_owned()],
        audience: Some(issuer.to_string()),
        clerk: None,
    };
    let masters = MasterKeys { current: MasterKey::new(vec![7; 32]).unwrap(), previous: None };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let sign_in = Some(Arc::new(SignIn::new(rules).unwrap()));
    let settings = Settings { sign_in, ..Settings::new(masters, address.into()) };
    let router = tools_server::router(Arc::new(store), settings);
    tokio::spawn(tools_server::serve(listener, router, std::future::pending()));
    (format!("http://{address}").parse().unwrap(), dir)
}

async fn names(account: &Account) -> Vec<String> {
    let ended = account.run(&["customers", "--format", "json"]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let book: Value = serde_json::from_str(&ended.stdout).unwrap();
    let rows = book["customers"].as_array().unwrap();
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

async fn import(account: &Account, customers: &str) -> Option<i32> {
    let dir = account.path("export");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("customers.csv"), format!("customer_id,name\n{customers}\n")).unwrap();
    account.run(&["import", "export"]).await.code
}

#[tokio::test]
async fn two_people_see_their_own_customers_and_nobody_elses() {
    let Some(provider) = Provider::start() else { return };
    provider.interval(1).await;
    let (server, _dir) = server(&provider.issuer, "cs-copilot").await;
    let [alice, bob, guest] = [(); 3].map(|()| Account::new(&provider.issuer, Some(&server)));
    alice.login("--device", "user_alice").await;
    bob.login("--browser", "user_bob").await;
    assert_eq!(import(&alice, "same-id,Alice's customer\nonly-a,Another of Alice").await, Some(0));
    assert_eq!(import(&bob, "same-id,Bob's customer").await, Some(0));
    assert_eq!(names(&alice).await, ["Alice's customer", "Another of Alice"]);
    assert_eq!(names(&bob).await, ["Bob's customer"]);
    let demo = names(&guest).await;
    assert!(demo.len() > 2 && !demo.iter().any(|name| name.contains("Alice") || name.contains("Bob")), "{demo:?}");
    assert_eq!(import(&guest, "mine,Mine").await, Some(1), "a guest changes nothing");
    let ended = bob.run(&["run", "health", "only-a"]).await;
    assert!(ended.code == Some(1) && !ended.stderr.contains("Alice"), "{ended:?}");
    assert!(alice.run(&["whoami"]).await.stdout.contains("takes you for user_alice\n"));

    assert_eq!(alice.run(&["logout"]).await.code, Some(0));
    assert_eq!(names(&alice).await, demo, "signed out, she is a guest");
}

#[tokio::test]
async fn a_server_of_another_application_refuses_the_sign_in_in_one_sentence() {
    let Some(provider) = Provider::start() else { return };
    let (server, _dir) = server(&provider.issuer, "another-client").await;
    let account = Account::new(&provider.issuer, Some(&server));
    account.login("--browser", "user_alice").await;
    let ended = account.run(&["customers"]).await;
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(
        ended.stderr.contains("sign in again with `cs-copilot login`") && ended.stderr.lines().count() == 1,
        "{ended:?}"
    );
    assert_eq!(account.run(&["whoami"]).await.code, Some(1));
}
