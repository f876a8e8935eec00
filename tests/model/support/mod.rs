//! The real tools server with the demo book, a scripted model, and an agent between them.

#[path = "../../client/support/server.rs"]
#[expect(dead_code, reason = "the client's own tests use all of it")]
pub mod server;
#[path = "../../client/support/wire.rs"]
#[expect(dead_code, reason = "the client's own tests use all of it")]
pub mod wire;

use std::{collections::BTreeMap, path::Path, time::Duration};

use domain::tasks::Tasks;

use contracts::{
    TaskId,
    book::{BookQuery, CustomerRow},
    planner::PlannerResult,
    run::{RunEvent, RunEventKind},
};
use cs_copilot::{
    agent::{Agent, RunRequest},
    backend::Backend,
    chat::{Model, budget::Budget, key::Key},
    config::{Limits, LlmConfig, Planner, TokenStore},
};
use serde_json::{Value, json};
use server::Server;
use tempfile::TempDir;

use crate::scripted::{ScriptedModel, reply::Reply};

pub const KEY: &str = "sk-test-key-0123456789";

/// Everything that a run needs.
pub struct World {
    pub model: ScriptedModel,
    pub backend: Backend,
    pub customer: CustomerRow,
    pub config: LlmConfig,
    home: TempDir,
    _server: Server,
}

/// A run that has ended.
pub struct Done {
    pub result: PlannerResult,
    pub events: Vec<RunEvent>,
}

impl Done {
    pub fn hint(&self) -> &str {
        self.result.plan_hint.as_ref().map(|hint| hint.as_str()).unwrap_or_default()
    }

    pub fn count(&self, wanted: impl Fn(&RunEventKind) -> bool) -> usize {
        self.events.iter().filter(|event| wanted(&event.kind)).count()
    }
}

impl World {
    /// A world whose model gives these replies.
    pub async fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::with(ScriptedModel::start(replies).await).await
    }

    pub async fn with(model: ScriptedModel) -> Self {
        let server = Server::start(true).await;
        let backend = wire::client(server.url.clone(), wire::LONG);
        let book = backend.book(&BookQuery::default()).await.unwrap();
        let customer = book.customers.into_iter().find(|row| row.id.as_str() == "acme").unwrap();
        let config = LlmConfig {
            base_url: model.base_url().parse().unwrap(),
            is_own_server: true,
            model: "scripted".to_owned(),
            planner: Planner::Auto,
            store: TokenStore::File,
            limits: Limits { call: Duration::from_secs(20), run: Duration::from_secs(20), ..Limits::default() },
            daily_tokens: 500_000,
            concurrency: 2.try_into().unwrap(),
            share_activity: false,
            allowed: BTreeMap::new(),
        };
        Self { model, backend, customer, config, home: tempfile::tempdir().unwrap(), _server: server }
    }

    pub fn budget(&self) -> Budget {
        Budget::new(self.home.path(), self.config.daily_tokens)
    }

    /// Where the model keeps what it must not forget.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn agent(&self) -> Agent {
        self.agent_with(Key::given(Some(KEY.into())))
    }

    pub fn agent_with(&self, key: Key) -> Agent {
        Agent::new(self.backend.clone(), Some(Model::new(self.config.clone(), key, self.home.path())))
    }

    pub fn request(&self, task: TaskId, planner: Planner) -> RunRequest {
        let task = Tasks::shipped().get(&task).unwrap().clone();
        RunRequest::new(self.customer.id.clone(), self.customer.name.clone(), task, planner, None)
    }

    /// A run of the task that the model is to plan.
    pub async fn run(&self, task: TaskId) -> Done {
        run(&self.agent(), self.request(task, Planner::Llm)).await
    }

    /// What the rules answer.
    pub async fn rules(&self, task: TaskId) -> PlannerResult {
        run(&self.agent(), self.request(task, Planner::Deterministic)).await.result
    }
}

pub async fn run(agent: &Agent, request: RunRequest) -> Done {
    let mut events = Vec::new();
    let result = agent.run(request, |event| events.push(event)).await.result;
    Done { result, events }
}

/// What the model of these tests says itself.
pub const SAID: &str = "Acme Corp needs a plan before its renewal.";

/// An answer that cites what is always known, with lines that stand on any data.
pub fn answer() -> Value {
    json!({
        "points": [{"cite": ["health.score"], "say": SAID}, {"cite": [], "say": "Talk to them soon."}],
        "actions": [],
        "email": null,
        "outline": null,
    })
}
