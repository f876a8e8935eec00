//! Rows of usage: dated points, or one summary a customer.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{Trend, UsagePoint},
    import::UsageSeries,
};

use super::{Book, MAX_POINTS};
use crate::import::{
    cell,
    problem::{Problem, quoted},
    sheet::Row,
};

pub(super) const COLUMNS: &[&str] = &["customer_id", "date", "value", "trend", "recent", "before", "metric"];
pub(super) const FORMS: &[&[&str]] =
    &[&["customer_id", "date", "value"], &["customer_id", "trend", "recent", "before"]];

/// What is measured where the rows do not say.
const METRIC: &str = "usage";

/// A point's JSON, in bytes, at the least.
const BYTES: usize = 33;

/// A customer's usage as far as it has been read.
#[derive(Debug)]
pub(super) struct UsageDraft {
    pub(super) metric: Line,
    pub(super) series: SeriesDraft,
}

#[derive(Debug)]
pub(super) enum SeriesDraft {
    Points(BTreeMap<NaiveDate, f64>),
    Summary { trend: Trend, recent: f64, before: f64 },
}

impl From<SeriesDraft> for UsageSeries {
    fn from(series: SeriesDraft) -> Self {
        match series {
            SeriesDraft::Points(points) => {
                Self::Points(points.into_iter().map(|(date, value)| UsagePoint { date, value }).collect())
            }
            SeriesDraft::Summary { trend, recent, before } => Self::Summary { trend, recent, before },
        }
    }
}

impl Book {
    pub(super) fn usage(&mut self, row: Row<'_>) -> Result<(), Problem> {
        let metric = row.optional("metric", cell::line)?.unwrap_or_else(|| Line::new(METRIC));
        if row.has("date") { self.point(row, metric) } else { self.summary(row, metric) }
    }

    fn point(&mut self, row: Row<'_>, metric: Line) -> Result<(), Problem> {
        let date = row.required("date", cell::date)?;
        let value = row.required("value", cell::value)?;
        let Some(customer) = self.owner_of(&row)? else { return Ok(()) };
        let empty = UsageDraft { metric: metric.clone(), series: SeriesDraft::Points(BTreeMap::new()) };
        let usage = customer.usage.get_or_insert(empty);
        if usage.metric != metric {
            let (is, was) = (quoted(metric.as_str()), quoted(usage.metric.as_str()));
            return Err(
                row.problem("metric", format_args!("{is} is not {was}, which this customer's rows before measure"))
            );
        }
        let SeriesDraft::Points(points) = &mut usage.series else { return Ok(()) };
        if points.insert(date, value).is_some() {
            return Err(row.problem("date", format_args!("{date} is there twice for this customer")));
        }
        if points.len() > MAX_POINTS {
            points.pop_first();
            self.notes.points_left_out += 1;
        } else {
            self.bytes += BYTES;
        }
        Ok(())
    }

    fn summary(&mut self, row: Row<'_>, metric: Line) -> Result<(), Problem> {
        let trend = row.required("trend", cell::trend)?;
        let recent = row.required("recent", cell::value)?;
        let before = row.required("before", cell::value)?;
        let Some(customer) = self.owner_of(&row)? else { return Ok(()) };
        if customer.usage.is_some() {
            return Err(row.problem("customer_id", "has a summary already; one row a customer"));
        }
        customer.usage = Some(UsageDraft { metric, series: SeriesDraft::Summary { trend, recent, before } });
        self.bytes += BYTES;
        Ok(())
    }
}
