//! Evaluations: begun, fed with results, listed and read.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use contracts::{
    EvalId, Line, TaskId, WireError,
    eval::{
        EvalBatch, EvalResult, EvalResultsQuery, EvalSession, EvalsQuery, MAX_BATCH, MAX_CHECKS, MAX_PAGE,
        MAX_SESSIONS, MAX_STEPS, MAX_TEXT, MAX_TOKENS, NewEval,
    },
};

use super::{
    Service,
    body::{self, JsonBody, NoBody, PathParameter},
    callers::{SignedRead, SignedWrite},
    error::{Answer, answer},
    observe,
    timings::Timings,
};
use crate::store::ResultsPage;

const DEFAULT_SESSIONS: u32 = 20;

/// `POST /v1/evals`; answers the evaluation's id.
pub(super) async fn create(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedWrite<JsonBody<NewEval>>,
) -> Answer<EvalId> {
    let SignedWrite { write, input: JsonBody(eval) } = request;
    check_eval(&eval)?;
    observe::record_written("evaluation", &eval.id);
    timings.db(service.store.create_eval(&write, &eval)).await?;
    answer(eval.id)
}

/// `POST /v1/evals/{id}/results`; answers the evaluation's id.
pub(super) async fn add_results(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    request: SignedWrite<JsonBody<EvalBatch>>,
) -> Answer<EvalId> {
    let SignedWrite { write, input: JsonBody(batch) } = request;
    let id = body::path(id)?;
    check_batch(&batch)?;
    observe::record_written("evaluation", &id);
    timings.db(service.store.add_results(&write, &id, &batch)).await?;
    answer(id)
}

/// `DELETE /v1/evals/{id}`; answers the id.
pub(super) async fn delete(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    SignedWrite { write, input: NoBody }: SignedWrite<NoBody>,
) -> Answer<EvalId> {
    let id = body::path(id)?;
    observe::record_written("evaluation", &id);
    timings.db(service.store.delete_eval(&write, &id)).await?;
    answer(id)
}

/// `GET /v1/evals`, newest first.
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedRead<Query<EvalsQuery>>,
) -> Answer<Vec<EvalSession>> {
    let SignedRead { owner, input: Query(query) } = request;
    let limit = within("limit", query.limit.unwrap_or(DEFAULT_SESSIONS), MAX_SESSIONS)?;
    answer(timings.db(service.store.evals(&owner, limit)).await?)
}

/// `GET /v1/evals/{id}`.
pub(super) async fn show(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    request: SignedRead<NoBody>,
) -> Answer<EvalSession> {
    let id = body::path(id)?;
    answer(timings.db(service.store.eval(&request.owner, &id)).await?)
}

/// `GET /v1/evals/{id}/results`.
pub(super) async fn results(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    request: SignedRead<Query<EvalResultsQuery>>,
) -> Answer<Vec<EvalResult>> {
    let SignedRead { owner, input: Query(EvalResultsQuery { customer_id: customer, steps, limit, offset }) } = request;
    let id = body::path(id)?;
    let limit = within("limit", limit.unwrap_or(MAX_PAGE), MAX_PAGE)?;
    let page = ResultsPage { customer, steps, limit, offset: offset.unwrap_or_default() };
    answer(timings.db(service.store.results(&owner, &id, &page)).await?)
}

fn within(field: &str, value: u32, most: u32) -> Result<u32, WireError> {
    if (1..=most).contains(&value) {
        return Ok(value);
    }
    Err(body::invalid(format!("The field {field} is not valid: it must be 1 to {most}.")))
}

fn check_eval(eval: &NewEval) -> Result<(), WireError> {
    let once = |task: &TaskId| eval.tasks.iter().filter(|other| *other == task).count() == 1;
    if eval.tasks.is_empty() || !eval.tasks.iter().all(once) {
        return Err(body::invalid("The field tasks is not valid: it must name one task or more, each of them once."));
    }
    within("customers", eval.customers, u32::MAX)?;
    within("repeat", eval.repeat, u32::MAX)?;
    eval.model.as_ref().map_or(Ok(()), |model| short("model", model))
}

fn check_batch(batch: &EvalBatch) -> Result<(), WireError> {
    at_most("results", batch.results.len(), MAX_BATCH)?;
    for (place, result) in batch.results.iter().enumerate() {
        let field = |name: &str| format!("results[{place}].{name}");
        within(&field("repeat"), result.repeat, u32::MAX)?;
        short(&field("customerName"), &result.customer_name)?;
        at_most(&field("checks"), result.checks.len(), MAX_CHECKS)?;
        at_most(&field("steps"), result.steps.len(), MAX_STEPS)?;
        let details = result.checks.iter().filter_map(|check| check.detail.as_ref());
        details.into_iter().try_for_each(|detail| short(&field("checks"), detail))?;
        let errors = result.steps.iter().filter_map(|step| step.error.as_ref());
        errors.into_iter().try_for_each(|error| short(&field("steps"), error))?;
        // What the database counts in has one bit less.
        let tokens = [result.input_tokens, result.output_tokens].into_iter().flatten();
        if tokens.max().is_some_and(|tokens| tokens > MAX_TOKENS) {
            return Err(body::invalid(format!("The field {} is not valid: it is too large.", field("inputTokens"))));
        }
    }
    Ok(())
}

fn at_most(field: &str, count: usize, most: usize) -> Result<(), WireError> {
    if count <= most {
        return Ok(());
    }
    Err(body::invalid(format!("The field {field} is not valid: it may have {most} entries at the most.")))
}

fn short(field: &str, text: &Line) -> Result<(), WireError> {
    if text.as_str().chars().count() <= MAX_TEXT {
        return Ok(());
    }
    Err(body::invalid(format!("The field {field} is not valid: a text may have {MAX_TEXT} characters at the most.")))
}
