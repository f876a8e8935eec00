//! What every tool is asked.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{CustomerId, OwnerId, ids::InvalidId, quarter::Quarter};

/// Parameters of a tool. All may be left out, and one of them is the day.
pub trait Params: Default + Serialize + DeserializeOwned + JsonSchema {
    /// The day (UTC) to count from, where one is named.
    fn as_of(&self) -> Option<NaiveDate>;

    /// The same with another day.
    fn on(self, as_of: Option<NaiveDate>) -> Self;

    /// The same over the days of a quarter, where the tool makes totals.
    fn over(self, _quarter: Quarter) -> Self {
        self
    }
}

/// Parameters of every tool that only reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadParams {
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
    /// The quarter over whose days totals are made, such as `2024-Q4`; the last 90 days when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<Quarter>,
}

impl Params for ReadParams {
    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    fn on(self, as_of: Option<NaiveDate>) -> Self {
        Self { as_of, ..self }
    }

    fn over(self, quarter: Quarter) -> Self {
        Self { quarter: Some(quarter), ..self }
    }
}

/// Parameters that do not fit the tool.
#[derive(Debug, thiserror::Error)]
pub enum InvalidParams {
    /// Something else in the place of the object; serde alone would take a list for one.
    #[error("expected an object")]
    NoObject,
    /// A field does not fit; the sentence names it.
    #[error(transparent)]
    Field(#[from] serde_path_to_error::Error<serde_json::Error>),
}

/// Reads parameters; absent, they are the defaults.
pub(super) fn read<P: Params>(params: Value) -> Result<P, InvalidParams> {
    match params {
        Value::Null => Ok(P::default()),
        Value::Object(_) => Ok(serde_path_to_error::deserialize(params)?),
        _ => Err(InvalidParams::NoObject),
    }
}

/// The body of a tool's request. Its parameters are read in a second step, when the owner is taken out of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToolRequest<P: Default = Value> {
    /// The customer the tool is about.
    pub customer_id: CustomerId,
    /// The tool's own parameters. Beside them `ownerUserId` may name the owner.
    #[serde(default)]
    pub params: P,
}

impl ToolRequest {
    /// Takes `ownerUserId` out of the parameters: whose rows the caller says it wants. It grants nothing; only a service
    /// that acts for several owners needs to say it.
    pub fn take_owner(&mut self) -> Result<Option<OwnerId>, InvalidId> {
        let named = self.params.as_object_mut().and_then(|params| params.remove("ownerUserId"));
        // Anything but a text is refused like a text that is no id.
        named.map(|owner| owner.as_str().unwrap_or_default().parse()).transpose()
    }
}
