//! One tenant does its worst to a server in a process of its own: what another one notices of it, and how much memory the
//! server has at most.

use std::{
    fs, hint,
    io::{BufRead, BufReader},
    net::SocketAddr,
    num::NonZero,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use contracts::{book::MAX_PAGE, delivery::MAX_PIECE, signing::MasterKey};
use futures::future::select_all;
use reqwest::{Client, Method, Request};
use serde::Deserialize;
use serde_json::json;
use tokio::{
    io::AsyncWriteExt,
    net::TcpStream,
    runtime,
    task::{AbortHandle, JoinHandle},
    time::timeout,
};
use tools_server::store::Store;

use super::{
    MALLORY, VICTIM,
    book::{self, CUSTOMERS_OF_A_PIECE},
    caller::{Caller, answered},
    database::TemporaryDatabase,
    median, percentile,
};

/// Calls of the other tenant.
const CALLS: usize = 1_000;
/// Uploads that stall a byte before their end, imports, and readers of the whole book, all at once and under one key.
const UPLOADS: usize = 16;
const IMPORTS: usize = 14;
const PAGERS: usize = 8;
/// How long an import is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server in a process of its own, which ends with this.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn start(database: &TemporaryDatabase, master: &[u8]) -> Self {
        let mut serve = Command::new(env!("CARGO_BIN_EXE_tools-server"));
        serve.arg("serve").env_clear().stderr(Stdio::piped());
        serve.env("DATABASE_URL", database.app_url().as_str()).env("TOOLS_DATABASE_POOLED", "off");
        // The host that clients sign is the address, which is known only when the server listens: it is told one.
        let address = free_address();
        serve.env("TOOLS_BIND", address.to_string()).env("TOOLS_AUTHORITY", address.to_string());
        serve.env("TOOLS_MASTER_KEY", BASE64_STANDARD.encode(master));
        let mut process = serve.spawn().expect("the server starts");
        let mut log = BufReader::new(process.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
        log.by_ref().find(|line| line.contains("listening")).expect("the server listens");
        // Somebody must read on, or the log would stop the server.
        thread::spawn(move || log.for_each(drop));
        Self { process, address }
    }

    /// The most memory that it ever had, in megabytes; Linux tells it.
    fn most_resident(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
    }
}

fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port")
}

/// Prints how long calls of one tenant take by themselves, and beside another one who has a large book and does all that
/// it can.
pub async fn print_beside_the_worst(http: &Client, database: &TemporaryDatabase, store: &dyn Store) {
    book::import(store, VICTIM, 0..1).await;
    for number in 0..IMPORTS {
        let (import, piece) = (import(number).parse().expect("an id"), book::rows(0..CUSTOMERS_OF_A_PIECE));
        store.put_piece(&book::write(MALLORY), &import, 1, &piece).await.expect("the piece can be kept");
    }
    let master = [7; 32];
    let server = Server::start(database, &master);
    let master = MasterKey::new(master.into()).expect("a master key");
    let caller = |owner| Caller::new(server.address, &master, owner);
    let (victim, mallory) = (caller(VICTIM), caller(MALLORY));
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
    let delivery = book::delivery().to_string();
    let imports: Vec<_> = (0..IMPORTS)
        .map(|number| mallory.signed(Method::POST, &format!("/v1/imports/{}", import(number)), None, &delivery))
        .map(|request| spawn_answered(http, request))
        .collect();
    let mut uploads = Vec::new();
    for _ in 0..UPLOADS {
        let upload = mallory.signed(Method::POST, "/v1/imports/x/pieces/1", None, &" ".repeat(MAX_PIECE));
        uploads.push(stalled(server.address, &upload).await);
    }
    let pagers: Vec<_> = (0..PAGERS).map(|_| spawn_paging(http, &mallory)).collect();
    let p99 = percentile(&mut times_apart(&victim, &health), 99);
    println!("| the same while another does its worst, p99 | {p99:.1} ms ({:.0} times) |", p99 / p50);
    // At least one import is seen to its end before the memory is read, unless that takes longer than anybody would watch.
    let handles: Vec<_> = imports.iter().chain(&pagers).map(JoinHandle::abort_handle).collect();
    let until = match timeout(PATIENCE, select_all(imports)).await {
        Ok((first, ..)) => {
            first.expect("an import that is answered");
            "until its first import has ended".to_owned()
        }
        Err(_) => format!("for {} s more", PATIENCE.as_secs()),
    };
    if let Some(memory) = server.most_resident() {
        println!("| memory of the server at most, {until} | {memory} MB |");
    }
    handles.iter().for_each(AbortHandle::abort);
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

fn import(number: usize) -> String {
    format!("import-{number}")
}

fn spawn_answered(http: &Client, request: Request) -> JoinHandle<()> {
    let http = http.clone();
    tokio::spawn(async move {
        answered(&http, request).await;
    })
}

/// What must be known of a page to read on.
#[derive(Deserialize)]
struct Page {
    data: Option<Next>,
}

#[derive(Deserialize)]
struct Next {
    next: Option<String>,
}

/// Reads the whole book, page by page and again and again.
fn spawn_paging(http: &Client, mallory: &Caller) -> JoinHandle<()> {
    let (http, mallory) = (http.clone(), mallory.clone());
    tokio::spawn(async move {
        let mut after = None;
        loop {
            let query = after.iter().fold(format!("limit={MAX_PAGE}"), |query, after| format!("{query}&after={after}"));
            let page = mallory.signed(Method::GET, "/v1/customers", Some(&query), "");
            // It asks too often, and is told so at times.
            let page = http.execute(page).await.expect("an answer").json::<Page>().await;
            after = page.ok().and_then(|page| page.data?.next);
        }
    })
}

/// An upload that stops a byte before its end.
async fn stalled(server: SocketAddr, request: &Request) -> TcpStream {
    let body = request.body().and_then(|body| body.as_bytes()).expect("a body in memory");
    let mut head = format!("POST {} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n", request.url().path(), body.len());
    for (name, value) in request.headers() {
        head += &format!("{name}: {}\r\n", value.to_str().expect("letters"));
    }
    let mut stream = TcpStream::connect(server).await.expect("a connection");
    stream.write_all(format!("{head}\r\n").as_bytes()).await.expect("a head that is taken");
    stream.write_all(&body[..body.len() - 1]).await.expect("a body that is taken");
    stream
}
