//! What was done with the customer.

use chrono::NaiveDate;
use contracts::{
    Line,
    activity::{ActivityRow, FollowUp},
    facts::Source,
    reading::Knowledge,
};

use super::ActivityFigures;

/// What the activity up to `as_of` comes to; missing where there was none but sendings, which are nothing that was done
/// with the customer. It never grows stale: it is kept by whoever did
/// it.
pub(super) fn figures(rows: &[ActivityRow], as_of: NaiveDate) -> Knowledge<ActivityFigures> {
    let mut done: Vec<&ActivityRow> =
        rows.iter().filter(|row| row.activity.on <= as_of && !row.activity.kind.is_sending()).collect();
    done.sort_by_key(|row| (row.activity.on, &row.source, &row.activity.id));
    let Some(newest) = done.last() else { return Knowledge::Missing };
    let source = Source { origin: newest.source.as_str().into(), as_of: newest.activity.on };
    let newest_first = || done.iter().rev().map(|row| &row.activity);
    let promised = |is_so: fn(FollowUp, NaiveDate) -> bool| {
        let promised = done.iter().filter_map(|row| Some((row.activity.follow_up?, &row.activity)));
        let mut promised: Vec<_> = promised.filter(|(follow_up, _)| is_so(*follow_up, as_of)).collect();
        promised.sort_by_key(|(follow_up, _)| follow_up.due);
        promised.into_iter().map(|(_, activity)| activity.clone()).collect()
    };
    let touch = newest_first().find(|one| one.kind.is_touch());
    let noted = touch.and_then(|touch| touch.text.as_str().lines().next().map(Line::new));
    let value = ActivityFigures {
        last_touch: touch.map(|touch| (touch.on, touch.kind)),
        talked_about: noted.filter(|noted| !noted.is_empty()),
        agreed: newest_first().find_map(|one| Some((one.on, one.agreed.clone()?))),
        follow_ups: promised(FollowUp::is_open_on),
        closed: promised(FollowUp::was_closed_on),
    };
    Knowledge::Known { value, source }
}
