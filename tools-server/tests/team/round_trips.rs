//! What a read costs, counted on the wire.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use reqwest::Url;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
};
use tools_server::{
    config::Pooled,
    store::{PostgresStore, Store},
};

use crate::{
    database::{TemporaryDatabase, secret},
    support::{customer, id, owner, write},
};

/// Stands before the server and counts what clients wait for: each `Sync` and each simple `Query`.
struct Counter {
    url: Url,
    waits: Arc<AtomicUsize>,
}

impl Counter {
    async fn before(server: &Url) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("{}:{}", server.host_str().unwrap(), server.port().unwrap());
        let mut url = server.clone();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        // The server has no TLS, and to ask for it would be a message of another kind.
        url.set_query(Some("sslmode=disable"));
        let waits = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&waits);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (from_client, mut to_client) = client.into_split();
                let (mut from_server, to_server) = TcpStream::connect(&address).await.unwrap().into_split();
                tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
                tokio::spawn(forward(from_client, to_server, Arc::clone(&counted)));
            }
        });
        Self { url, waits }
    }

    /// How often a client waited while `work` was done.
    async fn count<T>(&self, work: impl Future<Output = T>) -> usize {
        let before = self.waits.load(SeqCst);
        work.await;
        self.waits.load(SeqCst) - before
    }
}

/// Forwards the client's messages: a length first in the first one, a type before the length in the others.
async fn forward(
    mut client: OwnedReadHalf,
    mut server: OwnedWriteHalf,
    waits: Arc<AtomicUsize>,
) -> std::io::Result<()> {
    let mut kind = None;
    loop {
        let length = client.read_u32().await?;
        let mut body = vec![0; length as usize - 4];
        client.read_exact(&mut body).await?;
        if matches!(kind, Some(b'S' | b'Q')) {
            waits.fetch_add(1, SeqCst);
        }
        let mut message: Vec<u8> = kind.into_iter().collect();
        message.extend(length.to_be_bytes());
        message.extend(body);
        server.write_all(&message).await?;
        kind = Some(client.read_u8().await?);
    }
}

#[tokio::test]
async fn a_read_is_one_round_trip_and_a_write_five() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let counter = Counter::before(&database.app_url()).await;
    for (pooled, a_read, a_write) in [(Pooled::Off, 1, 5), (Pooled::On, 4, 8)] {
        let store = PostgresStore::open(&secret(&counter.url), pooled).unwrap();
        let reader = owner("reader");
        let first = customer(&format!("first-{a_read}"));
        // The first call connects and prepares.
        store.create_customer(&write("reader"), &first).await.unwrap();
        store.facts(&reader, &first.id).await.unwrap();
        store.book(&reader).await.unwrap();
        store.history(&reader, &id("none"), 1).await.unwrap();

        assert_eq!(counter.count(store.facts(&reader, &first.id)).await, a_read, "facts, {pooled:?}");
        assert_eq!(counter.count(store.book(&reader)).await, a_read, "the book, {pooled:?}");
        assert_eq!(counter.count(store.history(&reader, &id("none"), 1)).await, a_read, "history, {pooled:?}");
        let (write, second) = (write("reader"), customer(&format!("second-{a_read}")));
        assert_eq!(counter.count(store.create_customer(&write, &second)).await, a_write, "a write, {pooled:?}");
        store.close().await;
    }
    database.drop().await;
}
