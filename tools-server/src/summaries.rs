//! What a customer's usage and tickets come to on a day, and on which other days they come to the same: so the store can
//! keep it, and forget it at any time.

use std::cmp::Reverse;

use chrono::NaiveDate;
use contracts::{
    SourceName,
    facts::{OpenByPriority, Part, Priority, Ticket},
};
use domain::{
    case::TicketFigures,
    rows::{CustomerRows, Series, Sources},
    usage::{self, UsageFigures},
};
use serde::{Deserialize, Serialize};

/// How many values of usage the book shows of a customer.
pub const SPARK_POINTS: usize = 12;

/// How many tickets are named.
const RECENT: usize = 10;

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

/// What tickets come to; none where nothing is known of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TicketSummary {
    /// Their figures, without a period.
    pub figures: Option<TicketFigures>,
}

/// What usage comes to on `as_of`. `changes` are the days on which its sources reach further or deliver; of all days that
/// matter, the one before and the one after are the bounds.
pub fn usage(rows: &CustomerRows, sources: &Sources, changes: &[NaiveDate], as_of: NaiveDate) -> Holds<UsageSummary> {
    let points = rows.usage.iter().flat_map(|series| series.points.iter().map(|point| point.date));
    let told = rows.usage.iter().flat_map(|series| series.told.iter().map(|(day, _)| *day));
    let gone = rows.usage.iter().filter_map(|series| series.gone_on);
    let days = points.chain(told).chain(gone).chain(changes.iter().copied());
    let series = primary_series(rows, sources, as_of);
    let spark = series.map(|series| spark(series, as_of)).unwrap_or_default();
    holds(days, as_of, UsageSummary { figures: series.and_then(|series| figures(series, as_of)), spark })
}

/// What tickets come to on `as_of`; `changes` as for [`usage`].
pub fn tickets(
    rows: &CustomerRows,
    sources: &Sources,
    changes: &[NaiveDate],
    as_of: NaiveDate,
) -> Holds<TicketSummary> {
    let dated = rows.tickets.iter().flat_map(|row| [Some(row.ticket.opened_on), row.ticket.closed_on, row.gone_on]);
    let counted = rows.counted_tickets.iter().map(|counted| counted.source.as_of);
    let days = dated.flatten().chain(counted).chain(changes.iter().copied());
    holds(days, as_of, TicketSummary { figures: ticket_figures(rows, sources, as_of) })
}

fn holds<T>(days: impl Iterator<Item = NaiveDate>, as_of: NaiveDate, says: T) -> Holds<T> {
    let (mut from, mut until) = (None, None);
    for day in days {
        if day <= as_of {
            from = from.max(Some(day));
        } else {
            until = Some(until.map_or(day, |until: NaiveDate| until.min(day)));
        }
    }
    Holds { from: from.unwrap_or(as_of), until, says }
}

/// The series that stands for a customer's usage: by the primary metric first, then by its source's order, then the one
/// with most points.
pub(crate) fn primary_series<'a>(rows: &'a CustomerRows, sources: &Sources, as_of: NaiveDate) -> Option<&'a Series> {
    let points = |series: &Series| series.points.iter().filter(|point| point.date <= as_of).count();
    let known = |series: &&Series| points(series) > 0 || series.told.iter().any(|(day, _)| *day <= as_of);
    let here = |series: &&Series| series.gone_on.is_none_or(|day| as_of < day);
    rows.usage.iter().filter(here).filter(known).min_by_key(|series| {
        let primary = sources.primary_metric.as_ref() == Some(&series.metric);
        (!primary, rank(sources, &series.source), Reverse(points(series)), &series.metric)
    })
}

/// Where a source stands among those that say different things.
pub fn rank<'a>(sources: &Sources, source: &'a SourceName) -> (usize, &'a SourceName) {
    let place = sources.order.iter().position(|other| other == source);
    (place.unwrap_or(sources.order.len()), source)
}

/// Stands in for the figures of usage until they are there.
pub(crate) fn figures(series: &Series, as_of: NaiveDate) -> Option<UsageFigures> {
    let standing_in = || {
        let known = series.points.partition_point(|point| point.date <= as_of);
        let told = series.told.iter().rfind(|(day, _)| *day <= as_of);
        let points = &series.points[..known];
        let (trend, recent, before, newest) = match (crate::import::movement(points), told) {
            (Some(movement), _) => (movement.trend, movement.recent, movement.before, points.last()?.date),
            (None, Some((day, told))) => (Some(told.trend), told.recent, Some(told.before), *day),
            (None, None) => return None,
        };
        Some(UsageFigures {
            source: series.source.clone(),
            metric: series.metric.clone(),
            measure: series.measure.unwrap_or(contracts::facts::Measure::Level),
            trend,
            now: points.last().map_or(recent, |point| point.value),
            recent,
            before,
            window_days: 0,
            step_days: 0,
            newest,
            last_use: points.iter().rfind(|point| point.value > 0.0).map(|point| point.date),
            streak: 0,
            seasonal: false,
        })
    };
    usage::figures(series, as_of).or_else(standing_in)
}

fn spark(series: &Series, as_of: NaiveDate) -> Vec<f64> {
    let known = series.points.partition_point(|point| point.date <= as_of);
    series.points[known.saturating_sub(SPARK_POINTS)..known].iter().map(|point| point.value).collect()
}

/// Tickets as of a day: one opened after it is not known yet, and one closed after it is still open. Counts stand in until
/// a source delivers tickets.
fn ticket_figures(rows: &CustomerRows, sources: &Sources, as_of: NaiveDate) -> Option<TicketFigures> {
    if !sources.delivered.iter().any(|delivered| delivered.part == Part::Tickets) {
        let counted = rows.counted_tickets.as_ref().filter(|counted| counted.source.as_of <= as_of)?;
        let (by_priority, oldest_open, recent) = (counted.by_priority, counted.oldest_open, counted.recent.clone());
        return Some(TicketFigures { by_priority, oldest_open, recent, period: None });
    }
    let here = rows.tickets.iter().filter(|row| row.gone_on.is_none_or(|day| as_of < day)).map(|row| &row.ticket);
    let known = here.filter(|ticket| ticket.opened_on <= as_of);
    let (mut open, mut closed): (Vec<_>, Vec<_>) =
        known.partition(|ticket| ticket.closed_on.is_none_or(|closed| as_of < closed));
    open.sort_by_key(|ticket| (ticket.priority, ticket.opened_on, &ticket.id));
    closed.sort_by_key(|ticket| (Reverse(ticket.closed_on), Reverse(ticket.opened_on), &ticket.id));
    let of = |priority| open.iter().filter(|ticket| ticket.priority == priority).count() as u32;
    // A closing day still to come is not known yet either.
    let still_open = open.iter().map(|ticket| Ticket { closed_on: None, ..(*ticket).clone() });
    Some(TicketFigures {
        by_priority: OpenByPriority {
            urgent: of(Priority::Urgent),
            high: of(Priority::High),
            normal: of(Priority::Normal),
            low: of(Priority::Low),
        },
        oldest_open: open.iter().map(|ticket| ticket.opened_on).min(),
        recent: still_open.chain(closed.iter().map(|ticket| (*ticket).clone())).take(RECENT).collect(),
        period: None,
    })
}
