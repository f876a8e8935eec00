//! Dates for calendars (RFC 5545). An event keeps its id, so that a newer file replaces what an older one put there.

use chrono::{DateTime, NaiveDate, Utc};
use contracts::planner::{DateKind, KeyDate, PlannerResult};
use icalendar::{Calendar, Component, Event, EventLike};

use crate::words;

/// A day that the answer speaks of.
pub(super) struct Dated {
    /// What tells it from the others of the customer.
    kind: &'static str,
    day: NaiveDate,
    title: String,
}

/// The dates of the answer.
pub(super) fn days(customer_name: &str, result: &PlannerResult) -> impl Iterator<Item = Dated> {
    result.dates.iter().map(move |KeyDate { what, on }| {
        let (kind, title) = match what {
            DateKind::Renewal => ("renewal", format!("{customer_name} is up for renewal")),
            DateKind::AutomaticRenewal => ("renewal", format!("{customer_name} renews by itself")),
            DateKind::Notice => ("notice", format!("{customer_name} can change its contract until today")),
            DateKind::FollowUp => ("follow-up", format!("Follow up with {customer_name}")),
            DateKind::Promise => ("promise", format!("{customer_name} hears from you, as promised")),
            DateKind::Review => ("review", format!("Review with {customer_name}")),
        };
        Dated { kind, day: *on, title }
    })
}

/// The dates as a calendar; `None` where none is to come.
pub(super) fn dates(customer_name: &str, result: &PlannerResult, now: DateTime<Utc>) -> Option<String> {
    let events: Vec<_> = days(customer_name, result).map(|day| event(&day, result, now)).collect();
    (!events.is_empty()).then(|| Calendar::from_iter(events).done().to_string())
}

/// The dates as people read them.
pub(super) fn shown(customer_name: &str, result: &PlannerResult) -> String {
    days(customer_name, result).map(|Dated { day, title, .. }| format!("{}: {title}\n", words::date(day))).collect()
}

fn event(Dated { kind, day, title }: &Dated, result: &PlannerResult, now: DateTime<Utc>) -> Event {
    let mut event = Event::new();
    event.uid(&format!("{kind}-{}@cs-copilot", result.customer_id)).summary(title).starts(*day).timestamp(now);
    // A day without an end is that day alone (RFC 5545, 3.6.1). Minutes since 1970: a later file counts more, as calendars ask of an update.
    event.sequence(u32::try_from(now.timestamp() / 60).unwrap_or_default());
    event.done()
}
