//! A wire to a server that can be held up, or cut without a word to either end.
#![allow(dead_code, reason = "each test file uses a part")]

use std::sync::Arc;

use reqwest::Url;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    sync::watch,
};

#[derive(Default)]
struct State {
    /// Nothing passes until it is over.
    paused: bool,
    /// How many connections, from the first one on, never hear of each other again.
    frozen: usize,
    opened: usize,
}

/// Stands before a server.
pub struct Proxy {
    pub url: Url,
    state: Arc<watch::Sender<State>>,
}

impl Proxy {
    pub async fn before(server: &Url) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("{}:{}", server.host_str().unwrap(), server.port().unwrap());
        let mut url = server.clone();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let state = Arc::new(watch::Sender::new(State::default()));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let mut number = 0;
                shared.send_modify(|state| {
                    number = state.opened;
                    state.opened += 1;
                });
                let server = TcpStream::connect(&address).await.unwrap();
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(forward(number, from_client, to_server, shared.subscribe()));
                tokio::spawn(forward(number, from_server, to_client, shared.subscribe()));
            }
        });
        Self { url, state }
    }

    /// Holds up everything, as a pooler does that is told to pause.
    pub fn pause(&self) {
        self.state.send_modify(|state| state.paused = true);
    }

    pub fn resume(&self) {
        self.state.send_modify(|state| state.paused = false);
    }

    /// Cuts every open connection: nothing passes any more, not even its end. New ones are not affected.
    pub fn freeze(&self) {
        self.state.send_modify(|state| state.frozen = state.opened);
    }

    /// How many connections were opened so far.
    pub fn opened(&self) -> usize {
        self.state.borrow().opened
    }
}

async fn forward(
    number: usize,
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut state: watch::Receiver<State>,
) -> std::io::Result<()> {
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let count = from.read(&mut bytes).await?;
        // The sender lives as long as the test: an error means that it has ended.
        if state.wait_for(|state| !state.paused && number >= state.frozen).await.is_err() {
            return Ok(());
        }
        match &bytes[..count] {
            [] => return to.shutdown().await,
            some => to.write_all(some).await?,
        }
    }
}
