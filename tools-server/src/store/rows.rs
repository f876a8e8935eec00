//! Rows as the database gives them, made into what the rest of the program speaks of.

use std::error::Error;

use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    Line,
    eval::{EvalResult, EvalSession, EvalTotals, ExecStep, NewEval},
    facts::{Money, OpenByPriority, Source, Ticket, Trend, UsagePoint},
    history::Message,
    import::CustomerRecord,
    tools::{TicketsReport, UsageReport},
};
use domain::health::MODEL;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::{FromRow, types::Json};

use super::{BookEntry, CustomerFacts, SPARK_POINTS, StoredContract, StoredRenewal};
use crate::import::Kept;

/// A stored value that the program cannot have written.
type Unreadable = Box<dyn Error + Send + Sync>;

/// A customer with its three parts; the columns of a part that is not there are all NULL.
#[derive(FromRow)]
pub struct FactsRow {
    external_id: String,
    name: String,
    industry: Option<String>,
    segment: Option<String>,
    contact: Option<String>,
    demo: bool,
    metric: Option<String>,
    trend: Option<String>,
    recent: Option<Json<f64>>,
    before: Option<Json<f64>>,
    points: Option<Json<Vec<UsagePoint>>>,
    usage_origin: Option<String>,
    usage_as_of: Option<NaiveDate>,
    urgent: Option<i64>,
    high: Option<i64>,
    normal: Option<i64>,
    low: Option<i64>,
    oldest_open: Option<NaiveDate>,
    tickets: Option<Json<Vec<Ticket>>>,
    tickets_origin: Option<String>,
    tickets_as_of: Option<NaiveDate>,
    renewal_date: Option<NaiveDate>,
    arr_minor: Option<i64>,
    arr_currency: Option<String>,
    plan: Option<String>,
    seats: Option<i64>,
    auto_renew: Option<bool>,
    contract_origin: Option<String>,
    contract_as_of: Option<NaiveDate>,
}

impl FactsRow {
    pub(super) fn into_kept(self) -> Result<Kept, Unreadable> {
        let usage = match (source(self.usage_origin, self.usage_as_of), self.metric, self.recent, self.points) {
            (Some(source), Some(metric), Some(Json(recent)), Some(Json(points))) => {
                let (metric, trend) = (Line::from(metric), trend(self.trend)?);
                let before = self.before.map(|Json(before)| before);
                Some(UsageReport { metric, trend, recent, before, points, source })
            }
            _ => None,
        };
        let tickets = match (source(self.tickets_origin, self.tickets_as_of), self.tickets) {
            (Some(source), Some(Json(recent))) => {
                let by_priority = OpenByPriority {
                    urgent: number(self.urgent)?.unwrap_or_default(),
                    high: number(self.high)?.unwrap_or_default(),
                    normal: number(self.normal)?.unwrap_or_default(),
                    low: number(self.low)?.unwrap_or_default(),
                };
                let (open, oldest_open) = (by_priority.total(), self.oldest_open);
                Some(TicketsReport { open, by_priority, oldest_open, recent, source })
            }
            _ => None,
        };
        let contract = match source(self.contract_origin, self.contract_as_of) {
            Some(source) => Some(StoredContract {
                renewal_date: self.renewal_date,
                arr: money(self.arr_minor, self.arr_currency),
                plan: self.plan.map(Line::from),
                seats: number(self.seats)?,
                auto_renew: self.auto_renew,
                source,
            }),
            None => None,
        };
        let customer = CustomerRecord {
            id: self.external_id.try_into()?,
            name: self.name.into(),
            industry: self.industry.map(Line::from),
            segment: self.segment.map(Line::from),
            contact: self.contact.map(Line::from),
        };
        Ok(Kept { facts: CustomerFacts { customer, usage, tickets, contract }, demo: self.demo })
    }

    pub(super) fn into_facts(self) -> Result<CustomerFacts, Unreadable> {
        let mut facts = self.into_kept()?.facts;
        if let Some(usage) = &mut facts.usage {
            let newest = usage.points.iter().rev().take(SPARK_POINTS).map(|point| point.value);
            usage.trend = trend_as_read(usage.trend, usage.recent, usage.before, newest);
        }
        Ok(facts)
    }
}

/// A customer of the book.
#[derive(FromRow)]
pub struct BookRow {
    external_id: String,
    name: String,
    trend: Option<String>,
    recent: Option<Json<f64>>,
    before: Option<Json<f64>>,
    spark: Option<Json<Vec<f64>>>,
    open_tickets: Option<i64>,
    renewal_date: Option<NaiveDate>,
    auto_renew: Option<bool>,
    contract_origin: Option<String>,
    contract_as_of: Option<NaiveDate>,
    arr_minor: Option<i64>,
    arr_currency: Option<String>,
}

impl BookRow {
    pub(super) fn into_entry(self) -> Result<BookEntry, Unreadable> {
        let spark = self.spark.map(|Json(values)| values).unwrap_or_default();
        let trend = match (trend(self.trend)?, self.recent) {
            (trend, Some(Json(recent))) => {
                trend_as_read(trend, recent, self.before.map(|Json(before)| before), spark.iter().copied())
            }
            (trend, None) => trend,
        };
        let automatic = self.auto_renew == Some(true);
        let renewal = self.renewal_date.zip(source(self.contract_origin, self.contract_as_of));
        Ok(BookEntry {
            id: self.external_id.try_into()?,
            name: self.name.into(),
            trend,
            spark,
            open_tickets: number(self.open_tickets)?,
            renewal: renewal.map(|(date, source)| StoredRenewal { date, automatic, source }),
            arr: money(self.arr_minor, self.arr_currency),
        })
    }
}

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

fn source(origin: Option<String>, as_of: Option<NaiveDate>) -> Option<Source> {
    Some(Source { origin: origin?.into(), as_of: as_of? })
}

fn money(minor: Option<i64>, currency: Option<String>) -> Option<Money> {
    Some(Money { minor: minor?, currency: currency?.into() })
}

fn number(value: Option<i64>) -> Result<Option<u32>, Unreadable> {
    Ok(value.map(u32::try_from).transpose()?)
}

/// What was nothing and is nothing is silent, whatever the word for it; `newest` are the newest values, where there are
/// points.
fn trend_as_read(
    trend: Option<Trend>,
    recent: f64,
    before: Option<f64>,
    mut newest: impl Iterator<Item = f64>,
) -> Option<Trend> {
    let is_nothing = recent == 0.0 && before == Some(0.0) && newest.all(|value| value == 0.0);
    if is_nothing { trend.and(Some(Trend::Silent)) } else { trend }
}

fn trend(word: Option<String>) -> Result<Option<Trend>, Unreadable> {
    let known = |word: &String| Trend::ALL.into_iter().find(|trend| trend.as_str() == word);
    match word {
        Some(word) => known(&word).map(Some).ok_or_else(|| format!("there is no trend called {word}").into()),
        None => Ok(None),
    }
}
