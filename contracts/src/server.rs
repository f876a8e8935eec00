//! What both sides say of themselves, so that either may be newer than the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Line, tools::ToolName};

/// The header in which a client says its version.
pub const CLIENT_VERSION: &str = "x-client-version";

/// The answer of `GET /v1`: what the server can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerInfo {
    /// Its version.
    pub version: Line,
    /// The names of its tools; some of them may be newer than whoever reads this.
    pub tools: Vec<Line>,
}

impl ServerInfo {
    /// A server of this version, with every tool there is.
    pub fn of(version: &str) -> Self {
        Self { version: version.into(), tools: ToolName::ALL.map(|tool| tool.as_str().into()).into() }
    }

    /// The tools that this program may ask for and the server does not have.
    pub fn lacks(&self) -> Vec<ToolName> {
        let has = |tool: &ToolName| self.tools.iter().any(|name| name.as_str() == tool.as_str());
        ToolName::ALL.into_iter().filter(|tool| !has(tool)).collect()
    }
}
