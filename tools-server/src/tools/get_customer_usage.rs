//! `get_customer_usage`: usage as of the day, with the points behind it.

use contracts::tools::{GetCustomerUsage, UsageReport};
use domain::case::Case;

use super::{MissingData, facts};

pub(super) fn run(case: &Case) -> Result<UsageReport, MissingData> {
    let (Some(usage), Some(source)) = (case.usage.any(), case.usage.source()) else {
        return Err(MissingData(format!("There is no usage of {}; import usage.csv to add it.", case.name)));
    };
    Ok(UsageReport {
        metric: usage.metric.clone(),
        trend: usage.trend,
        recent: usage.recent,
        before: usage.before,
        window_days: usage.window_days,
        last_use: usage.last_use,
        stale: case.usage.is_stale(),
        points: case.points.clone(),
        source: source.clone(),
        facts: facts::<GetCustomerUsage>(case),
    })
}
