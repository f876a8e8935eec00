//! A customer by hand.

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    delivery::ContractTerms,
    facts::{Measure, OpenByPriority, Source, Trend},
    reading::Knowledge,
};
use domain::{
    case::{Case, ContractFigures, Period, TicketFigures},
    usage::UsageFigures,
};

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub fn in_days(days: i64) -> NaiveDate {
    today() + TimeDelta::days(days)
}

/// Of a delivery so many days from today.
pub fn source(days: i64) -> Source {
    Source { origin: "crm".into(), as_of: in_days(days) }
}

pub fn known<T>(value: T) -> Knowledge<T> {
    Knowledge::Known { value, source: source(0) }
}

/// A customer of whom nothing but the name is known.
pub fn nameless() -> Case {
    Case {
        id: "acme".parse().unwrap(),
        name: "Acme Corp".into(),
        as_of: today(),
        period: Period { from: in_days(-89), to: today() },
        fields: Knowledge::Missing,
        usage: Knowledge::Missing,
        points: Vec::new(),
        tickets: Knowledge::Missing,
        contract: Knowledge::Missing,
        contact: Knowledge::Missing,
        others: Vec::new(),
        satisfaction: Knowledge::Missing,
        activity: Knowledge::Missing,
        gone: None,
    }
}

pub fn usage(trend: Option<Trend>) -> UsageFigures {
    UsageFigures {
        source: "crm".parse().unwrap(),
        metric: "logins a day".into(),
        measure: Measure::Count,
        trend,
        now: 41.0,
        recent: 41.0,
        before: Some(29.0),
        window_days: 28,
        step_days: 1,
        newest: today(),
        last_use: Some(today()),
        streak: 0,
        down_since: None,
        seasonal: false,
        period: None,
    }
}

/// One urgent and two low tickets.
pub fn tickets() -> TicketFigures {
    let by_priority = OpenByPriority { urgent: 1, low: 2, ..OpenByPriority::default() };
    TicketFigures {
        origin: "help desk".into(),
        counted_on: None,
        by_priority,
        oldest_open: Some(in_days(-9)),
        recent: Vec::new(),
        period: None,
    }
}

pub fn contract(renewal: Option<i64>, auto_renew: Option<bool>) -> ContractFigures {
    let main = ContractTerms { renewal_date: renewal.map(in_days), auto_renew, ..ContractTerms::default() };
    ContractFigures { main, contracts: 1, arr: Vec::new(), before: None, seats: None }
}
