//! `POST /v1/tools/{tool}`, and `POST /{tool}` for services.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use contracts::{
    CustomerId, Envelope, ErrorCode, OwnerId,
    book::BOOK_REVISION,
    tools::{ToolCall, ToolName, ToolOutput, ToolRequest},
};
use domain::{case::Case, health};
use serde::Serialize;

use super::{
    Service,
    body::{self, JsonBody},
    callers::{ServiceRead, SignedRead},
    error::ApiError,
    legacy,
    timings::{Part, Timings},
};
use crate::{
    book::{self, Entry},
    store::StoreError,
    tools::{self, MissingData},
};

/// Which revision of the book a tool's answer was made of.
const REVISION: HeaderName = HeaderName::from_static(BOOK_REVISION);

/// For a user or a guest, who has one owner's rows and no other's.
pub(super) async fn call(
    tool: ToolName,
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedRead<JsonBody<ToolRequest>>,
) -> Result<Response, ApiError> {
    let SignedRead { owner, input: JsonBody(mut input) } = request;
    if body::named_owner(&mut input)?.is_some_and(|named| named != owner) {
        let message =
            "The field params.ownerUserId names somebody else; a signing key reads its own owner's rows alone.";
        return Err(ApiError::new(ErrorCode::Forbidden, message));
    }
    let Answered { revision, output, .. } = run(&service, &timings, &owner, tool, input).await?;
    Ok(told(revision, output?))
}

/// `POST /{tool}`: for a service, which names one of its owners.
pub(super) async fn serve(
    tool: ToolName,
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    ServiceRead { owner, input, legacy }: ServiceRead,
) -> Result<Response, ApiError> {
    if legacy {
        let call = legacy::call(tool);
        let Answered { revision, case, output } = answer(&service, &timings, &owner, &call, input.customer_id).await?;
        return Ok(told(revision, legacy::answer(tool, &case, output)?));
    }
    let Answered { revision, output, .. } = run(&service, &timings, &owner, tool, input).await?;
    Ok(told(revision, output?))
}

async fn run(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    tool: ToolName,
    ToolRequest { customer_id, params }: ToolRequest,
) -> Result<Answered, ApiError> {
    let call = ToolCall::parse(tool, params)
        .map_err(|error| body::invalid(format!("The body is not valid: params: {error}")))?;
    answer(service, timings, owner, &call, customer_id).await
}

/// What a tool answered.
struct Answered {
    /// Which revision of the book it was made of.
    revision: u64,
    /// What is known of the customer.
    case: Case,
    output: Result<ToolOutput, MissingData>,
}

/// Runs one tool over what the store knows of the customer.
async fn answer(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    call: &ToolCall,
    customer: CustomerId,
) -> Result<Answered, ApiError> {
    let today = call.as_of().unwrap_or_else(|| service.today());
    let known = timings.db(service.store.rows(owner, &customer, today)).await?;
    let revision = known.revision;
    let entry = book::entries_in(known, today, tools::period(call, today)).pop();
    let Entry { case, .. } = entry.ok_or_else(|| StoreError::UnknownCustomer(customer.clone()))?;
    let mut output = timings.time(Part::Tool, || tools::run(call, &case));
    if let Ok(ToolOutput::Health(report)) = &mut output
        && let Some(day) = health::last_heard(report)
    {
        let known = timings.db(service.store.rows(owner, &customer, day)).await?;
        if let Some(earlier) = book::entries(known, day).pop() {
            *report = health::remembering(report.clone(), &earlier.case);
        }
    }
    Ok(Answered { revision, case, output })
}

fn told(revision: u64, data: impl Serialize) -> Response {
    ([(REVISION, HeaderValue::from(revision))], Json(Envelope::success(data))).into_response()
}
