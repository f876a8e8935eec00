//! What one tenant notices of another who does its worst to a server in a process of its own, and how much memory the server
//! has at most.

use std::{
    fs, hint,
    net::SocketAddr,
    num::NonZero,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::Client;
use serde_json::json;
use tokio::runtime;
use tools_server::store::Store;

use super::{
    MALLORY, MASTER, VICTIM,
    attack::{Attack, IMPORTS, import},
    book::{self, CUSTOMERS_OF_A_PIECE},
    caller::Caller,
    database::TemporaryDatabase,
    master, median, percentile,
    process::{Running, lines},
};

/// Calls of the other tenant.
const CALLS: usize = 1_000;
/// How long an import is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server in a process of its own.
struct Server {
    process: Running,
    address: SocketAddr,
}

impl Server {
    fn start(database: &TemporaryDatabase) -> Self {
        let mut serve = Command::new(env!("CARGO_BIN_EXE_tools-server"));
        serve.arg("serve").env_clear().stderr(Stdio::piped());
        serve.env("DATABASE_URL", database.app_url().as_str()).env("TOOLS_DATABASE_POOLED", "off");
        // The host that clients sign is the address, which is known only when the server listens: it is told one.
        let address = free_address();
        serve.env("TOOLS_BIND", address.to_string()).env("TOOLS_AUTHORITY", address.to_string());
        serve.env("TOOLS_MASTER_KEY", BASE64_STANDARD.encode(MASTER));
        let mut process = serve.spawn().expect("the server starts");
        let log = lines(process.stderr.take().expect("it is piped"));
        let process = Running(process);
        log.into_iter().find(|line| line.contains("listening")).expect("the server listens");
        Self { process, address }
    }

    /// The most memory that it ever had, in megabytes; Linux tells it.
    fn most_resident(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.0.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
    }
}

fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port")
}

/// Prints how long calls of one tenant take by themselves, and beside another one who has a large book and does all that
/// it can.
pub async fn print_beside_the_worst(database: &TemporaryDatabase, store: &dyn Store) {
    book::import(store, VICTIM, 0..1).await;
    for number in 0..IMPORTS {
        let (import, piece) = (import(number).parse().expect("an id"), book::rows(0..CUSTOMERS_OF_A_PIECE));
        store.put_piece(&book::write(MALLORY), &import, 1, &piece).await.expect("the piece can be kept");
    }
    let server = Server::start(database);
    let victim = Caller::new(server.address, &master(), VICTIM);
    let health = json!({ "customerId": "C-0" }).to_string();

    let mut quiet = times_apart(&victim, &health);
    let p50 = median(&mut quiet);
    println!(
        "| `calculate_health` of one tenant by itself, p50 and p99 | {p50:.1}, {:.1} ms |",
        percentile(&mut quiet, 99)
    );
    let p99 = percentile(&mut beside_busy_processors(|| times_apart(&victim, &health)), 99);
    println!(
        "| the same while a loop without end runs on every processor, p99 | {p99:.1} ms ({:.0} times) |",
        p99 / p50
    );
    let attack = Attack::begin(server.address);
    let p99 = percentile(&mut times_apart(&victim, &health), 99);
    println!("| the same while another does its worst, p99 | {p99:.1} ms ({:.0} times) |", p99 / p50);
    // At least one import is seen to its end before the memory is read, unless that takes longer than anybody would watch.
    let until = match attack.has_imported(PATIENCE) {
        true => "until its first import has ended".to_owned(),
        false => format!("for {} s more", PATIENCE.as_secs()),
    };
    if let Some(memory) = server.most_resident() {
        println!("| memory of the server at most, {until} | {memory} MB |");
    }
}

/// How many milliseconds each call takes. Whoever calls is another than who does its worst: its answers wait for no thread
/// that reads pages.
fn times_apart(caller: &Caller, body: &str) -> Vec<f64> {
    let calls = || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime of its own");
        runtime.block_on(caller.times(&Client::new(), CALLS, body))
    };
    thread::scope(|scope| scope.spawn(calls).join()).expect("calls that are answered")
}

/// What `measure` finds while every processor has something else to do, too: what the machine alone costs.
fn beside_busy_processors<T>(measure: impl FnOnce() -> T) -> T {
    let busy = AtomicBool::new(true);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(|| {
                while busy.load(Relaxed) {
                    hint::spin_loop();
                }
            });
        }
        let found = measure();
        busy.store(false, Relaxed);
        found
    })
}
