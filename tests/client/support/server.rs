//! The real tools server over a temporary database, with a clock that tests set and gates that they hold.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::Router;
use chrono::{DateTime, NaiveDate};
use contracts::{
    CustomerId, Line, OwnerId,
    delivery::{CustomerFields, CustomerRow, Delivery, Gone, Mode, Piece, columns},
    facts::Part,
    signing::{MasterKey, MasterKeys},
};
use cs_copilot::config::ServerUrl;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tools_server::{
    Settings,
    store::{SqliteStore, Store, Write},
};

use super::wire::NOW;

/// The day of [`NOW`] (UTC).
pub fn today() -> NaiveDate {
    DateTime::from_timestamp(NOW, 0).unwrap().date_naive()
}

/// A running tools server with the demo book.
pub struct Server {
    pub url: ServerUrl,
    clock: Arc<AtomicI64>,
    _dir: TempDir,
}

impl Server {
    pub async fn start(guest_writes: bool) -> Self {
        Self::start_behind(guest_writes, |router| router).await
    }

    /// The same, behind whatever `gate` puts in front of it.
    pub async fn start_behind(guest_writes: bool, gate: impl FnOnce(Router) -> Router) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&dir.path().join("book.sqlite")).unwrap();
        store.migrate().await.unwrap();
        store.seed_demo(&write("seed")).await.unwrap();
        let import = "import-1".parse().unwrap();
        store.put_piece(&write("piece"), &import, 1, &customers()).await.unwrap();
        store.deliver(&write("blank"), &import, &delivery()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let clock = Arc::new(AtomicI64::new(NOW));
        let read = Arc::clone(&clock);
        let masters = MasterKeys { current: MasterKey::new(vec![7; 32]).unwrap(), previous: None };
        let settings = Settings {
            guest_writes,
            clock: Arc::new(move || DateTime::from_timestamp(read.load(Ordering::SeqCst), 0).unwrap()),
            ..Settings::new(masters, address.into())
        };
        let router = gate(tools_server::router(Arc::new(store), settings));
        tokio::spawn(tools_server::serve(listener, router, std::future::pending()));
        Self { url: format!("http://{address}").parse().unwrap(), clock, _dir: dir }
    }

    /// Moves the server's clock by so many seconds.
    pub fn advance(&self, secs: i64) {
        self.clock.fetch_add(secs, Ordering::SeqCst);
    }
}

/// A customer of whom nothing but the name is known.
pub fn blank() -> CustomerId {
    "blank".parse().unwrap()
}

/// A name that would be a formula in a spreadsheet, and whatever else terminals dislike.
pub const FORMULA: &str = "=HYPERLINK(\"x\")\u{1b}]52;c;eA==\u{7}\u{202e}\u{200b}";

fn customers() -> Piece {
    let customer = |id: CustomerId, name| CustomerRow {
        id,
        fields: CustomerFields { name: Some(Line::new(name)), ..CustomerFields::default() },
    };
    let customers = vec![customer(blank(), "Blank Ltd"), customer("formula".parse().unwrap(), FORMULA)];
    Piece { customers, ..Piece::default() }
}

fn delivery() -> Delivery {
    let columns = columns::names(Part::Customers).into_iter().map(Line::from).collect();
    Delivery {
        source: "test".parse().unwrap(),
        day: today(),
        mode: Mode::Snapshot,
        parts: [(Part::Customers, columns)].into(),
        pieces: 1,
        rejected: BTreeMap::new(),
        partly: [].into(),
        gone: Gone::Keep,
        accept_losses: false,
        strict: true,
        dry_run: false,
        primary_metric: None,
        source_order: Vec::new(),
    }
}

fn write(what: &str) -> Write {
    let now = DateTime::from_timestamp(NOW, 0).unwrap();
    let nonce = format!("nonce-of-the-{what:_<8}").parse().unwrap();
    Write { owner: OwnerId::public(), nonce, nonce_expires: now, now, once: None }
}
