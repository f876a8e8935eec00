//! Imports, piece by piece, and the way back: everything a book holds, page by page.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use contracts::{
    ImportId, InvalidId, WireError,
    delivery::{Delivery, ExportQuery, Piece},
};

use super::{
    Service, attention,
    body::{self, JsonBody, PathParameter, PathParameters},
    callers::{SignedRead, SignedWrite},
    error::{Answer, ApiError, answer},
    in_flight::Held,
    observe,
    timings::{Part, Timings},
};
use crate::{export, import::check, store::LAST_DAY};

/// `POST /v1/imports/{id}/pieces/{number}`; answers the number.
pub(super) async fn piece(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    place: PathParameters,
    request: SignedWrite<Piece>,
) -> Answer<u32> {
    let SignedWrite { write, input: piece } = request;
    let (import, number) = place_of(place)?;
    check::piece(&piece).map_err(|invalid| body::invalid(invalid.to_string()))?;
    observe::record_written("piece", format_args!("{import} {number}"));
    timings.db(service.store.put_piece(&write, &import, number, &piece)).await?;
    answer(number)
}

/// `POST /v1/imports/{id}`.
pub(super) async fn deliver(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    id: PathParameter,
    request: SignedWrite<JsonBody<Delivery>>,
) -> Result<Response, ApiError> {
    let SignedWrite { write, input: JsonBody(delivery) } = request;
    let import: ImportId = body::path(id)?;
    check::delivery(&delivery).map_err(|invalid| body::invalid(invalid.to_string()))?;
    observe::record_written("import", format_args!("{import} of {}", delivery.source));
    let take_in = async move {
        let report = timings.db(service.store.deliver(&write, &import, &delivery)).await?;
        if report.applied {
            attention::forget_ended(&service, &timings, &write.owner, delivery.day).await?;
        }
        answer(report)
    };
    held.answer_apart(take_in).await
}

/// `GET /v1/export`.
pub(super) async fn export(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<Query<ExportQuery>>,
) -> Result<Response, ApiError> {
    let SignedRead { owner, input: Query(ExportQuery { after }) } = request;
    let page = async move {
        let page = service.store.page(&owner, after.as_ref(), export::CUSTOMERS, LAST_DAY);
        let (known, next) = timings.db(page).await?;
        answer(timings.time(Part::Tool, || export::page(known, next, service.today())))
    };
    held.answer_apart(page).await
}

fn place_of(parameters: PathParameters) -> Result<(ImportId, u32), WireError> {
    let Path((import, number)) = parameters.map_err(|_| body::invalid("The path is not valid UTF-8."))?;
    let import =
        import.parse().map_err(|error: InvalidId| body::invalid(format!("The path is not valid: {error}.")))?;
    let number = number.parse().ok().filter(|number| *number > 0);
    let number = number.ok_or_else(|| body::invalid("The path is not valid: pieces are numbered from 1."))?;
    Ok((import, number))
}
