//! `POST /v1/health`: health checks of many customers in one call.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Extension, extract::State};
use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    checks::{Check, HealthChecks, HealthRequest, MAX_CHECKED, Outcome, TOOLS, ToolAnswer},
    tools::{ToolCall, ToolOutput},
};
use domain::health;

use super::{
    Service,
    body::{self, JsonBody},
    callers::SignedRead,
    error::{Answer, ApiError, answer},
    timings::{Part, Timings},
};
use crate::{
    book,
    tools::{self, MissingData},
};

/// What the tools answer for a customer.
type Outcomes = Vec<(ToolCall, Result<ToolOutput, MissingData>)>;
/// The same for each customer.
type Found = BTreeMap<CustomerId, Outcomes>;

/// Checks the customers of the request.
pub(super) async fn check(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedRead<JsonBody<HealthRequest>>,
) -> Answer<HealthChecks> {
    let SignedRead { owner, input: JsonBody(HealthRequest { customer_ids, as_of }) } = request;
    if !(1..=MAX_CHECKED).contains(&customer_ids.len()) {
        let message = format!("The field customerIds is not valid: it must name 1 to {MAX_CHECKED} customers.");
        return Err(body::invalid(message).into());
    }
    let today = as_of.unwrap_or_else(|| service.today());
    let known = timings.db(service.store.rows_of(&owner, &customer_ids, today)).await?;
    let revision = known.revision;
    let mut found: Found = timings.time(Part::Tool, || {
        let calls = TOOLS.map(|tool| ToolCall::of(tool, as_of));
        let outcomes = |case| calls.iter().map(|call| (*call, tools::run(call, case))).collect();
        let entries = book::entries(known, today);
        entries.iter().map(|entry| (entry.case.id.clone(), outcomes(&entry.case))).collect()
    });
    for (day, customers) in last_heard(&found) {
        let known = timings.db(service.store.rows_of(&owner, &customers, day)).await?;
        for earlier in book::entries(known, day) {
            for (_, outcome) in found.get_mut(&earlier.case.id).into_iter().flatten() {
                if let Ok(ToolOutput::Health(report)) = outcome {
                    *report = health::remembering(report.clone(), &earlier.case);
                }
            }
        }
    }
    let checks = timings.time(Part::Tool, || found.into_iter().map(checked).collect::<Result<_, _>>())?;
    answer(HealthChecks { revision, checks })
}

/// The customers whose risk is unknown because their data went stale, by the day that was heard of last.
fn last_heard(found: &Found) -> BTreeMap<NaiveDate, Vec<CustomerId>> {
    let mut days = BTreeMap::<_, Vec<_>>::new();
    for (customer, outcomes) in found {
        for (_, outcome) in outcomes {
            if let Ok(ToolOutput::Health(report)) = outcome
                && let Some(day) = health::last_heard(report)
            {
                days.entry(day).or_default().push(customer.clone());
            }
        }
    }
    days
}

fn checked((customer_id, outcomes): (CustomerId, Outcomes)) -> Result<Check, ApiError> {
    let answers = outcomes.into_iter().map(|(call, outcome)| {
        let outcome = match outcome {
            Ok(output) => Outcome::Report(serde_json::to_value(&output).map_err(|_| ApiError::internal())?),
            Err(MissingData(what)) => Outcome::Missing(Line::from(what)),
        };
        Ok(ToolAnswer { tool: call.name(), outcome })
    });
    Ok(Check { customer_id, answers: answers.collect::<Result<_, ApiError>>()? })
}
