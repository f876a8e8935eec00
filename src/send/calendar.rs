//! Dates for calendars (RFC 5545). An event keeps its id, so that a newer file replaces what an older one put there.

use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    occasion::{About, Occasion},
    planner::PlannerResult,
};
use icalendar::{Calendar, Component, Event, EventLike};

use crate::words;

/// A day that the answer speaks of.
pub(super) struct Dated {
    /// What tells it from the others of the customer.
    kind: &'static str,
    day: NaiveDate,
    title: String,
}

/// The dates of the answer that are still to come.
pub(super) fn days(customer_name: &str, result: &PlannerResult) -> impl Iterator<Item = Dated> {
    let occasion = result.email_draft.as_ref().and_then(|draft| draft.occasion.as_ref());
    let days: Vec<_> = occasion.map(of_occasion).unwrap_or_default();
    let to_come = days.into_iter().filter(|(_, day, _)| *day >= result.as_of);
    to_come.map(move |(kind, day, what)| Dated { kind, day, title: format!("{customer_name} {what}") })
}

fn of_occasion(occasion: &Occasion) -> Vec<(&'static str, NaiveDate, &'static str)> {
    let renewal = match &occasion.about {
        About::Renewal { date, notice_by, .. } => Some((*date, "is up for renewal", *notice_by)),
        About::AutomaticRenewal { date, notice_by, .. } => Some((*date, "renews by itself", *notice_by)),
        _ => None,
    };
    let renewal = renewal.into_iter().flat_map(|(date, what, notice_by)| {
        let notice = notice_by.map(|day| ("notice", day, "can change its contract until today"));
        [Some(("renewal", date, what)), notice].into_iter().flatten()
    });
    renewal.chain(occasion.next_on.map(|day| ("promise", day, "hears from you, as promised"))).collect()
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
    event.uid(&format!("{kind}-{}@cs-copilot", result.customer_id)).summary(title).all_day(*day).timestamp(now);
    // Minutes since 1970: a later file counts more, as calendars ask of an update.
    event.sequence(u32::try_from(now.timestamp() / 60).unwrap_or_default());
    event.done()
}
