//! Whether the model can be asked, found out without a word about any customer.

use std::time::Duration;

use serde::Deserialize;
use tokio::time::timeout;

use super::{
    Model, NoAnswer,
    refusal::{Cause, Refusal},
};

/// How long the server may take to list its models.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// There is neither a key nor a server of one's own.
    NotConfigured,
    /// The server has the model and takes the key.
    Good,
    /// The server does not list its models, as some gateways do; a run will show.
    NotListed,
    /// It cannot be asked.
    Bad(NoAnswer),
}

/// The list of models, as far as it matters here.
#[derive(Deserialize)]
struct Models {
    data: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

impl Model {
    /// Asks the server for its models.
    pub async fn check(&self) -> Health {
        let config = &self.0.config;
        let api = match self.0.api().await {
            Ok(Some(api)) => api,
            Ok(None) => return Health::NotConfigured,
            Err(why) => return Health::Bad(why),
        };
        let bad = |cause: Cause| Health::Bad(Refusal::from(cause).into());
        let list = async {
            match api.models().await {
                Ok(response) if response.status() == 404 || response.status() == 405 => Health::NotListed,
                Ok(response) if !response.status().is_success() => {
                    Health::Bad(Refusal::answered(response).await.into())
                }
                Ok(response) => match response.json::<Models>().await {
                    Ok(models) if models.data.iter().any(|model| model.id == config.model) => Health::Good,
                    Ok(_) => bad(Cause::NoModel(config.model.clone())),
                    Err(_) => Health::NotListed,
                },
                Err(error) => Health::Bad(Refusal::unanswered(&error).into()),
            }
        };
        let late = |_| bad(Cause::Unreachable);
        timeout(PATIENCE, list).await.unwrap_or_else(late)
    }
}
