//! What was done with the customer.

use chrono::NaiveDate;
use contracts::{
    activity::{Activity, ActivityRow},
    facts::Source,
    reading::Knowledge,
};

use super::ActivityFigures;

/// What the activity up to `as_of` comes to; missing where there was none. It never grows stale: it is kept by whoever did
/// it.
pub(super) fn figures(rows: &[ActivityRow], as_of: NaiveDate) -> Knowledge<ActivityFigures> {
    let mut done: Vec<&ActivityRow> = rows.iter().filter(|row| row.activity.on <= as_of).collect();
    done.sort_by_key(|row| (row.activity.on, &row.source, &row.activity.id));
    let Some(newest) = done.last() else { return Knowledge::Missing };
    let source = Source { origin: newest.source.as_str().into(), as_of: newest.activity.on };
    let newest_first = || done.iter().rev().map(|row| &row.activity);
    let due = |activity: &Activity| activity.open_follow_up(as_of).map(|follow_up| follow_up.due);
    let mut follow_ups: Vec<_> = done.iter().map(|row| &row.activity).filter(|one| due(one).is_some()).collect();
    follow_ups.sort_by_key(|activity| due(activity));
    let value = ActivityFigures {
        last_touch: newest_first().find(|one| one.kind.is_touch()).map(|touch| (touch.on, touch.kind)),
        agreed: newest_first().find_map(|one| Some((one.on, one.agreed.clone()?))),
        follow_ups: follow_ups.into_iter().cloned().collect(),
    };
    Knowledge::Known { value, source }
}
