//! Points of usage, of what a row of any system says.

use chrono::NaiveDate;

use crate::sources::{recognise::Becomes, says::Says};

/// The columns of the canonical file that are made.
pub(super) const COLUMNS: [&str; 8] =
    ["customer_id", "metric", "measure", "date", "value", "trend", "recent", "before"];

/// What a row makes.
pub(super) struct Points {
    pub(super) rows: Vec<Vec<String>>,
    /// Values of a stretch of time that is not over yet.
    pub(super) not_over: u64,
}

/// The canonical rows: one of the row's own value or summary, else one of each column that is a point or a metric. An
/// empty cell is no point.
pub(super) fn rows(says: &Says, customer: &str, points: Vec<(&Becomes, String)>, day: NaiveDate) -> Points {
    let [metric, measure, date, value, trend, recent, before] =
        ["metric", "measure", "date", "value", "trend", "recent", "before"].map(|name| says.text(name).to_owned());
    if points.is_empty() {
        let row = vec![customer.to_owned(), metric, measure, date, value, trend, recent, before];
        return Points { rows: vec![row], not_over: 0 };
    }
    let mut made = Points { rows: Vec::new(), not_over: 0 };
    for (becomes, value) in points.into_iter().filter(|(_, value)| !value.is_empty()) {
        let (date, own) = match becomes {
            Becomes::Point(period) if period.last > day => {
                made.not_over += 1;
                continue;
            }
            Becomes::Point(period) => (period.last.to_string(), period.metric.clone()),
            Becomes::Metric(name) => (date.clone(), Some(name.clone())),
            Becomes::Field(..) | Becomes::Nothing(_) => continue,
        };
        let metric = own.unwrap_or_else(|| metric.clone());
        let row = [customer.to_owned(), metric, measure.clone(), date, value];
        made.rows.push(row.into_iter().chain([const { String::new() }; 3]).collect());
    }
    made
}
