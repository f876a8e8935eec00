//! Every way a request can fail, as the envelope it is answered with.

use axum::{
    Json,
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use contracts::{Envelope, ErrorCode, WireError, delivery::MAX_POINTS_KEPT, facts::Part};

use crate::{auth::TokenRefused, store::StoreError, tools::MissingData};

/// When what is not available just now may be tried again, in seconds.
const RETRY_SECS: u64 = 2;

/// What a handler answers.
pub(crate) type Answer<T> = Result<Json<Envelope<T>>, ApiError>;

/// A good answer.
pub(crate) fn answer<T>(data: T) -> Answer<T> {
    Ok(Json(Envelope::success(data)))
}

/// A failed request. What went wrong inside stays in the log; the request id finds it there.
#[derive(Debug)]
pub(crate) struct ApiError {
    error: WireError,
    /// Seconds to wait before the next try.
    retry_after: Option<u64>,
    /// What the log keeps of it besides the code.
    reason: Option<Reason>,
}

/// Why a request was refused, in a word for the log alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reason(pub(super) &'static str);

impl ApiError {
    pub(crate) fn new(code: ErrorCode, message: impl AsRef<str>) -> Self {
        WireError::new(code, message).into()
    }

    /// Too many requests; the next one may come after this many seconds.
    pub(crate) fn rate_limited(secs: u64) -> Self {
        let message = format!("These are too many requests at once; try again in {secs} s.");
        Self { retry_after: Some(secs), ..Self::new(ErrorCode::RateLimited, message) }
    }

    /// A store that cannot do it now. The source's own words name no rows; its `Debug` might.
    fn unavailable(source: &sqlx::Error, message: &str) -> Self {
        tracing::error!(error = %source, "{message}");
        Self::new(ErrorCode::Unavailable, message)
    }

    pub(crate) fn internal() -> Self {
        Self::new(ErrorCode::ToolFailure, "The server failed to do this; its log has the details under the request id.")
    }
}

impl From<WireError> for ApiError {
    fn from(error: WireError) -> Self {
        Self { error, retry_after: None, reason: None }
    }
}

impl From<TokenRefused> for ApiError {
    fn from(refused: TokenRefused) -> Self {
        Self { reason: Some(Reason(refused.reason())), ..WireError::from(refused).into() }
    }
}

impl From<MissingData> for ApiError {
    fn from(missing: MissingData) -> Self {
        Self::new(ErrorCode::MissingData, missing.to_string())
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Replayed => {
                Self::new(ErrorCode::Replayed, "This very request was received before; it was not carried out again.")
            }
            StoreError::OtherRequest => Self::new(
                ErrorCode::Conflict,
                "This idempotency key was used for another request; a new request needs a new key.",
            ),
            StoreError::UnknownCustomer(id) => Self::new(ErrorCode::NotFound, format!("There is no customer {id}.")),
            StoreError::Exists(id) => Self::new(ErrorCode::Conflict, format!("There is a customer {id} already.")),
            StoreError::Refused(refused) => Self::new(ErrorCode::InvalidInput, refused.to_string()),
            StoreError::MissingPieces { import, there, wanted } => Self::new(
                ErrorCode::InvalidInput,
                format!("The import {import} has {there} of its {wanted} pieces; send it again."),
            ),
            StoreError::UnknownActivity(id) => {
                Self::new(ErrorCode::NotFound, format!("There is no activity {id} that was written here."))
            }
            StoreError::TooManyRows(most) => Self::new(
                ErrorCode::TooLarge,
                format!(
                    "This server keeps at most {most} rows of one owner, and this would be more; remove customers or \
                     evaluations that you need no longer, or ask its operator for more (limits.rows)."
                ),
            ),
            StoreError::Crowded { customer, part, most } => {
                let points = if part == Part::Usage { format!(" or {MAX_POINTS_KEPT} points") } else { String::new() };
                Self::new(
                    ErrorCode::TooLarge,
                    format!(
                        "This would bring the customer {customer} to more than {most} rows{points} of {}, the most that is \
                         kept of one customer; send fewer of them, or remove the customer first.",
                        part.as_str(),
                    ),
                )
            }
            StoreError::TooManyItems(most) => Self::new(
                ErrorCode::TooLarge,
                format!("At most {most} items are kept as done or snoozed; open some of them again first."),
            ),
            StoreError::UnknownEval(id) => Self::new(ErrorCode::NotFound, format!("There is no evaluation {id}.")),
            StoreError::EvalExists(id) => {
                Self::new(ErrorCode::Conflict, format!("There is an evaluation {id} already."))
            }
            StoreError::RunExists(id) => Self::new(ErrorCode::Conflict, format!("There is a run {id} already.")),
            StoreError::Unavailable(source) => {
                Self::unavailable(&source, "The database is not available just now; try again in a moment.")
            }
            StoreError::DiskFull(source) => Self::unavailable(
                &source,
                "Nothing was saved: the disk of the database is full; free some space and try again.",
            ),
            StoreError::ReadOnly(source) => Self::unavailable(
                &source,
                "Nothing was saved: the database is read-only; allow the program to write to it and try again.",
            ),
            StoreError::Unfit(ref source) => {
                tracing::error!(%source, "{error}");
                Self::new(
                    ErrorCode::Unavailable,
                    "The database of this server is not set up for it; the server's log tells its operator what to do.",
                )
            }
            StoreError::Broken(source) => {
                tracing::error!(error = %source, "the database failed");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Self { error, retry_after, reason } = self;
        let code = error.code;
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(Envelope::<()>::failure(error))).into_response();
        let retry_after = retry_after.or_else(|| (code == ErrorCode::Unavailable).then_some(RETRY_SECS));
        response.headers_mut().extend(retry_after.map(|secs| (RETRY_AFTER, secs.into())));
        response.extensions_mut().insert(code);
        if let Some(reason) = reason {
            response.extensions_mut().insert(reason);
        }
        response
    }
}
