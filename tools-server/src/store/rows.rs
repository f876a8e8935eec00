//! Rows as the database gives them, made into what the rest of the program speaks of.

use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    ActivityId, CustomerId, ItemId, Line, SourceName, Text,
    activity::{Activity, ActivityKind, ActivityRow, FollowUp},
    attention::State,
    eval::{EvalResult, EvalSession, EvalTotals, ExecStep, NewEval},
    history::Message,
    planner::PlannerResult,
};
use domain::health::MODEL;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};
use sqlx::{FromRow, Row, types::Json};

use super::values::Unreadable;

/// A finished run.
#[derive(FromRow)]
pub struct MessageRow {
    run_id: String,
    created_at: DateTime<Utc>,
    result: Json<Value>,
}

impl MessageRow {
    /// A score of another model has another form. It is left to the summary and the figures, which say it in words.
    pub(super) fn into_message(self) -> Result<Message, Unreadable> {
        let mut result = self.result.0;
        if let Some(answer) = result.as_object_mut()
            && answer.get("health").is_some_and(|health| health["model"] != MODEL)
        {
            answer.remove("health");
        }
        let (run_id, result) = (self.run_id.try_into()?, serde_json::from_value(result)?);
        Ok(Message { run_id, created_at: self.created_at, result })
    }
}

/// A finished run as a bulk statement takes it: the customer stands where it is found without looking through the answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FinishedRun<'a> {
    pub customer_id: &'a CustomerId,
    pub result: &'a PlannerResult,
}

/// An evaluation with what its results come to.
#[derive(FromRow)]
pub struct EvalRow {
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    eval: Json<NewEval>,
    cases: i64,
    passed: i64,
    failed: i64,
    timeouts: i64,
    errors: i64,
    input_tokens: i64,
    output_tokens: i64,
}

impl EvalRow {
    pub(super) fn into_session(self) -> Result<EvalSession, Unreadable> {
        let totals = EvalTotals {
            cases: self.cases.try_into()?,
            passed: self.passed.try_into()?,
            failed: self.failed.try_into()?,
            timeouts: self.timeouts.try_into()?,
            errors: self.errors.try_into()?,
            input_tokens: self.input_tokens.try_into()?,
            output_tokens: self.output_tokens.try_into()?,
        };
        Ok(EvalSession { eval: self.eval.0, created_at: self.created_at, finished_at: self.finished_at, totals })
    }
}

/// A result of an evaluation, with one of its steps where they were asked for.
#[derive(FromRow)]
pub struct EvalResultRow {
    result: Option<Json<EvalResult>>,
    step: Option<Json<ExecStep>>,
}

impl EvalResultRow {
    /// Adds it to those before it; the rows of one result follow one another.
    pub(super) fn add_to(self, results: &mut Vec<EvalResult>) {
        let Some(Json(result)) = self.result else { return };
        let step = self.step.map(|Json(step)| step);
        match results.last_mut().filter(|last| last.case() == result.case()) {
            Some(last) => last.steps.extend(step),
            None => results.push(EvalResult { steps: step.into_iter().collect(), ..result }),
        }
    }
}

/// What became of an item of attention.
#[derive(FromRow)]
pub struct StateRow {
    item_id: String,
    state: Json<State>,
}

impl StateRow {
    pub(super) fn into_state(self) -> Result<(ItemId, State), Unreadable> {
        Ok((self.item_id.try_into()?, self.state.0))
    }
}

/// A write that was carried out.
#[derive(FromRow)]
pub struct AnswerRow {
    pub(super) request: String,
    answer: Json<Value>,
}

impl AnswerRow {
    pub(super) fn into_answer<T: DeserializeOwned>(self) -> Result<T, Unreadable> {
        Ok(serde_json::from_value(self.answer.0)?)
    }
}

/// A row of a statement of [`sql`](super::sql) that reads rows: `part` says of what.
pub struct PartRow {
    pub(super) part: String,
    pub(super) external_id: Option<String>,
    pub(super) source: Option<String>,
    pub(super) key: Option<String>,
    pub(super) day: Option<NaiveDate>,
    pub(super) until_day: Option<NaiveDate>,
    pub(super) says: Option<Json<Box<RawValue>>>,
    pub(super) measure: Option<String>,
    pub(super) points: Option<String>,
}

impl PartRow {
    /// How long its texts are, in bytes.
    pub(super) fn length(&self) -> usize {
        let says = self.says.as_ref().map_or(0, |Json(says)| says.get().len());
        let texts = [&self.external_id, &self.source, &self.key, &self.points].into_iter().flatten();
        says + texts.map(String::len).sum::<usize>()
    }
}

/// The columns of such a row, as its statements have them.
type PartColumns = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<NaiveDate>,
    Option<NaiveDate>,
    Option<Json<Box<RawValue>>>,
    Option<String>,
    Option<String>,
);

/// By their places: there are millions of rows, and names would be looked up in each.
impl<'r, R: Row> FromRow<'r, R> for PartRow
where
    PartColumns: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let (part, external_id, source, key, day, until_day, says, measure, points) = FromRow::from_row(row)?;
        Ok(Self { part, external_id, source, key, day, until_day, says, measure, points })
    }
}

/// An activity as it is stored beside its id and day.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Done {
    kind: ActivityKind,
    text: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agreed: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    follow_up: Option<FollowUp>,
}

impl From<&Activity> for Done {
    fn from(activity: &Activity) -> Self {
        let Activity { kind, text, agreed, follow_up, .. } = activity;
        Self { kind: *kind, text: text.clone(), agreed: agreed.clone(), follow_up: *follow_up }
    }
}

impl Done {
    pub(super) fn into_row(
        self,
        source: SourceName,
        id: ActivityId,
        customer_id: CustomerId,
        on: NaiveDate,
    ) -> ActivityRow {
        let Self { kind, text, agreed, follow_up } = self;
        ActivityRow { source, activity: Activity { id, customer_id, kind, on, text, agreed, follow_up } }
    }
}

/// An activity of a customer.
#[derive(FromRow)]
pub struct DoneRow {
    source: String,
    activity_id: String,
    day: NaiveDate,
    says: Json<Done>,
}

impl DoneRow {
    pub(super) fn into_row(self, customer: &CustomerId) -> Result<ActivityRow, Unreadable> {
        let Self { source, activity_id, day, says: Json(says) } = self;
        Ok(says.into_row(source.try_into()?, activity_id.try_into()?, customer.clone(), day))
    }
}

/// A column of a bucket as it is kept.
#[derive(FromRow)]
pub struct ColumnRow {
    pub(super) bucket: i64,
    pub(super) fact: String,
    says: Json<Box<RawValue>>,
}

impl ColumnRow {
    pub(super) fn says<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        Ok(serde_json::from_str(self.says.0.get())?)
    }
}
