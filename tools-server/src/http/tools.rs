//! `POST /tools/{tool}`.

use std::sync::Arc;

use axum::{Extension, extract::State};
use contracts::{
    ErrorCode,
    tools::{ToolCall, ToolName, ToolOutput, ToolRequest},
};

use super::{
    Service,
    body::{self, JsonBody, PathParameter},
    error::{Answer, ApiError, answer},
    timings::{Part, Timings},
};
use crate::{auth::SignedRead, tools};

/// Runs one tool over what the store knows of the customer.
pub(super) async fn call(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    tool: PathParameter,
    request: SignedRead<JsonBody<ToolRequest>>,
) -> Answer<ToolOutput> {
    let SignedRead { owner, input: JsonBody(ToolRequest { customer_id, params }) } = request;
    let tool: ToolName = body::path(tool).map_err(|_| unknown_tool())?;
    let call = ToolCall::parse(tool, params)
        .map_err(|error| body::invalid(format!("The body is not valid: params: {error}")))?;
    let facts = timings.db(service.store.facts(&owner, &customer_id)).await?;
    let today = call.as_of().unwrap_or_else(|| service.today());
    answer(timings.time(Part::Tool, || tools::run(&call, &facts, today))?)
}

fn unknown_tool() -> ApiError {
    let names = ToolName::ALL.map(ToolName::as_str).join(", ");
    ApiError::new(ErrorCode::NotFound, format!("There is no such tool; the tools are {names}."))
}
