//! A language model as its server offers it: the Chat Completions API, in the dialects it is spoken in. It knows nothing of
//! customers; what is asked and what becomes of the answer is the planner's (`agent::llm`).

mod ask;
pub mod budget;
pub mod chunk;
mod client;
pub mod dialect;
mod error;
mod failed;
pub mod key;
pub mod object;
mod remembered;
mod request;
mod said;
pub mod schema;
mod trial;
pub mod turn;
mod wire;

use std::{path::Path, sync::Arc};

use async_openai::types::chat::CreateChatCompletionRequest;
use chrono::NaiveDate;
use contracts::{Line, OwnerId};
use serde_json::Value;
use tokio::sync::{OnceCell, Semaphore, SemaphorePermit};

use self::{budget::Budget, client::Api, key::Key, remembered::Remembered};
use crate::config::LlmConfig;

pub use ask::{Asked, Heard, Patience, Taken};
pub use error::NoAnswer;
pub use request::{BYTES_A_TOKEN, Whole, estimated_input};
pub use trial::Abilities;

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

/// A model that may be asked now.
#[derive(Debug)]
pub struct Ready<'a> {
    model: &'a Inner,
    api: &'a Api,
    owner: OwnerId,
    today: NaiveDate,
}

impl Model {
    /// The model of this configuration, which keeps what it must not forget in `dir`. Nothing is read or opened before
    /// it is first asked.
    pub fn new(config: LlmConfig, key: Key, dir: &Path) -> Self {
        let slots = Semaphore::new(config.concurrency.get());
        let (budget, remembered) = (Budget::new(dir, config.daily_tokens), Remembered::new(dir));
        Self(Arc::new(Inner { config, key, budget, remembered, api: OnceCell::new(), slots }))
    }

    /// What is known of it.
    pub fn config(&self) -> &LlmConfig {
        &self.0.config
    }

    /// The model's name; none where its server asks for a key and none can be read.
    pub async fn name(&self) -> Option<Line> {
        let model = &*self.0;
        let has_key = model.config.is_own_server || model.key.get().await.is_ok_and(|key| key.is_some());
        has_key.then(|| Line::new(&model.config.model))
    }

    /// The model, where this owner may ask it now.
    ///
    /// # Errors
    /// Why not.
    pub async fn ready(&self, owner: OwnerId, today: NaiveDate) -> Result<Ready<'_>, NoAnswer> {
        let model = &*self.0;
        let api = model.api().await?.ok_or(NoAnswer::NotConfigured)?;
        match model.budget.left(&owner, today).map_err(|_| NoAnswer::CountUnreadable)? {
            0 => Err(NoAnswer::BudgetUsedUp { daily: model.budget.daily() }),
            _ => Ok(Ready { model, api, owner, today }),
        }
    }

    /// The request as its server would get it.
    pub fn preview(&self, request: CreateChatCompletionRequest) -> Preview {
        let request = self.0.remembered.of(&self.0.config).lower(request);
        Preview { url: client::url(&self.0.config.base_url), body: serde_json::to_value(request).unwrap_or_default() }
    }
}

impl Ready<'_> {
    /// What is known of the model.
    pub fn config(&self) -> &LlmConfig {
        &self.model.config
    }

    /// A place among the runs that may ask at the same time, for as long as it is held.
    pub async fn slot(&self) -> Option<SemaphorePermit<'_>> {
        self.model.slots.acquire().await.ok()
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
}
