//! PostgreSQL goes away under load and comes back: nothing is lost, nothing is done twice, nobody gets a wrong answer.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use contracts::{ErrorCode::Unavailable, idempotency::IDEMPOTENCY_KEY};
use reqwest::Method;
use serde_json::json;
use sqlx::{AssertSqlSafe, Executor};
use tempfile::TempDir;

use crate::{
    database::TemporaryDatabase,
    support::{Options, Session, TestServer},
};

const WRITERS: usize = 8;
const PATIENCE: Duration = Duration::from_secs(60);

/// A PostgreSQL of this test's own, which it may stop and start.
struct Cluster {
    bin: String,
    folder: TempDir,
    port: u16,
}

impl Cluster {
    fn create(bin: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            assert!(Command::new("chown").arg("postgres").arg(folder.path()).status().unwrap().success());
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Self { bin, folder, port };
        cluster.run("initdb", &["-D", "data", "-U", "postgres", "-A", "trust", "--no-sync"]);
        cluster
    }

    fn start(&self) {
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", self.port);
        self.run("pg_ctl", &["-D", "data", "-w", "-l", "server.log", "-o", &options, "start"]);
    }

    fn stop(&self, mode: &str) {
        self.run("pg_ctl", &["-D", "data", "-w", "-m", mode, "stop"]);
    }

    fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let program = Path::new(&self.bin).join(program);
        // PostgreSQL refuses to run as root.
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let status = command.args(arguments).current_dir(self.folder.path()).stdout(Stdio::null()).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.folder.path().join("data/postmaster.pid").exists() {
            self.stop("immediate");
        }
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// How many customers were sent to be added, and how many the server said it has added.
#[derive(Default)]
struct Counts {
    sent: AtomicUsize,
    added: AtomicUsize,
    done: AtomicBool,
}

/// Adds customers one after another, each under a key of its own and as often as it takes, and looks at the book between.
async fn load(server: Arc<TestServer>, writer: usize, counts: Arc<Counts>) {
    let session = server.session().await;
    let mut count = 0;
    while !counts.done.load(SeqCst) {
        count += 1;
        counts.sent.fetch_add(1, SeqCst);
        add(&server, &session, &format!("c-{writer}-{count}")).await;
        counts.added.fetch_add(1, SeqCst);

        let at_least = counts.added.load(SeqCst);
        let reply = server.send(session.sign(Method::GET, server.url("/v1/customers?limit=1"), "")).await;
        if reply.status == 200 {
            let total = usize::try_from(reply.data()["total"].as_u64().unwrap()).unwrap();
            assert!((at_least..=counts.sent.load(SeqCst)).contains(&total), "{total} of {at_least} or more");
        } else {
            reply.failed(Unavailable);
        }
    }
}

async fn add(server: &TestServer, session: &Session, id: &str) {
    loop {
        let record = json!({ "id": id, "name": id });
        let mut request = session.sign(Method::POST, server.url("/v1/customers"), record.to_string());
        request.headers_mut().insert(IDEMPOTENCY_KEY, format!("the-key-of-{id:0>12}").parse().unwrap());
        let reply = server.send(request).await;
        // A CONFLICT would mean that the first try was carried out, and that the second one was, too.
        if reply.status == 200 {
            assert_eq!(*reply.data(), record);
            return;
        }
        reply.failed(Unavailable);
    }
}

/// Asks `/readyz` until it answers `status`.
async fn ready_is(server: &TestServer, status: u16) {
    let asked = async { while server.plain(Method::GET, "/readyz").await.status != status {} };
    tokio::time::timeout(PATIENCE, asked).await.unwrap_or_else(|_| panic!("/readyz never answered {status}"));
}

/// Waits until `more` customers are added.
async fn progress(counts: &Counts, more: usize) {
    let goal = counts.added.load(SeqCst) + more;
    let reached = async {
        while counts.added.load(SeqCst) < goal {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, reached).await.expect("customers are added again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
async fn a_server_that_stops_and_starts_under_load_loses_and_doubles_nothing() {
    let Ok(bin) = std::env::var("TEST_POSTGRES_BIN") else {
        eprintln!("skipped: TEST_POSTGRES_BIN is not set");
        return;
    };
    let cluster = Cluster::create(bin);
    cluster.start();
    let database = TemporaryDatabase::on(&cluster.url()).await;
    database.migrate().await.unwrap();
    let server = Arc::new(TestServer::on(Arc::new(database.store()), Options::default()).await);
    ready_is(&server, 200).await;

    let counts = Arc::new(Counts::default());
    let writers: Vec<_> =
        (0..WRITERS).map(|writer| tokio::spawn(load(Arc::clone(&server), writer, Arc::clone(&counts)))).collect();
    for mode in ["fast", "immediate"] {
        progress(&counts, 100).await;
        cluster.stop(mode);
        ready_is(&server, 503).await;
        assert_eq!(server.plain(Method::GET, "/livez").await.status, 200, "the process itself is well");
        cluster.start();
        ready_is(&server, 200).await;
    }
    progress(&counts, 100).await;
    counts.done.store(true, SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }
    let total = server.get("/v1/customers?limit=1").await.data()["total"].as_u64().unwrap();
    assert_eq!(total, counts.added.load(SeqCst) as u64, "as many as the server said");
    server.store.close().await;
    database.drop().await;
}

#[tokio::test]
async fn a_database_that_does_not_let_the_server_in_is_the_operators_to_mend() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let server = TestServer::on(Arc::new(database.store()), Options::default()).await;
    let session = server.session().await;
    add(&server, &session, "c-1").await;
    let mut operator = TemporaryDatabase::connect(&database.owner_url()).await;
    let name = database.name();
    // What was done to the database, and how it is mended.
    let faults = [
        ("REVOKE SELECT ON tickets FROM tools_app".to_owned(), "GRANT SELECT ON tickets TO tools_app".to_owned()),
        ("ALTER TABLE tickets RENAME TO others".to_owned(), "ALTER TABLE others RENAME TO tickets".to_owned()),
        (
            format!("REVOKE CONNECT ON DATABASE {name} FROM PUBLIC"),
            format!("GRANT CONNECT ON DATABASE {name} TO PUBLIC"),
        ),
    ];
    for (fault, mend) in faults {
        operator.execute(AssertSqlSafe(fault)).await.unwrap();
        database.close_connections().await;
        let call = session.sign(Method::POST, server.url("/v1/tools/calculate_health"), r#"{"customerId":"c-1"}"#);
        let reply = server.send(call).await;
        let told = reply.failed(Unavailable);
        assert!(told.contains("operator") && !told.contains("tickets") && !told.contains("tools_app"), "{told}");
        ready_is(&server, 503).await;
        operator.execute(AssertSqlSafe(mend)).await.unwrap();
        ready_is(&server, 200).await;
    }
    operator.execute("REVOKE INSERT ON activity FROM tools_app").await.unwrap();
    ready_is(&server, 503).await;
    server.store.close().await;
    database.drop().await;
}
