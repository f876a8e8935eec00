//! What a customer's usage and tickets come to on a day, and on which other days they come to the same: so the store can
//! keep it, and forget it at any time.

use chrono::{Days, NaiveDate};
use contracts::facts::{Part, UsagePoint};
use domain::{
    case::{Figures, Period, TicketFigures},
    rows::{CustomerRows, Series, Sources},
    usage::{self, UsageFigures},
};
use serde::{Deserialize, Serialize};

/// How many values of usage the book shows of a customer.
pub const SPARK_POINTS: usize = 12;

/// Something that holds on the days from `from` on, up to the one before `until`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the sentence above says it")]
pub struct Holds<T> {
    pub from: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    pub says: T,
}

/// What usage comes to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UsageSummary {
    /// Its figures; none without usage.
    pub figures: Option<UsageFigures>,
    /// The newest values, oldest first, at most [`SPARK_POINTS`].
    pub spark: Vec<f64>,
}

/// What tickets come to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TicketSummary {
    /// Their figures, without a period; none where there is no row of any.
    pub figures: Option<TicketFigures>,
}

/// What usage comes to on `as_of`. `changes` are the days on which sources reach further or deliver; of all days that matter,
/// the one before and the one after are the bounds.
pub fn of_usage(
    rows: &CustomerRows,
    sources: &Sources,
    changes: &[NaiveDate],
    as_of: NaiveDate,
) -> Holds<UsageSummary> {
    let figures = Figures::of_usage(rows, sources, as_of);
    let spark = usage::primary(&rows.usage, sources.primary_metric.as_ref(), as_of);
    let spark = spark.map(|series| spark_of(series, as_of)).unwrap_or_default();
    let mut usage = holds(usage_days(rows), changes, as_of, UsageSummary { figures, spark });
    // What runs still is judged by the day its source was asked last; before it was, by the day itself.
    let asked = |figures: &UsageFigures| sources.delivered(&figures.source, Part::Usage).is_some();
    if !usage.says.figures.as_ref().is_none_or(asked) {
        usage.until = usage.until.into_iter().chain(as_of.checked_add_days(Days::new(1))).min();
        usage.from = as_of;
    }
    usage
}

/// The same of tickets; usage does not have to be read for them.
pub fn of_tickets(
    rows: &CustomerRows,
    sources: &Sources,
    changes: &[NaiveDate],
    as_of: NaiveDate,
) -> Holds<TicketSummary> {
    let figures = Figures::of_tickets(rows, sources, as_of, Period::up_to(as_of));
    let figures = figures.map(|figures| TicketFigures { period: None, ..figures });
    holds(ticket_days(rows), changes, as_of, TicketSummary { figures })
}

fn usage_days(rows: &CustomerRows) -> impl Iterator<Item = NaiveDate> {
    rows.usage.iter().flat_map(|series| {
        let points = series.points.iter().map(|point| point.date);
        points.chain(series.told.iter().map(|(day, _)| *day)).chain(series.gone_on)
    })
}

fn ticket_days(rows: &CustomerRows) -> impl Iterator<Item = NaiveDate> {
    let tickets = rows
        .tickets
        .iter()
        .flat_map(|row| [Some(row.ticket.opened_on), row.ticket.closed_on, row.gone_on].into_iter().flatten());
    tickets.chain(rows.counted_tickets.iter().map(|counted| counted.source.as_of))
}

fn holds<T>(days: impl Iterator<Item = NaiveDate>, changes: &[NaiveDate], as_of: NaiveDate, says: T) -> Holds<T> {
    let (before, after): (Vec<_>, Vec<_>) = days.chain(changes.iter().copied()).partition(|day| *day <= as_of);
    Holds { from: before.into_iter().max().unwrap_or(as_of), until: after.into_iter().min(), says }
}

fn spark_of(series: &Series, as_of: NaiveDate) -> Vec<f64> {
    spark(&series.points[..series.points.partition_point(|point| point.date <= as_of)])
}

/// The newest values, oldest first.
pub fn spark(points: &[UsagePoint]) -> Vec<f64> {
    points[points.len().saturating_sub(SPARK_POINTS)..].iter().map(|point| point.value).collect()
}
