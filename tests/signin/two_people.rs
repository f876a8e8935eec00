//! Two people at work on a team's server, with PostgreSQL behind a pooler: one signs in by code, one by browser; each
//! imports a book and asks for everything. Neither sees a byte of the other's.

use std::{fs, sync::Arc};

use contracts::signing::{MasterKey, MasterKeys};
use cs_copilot::config::ServerUrl;
use tokio::net::TcpListener;
use tools_server::{
    Settings,
    auth::{SignIn, TokenRules},
    store::{Pooled, PostgresStore, Store},
};

use crate::{
    database::{TemporaryDatabase, secret},
    support::{Account, Provider},
};

/// Every one of these words is in the one book alone. Both have a customer of the id `same`.
struct Person {
    user: &'static str,
    way: &'static str,
    word: &'static str,
    customer: &'static str,
}

const ALICE: Person = Person { user: "user_alice", way: "--device", word: "Aardvark", customer: "aardvark-1" };
const BOB: Person = Person { user: "user_bob", way: "--browser", word: "Bumblebee", customer: "bumblebee-1" };

impl Person {
    fn book(&self) -> [(&'static str, String); 4] {
        let Self { word, customer, .. } = self;
        [
            (
                "customers.csv",
                format!("customer_id,name,contact\n{customer},{word} Ltd,{word} Contact\nsame,{word} Twin,\n"),
            ),
            (
                "usage.csv",
                format!(
                    "customer_id,trend,recent,before,metric\n{customer},down,10,20,{word} logins\nsame,up,9,8,{word} logins\n"
                ),
            ),
            (
                "tickets.csv",
                format!(
                    "ticket_id,customer_id,priority,opened_on,subject\n{word}-7,same,urgent,2026-11-01,{word} is down\n"
                ),
            ),
            (
                "contracts.csv",
                format!("customer_id,renewal_date,plan\n{customer},2027-03-01,{word} Plan\nsame,,{word} Plan\n"),
            ),
        ]
    }

    /// Signs in, and imports the book.
    async fn begin(&self, account: &Account) {
        account.login(self.way, self.user).await;
        let export = account.path("export");
        fs::create_dir(&export).unwrap();
        for (file, text) in self.book() {
            fs::write(export.join(file), text).unwrap();
        }
        let ended = account.run(&["import", "export"]).await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }

    /// All that the program prints when it is asked for everything, about `other`'s customer, too.
    async fn sees(&self, account: &Account, other: &Self) -> String {
        let mut asked = vec![
            vec!["customers", "--format", "json"],
            vec!["run", "health", "--all", "--format", "ndjson"],
            vec!["whoami"],
        ];
        for customer in [self.customer, "same", other.customer] {
            let tasks = ["health", "renewal", "qbr", "churn", "email"];
            asked.extend(tasks.map(|task| vec!["run", task, customer, "--format", "json"]));
            asked.push(vec!["history", customer]);
        }
        let mut seen = String::new();
        for arguments in asked {
            let ended = account.run(&arguments).await;
            seen += &(ended.stdout + &ended.stderr);
        }
        seen
    }
}

/// The real server, which believes the provider and nobody else.
async fn serve(store: Arc<dyn Store>, provider: &Provider) -> ServerUrl {
    let rules = TokenRules {
        issuer: provider.issuer.as_str().parse().unwrap(),
        client_ids: vec!["cs-copilot".to_owned()],
        audience: Some(provider.issuer.to_string()),
        clerk: None,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let masters = MasterKeys { current: MasterKey::new(vec![7; 32]).unwrap(), previous: None };
    let settings =
        Settings { sign_in: Some(Arc::new(SignIn::new(rules).unwrap())), ..Settings::new(masters, address.into()) };
    tokio::spawn(tools_server::serve(listener, tools_server::router(store, settings), std::future::pending()));
    format!("http://{address}").parse().unwrap()
}

async fn two_people(server: &ServerUrl, provider: &Provider) {
    provider.interval(1).await;
    let [alices, bobs] = [0; 2].map(|_| Account::new(&provider.issuer, Some(server)));
    ALICE.begin(&alices).await;
    BOB.begin(&bobs).await;
    for (person, account, other) in [(&ALICE, &alices, &BOB), (&BOB, &bobs, &ALICE)] {
        let seen = person.sees(account, other).await;
        for own in [" Ltd", " Contact", " Twin", " logins", "-7"] {
            assert!(seen.contains(&format!("{}{own}", person.word)), "{} sees {own:?}", person.user);
        }
        assert!(!seen.contains(other.word), "{} sees {}'s rows: {seen}", person.user, other.user);
    }
    let guest = Account::new(&provider.issuer, Some(server));
    let ended = guest.run(&["customers", "--format", "json"]).await;
    assert!(ended.code == Some(0), "{ended:?}");
    assert!(![ALICE.word, BOB.word].iter().any(|word| ended.stdout.contains(word)), "{ended:?}");
    let ended = guest.run(&["import", "."]).await;
    assert_ne!(ended.code, Some(0), "a guest imports nothing");
}

#[tokio::test]
async fn neither_of_two_people_sees_a_byte_of_the_others() {
    let Some(provider) = Provider::start() else { return };
    let Ok(pooler) = std::env::var("TEST_PGBOUNCER_URL") else {
        eprintln!("skipped: TEST_PGBOUNCER_URL is not set");
        return;
    };
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let url = secret(&database.app_url_through(&pooler));
    let store = Arc::new(PostgresStore::open(&url, Pooled::On).unwrap());
    two_people(&serve(store.clone(), &provider).await, &provider).await;
    store.close().await;
    database.drop().await;
}
