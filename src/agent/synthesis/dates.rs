//! The days of the customer that belong into a calendar.

use contracts::{
    planner::{DateKind, KeyDate},
    reading::Value,
    tools::EmailDraft,
};
use domain::outline::next_review;

use super::Case;

/// Those that are known and still to come; none of those who have left.
pub(super) fn dates(case: &Case<'_>, email: Option<&EmailDraft>) -> Vec<KeyDate> {
    if case.has_left() {
        return Vec::new();
    }
    let date = |id: &str| match case.known(id)? {
        Value::Date(day) => Some(*day),
        _ => None,
    };
    let renews_by_itself = case.contract.is_some_and(|contract| contract.auto_renew == Some(true));
    let renewal = if renews_by_itself { DateKind::AutomaticRenewal } else { DateKind::Renewal };
    let promised = email.and_then(|draft| draft.occasion.as_ref()?.next_on);
    let days = [
        (renewal, date("contract.renewal_date")),
        (DateKind::Notice, date("contract.notice_by")),
        (DateKind::FollowUp, date("activity.next_follow_up")),
        (DateKind::Promise, promised),
        (DateKind::Review, case.qbr.map(|_| next_review(case.as_of))),
    ];
    let days = days.into_iter().filter_map(|(what, on)| Some(KeyDate { what, on: on? }));
    days.filter(|date| date.on >= case.as_of).collect()
}
