//! Evaluations in the store: a part of [`Store`](super::Store) of its own.

use async_trait::async_trait;
use contracts::{
    CustomerId, EvalId, OwnerId, TaskId,
    eval::{EvalBatch, EvalResult, EvalSession, ExecStep, NewEval},
};
use serde::Serialize;

use super::{
    SqlStore, StoreError, Write,
    rows::{EvalResultRow, EvalRow},
    sql,
    statement::Runs,
    values::{numbered, rows, unreadable},
    writes::Begun,
};

/// The evaluations of every owner.
#[async_trait]
pub trait EvalStore {
    /// Begins an evaluation.
    async fn create_eval(&self, write: &Write, eval: &NewEval) -> Result<(), StoreError>;
    /// Adds results to an evaluation, those only that it does not have yet and whose customer is in the book.
    async fn add_results(&self, write: &Write, eval: &EvalId, batch: &EvalBatch) -> Result<(), StoreError>;
    /// Removes an evaluation and its results.
    async fn delete_eval(&self, write: &Write, eval: &EvalId) -> Result<(), StoreError>;
    /// The owner's evaluations, newest first.
    async fn evals(&self, owner: &OwnerId, limit: u32) -> Result<Vec<EvalSession>, StoreError>;
    /// One evaluation.
    async fn eval(&self, owner: &OwnerId, eval: &EvalId) -> Result<EvalSession, StoreError>;
    /// Results of an evaluation, by customer, task and repeat.
    async fn results(&self, owner: &OwnerId, eval: &EvalId, page: &ResultsPage) -> Result<Vec<EvalResult>, StoreError>;
}

/// Which results are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultsPage {
    /// Only those of this customer.
    pub customer: Option<CustomerId>,
    /// Whether they come with their steps.
    pub steps: bool,
    /// How many at the most.
    pub limit: u32,
    /// How many to pass over first.
    pub offset: u32,
}

/// A result without its steps. In an object of its own, as only a part of a row can be stored as the JSON that it is.
#[derive(Serialize)]
struct ResultRow {
    result: EvalResult,
}

/// A step with the result it belongs to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StepRow<'a> {
    customer_id: &'a CustomerId,
    task: &'a TaskId,
    repeat: u32,
    place: usize,
    step: &'a ExecStep,
}

fn steps(result: &EvalResult) -> impl Iterator<Item = StepRow<'_>> {
    let EvalResult { customer_id, task, repeat, .. } = result;
    let row = |(place, step)| StepRow { customer_id, task, repeat: *repeat, place, step };
    result.steps.iter().enumerate().map(row)
}

#[async_trait]
impl<DB: Runs> EvalStore for SqlStore<DB> {
    async fn create_eval(&self, write: &Write, eval: &NewEval) -> Result<(), StoreError> {
        let insert = self.query(sql::CREATE_EVAL).bind(write.owner.as_str()).bind(eval.id.as_str());
        let insert = insert.bind(write.now).bind(rows(eval));
        self.write_one(write, insert, || StoreError::EvalExists(eval.id.clone())).await
    }

    async fn add_results(&self, write: &Write, eval: &EvalId, batch: &EvalBatch) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let statement = |text| self.query(text).bind(write.owner.as_str()).bind(eval.as_str());
        let known = statement(sql::CONTINUE_EVAL).bind(write.now).bind(batch.finished).execute(&mut tx).await?;
        if known == 0 {
            return Err(StoreError::UnknownEval(eval.clone()));
        }
        let bare = |result: &EvalResult| ResultRow { result: EvalResult { steps: Vec::new(), ..result.clone() } };
        let results = batch.results.iter().map(bare);
        statement(sql::INSERT_EVAL_RESULTS).bind(numbered(results)).execute(&mut tx).await?;
        let steps = numbered(batch.results.iter().flat_map(steps));
        statement(sql::INSERT_EXEC_STEPS).bind(steps).execute(&mut tx).await?;
        self.commit(tx, write, ()).await
    }

    async fn delete_eval(&self, write: &Write, eval: &EvalId) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let delete = self.query(sql::DELETE_EVAL).bind(write.owner.as_str()).bind(eval.as_str());
        if delete.execute(&mut tx).await? == 0 {
            return Err(StoreError::UnknownEval(eval.clone()));
        }
        self.commit_less(tx, write, ()).await
    }

    async fn evals(&self, owner: &OwnerId, limit: u32) -> Result<Vec<EvalSession>, StoreError> {
        let query = || self.query_as::<EvalRow>(sql::EVALS).bind(owner.as_str()).bind("").bind(i64::from(limit));
        let rows = self.read(query).await?;
        rows.into_iter().map(|row| row.into_session().map_err(unreadable)).collect()
    }

    async fn eval(&self, owner: &OwnerId, eval: &EvalId) -> Result<EvalSession, StoreError> {
        let query = || self.query_as::<EvalRow>(sql::EVALS).bind(owner.as_str()).bind(eval.as_str()).bind(1_i64);
        let row = self.read(query).await?.pop().ok_or_else(|| StoreError::UnknownEval(eval.clone()))?;
        row.into_session().map_err(unreadable)
    }

    async fn results(&self, owner: &OwnerId, eval: &EvalId, page: &ResultsPage) -> Result<Vec<EvalResult>, StoreError> {
        let customer = page.customer.as_ref().map(CustomerId::as_str).unwrap_or_default();
        let query = || {
            let query = self.query_as::<EvalResultRow>(sql::EVAL_RESULTS).bind(owner.as_str()).bind(eval.as_str());
            query.bind(customer).bind(page.steps).bind(i64::from(page.limit)).bind(i64::from(page.offset))
        };
        let rows = self.read(query).await?;
        if rows.is_empty() {
            return Err(StoreError::UnknownEval(eval.clone()));
        }
        let mut results = Vec::new();
        for row in rows {
            row.add_to(&mut results);
        }
        Ok(results)
    }
}
