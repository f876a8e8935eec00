//! Series of usage: points accumulate, and what the source computed itself is kept where it changes.

use chrono::NaiveDate;
use contracts::{
    delivery::{UsageRows, UsageSays, UsageSummary, columns::MEASURE},
    facts::{Measure, Part, UsagePoint},
};
use domain::rows::Series;

use super::{Intake, Kept, SeriesChange, past, tally::Fate};

const PART: Part = Part::Usage;

impl Intake {
    /// Takes usage.
    pub(super) fn usage(&mut self, rows: &[UsageRows], kept: &Kept) -> Vec<SeriesChange> {
        let series = past::by_key(kept, &self.delivery.source, |rows| &rows.usage, |row| (&row.source, &row.metric));
        rows.iter()
            .filter_map(|row| self.series(row, series.get(&(&row.customer_id, &row.metric)).copied(), kept))
            .collect()
    }

    fn series(&mut self, row: &UsageRows, past: Option<&Series>, kept: &Kept) -> Option<SeriesChange> {
        let count = match &row.says {
            UsageSays::Points(points) => points.len() as u64,
            UsageSays::Summary(_) => 1,
        };
        if !self.admits(PART, &row.customer_id, count, kept) {
            return None;
        }
        let is_older = self.is_older(PART);
        let is_gone = past.is_some_and(|past| past.gone_on.is_some());
        self.sees(PART, &row.customer_id, &row.metric, past.is_some() && !is_gone);
        let (points, told) = match &row.says {
            UsageSays::Points(points) => (self.points(row, points, past), None),
            UsageSays::Summary(summary) => (Vec::new(), self.told(row, *summary, past)),
        };
        let change = SeriesChange {
            customer_id: row.customer_id.clone(),
            metric: row.metric.clone(),
            measure: self.measure(row, past),
            points,
            told,
            back: is_gone && !is_older,
        };
        let is_news = change.back || past.is_some_and(|past| past.measure != change.measure);
        if is_news {
            self.tally.changes(&row.customer_id);
        }
        (is_news || !change.points.is_empty() || change.told.is_some()).then_some(change)
    }

    /// The points that are new or have another value.
    fn points(&mut self, row: &UsageRows, points: &[UsagePoint], past: Option<&Series>) -> Vec<UsagePoint> {
        let mut news = Vec::new();
        for point in points {
            let fate = match past.and_then(|past| value_on(past, point.date)) {
                Some(value) if value == point.value => Fate::Unchanged,
                Some(_) if self.is_older(PART) => Fate::Outdated,
                Some(_) | None => Fate::Changed,
            };
            self.tally.row(PART, &row.customer_id, fate, Some((point.date, point.date)));
            if fate == Fate::Changed {
                news.push(*point);
            }
        }
        news
    }

    fn told(&mut self, row: &UsageRows, summary: UsageSummary, past: Option<&Series>) -> Option<UsageSummary> {
        let last = past.and_then(|past| past.told.last()).map(|(_, summary)| *summary);
        let fate = match last {
            _ if self.is_older(PART) => Fate::Outdated,
            Some(last) if last == summary => Fate::Unchanged,
            Some(_) | None => Fate::Changed,
        };
        self.tally.row(PART, &row.customer_id, fate, None);
        (fate == Fate::Changed).then_some(summary)
    }

    fn measure(&self, row: &UsageRows, past: Option<&Series>) -> Option<Measure> {
        let before = past.and_then(|past| past.measure);
        let leaves = row.measure.is_none() && self.columns(PART).iter().all(|column| column.as_str() != MEASURE);
        if leaves || (past.is_some() && self.is_older(PART)) { before } else { row.measure }
    }
}

/// The value that is kept of a day; the points are in the order of their days.
fn value_on(series: &Series, day: NaiveDate) -> Option<f64> {
    let at = series.points.binary_search_by_key(&day, |point| point.date).ok()?;
    Some(series.points[at].value)
}
