//! `POST /v1/tools/{tool}`, and `POST /{tool}` for services.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderName, HeaderValue},
};
use contracts::{
    Envelope, ErrorCode, OwnerId,
    book::BOOK_REVISION,
    tools::{ToolCall, ToolName, ToolOutput, ToolRequest},
};

use domain::health;

use super::{
    Service,
    body::{self, JsonBody},
    error::ApiError,
    timings::{Part, Timings},
};
use crate::{
    auth::{ServiceRead, SignedRead},
    book,
    store::StoreError,
    tools,
};

/// Which revision of the book a tool's answer was made of.
const REVISION: HeaderName = HeaderName::from_static(BOOK_REVISION);

/// A tool's answer with the revision that it was made of.
type ToolAnswer = Result<([(HeaderName, HeaderValue); 1], Json<Envelope<ToolOutput>>), ApiError>;

/// For a user or a guest, who has one owner's rows and no other's.
pub(super) async fn call(
    tool: ToolName,
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedRead<JsonBody<ToolRequest>>,
) -> ToolAnswer {
    let SignedRead { owner, input: JsonBody(mut input) } = request;
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
) -> ToolAnswer {
    run(&service, &timings, &owner, tool, input).await
}

/// Runs one tool over what the store knows of the customer.
async fn run(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    tool: ToolName,
    ToolRequest { customer_id, params }: ToolRequest,
) -> ToolAnswer {
    let call = ToolCall::parse(tool, params)
        .map_err(|error| body::invalid(format!("The body is not valid: params: {error}")))?;
    let today = call.as_of().unwrap_or_else(|| service.today());
    let known = timings.db(service.store.rows(owner, &customer_id, today)).await?;
    let revision = known.revision;
    let entry = book::entries(known, today).pop().ok_or_else(|| StoreError::UnknownCustomer(customer_id.clone()))?;
    let mut output = timings.time(Part::Tool, || tools::run(&call, &entry.case))?;
    if let ToolOutput::Health(report) = &mut output
        && let Some(day) = health::last_heard(report)
    {
        let known = timings.db(service.store.rows(owner, &customer_id, day)).await?;
        if let Some(earlier) = book::entries(known, day).pop() {
            *report = health::remembering(report.clone(), &earlier.case);
        }
    }
    Ok(([(REVISION, revision.into())], Json(Envelope::success(output))))
}
