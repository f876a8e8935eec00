//! What a query of the book comes to.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use contracts::{
    CustomerId, OwnerId,
    book::MAX_PAGE,
    outcome::{Outcome, Progress, QueryPage, QueryReply, QueryRequest},
    query,
};
use domain::query::{answer as answered, facts, parse};
use moka::{policy::EvictionPolicy, sync::Cache};

use super::{
    Service, body,
    callers::SignedRead,
    customers,
    error::{Answer, ApiError, answer},
    evaluated::{Evaluated, evaluated},
    in_flight::Held,
    timings::{Part, Timings},
};
use crate::{
    book,
    columns::{Bucket, Customer},
};

/// How many customers are kept in all of the answers of which another page may be asked.
const MOST_CUSTOMERS: u64 = 200_000;

/// What a query came to in a revision of a book, and everybody that it shows, in order.
struct Found {
    revision: u64,
    outcome: Outcome,
    shown: Vec<CustomerId>,
}

/// Whose book was asked, as of when, and what.
type Key = (OwnerId, NaiveDate, String);

/// The answers that have another page, kept in this process. Forgetting one changes no page.
pub(crate) struct Answers(Cache<Key, Arc<Found>>);

impl Default for Answers {
    fn default() -> Self {
        let weigh = |_: &Key, found: &Arc<Found>| u32::try_from(found.shown.len()).unwrap_or(u32::MAX);
        let cache = Cache::builder().weigher(weigh).max_capacity(MOST_CUSTOMERS);
        Self(cache.eviction_policy(EvictionPolicy::lru()).build())
    }
}

/// `GET /v1/query`.
pub(super) async fn ask(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<Query<QueryRequest>>,
) -> Result<Response, ApiError> {
    held.answer_apart(async move { reply(&service, &timings, request).await }).await
}

async fn reply(service: &Service, timings: &Timings, request: SignedRead<Query<QueryRequest>>) -> Answer<QueryReply> {
    let SignedRead { owner, input: Query(asked) } = request;
    let limit = asked.limit.unwrap_or(MAX_PAGE);
    if limit > MAX_PAGE {
        return Err(body::invalid(format!("The field limit is not valid: it must be 0 to {MAX_PAGE}.")).into());
    }
    let query =
        parse(&asked.query).map_err(|problem| body::invalid(format!("The field query is not valid: {problem}")))?;
    let columns = book::asked(asked.facts.as_deref())
        .map_err(|error| body::invalid(format!("The field facts is not valid: {error}.")))?;
    let as_of = asked.as_of.unwrap_or_else(|| service.today());
    let found = match found(service, timings, (owner.clone(), as_of, asked.query), &query).await? {
        Ok(found) => found,
        Err(progress) => return answer(QueryReply::Evaluating(progress)),
    };
    let begins = match &asked.after {
        None => 0,
        Some(after) => {
            1 + found.shown.iter().position(|id| id == after).ok_or_else(|| {
                body::invalid("The field after is not valid: the query does not show it; begin again without it.")
            })?
        }
    };
    let rest = &found.shown[begins..];
    let page = &rest[..rest.len().min(limit as usize)];
    let next = page.last().filter(|_| page.len() < rest.len()).cloned();
    let (customers, revision) = customers::rows(service, timings, &owner, page, &columns, as_of).await?;
    let revision = revision.map_or(found.revision, |revision| revision.min(found.revision));
    answer(QueryReply::Found(Box::new(QueryPage { outcome: found.outcome.clone(), customers, next, as_of, revision })))
}

/// What the query comes to in the book as it is now; or how far the book is evaluated.
async fn found(
    service: &Service,
    timings: &Timings,
    key: Key,
    query: &query::Query,
) -> Result<Result<Arc<Found>, Progress>, ApiError> {
    let (owner, as_of, _) = &key;
    let revision = timings.db(service.store.revision(owner)).await?;
    if let Some(found) = service.answers.0.get(&key).filter(|found| found.revision == revision) {
        return Ok(Ok(found));
    }
    let buckets = match evaluated(service, timings, owner, &facts(query), *as_of).await? {
        Evaluated::Whole(buckets) => buckets,
        Evaluated::Partly(progress) => return Ok(Err(progress)),
    };
    let found = Arc::new(timings.time(Part::Tool, || Found::of(query, &buckets, *as_of, revision)));
    if found.shown.len() > MAX_PAGE as usize {
        service.answers.0.insert(key, Arc::clone(&found));
    }
    Ok(Ok(found))
}

impl Found {
    fn of(query: &query::Query, buckets: &[Bucket], as_of: NaiveDate, revision: u64) -> Self {
        let everybody: Vec<Customer<'_>> = buckets.iter().flat_map(Bucket::subjects).collect();
        let found = answered(query, &everybody, as_of);
        let shown = found.shown.iter().filter(|_| query.group.is_none()).map(|&place| everybody[place].id().clone());
        Self { revision, outcome: found.outcome, shown: shown.collect() }
    }
}
