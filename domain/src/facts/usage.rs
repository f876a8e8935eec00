//! Facts of usage.

use contracts::{
    facts::{Measure, Part, Trend},
    reading::{FactId, Value},
};

use super::{Audience, Fact, Kind, Said, Says, of_period};
use crate::{
    case::Case,
    thresholds::VISIBLE_CHANGE_BP,
    usage::{UsageFigures, UsagePeriod},
    words::{
        change_bp, count, date, distance, in_brackets, in_window, moved, number, span, speaks_of_seats, step,
        without_span,
    },
};

/// Those that are made over the days of a period.
pub(super) const OF_PERIOD: [&str; 2] = ["usage.in_period", "usage.change_in_period"];

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("usage.metric"),
        short: "metric",
        part: Part::Usage,
        kind: Kind::Text,
        heading: "Metric",
        noun: "usage metric",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| Some(Value::Text(usage.metric.clone()))),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("usage.now"),
        short: "usage-now",
        part: Part::Usage,
        kind: Kind::Measurement,
        heading: "Usage now",
        noun: "latest usage",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| measured(usage.now, usage.metric.as_str())),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("usage.recent"),
        short: "usage",
        part: Part::Usage,
        kind: Kind::Measurement,
        heading: "Recent usage",
        noun: "recent usage",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| measured(usage.recent, &unit(usage))),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("usage.before"),
        short: "usage-before",
        part: Part::Usage,
        kind: Kind::Measurement,
        heading: "Usage before",
        noun: "usage before",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| measured(usage.before?, &unit(usage))),
        says: Says::With(|said| {
            let when = if said.case.usage.known()?.seasonal { "a year before" } else { "before" };
            Some(format!("{} usage {when} was {}", said.person.the(), said.figure))
        }),
    },
    Fact {
        id: FactId::of("usage.change"),
        short: "usage-change",
        part: Part::Usage,
        kind: Kind::Share,
        heading: "Change of usage",
        noun: "change of usage",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| change_bp(usage.before?, usage.recent).map(Value::Share)),
        says: Says::With(change),
    },
    Fact {
        id: FactId::of("usage.in_period"),
        short: "usage-in-period",
        part: Part::Usage,
        kind: Kind::Measurement,
        heading: "Usage in the period",
        noun: "usage in the period",
        audience: Audience::Customer,
        get: |case| of_period(case, case.usage.and_then(|usage| measured(usage.period?.value, &whole(usage)))),
        says: Says::With(|said| {
            let usage = said.case.usage.any()?;
            let came_to = if usage.measure == Measure::Count { "came to" } else { "were at" };
            let (value, metric) = (number(usage.period?.value), whole(usage));
            Some(format!("{}{metric} {came_to} {value} {}", said.person.your(), days(said.case, usage)))
        }),
    },
    Fact {
        id: FactId::of("usage.change_in_period"),
        short: "usage-change-in-period",
        part: Part::Usage,
        kind: Kind::Share,
        heading: "Change in the period",
        noun: "change of usage in the period",
        audience: Audience::Customer,
        get: |case| {
            let change = |period: UsagePeriod| change_bp(period.before?, period.value).map(Value::Share);
            of_period(case, case.usage.and_then(|usage| change(usage.period?)))
        },
        says: Says::With(|said| {
            let usage = said.case.usage.any()?;
            let UsagePeriod { value, before } = usage.period?;
            let (moved, before_it) = (moved(before?, value), said.case.period.before());
            let against = span(before_it.from, before_it.to);
            Some(format!("{}{} {moved}, against {against}", said.person.your(), whole(usage)))
        }),
    },
    Fact {
        id: FactId::of("usage.trend"),
        short: "trend",
        part: Part::Usage,
        kind: Kind::Choice(&["up", "flat", "down", "silent"]),
        heading: "Trend",
        noun: "trend of usage",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| Some(Value::Choice(usage.trend?.as_str().into()))),
        says: Says::With(trend),
    },
    Fact {
        id: FactId::of("usage.last_seen"),
        short: "last-use",
        part: Part::Usage,
        kind: Kind::Date,
        heading: "Last use",
        noun: "last day of use",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| usage.last_use.map(Value::Date)),
        says: Says::With(|said| Some(format!("{} last known use was on {}", said.person.the(), said.figure))),
    },
    Fact {
        id: FactId::of("usage.days_since_last_use"),
        short: "unused",
        part: Part::Usage,
        kind: Kind::DaysSince,
        heading: "Days since last use",
        noun: "time since the last use",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| Some(Value::Days(case.days_since(usage.last_use?)))),
        says: Says::With(|said| {
            let days = said.case.days_since(said.case.usage.known()?.last_use?);
            Some(format!("{} last known use was {}", said.person.the(), distance(-days)))
        }),
    },
    Fact {
        id: FactId::of("usage.silent"),
        short: "silent",
        part: Part::Usage,
        kind: Kind::Flag,
        heading: "Silent",
        noun: "silence of usage",
        audience: Audience::Customer,
        get: |case| case.usage.and_then(|usage| Some(Value::Flag(usage.trend? == Trend::Silent))),
        says: Says::With(|said| match said.value {
            Value::Flag(true) => silence(said),
            _ => Some(format!("{} usage has not stopped", said.person.the())),
        }),
    },
    Fact {
        id: FactId::of("usage.streak"),
        short: "streak",
        part: Part::Usage,
        kind: Kind::Measurement,
        heading: "Streak",
        noun: "run of usage in one direction",
        audience: Audience::Customer,
        get: |case| {
            let streak = |usage: &UsageFigures| {
                let unit = format!("{}s in a row", step(usage.streak_step()));
                measured(usage.streak.into(), &unit).filter(|_| usage.step_days > 0)
            };
            case.usage.and_then(streak)
        },
        says: Says::With(streak),
    },
    Fact {
        id: FactId::of("usage.per_seat"),
        short: "seats-used",
        part: Part::Usage,
        kind: Kind::Share,
        heading: "Seats used",
        noun: "share of seats in use",
        audience: Audience::Customer,
        get: |case| {
            let seats = case.contract.and_then(|contract| contract.seats.filter(|&seats| seats > 0));
            case.usage.zip(&seats).and_then(|(usage, seats)| {
                let is_of_seats = usage.measure == Measure::Level && speaks_of_seats(usage.metric.as_str());
                let share = usage.recent * 10_000.0 / f64::from(**seats);
                (is_of_seats && share.is_finite()).then_some(Value::Share(share as i64))
            })
        },
        says: Says::With(|said| {
            let seats = count(said.case.contract.known()?.seats?.into(), "seat");
            Some(format!("{} of {} {seats} are in use", said.figure, said.person.the()))
        }),
    },
];

fn measured(value: f64, unit: &str) -> Option<Value> {
    Some(Value::Measurement { value, unit: unit.into() })
}

/// What a whole period is measured in: a total without the span of one value.
fn whole(usage: &UsageFigures) -> String {
    match usage.measure {
        Measure::Count => without_span(usage.metric.as_str()).to_owned(),
        Measure::Level => usage.metric.to_string(),
    }
}

/// The period, as far as usage tells of it: `from 1 Oct to 20 Dec 2026`.
fn days(case: &Case, usage: &UsageFigures) -> String {
    format!("from {}", span(case.period.from, usage.newest.min(case.period.to)))
}

/// What the recent value and the one before are measured in: a total says over how many days, a level is as its metric
/// says, and so is what the source computed itself.
fn unit(usage: &UsageFigures) -> String {
    match usage.measure {
        Measure::Count if usage.window_days > 0 => in_window(usage.metric.as_str(), usage.window_days),
        _ => usage.metric.to_string(),
    }
}

/// `weekly active users fell from 297 to 116, by 60%`; says where a visible change is none by the series' own noise.
fn change(said: &Said<'_>) -> Option<String> {
    let usage = said.case.usage.known()?;
    let before = usage.before?;
    let moved = moved(before, usage.recent);
    let is_visible = change_bp(before, usage.recent)?.abs() >= VISIBLE_CHANGE_BP;
    let but = match usage.trend {
        Some(Trend::Flat) if usage.recent == 0.0 => ", which is too short a time to call it a stop",
        Some(Trend::Flat) if is_visible => ", within the usual ups and downs",
        None if is_visible => ", with too few points to call it a trend",
        _ => "",
    };
    Some(format!("{}{} {moved}{}{but}", said.person.your(), unit(usage), compared(usage)))
}

fn trend(said: &Said<'_>) -> Option<String> {
    let usage = said.case.usage.known()?;
    let does = match usage.trend? {
        Trend::Up => "is going up",
        Trend::Flat => "is steady",
        Trend::Down => "is going down",
        Trend::Silent => return silence(said),
    };
    Some(format!("{} usage ({}) {does}{}", said.person.the(), in_brackets(usage.metric.as_str()), compared(usage)))
}

/// Says so where it is not the weeks before that usage is compared with.
fn compared(usage: &UsageFigures) -> &'static str {
    if usage.seasonal { ", compared with the same weeks a year ago" } else { "" }
}

/// `no use since 18 Sep 2026 (63 days)`.
fn silence(said: &Said<'_>) -> Option<String> {
    let usage = said.case.usage.known()?;
    let we_have = said.person.pick("", "we have seen ");
    Some(match usage.last_use {
        Some(day) => {
            let days = count(said.case.days_since(day).unsigned_abs(), "day");
            format!("{we_have}no use since {} ({days})", date(day))
        }
        None => format!("{we_have}no use at all, up to {}", date(usage.newest)),
    })
}

/// `logins a day fell 3 days in a row`.
fn streak(said: &Said<'_>) -> Option<String> {
    let usage = said.case.usage.known()?;
    let (whose, metric, step) = (said.person.your(), &usage.metric, step(usage.streak_step()));
    let verb = match usage.streak {
        ..0 => "fell",
        0 => return Some(format!("{whose}{metric} did not move in the last {step}")),
        1.. => "rose",
    };
    Some(match usage.streak.unsigned_abs() {
        1 => format!("{whose}{metric} {verb} in the last {step}"),
        steps => format!("{whose}{metric} {verb} {} in a row", count(steps.into(), step)),
    })
}
