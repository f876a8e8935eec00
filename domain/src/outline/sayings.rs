//! What the customer reads of a fact, as data that every language says.

use std::cmp::Ordering;

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{Measure, Money, Trend},
    reading::{FactId, Knowledge, Value},
    review::{Given, Saying},
};

use super::Point;
use crate::{
    case::{Case, ContractFigures},
    facts::{Audience, find},
    period::Period,
    thresholds::VISIBLE_CHANGE_BP,
    usage::UsageFigures,
    words::{change_bp, in_brackets, is_internal, movement, told_subject, without_span},
};

/// The fact as the customer reads it; `None` where nothing is known, or where it is not for them.
pub(super) fn point(case: &Case, id: &'static str) -> Option<Point> {
    let fact = find(id).filter(|fact| fact.audience == Audience::Customer)?;
    let saying = match fact.get(case) {
        Knowledge::Known { value, .. } => known(case, id, value)?,
        Knowledge::Stale { source, .. } => Saying::of(old(id)).with("day", Given::Date(source.as_of)),
        Knowledge::Missing => return None,
    };
    Some(Point { fact: Some(FactId::of(id)), ..Point::saying(case, saying) })
}

/// What is too old is not told; how old it is, is.
fn old(id: &str) -> &'static str {
    match id.split('.').next() {
        Some("usage") => "usage-old",
        Some("tickets") => "tickets-old",
        _ => "contract-old",
    }
}

fn known(case: &Case, id: &str, value: Value) -> Option<Saying> {
    let count = |phrase| match value {
        Value::Count(count) => Some(Saying::of(phrase).with("count", Given::Count(count))),
        _ => None,
    };
    match id {
        "usage.in_period" => in_period(case, case.usage.any()?),
        "usage.change_in_period" => change_in_period(case, case.usage.any()?),
        "usage.change" => change(case.usage.any()?),
        "usage.trend" => trend(case.usage.any()?),
        "usage.per_seat" => seats_used(case, value),
        "tickets.opened_in_period" => Some(tickets_until(case, count("tickets-opened")?)),
        "tickets.closed_in_period" => Some(tickets_until(case, count("tickets-closed")?)),
        "tickets.time_to_solve" => match value {
            Value::Days(days) => {
                let days = Given::Count(days.unsigned_abs());
                Some(tickets_until(case, Saying::of("time-to-solve").with("days", days)))
            }
            _ => None,
        },
        "tickets.recurring" => recurring(case),
        "tickets.open" => count("tickets-open"),
        _ => of_contract(case, case.contract.any()?, id, value),
    }
}

/// A phrase of a metric, as a sentence has its name and as brackets have it, where the customer may read it.
fn of_metric(phrase: &'static str, name: &str) -> Option<Saying> {
    let text = |text: &str| Given::Text(Line::new(text));
    let saying = || Saying::of(phrase).with("metric", text(name)).with("in_brackets", text(&in_brackets(name)));
    (!is_internal(name)).then(saying)
}

/// The metric as that of a whole period.
fn whole(usage: &UsageFigures) -> &str {
    match usage.measure {
        Measure::Count => without_span(usage.metric.as_str()),
        Measure::Level => usage.metric.as_str(),
    }
}

fn in_period(case: &Case, usage: &UsageFigures) -> Option<Saying> {
    let Period { from, to } = case.period;
    let saying = of_metric("usage-in-period", whole(usage))?.between(from, usage.newest.min(to));
    Some(saying.with("value", Given::Number(usage.period?.value)).when("total", usage.measure == Measure::Count))
}

fn change_in_period(case: &Case, usage: &UsageFigures) -> Option<Saying> {
    let (period, before) = (usage.period?, case.period.before());
    let saying = of_metric("usage-moved-in-period", whole(usage))?.between(before.from, before.to);
    Some(moved(saying, period.before?, period.value))
}

fn change(usage: &UsageFigures) -> Option<Saying> {
    let before = usage.before?;
    let days = Some(usage.window_days).filter(|&days| usage.measure == Measure::Count && days > 0);
    let named = if days.is_some() { without_span(usage.metric.as_str()) } else { usage.metric.as_str() };
    let is_visible = change_bp(before, usage.recent)?.abs() >= VISIBLE_CHANGE_BP;
    let saying = of_metric("usage-moved", named)?
        .maybe("days", days.map(|days| Given::Count(days.into())))
        .when("seasonal", usage.seasonal)
        .when("stopped", usage.recent == 0.0 && usage.trend == Some(Trend::Flat))
        .when("usual", is_visible && usage.trend == Some(Trend::Flat))
        .when("few", is_visible && usage.trend.is_none());
    Some(moved(saying, before, usage.recent))
}

fn moved(saying: Saying, before: f64, now: f64) -> Saying {
    let (direction, by) = movement(before, now);
    directed(saying.with("before", Given::Number(before)).with("now", Given::Number(now)), direction, by)
}

fn directed(saying: Saying, direction: Ordering, by: Option<i64>) -> Saying {
    let saying = saying.when("rose", direction == Ordering::Greater).when("fell", direction == Ordering::Less);
    saying.maybe("by", by.map(Given::Share))
}

fn trend(usage: &UsageFigures) -> Option<Saying> {
    let trend = usage.trend.filter(|trend| *trend != Trend::Silent)?;
    let saying = of_metric("usage-trend", usage.metric.as_str())?;
    let saying = saying.when("up", trend == Trend::Up).when("down", trend == Trend::Down);
    Some(saying.when("seasonal", usage.seasonal))
}

fn seats_used(case: &Case, value: Value) -> Option<Saying> {
    let Value::Share(share) = value else { return None };
    let seats = Given::Count(case.contract.known()?.seats?.into());
    Some(Saying::of("seats-used").with("share", Given::Share(share)).with("seats", seats))
}

/// The same with the days of the period, as far as the tickets' source has told of them.
fn tickets_until(case: &Case, saying: Saying) -> Saying {
    let Period { from, to } = case.period;
    saying.between(from, case.tickets.source().map_or(to, |source| source.as_of.min(to)))
}

fn recurring(case: &Case) -> Option<Saying> {
    let (subject, times) = case.tickets.any()?.period.as_ref()?.recurring.as_ref()?;
    let subject = Given::Text(told_subject(subject.as_str())?);
    let saying = Saying::of("recurring").with("subject", subject).with("times", Given::Count((*times).into()));
    Some(tickets_until(case, saying))
}

fn of_contract(case: &Case, contract: &ContractFigures, id: &str, value: Value) -> Option<Saying> {
    let several = contract.contracts > 1;
    let is_past = |day: NaiveDate| day < case.as_of;
    Some(match (id, value) {
        ("contract.renewal_date", Value::Date(day)) => Saying::of("renewal")
            .with("date", Given::Date(day))
            .when("several", several)
            .when("past", is_past(day))
            .when("automatic", contract.main.auto_renew == Some(true)),
        ("contract.notice_by", Value::Date(day)) => {
            Saying::of("notice").with("date", Given::Date(day)).when("past", is_past(day))
        }
        ("contract.arr", Value::Money(amounts)) => Saying::of("value").with("value", Given::Money(amounts)),
        ("contract.arr_change", _) => value_moved(contract)?,
        ("contract.plan", Value::Text(plan)) if !is_internal(plan.as_str()) => {
            Saying::of("plan").with("plan", Given::Text(plan)).when("several", several)
        }
        ("contract.seats", Value::Count(seats)) => {
            Saying::of("seats").with("seats", Given::Count(seats)).when("several", several)
        }
        _ => return None,
    })
}

fn value_moved(contract: &ContractFigures) -> Option<Saying> {
    let (until, before) = contract.before.as_ref()?;
    let now = &contract.arr;
    let saying = Saying::of("value-moved")
        .with("until", Given::Date(*until))
        .with("before", Given::Money(before.clone()))
        .with("now", Given::Money(now.clone()));
    Some(match (before.as_slice(), now.as_slice()) {
        ([Money { minor: from, currency }], [Money { minor: to, currency: after }]) if currency == after => {
            let change = change_bp(*from as f64, *to as f64).map(i64::abs).filter(|change| *change > 0);
            directed(saying, to.cmp(from), change)
        }
        _ => saying,
    })
}
