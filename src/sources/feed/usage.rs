//! Points of usage, of what a row of any system says.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::sources::{
    recognise::Becomes,
    says::{Cells, Says},
};

/// The columns of the canonical file that are made.
pub(super) const COLUMNS: [&str; 8] =
    ["customer_id", "metric", "measure", "date", "value", "trend", "recent", "before"];

/// What a row makes.
pub(super) struct Points<'a> {
    pub(super) rows: Vec<Cells<'a>>,
    /// Values of a stretch of time that is not over yet.
    pub(super) not_over: u64,
}

/// The canonical cells of a row that is a point or a summary itself.
pub(super) fn row<'a>(mut says: Says<'a>, customer: &'a str) -> Cells<'a> {
    COLUMNS.map(|name| if name == "customer_id" { customer.into() } else { says.take(name) }).into()
}

/// The canonical rows of columns that are a point or a metric each. An empty cell is no point.
pub(super) fn points<'a>(
    mut says: Says<'a>,
    customer: &'a str,
    points: Vec<(&'a Becomes, Cow<'a, str>)>,
    day: NaiveDate,
) -> Points<'a> {
    let mut made = Points { rows: Vec::new(), not_over: 0 };
    let [metric, measure, date] = ["metric", "measure", "date"].map(|name| says.take(name));
    for (becomes, value) in points.into_iter().filter(|(_, value)| !value.is_empty()) {
        let (date, own) = match becomes {
            Becomes::Point(period) if period.last > day => {
                made.not_over += 1;
                continue;
            }
            Becomes::Point(period) => (period.last.to_string().into(), period.metric.as_deref()),
            Becomes::Metric(name) => (date.clone(), Some(name.as_str())),
            Becomes::Field(..) | Becomes::Nothing(_) => continue,
        };
        let metric = own.map_or_else(|| metric.clone(), Cow::Borrowed);
        let row = [customer.into(), metric, measure.clone(), date, value];
        made.rows.push(row.into_iter().chain([const { Cow::Borrowed("") }; 3]).collect());
    }
    made
}
