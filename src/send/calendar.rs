//! Dates for calendars (RFC 5545). An event keeps its id, so that a newer file replaces what an older one put there.

use chrono::{DateTime, NaiveDate, Utc};
use contracts::{occasion::About, planner::PlannerResult};
use icalendar::{Calendar, Component, Event, EventLike};

/// The dates that the answer speaks of; `None` where it has none to come.
pub(super) fn dates(customer_name: &str, result: &PlannerResult, now: DateTime<Utc>) -> Option<String> {
    let occasion = result.email_draft.as_ref()?.occasion.as_ref()?;
    let renewal = match &occasion.about {
        About::Renewal { date, notice_by, .. } => vec![(*date, "is up for renewal", *notice_by)],
        About::AutomaticRenewal { date, notice_by, .. } => vec![(*date, "renews by itself", *notice_by)],
        _ => Vec::new(),
    };
    let renewal = renewal.into_iter().flat_map(|(date, what, notice_by)| {
        let notice = notice_by.map(|day| ("notice", day, "can change its contract until today"));
        [Some(("renewal", date, what)), notice].into_iter().flatten()
    });
    let again = occasion.next_on.map(|day| ("promise", day, "hears from you, as promised"));
    let days = renewal.chain(again).filter(|(_, day, _)| *day >= result.as_of);
    let events = days.map(|(kind, day, what)| {
        event(&format!("{kind}-{}", result.customer_id), day, &format!("{customer_name} {what}"), now)
    });
    let events: Vec<_> = events.collect();
    (!events.is_empty()).then(|| Calendar::from_iter(events).done().to_string())
}

fn event(id: &str, day: NaiveDate, title: &str, now: DateTime<Utc>) -> Event {
    let mut event = Event::new();
    event.uid(&format!("{id}@cs-copilot")).summary(title).all_day(day).timestamp(now);
    // Minutes since 1970: a later file counts more, as calendars ask of an update.
    event.sequence(u32::try_from(now.timestamp() / 60).unwrap_or_default());
    event.done()
}
