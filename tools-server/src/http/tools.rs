//! `POST /tools/{tool}`, and `POST /{tool}` for services.

use std::sync::Arc;

use axum::{Extension, extract::State};
use contracts::{
    ErrorCode, OwnerId,
    tools::{ToolCall, ToolName, ToolOutput, ToolRequest},
};

use super::{
    Service,
    body::{self, JsonBody, PathParameter},
    error::{Answer, ApiError, answer},
    timings::{Part, Timings},
};
use crate::{
    auth::{ServiceRead, SignedRead},
    tools,
};

/// For a user or a guest, who has one owner's rows and no other's.
pub(super) async fn call(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    tool: PathParameter,
    request: SignedRead<JsonBody<ToolRequest>>,
) -> Answer<ToolOutput> {
    let SignedRead { owner, input: JsonBody(mut input) } = request;
    let tool: ToolName = body::path(tool).map_err(|_| unknown_tool())?;
    if body::named_owner(&mut input)?.is_some_and(|named| named != owner) {
        let message =
            "The field params.ownerUserId names somebody else; a signing key reads its own owner's rows alone.";
        return Err(ApiError::new(ErrorCode::Forbidden, message));
    }
    run(&service, &timings, &owner, tool, input).await
}

/// `POST /{tool}`: for a service, which names one of its owners.
pub(super) async fn serve(
    tool: ToolName,
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    ServiceRead { owner, input }: ServiceRead,
) -> Answer<ToolOutput> {
    run(&service, &timings, &owner, tool, input).await
}

/// Runs one tool over what the store knows of the customer.
async fn run(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    tool: ToolName,
    ToolRequest { customer_id, params }: ToolRequest,
) -> Answer<ToolOutput> {
    let call = ToolCall::parse(tool, params)
        .map_err(|error| body::invalid(format!("The body is not valid: params: {error}")))?;
    let facts = timings.db(service.store.facts(owner, &customer_id)).await?;
    let today = call.as_of().unwrap_or_else(|| service.today());
    answer(timings.time(Part::Tool, || tools::run(&call, &facts, today))?)
}

fn unknown_tool() -> ApiError {
    let names = ToolName::ALL.map(ToolName::as_str).join(", ");
    ApiError::new(ErrorCode::NotFound, format!("There is no such tool; the tools are {names}."))
}
