//! What a stranger could measure: the database does the same work for another's customer as for none. No clock is
//! read here; the statements are compared, which is what the time depends on.

use std::{
    io,
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    calls::{self, Call, MINE, NOBODYS},
    world::{Caller, Server, on_postgresql},
};

/// What the database driver says that it does.
#[derive(Clone, Default)]
struct Driver(Arc<Mutex<Vec<u8>>>);

impl io::Write for Driver {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Driver {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Driver {
    /// The statements since the last time, in their order.
    fn statements(&self) -> Vec<String> {
        let said = String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap();
        let lines = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.map(|line| line["fields"]["summary"].as_str().unwrap().to_owned()).collect()
    }
}

/// In one thread, which is the one that is listened to.
#[tokio::test]
async fn the_database_does_the_same_work_for_anothers_customer_as_for_none() {
    let Some((database, store)) = on_postgresql().await else { return };
    let server = Server::start(Arc::clone(&store)).await;
    for call in calls::as_a() {
        server.call(Caller::A, &call).await;
    }
    let driver = Driver::default();
    let log = tracing_subscriber::fmt().json().with_env_filter("sqlx::query=debug").with_writer(driver.clone());
    let _listening = tracing::subscriber::set_default(log.finish());
    let all = |target| -> Vec<Call> { [calls::reads(target), calls::writes(target)].concat() };
    let mut shapes = Vec::new();
    for target in [MINE, NOBODYS] {
        let mut shape = Vec::new();
        for call in all(target) {
            server.call(Caller::B, &call).await;
            shape.push((call.row(), driver.statements()));
        }
        shapes.push(shape);
    }
    assert_eq!(shapes[0], shapes[1]);
    let idle = shapes[0].iter().filter(|(_, statements)| statements.is_empty()).count();
    assert_eq!(idle, 1, "every call but the invalid one asks the database: {:?}", shapes[0]);
    store.close().await;
    database.drop().await;
}
