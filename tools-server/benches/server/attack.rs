//! One tenant does its worst, from a process of the lowest priority: who attacks has machines of its own in life, and takes
//! no time of the server's processors but what the server spends on it.

use std::{
    env,
    future::pending,
    net::SocketAddr,
    process::{Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Duration,
};

use contracts::{book::MAX_PAGE, delivery::MAX_PIECE};
use futures::future::select_all;
use reqwest::{Client, Method, Request};
use serde::Deserialize;
use tokio::{io::AsyncWriteExt, net::TcpStream, task::JoinHandle};

use super::{
    CONNECTIONS, MALLORY, book,
    caller::{Caller, answered},
    master,
    process::{Running, lines},
};

/// Uploads that stall a byte before their end, imports, and readers of the whole book, all at once and under one key.
const UPLOADS: usize = 16;
pub const IMPORTS: usize = 14;
const PAGERS: usize = 8;

/// Tells the process that attacks which server.
const TARGET: &str = "BENCH_ATTACK";
const BEGUN: &str = "begun";
const IMPORTED: &str = "imported";

/// An attack that goes on until this is dropped.
pub struct Attack {
    _process: Running,
    says: Receiver<String>,
}

impl Attack {
    /// Begins one; all of it is under way when this returns.
    pub fn begin(server: SocketAddr) -> Self {
        let mut attack = Command::new("nice");
        attack.args(["-n", "19"]).arg(env::current_exe().expect("this program")).env(TARGET, server.to_string());
        let mut process = attack.stdout(Stdio::piped()).spawn().expect("an attack");
        let says = lines(process.stdout.take().expect("it is piped"));
        let process = Running(process);
        assert_eq!(says.recv().as_deref(), Ok(BEGUN));
        Self { _process: process, says }
    }

    /// Waits for its first import to end; says whether it did.
    pub fn has_imported(&self, patience: Duration) -> bool {
        match self.says.recv_timeout(patience).as_deref() {
            Ok(said) => said == IMPORTED,
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => panic!("an import is not answered"),
        }
    }
}

/// The server that this process is to attack, where it is the one that does.
pub fn target() -> Option<SocketAddr> {
    env::var(TARGET).ok()?.parse().ok()
}

/// Attacks until the process ends.
pub async fn go_on(server: SocketAddr) {
    let http = Client::builder().pool_max_idle_per_host(CONNECTIONS).build().expect("an HTTP client");
    let mallory = Caller::new(server, &master(), MALLORY);
    let delivery = book::delivery().to_string();
    let imports: Vec<_> = (0..IMPORTS)
        .map(|number| mallory.signed(Method::POST, &format!("/v1/imports/{}", import(number)), None, &delivery))
        .map(|request| spawn_answered(&http, request))
        .collect();
    let mut uploads = Vec::new();
    for _ in 0..UPLOADS {
        let upload = mallory.signed(Method::POST, "/v1/imports/x/pieces/1", None, &" ".repeat(MAX_PIECE));
        uploads.push(stalled(server, &upload).await);
    }
    (0..PAGERS).for_each(|_| spawn_paging(&http, &mallory));
    println!("{BEGUN}");
    let (first, ..) = select_all(imports).await;
    first.expect("an import that is answered");
    println!("{IMPORTED}");
    pending().await
}

/// The id of one of the imports, whose piece is there already.
pub fn import(number: usize) -> String {
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
fn spawn_paging(http: &Client, mallory: &Caller) {
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
    });
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
