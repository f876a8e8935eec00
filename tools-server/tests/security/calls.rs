//! What can be called, about one customer and one run: at least one row for each route.

use contracts::tools::ToolName;
use reqwest::Method;
use serde_json::{Value, json};

/// The words that only A's rows hold.
pub const NAME: &str = "Aardvark Canary Ltd";
const CONTACT: &str = "Canary Contact";
const METRIC: &str = "canary logins";
const SUBJECT: &str = "Canary on fire";
const PLAN: &str = "Canary Plan";
const SUMMARY: &str = "the canary is fine";
const DONE: &str = "called about the canary";
const MODEL: &str = "canary-model";
const DETAIL: &str = "the canary has no figure";

/// All of them, and figures that no other row has.
pub const OF_A: [&str; 12] =
    [NAME, CONTACT, METRIC, SUBJECT, PLAN, SUMMARY, DONE, MODEL, DETAIL, "9177331", "2027-03-07", "canary-ticket-1"];

/// Who has the rows.
pub const A: &str = "user_a";
/// Who would like to see them.
pub const B: &str = "user_b";

/// One call.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: Method,
    /// The route it takes, as the server's description names it.
    pub route: String,
    pub path: String,
    pub body: String,
    /// Its idempotency key.
    pub once: Option<&'static str>,
    /// What A sees in the answer when the customer is theirs.
    pub shows: Option<&'static str>,
}

impl Call {
    fn get(route: &str, query: &str, shows: Option<&'static str>) -> Self {
        Self {
            method: Method::GET,
            route: route.to_owned(),
            path: format!("{route}{query}"),
            body: String::new(),
            once: None,
            shows,
        }
    }

    fn post(route: &str, body: &Value) -> Self {
        Self {
            method: Method::POST,
            route: route.to_owned(),
            path: route.to_owned(),
            body: body.to_string(),
            once: None,
            shows: None,
        }
    }

    /// The row of [`super::routes::all`] that it belongs to.
    pub fn row(&self) -> String {
        format!("{} {}", self.method, self.route)
    }
}

/// What a caller can name.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    pub customer: &'static str,
    /// A run, and an import.
    pub run: &'static str,
    pub eval: &'static str,
    /// An idempotency key.
    pub key: &'static str,
    pub owner: &'static str,
}

/// A's own.
pub const MINE: Target =
    Target { customer: "canary-customer", run: "canary-run", eval: "canary-eval", key: "canary-import-key", owner: A };
/// Nobody's; of the same length, so that answers can be compared byte for byte.
pub const NOBODYS: Target = Target {
    customer: "absent-customer",
    run: "absent-run",
    eval: "absent-eval",
    key: "absent-import-key",
    owner: "user_z",
};

/// The calls that only read.
pub fn reads(Target { customer, eval, .. }: Target) -> Vec<Call> {
    let tools = ToolName::ALL.map(|tool| Call {
        once: None,
        method: Method::POST,
        route: format!("/v1/tools/{tool}"),
        path: format!("/v1/tools/{tool}"),
        body: json!({ "customerId": customer, "params": { "asOf": "2026-11-20" } }).to_string(),
        shows: match tool {
            ToolName::GetCustomerUsage => Some(METRIC),
            ToolName::GetRecentTickets => Some(SUBJECT),
            ToolName::GetContractInfo => Some(PLAN),
            ToolName::CalculateHealth => Some("score"),
            _ => tool.about().drafts.then_some(NAME),
        },
    });
    let others = [
        Call::get("/v1/customers", &format!("?filter={customer}"), Some(NAME)),
        Call::get("/v1/customers", "", Some(NAME)),
        Call::get("/v1/customers", "?sort=arr&limit=1", Some(NAME)),
        Call::get("/v1/query", "?query=sort:-arr&facts=contract.plan", Some(PLAN)),
        Call::get("/v1/query", "?query=by:plan&asOf=2026-11-20", Some(PLAN)),
        Call::get("/v1/attention", "?asOf=2026-11-20", Some(SUBJECT)),
        Call::get("/v1/customers", "?sort=id", Some(NAME)),
        Call { shows: Some("score"), ..Call::post("/v1/health", &json!({ "customerIds": [customer] })) },
        Call { shows: Some("score"), ..Call::post("/v1/health", &json!({ "asOf": "2026-11-20" })) },
        Call::get("/v1/export", "", Some(NAME)),
        Call::get("/v1/revision", "", Some("asOf")),
        Call::get("/v1/activity", &format!("?customerId={customer}"), Some(DONE)),
        Call::get("/v1/activity", &format!("?customerId={customer}&limit=0"), None),
        Call::get("/v1/changes", &format!("?since=2026-11-01&asOf=2026-11-20&customerId={customer}"), Some(NAME)),
        Call::get("/v1/changes", "?since=2026-11-01&asOf=2026-11-10", Some("unchanged")),
        Call::get("/v1/timeline", &format!("?customerId={customer}"), Some(DONE)),
        Call::get("/v1/messages", &format!("?customerId={customer}"), Some(SUMMARY)),
        Call::get("/v1/messages", &format!("?customerId={customer}&limit=0"), None),
    ];
    let about_eval = |route: &str, query: &str, shows| Call {
        path: format!("{}{query}", route.replace("{id}", eval)),
        ..Call::get(route, "", shows)
    };
    let evals = [
        Call::get("/v1/evals", "", Some(MODEL)),
        Call::get("/v1/evals", "?limit=1", Some(MODEL)),
        about_eval("/v1/evals/{id}", "", Some(MODEL)),
        about_eval("/v1/evals/{id}/results", "", Some(DETAIL)),
        about_eval("/v1/evals/{id}/results", &format!("?steps=true&customerId={customer}"), Some(NAME)),
    ];
    tools.into_iter().chain(others).chain(evals).collect()
}

/// The calls that write, what A must not feel among them. Whoever may make them has the customer, in the end, no more.
pub fn writes(Target { customer, run, eval, key, .. }: Target) -> Vec<Call> {
    let customer_path = |method: Method, body: &str| Call {
        method,
        route: "/v1/customers/{id}".to_owned(),
        path: format!("/v1/customers/{customer}"),
        body: body.to_owned(),
        once: None,
        shows: None,
    };
    let record = json!({ "id": customer, "name": "Overwritten" });
    let ticket = json!({ "id": "theirs", "priority": "low", "openedOn": "2026-11-02" });
    let tickets = piece(run, &json!({ "tickets": [{ "customerId": customer, "tickets": [ticket] }] }));
    let names = piece(run, &json!({ "customers": [{ "id": customer, "fields": { "name": "Overwritten" } }] }));
    let deliver = |dry_run: bool| {
        let parts = json!({ "customers": ["name"], "tickets": [] });
        let delivery = json!({
            "source": "theirs", "day": "2026-11-20", "parts": parts, "pieces": 1, "gone": "remove", "strict": true,
            "dryRun": dry_run,
        });
        end(run, &delivery)
    };
    vec![
        customer_path(Method::PUT, &record.to_string()),
        customer_path(Method::DELETE, ""),
        activity(run, customer, "overwritten"),
        delete_activity(run),
        Call::post("/v1/visits", &json!({})),
        deliver(false),
        tickets,
        deliver(false),
        names.clone(),
        deliver(true),
        deliver(false),
        customer_path(Method::DELETE, ""),
        message(run, customer, "overwritten"),
        item(run, customer),
        Call { once: Some(key), ..Call::post("/v1/customers", &record) },
        Call { once: Some(key), ..Call::post("/v1/customers", &record) },
        Call { once: Some(key), ..deliver(false) },
        Call::post("/v1/customers", &record),
        customer_path(Method::PUT, &record.to_string()),
        names,
        deliver(true),
        deliver(false),
        message(run, customer, "overwritten"),
        message(run, customer, "overwritten again"),
        item(run, customer),
        Call::post("/v1/checks", &json!({ "customerIds": [customer], "asOf": "2026-11-20" })),
        Call::post("/v1/checks", &json!({ "asOf": "2026-11-20" })),
        activity(run, customer, "overwritten"),
        delete_activity(run),
        results(eval, customer, "overwritten"),
        new_eval(eval, "their model"),
        new_eval(eval, "their model again"),
        results(eval, customer, "overwritten"),
        results(eval, customer, "overwritten again"),
        delete_eval(eval),
        delete_eval(eval),
        Call::post("/api/db/seed-global", &json!({})),
        Call { method: Method::DELETE, ..Call::post("/api/db/seed-global", &json!({})) },
        customer_path(Method::DELETE, ""),
        customer_path(Method::DELETE, ""),
    ]
}

/// The calls that name an owner, as only services may.
pub fn claims(Target { customer, owner, .. }: Target) -> Vec<Call> {
    let about = |route: &str, path: String, owner: &str| Call {
        path,
        ..Call::post(route, &json!({ "customerId": customer, "params": { "ownerUserId": owner } }))
    };
    let calls = ToolName::ALL.into_iter().flat_map(|tool| {
        [
            about(&format!("/v1/tools/{tool}"), format!("/v1/tools/{tool}"), owner),
            about(&format!("/{tool}"), format!("/{tool}"), owner),
            about(&format!("/{tool}"), format!("/{tool}"), B),
        ]
    });
    calls.collect()
}

/// Routes that belong to no owner; what they answer is nobody's secret.
pub fn without_owner() -> Vec<Call> {
    vec![
        Call::get("/v1", "", None),
        Call::get("/livez", "", None),
        Call::get("/readyz", "", None),
        Call::get("/api/db/health", "", None),
        Call::post("/v1/session", &json!({})),
        description(),
    ]
}

/// Asks for the list of all routes.
pub fn description() -> Call {
    Call::get("/v1/openapi.json", "", None)
}

/// Puts A's customer in, with everything that a customer can have, and begins to put it in once more.
pub fn as_a() -> [Call; 7] {
    let Target { customer, run, eval, key, .. } = MINE;
    let fields = json!({ "name": NAME, "contact": CONTACT, "industry": "Toys" });
    let summary = json!({ "trend": "down", "recent": 20.0, "before": 40.0 });
    let ticket = json!({ "id": "canary-ticket-1", "subject": SUBJECT, "priority": "urgent", "openedOn": "2026-11-02" });
    let arr = json!({ "minor": 9_177_331, "currency": "EUR" });
    let terms = json!({ "renewalDate": "2027-03-07", "plan": PLAN, "arr": arr });
    let rows = json!({
        "customers": [{ "id": customer, "fields": fields }],
        "usage": [{ "customerId": customer, "metric": METRIC, "says": { "summary": summary } }],
        "tickets": [{ "customerId": customer, "tickets": [ticket] }],
        "contracts": [{ "customerId": customer, "contractId": customer, "terms": terms }],
    });
    let parts = json!({
        "customers": ["name", "contact", "industry"], "usage": [], "tickets": ["subject"],
        "contracts": ["renewal_date", "plan", "arr"],
    });
    let delivery = json!({ "source": "a", "day": "2026-11-20", "parts": parts, "pieces": 1 });
    [
        piece(run, &rows),
        Call { once: Some(key), ..end(run, &delivery) },
        piece(run, &rows),
        message(run, customer, SUMMARY),
        activity(run, customer, DONE),
        new_eval(eval, MODEL),
        results(eval, customer, DETAIL),
    ]
}

/// The one piece of an import.
fn piece(import: &str, rows: &Value) -> Call {
    Call { path: format!("/v1/imports/{import}/pieces/1"), ..Call::post("/v1/imports/{id}/pieces/{number}", rows) }
}

/// The end of an import.
fn end(import: &str, delivery: &Value) -> Call {
    Call { path: format!("/v1/imports/{import}"), ..Call::post("/v1/imports/{id}", delivery) }
}

fn message(run: &str, customer: &str, summary: &str) -> Call {
    let result = json!({
        "customerId": customer, "task": "health", "asOf": "2026-11-20", "summary": summary, "usedTools": [],
        "decisionLog": [], "planSource": "deterministic",
        "timingInfo": { "planningMs": 0.0, "toolExecutionMs": 0.0, "totalMs": 0.0 },
    });
    Call::post("/v1/messages", &json!({ "runId": run, "result": result }))
}

fn activity(id: &str, customer: &str, text: &str) -> Call {
    let body = json!({ "id": id, "customerId": customer, "kind": "call", "on": "2026-11-19", "text": text });
    let path = format!("/v1/activity/{id}");
    Call { method: Method::PUT, path, ..Call::post("/v1/activity/{id}", &body) }
}

fn delete_activity(id: &str) -> Call {
    let path = format!("/v1/activity/{id}");
    Call { method: Method::DELETE, path, body: String::new(), ..Call::post("/v1/activity/{id}", &json!({})) }
}

/// Marks an item as done.
fn item(item: &str, customer: &str) -> Call {
    let path = format!("/v1/attention/{item}");
    let done = json!({ "customerId": customer, "state": { "done": "2026-11-20" } });
    Call { method: Method::PUT, path, ..Call::post("/v1/attention/{id}", &done) }
}

fn new_eval(eval: &str, model: &str) -> Call {
    let eval = json!({
        "id": eval, "planner": "llm", "model": model, "tasks": ["health"], "customers": 1, "repeat": 1,
        "asOf": "2026-11-20",
    });
    Call::post("/v1/evals", &eval)
}

fn results(eval: &str, customer: &str, detail: &str) -> Call {
    let result = json!({
        "customerId": customer, "customerName": NAME, "task": "health", "repeat": 1, "planSource": "llm",
        "verdict": "fail", "latencyMs": 12.5, "checks": [{ "check": "outward", "passed": false, "detail": detail }],
        "steps": [{ "tool": "calculate_health", "tookMs": 2.5, "outcome": "failed", "error": detail }],
    });
    let path = format!("/v1/evals/{eval}/results");
    Call { path, ..Call::post("/v1/evals/{id}/results", &json!({ "results": [result], "finished": true })) }
}

fn delete_eval(eval: &str) -> Call {
    let path = format!("/v1/evals/{eval}");
    Call { method: Method::DELETE, path, body: String::new(), ..Call::post("/v1/evals/{id}", &json!({})) }
}
