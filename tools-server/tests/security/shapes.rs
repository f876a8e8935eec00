//! What a stranger could measure: the database does the same work for another's customer as for none. No clock is
//! read here; the statements are compared, which is what the time depends on.

use std::{
    io,
    sync::{Arc, Mutex},
    thread,
};

use serde_json::Value;

use crate::{
    calls::{self, Call, MINE, NOBODYS},
    world::{Caller, Server, on_postgresql},
};

/// What the database driver says that it does, in every test of this program.
static DRIVER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Driver;

impl io::Write for Driver {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        DRIVER.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The statements of this thread since the last time, in their order. What is not committed is rolled back while the
/// caller has its answer already, so a rollback has no place of its own.
fn statements() -> Vec<String> {
    let said = String::from_utf8(std::mem::take(&mut *DRIVER.lock().unwrap())).unwrap();
    let lines = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mine = lines.filter(|line| line["threadName"].as_str() == thread::current().name());
    let statements = mine.map(|line| line["fields"]["summary"].as_str().unwrap().to_owned());
    statements.filter(|statement| statement != "ROLLBACK").collect()
}

/// The server runs in the thread of the test.
#[tokio::test]
async fn the_database_does_the_same_work_for_anothers_customer_as_for_none() {
    let Some((database, store)) = on_postgresql().await else { return };
    let server = Server::start(Arc::clone(&store)).await;
    for call in calls::as_a() {
        server.call(Caller::A, &call).await;
    }
    let log = tracing_subscriber::fmt().json().with_thread_names(true);
    log.with_env_filter("sqlx::query=debug").with_writer(|| Driver).init();
    let all = |target| -> Vec<Call> { [calls::reads(target), calls::claims(target), calls::writes(target)].concat() };
    let mut shapes = Vec::new();
    for target in [MINE, NOBODYS] {
        let mut shape = Vec::new();
        for call in all(target) {
            server.call(Caller::B, &call).await;
            shape.push((call.row(), statements()));
        }
        shapes.push(shape);
    }
    assert_eq!(shapes[0], shapes[1]);
    let asked = shapes[0].iter().filter(|(_, statements)| !statements.is_empty()).count();
    assert!(asked >= 25, "these ask the database: {:?}", shapes[0]);
    store.close().await;
    database.drop().await;
}
