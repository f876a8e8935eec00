//! What a read costs, counted on the wire.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use contracts::delivery::{CustomerFields, CustomerRow, Piece};
use reqwest::Url;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
};
use tools_server::store::{EvalStore, Pooled, PostgresStore, ResultsPage, Store};

use crate::{
    database::{TemporaryDatabase, secret},
    support::{book_of, case_of, customer, id, owner, write},
};

const TRIES: usize = 20;

/// Stands before the server and counts what callers wait for: each simple `Query`, and each `Sync` after other messages.
/// A `Sync` alone is the pool's look at a connection that comes back, for which nobody waits.
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
                client.set_nodelay(true).unwrap();
                let server = TcpStream::connect(&address).await.unwrap();
                server.set_nodelay(true).unwrap();
                let (from_client, mut to_client) = client.into_split();
                let (mut from_server, to_server) = server.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
                tokio::spawn(forward(from_client, to_server, Arc::clone(&counted)));
            }
        });
        Self { url, waits }
    }

    /// How often a caller waits while `work` is done on a connection that has done it before: the least of some tries.
    async fn count<T>(&self, work: impl AsyncFn() -> T) -> usize {
        let mut least = usize::MAX;
        for _ in 0..TRIES {
            let before = self.waits.load(SeqCst);
            work().await;
            least = least.min(self.waits.load(SeqCst) - before);
        }
        least
    }
}

/// Forwards the client's messages: a length first in the first one, a type before the length in the others.
async fn forward(
    mut client: OwnedReadHalf,
    mut server: OwnedWriteHalf,
    waits: Arc<AtomicUsize>,
) -> std::io::Result<()> {
    let (mut kind, mut asked) = (None, false);
    loop {
        let length = client.read_u32().await?;
        let mut body = vec![0; length as usize - 4];
        client.read_exact(&mut body).await?;
        let waits_for = match kind {
            Some(b'Q') => true,
            Some(b'S') => std::mem::take(&mut asked),
            _ => {
                asked = kind.is_some();
                false
            }
        };
        if waits_for {
            waits.fetch_add(1, SeqCst);
        }
        let mut message: Vec<u8> = kind.into_iter().collect();
        message.extend(length.to_be_bytes());
        message.extend(body);
        server.write_all(&message).await?;
        kind = Some(client.read_u8().await?);
    }
}

/// A book of one customer, as an import leaves it.
async fn import_one_customer(store: &PostgresStore, owner: &str) {
    let fields = CustomerFields { name: Some("One".into()), ..CustomerFields::default() };
    let piece = Piece { customers: vec![CustomerRow { id: id("one"), fields }], ..Piece::default() };
    let delivery = serde_json::json!({
        "source": "crm", "day": "2026-11-20", "parts": { "customers": ["name"] }, "pieces": 1,
    });
    let import = "an-import".parse().unwrap();
    store.put_piece(&write(owner), &import, 1, &piece).await.unwrap();
    store.deliver(&write(owner), &import, &serde_json::from_value(delivery).unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_read_is_one_round_trip_and_a_write_ten() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let counter = Counter::before(&database.app_url()).await;
    let reader = owner("reader");
    for (pooled, a_read, a_write) in [(Pooled::Off, 1, 10), (Pooled::On, 4, 17)] {
        let store = PostgresStore::open(&secret(&counter.url), pooled).unwrap();
        let create = async || {
            let record = customer(&format!("c-{}", rand::random::<u64>()));
            store.create_customer(&write("reader"), &record).await.unwrap();
        };
        assert_eq!(counter.count(create).await, a_write, "a write, {pooled:?}");
        let facts = async || case_of(&store, &reader, &id("none")).await.unwrap_err();
        assert_eq!(counter.count(facts).await, a_read, "facts, {pooled:?}");
        import_one_customer(&store, "shelf").await;
        let book = async || book_of(&store, &owner("shelf")).await.unwrap();
        assert_eq!(counter.count(book).await, a_read, "the book, {pooled:?}");
        let history = async || store.history(&reader, &id("none"), 1).await.unwrap();
        assert_eq!(counter.count(history).await, a_read, "history, {pooled:?}");
        let evals = async || store.evals(&reader, 1).await.unwrap();
        assert_eq!(counter.count(evals).await, a_read, "evaluations, {pooled:?}");
        let all = ResultsPage { customer: None, steps: true, limit: 500, offset: 0 };
        let results = async || store.results(&reader, &"none".parse().unwrap(), &all).await.unwrap_err();
        assert_eq!(counter.count(results).await, a_read, "their results, {pooled:?}");
        store.close().await;
    }
    database.drop().await;
}
