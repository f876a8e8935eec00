//! The reasons a customer gives, a function a kind.

use contracts::{
    Line,
    attention::{Kind, Pressure, State},
    book::Standing,
    facts::{Money, Priority, Trend},
    health::{HealthPart, Risk},
    reading::{Knowledge, Value},
};

use super::{Reason, customer::Customer, says};
use crate::{
    difference::score_change,
    facts, health,
    thresholds::{ARR_NEWS_DAYS, NO_TOUCH_DAYS, RENEWAL_IN_SIGHT_DAYS, SCORE_DROP},
    words::{count, date, since},
};

/// A part of the score with so many points, or fewer, is a reason for it.
const BAD_POINTS: u32 = 50;

/// Every rule for customers that count.
const RULES: [fn(&Customer<'_>) -> Vec<Reason>; 9] = [
    follow_ups,
    renewal,
    urgent_tickets,
    |customer| usage(customer, Trend::Silent, Kind::Silent),
    |customer| usage(customer, Trend::Down, Kind::UsageFell),
    score_dropped,
    revenue_at_risk,
    arr_fell,
    no_touch,
];

/// All of a customer. Who has left gives none, who is gone only that it is.
pub(super) fn reasons(customer: &Customer<'_>) -> Vec<Reason> {
    match customer.standing() {
        Standing::Active => RULES.iter().flat_map(|rule| rule(customer)).collect(),
        Standing::Churned => Vec::new(),
        Standing::Gone => gone(customer),
    }
}

/// Statements of the catalogue, as far as there are any.
fn statements<const N: usize>(customer: &Customer<'_>, facts: [&str; N]) -> Vec<Line> {
    facts.into_iter().filter_map(|fact| says(customer.now, fact)).collect()
}

/// One a promise; it is done on the day it is closed, and gone on the next.
fn follow_ups(customer: &Customer<'_>) -> Vec<Reason> {
    let Some(activity) = customer.activity.known() else { return Vec::new() };
    let open = activity.follow_ups.iter().map(|promise| (promise, State::Open));
    let closed = activity.closed.iter().map(|promise| (promise, State::Done(customer.as_of)));
    let due = open.chain(closed).filter_map(|(promise, state)| Some((promise, promise.follow_up?.due, state)));
    let reason = due.filter(|(_, due, _)| *due <= customer.as_of).map(|(promise, due, state)| {
        let text = Line::new(promise.text.as_str());
        let says = vec![Line::new(&format!("the follow-up of {} is due: “{text}”", date(due)))];
        Reason {
            day: Some(due),
            pressure: Some(Pressure::Due(customer.days_since(due))),
            promised: Some(promise.id.clone()),
            state,
            ..Reason::of(Kind::FollowUpDue, promise.id.to_string(), says)
        }
    });
    reason.collect()
}

fn renewal(customer: &Customer<'_>) -> Vec<Reason> {
    let Ok(renewal) = &customer.inputs.renewal else { return Vec::new() };
    let day = customer.renewal().known().copied();
    let (kind, facts) = match renewal.days {
        ..0 => (Kind::RenewalOverdue, ["contract.days_to_renewal", "contract.plan"]),
        0..=RENEWAL_IN_SIGHT_DAYS if renewal.automatic => {
            (Kind::RenewalWindow, ["contract.days_to_renewal", "contract.notice_by"])
        }
        0..=RENEWAL_IN_SIGHT_DAYS => (Kind::RenewalWindow, ["contract.days_to_renewal", "contract.auto_renew"]),
        _ => return Vec::new(),
    };
    // The month is the cause: a day that was put right is the same renewal, and one that was put off is another.
    let cause = day.map(|day| day.format("%Y-%m").to_string()).unwrap_or_default();
    let pressure = Some(Pressure::Renewal(renewal.days));
    vec![Reason { day, pressure, ..Reason::of(kind, cause, statements(customer, facts)) }]
}

/// One a ticket, so that a new one is not hidden by an old one that was dealt with.
fn urgent_tickets(customer: &Customer<'_>) -> Vec<Reason> {
    let tickets = customer.tickets.known().map(|tickets| tickets.recent.as_slice()).unwrap_or_default();
    let urgent = tickets.iter().filter(|ticket| ticket.priority == Priority::Urgent && ticket.closed_on.is_none());
    let reason = urgent.map(|ticket| {
        let waits = customer.days_since(ticket.opened_on);
        let subject = ticket.subject.as_ref().map(|subject| format!(" “{subject}”")).unwrap_or_default();
        let says = vec![Line::new(&format!("urgent ticket {}{subject} has been open {}", ticket.id, since(waits)))];
        Reason {
            day: Some(ticket.opened_on),
            pressure: Some(Pressure::Waiting(waits)),
            ..Reason::of(Kind::UrgentTicket, ticket.id.to_string(), says)
        }
    });
    reason.collect()
}

fn usage(customer: &Customer<'_>, trend: Trend, kind: Kind) -> Vec<Reason> {
    let usage = customer.usage.known().filter(|usage| usage.trend == Some(trend) && customer.usage_counts);
    let reason = usage.map(|usage| {
        let day = if kind == Kind::Silent { usage.last_use } else { usage.down_since };
        let since = day.map_or_else(|| "always".to_owned(), |day| day.to_string());
        let fact = if kind == Kind::Silent { "usage.silent" } else { "usage.change" };
        Reason { day, ..Reason::of(kind, format!("{} {since}", usage.metric), statements(customer, [fact])) }
    });
    reason.into_iter().collect()
}

/// What the score rests on at the moment, as far as it is bad: another fall, or another reason, is a new cause.
fn grounds(customer: &Customer<'_>) -> String {
    let usage = customer.usage.known();
    let since = usage.and_then(|usage| match usage.trend? {
        Trend::Silent => usage.last_use,
        Trend::Down => usage.down_since,
        Trend::Up | Trend::Flat => None,
    });
    let signals = health::report(&customer.inputs, customer.as_of).signals;
    let signals = signals.iter().map(|signal| signal.as_str().to_owned());
    signals.chain(since.map(|day| day.to_string())).collect::<Vec<_>>().join(" ")
}

fn score_dropped(customer: &Customer<'_>) -> Vec<Reason> {
    let reason = customer.before.and_then(|before| {
        let (was, is) = (health::of(before), health::report(&customer.inputs, customer.as_of));
        let dropped = was.score?.checked_sub(is.score?).filter(|points| *points >= SCORE_DROP)?;
        let fell =
            score_change(&was, &is).parts.into_iter().filter(|part| part.from_bp > part.to_bp && part.to_bp.is_some());
        let fell: Vec<_> = fell.map(|part| part.part).filter(|part| counts(customer, *part)).collect();
        let is_bad = |part: &&HealthPart| {
            is.contributions.iter().any(|given| given.part() == **part && given.points <= BAD_POINTS)
        };
        let why = fell.iter().filter(is_bad).filter_map(|part| says(customer.now, fact_of(*part)));
        let (from, to) = (was.score?, is.score?);
        let points = count(dropped.into(), "point");
        let fall = format!("the health score fell from {from} to {to}, by {points}, since {}", date(before.as_of));
        let says = [Line::new(&fall)].into_iter().chain(why).collect();
        (!fell.is_empty()).then(|| Reason::of(Kind::ScoreDropped, grounds(customer), says))
    });
    reason.into_iter().collect()
}

fn counts(customer: &Customer<'_>, part: HealthPart) -> bool {
    part != HealthPart::UsageTrend || customer.usage_counts
}

fn fact_of(part: HealthPart) -> &'static str {
    match part {
        HealthPart::UsageTrend => "usage.trend",
        HealthPart::OpenTickets => "tickets.open",
        HealthPart::DaysToRenewal => "contract.days_to_renewal",
    }
}

fn revenue_at_risk(customer: &Customer<'_>) -> Vec<Reason> {
    let has_revenue = customer.contract.known().is_some_and(|contract| contract.arr.iter().any(|arr| arr.minor > 0));
    if customer.risk() != Risk::High || !has_revenue {
        return Vec::new();
    }
    let report = health::report(&customer.inputs, customer.as_of);
    let bad = report.contributions.iter().filter(|part| part.points <= BAD_POINTS).map(|part| fact_of(part.part()));
    let says = ["health.score"].into_iter().chain(bad).filter_map(|fact| says(customer.now, fact)).collect();
    vec![Reason::of(Kind::RevenueAtRisk, grounds(customer), says)]
}

fn arr_fell(customer: &Customer<'_>) -> Vec<Reason> {
    let change = customer.contract.known().and_then(|contract| Some((contract.before.as_ref()?, &contract.arr)));
    let fell =
        change.filter(|((until, before), now)| customer.days_since(*until) <= ARR_NEWS_DAYS && is_less(before, now));
    let reason = fell.map(|((until, _), _)| Reason {
        day: until.succ_opt(),
        ..Reason::of(Kind::ArrFell, until.to_string(), statements(customer, ["contract.arr_change"]))
    });
    reason.into_iter().collect()
}

/// Whether some amount went down and none up.
fn is_less(before: &[Money], now: &[Money]) -> bool {
    let of = |amounts: &[Money], like: &Money| {
        amounts.iter().find(|amount| amount.currency == like.currency).map_or(0, |amount| amount.minor)
    };
    let both = || before.iter().chain(now);
    both().any(|amount| of(now, amount) < of(before, amount))
        && both().all(|amount| of(now, amount) <= of(before, amount))
}

fn no_touch(customer: &Customer<'_>) -> Vec<Reason> {
    let known = facts::find("activity.last_touch").map(|fact| fact.get(customer.now));
    let Some(Value::Date(last)) = known.as_ref().and_then(Knowledge::known) else { return Vec::new() };
    if customer.days_since(*last) < NO_TOUCH_DAYS {
        return Vec::new();
    }
    let says = statements(customer, ["activity.days_since_last_touch"]);
    vec![Reason { day: Some(*last), ..Reason::of(Kind::NoTouch, last.to_string(), says) }]
}

fn gone(customer: &Customer<'_>) -> Vec<Reason> {
    let reason = customer.gone.as_ref().map(|source| {
        let says = vec![Line::new(&format!("{} has had it no longer since {}", source.origin, date(source.as_of)))];
        let cause = format!("{} {}", source.origin, source.as_of);
        Reason { day: Some(source.as_of), ..Reason::of(Kind::Gone, cause, says) }
    });
    reason.into_iter().collect()
}
