//! The planner that asks a language model. It chooses tools and writes; the tools alone are the source of facts.

pub mod accept;
pub mod answer;
mod asking;
pub mod budget;
mod check;
pub mod chunk;
mod client;
mod consult;
pub mod conversation;
pub mod desk;
mod dialect;
mod error;
mod kept;
pub mod key;
pub mod object;
pub mod prompt;
pub mod read;
pub mod reading;
mod refusal;
mod remembered;
mod said;
pub mod schema;
pub mod tools;
pub mod turn;
mod wire;

use std::{path::Path, sync::Arc};

use chrono::NaiveDate;
use contracts::{Line, OwnerId, TaskId};
use serde_json::Value;
use tokio::sync::{OnceCell, Semaphore};

use self::{
    budget::Budget,
    client::Api,
    conversation::{Conversation, Terms},
    key::Key,
    prompt::Wanted,
    remembered::Remembered,
    tools::Rights,
};
use super::RunRequest;
use crate::config::LlmConfig;

pub use check::Abilities;
pub(super) use consult::{Case, Consulted, further};
pub use error::NoAnswer;

/// The language model that is configured. Clones share its limits.
#[derive(Debug, Clone)]
pub struct Model(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: LlmConfig,
    key: Key,
    budget: Budget,
    remembered: Remembered,
    api: OnceCell<Option<Api>>,
    slots: Semaphore,
}

/// A request for the model that was not sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Where it would go.
    pub url: String,
    /// Its body, whole.
    pub body: Value,
}

/// A model that may be asked for a run.
#[derive(Debug)]
pub(super) struct Ready<'a> {
    model: &'a Inner,
    api: &'a Api,
    owner: OwnerId,
    today: NaiveDate,
}

impl Model {
    /// The model of this configuration, which keeps what it must not forget in `dir`. Nothing is read or opened before
    /// the first run that asks it.
    pub fn new(config: LlmConfig, key: Key, dir: &Path) -> Self {
        let slots = Semaphore::new(config.concurrency.get());
        let (budget, remembered) = (Budget::new(dir, config.daily_tokens), Remembered::new(dir));
        Self(Arc::new(Inner { config, key, budget, remembered, api: OnceCell::new(), slots }))
    }

    /// The model's name; none where its server asks for a key and none can be read.
    pub(super) async fn name(&self) -> Option<Line> {
        let model = &*self.0;
        let has_key = model.config.is_own_server || model.key.get().await.is_ok_and(|key| key.is_some());
        has_key.then(|| Line::new(&model.config.model))
    }

    /// Whether the model may do a task for this owner now.
    ///
    /// # Errors
    /// Why not.
    pub(super) async fn ready(&self, task: &TaskId, owner: OwnerId, today: NaiveDate) -> Result<Ready<'_>, NoAnswer> {
        let model = &*self.0;
        model.allows(task)?;
        let api = model.api().await?.ok_or(NoAnswer::NotConfigured)?;
        match model.budget.left(&owner, today).map_err(|_| NoAnswer::CountUnreadable)? {
            0 => Err(NoAnswer::BudgetUsedUp { daily: model.budget.daily() }),
            _ => Ok(Ready { model, api, owner, today }),
        }
    }

    /// Whether the model may read what the user wrote of customers.
    pub(super) fn shares_activity(&self) -> bool {
        self.0.config.share_activity
    }

    /// The request that would be sent first, once the plan's calls came to what is in `case`.
    ///
    /// # Errors
    /// The model is not allowed for the task.
    pub(super) fn preview(&self, case: &Case<'_>) -> Result<Preview, NoAnswer> {
        self.0.allows(&case.request.task.id)?;
        let conversation = self.0.conversation(case);
        let dialect = self.0.remembered.of(&self.0.config);
        let body = conversation::body(&dialect.lower(conversation.request()));
        Ok(Preview { url: client::url(&self.0.config.base_url), body })
    }
}

impl Inner {
    /// The API, with the key as it was when it was first needed; none where nothing is configured.
    async fn api(&self) -> Result<Option<&Api>, NoAnswer> {
        let open = || async {
            let key = self.key.get().await?;
            if key.is_none() && !self.config.is_own_server {
                return Ok(None);
            }
            Api::new(&self.config.base_url, key.as_ref()).map(Some)
        };
        Ok(self.api.get_or_try_init(open).await?.as_ref())
    }

    fn allows(&self, task: &TaskId) -> Result<(), NoAnswer> {
        let refused = || NoAnswer::NotAllowed { model: self.config.model.clone(), task: task.clone() };
        self.config.allows(task).then_some(()).ok_or_else(refused)
    }

    fn conversation(&self, case: &Case<'_>) -> Conversation {
        let RunRequest { customer_id, customer_name, task, question, as_of, .. } = case.request;
        let rights = Rights { tools: task.rights(), customer: customer_id.clone(), as_of: *as_of, today: case.today };
        let terms = Terms { model: self.config.model.clone(), rights, limits: self.config.limits };
        let wanted = Wanted { customer: customer_name, task, question: question.as_ref(), today: case.today };
        let wanted = prompt::user(wanted, &case.desk(), &case.data);
        Conversation::new(terms, wanted, case.data.iter().map(|(call, _)| *call))
    }
}
