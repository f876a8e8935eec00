//! The figures behind the answer, each with its source.

use contracts::{Line, facts::Source, health::HealthPart, planner::Fact};

use super::Case;
use crate::words;

pub(super) fn facts(case: &Case<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label: &str, value: Option<String>, source: &Source| {
        let fact = |value: String| Fact { label: label.into(), value: Line::new(&value), source: source.clone() };
        facts.extend(value.map(fact));
    };
    if let Some(health) = case.health {
        let source = Source { origin: Line::new(&format!("health model {}", health.model)), as_of: health.as_of };
        add("Health", Some(words::standing(health)), &source);
    }
    let old = |part| if case.stale(part).is_some() { ", too old to count" } else { "" };
    if let Some(usage) = case.usage {
        let (figures, trend) = (words::usage(usage), words::trend(usage.trend));
        add("Usage", Some(format!("{figures}, {trend}{}", old(HealthPart::UsageTrend))), &usage.source);
    }
    if let Some(tickets) = case.tickets {
        let open = match tickets.open {
            0 => "none".to_owned(),
            open => format!("{open} ({})", words::by_priority(tickets.by_priority)),
        };
        add("Open tickets", Some(format!("{open}{}", old(HealthPart::OpenTickets))), &tickets.source);
        add("Oldest open ticket", tickets.oldest_open.map(|day| format!("opened on {day}")), &tickets.source);
    }
    if let Some(contract) = case.contract {
        let source = &contract.source;
        let old = old(HealthPart::DaysToRenewal);
        add("Renewal", case.renewal().map(|(days, date)| format!("{date}, {}{old}", words::distance(days))), source);
        add("Annual revenue", contract.arr.as_ref().map(words::money), source);
        add("Plan", contract.plan.as_ref().map(ToString::to_string), source);
        add("Seats", contract.seats.map(|seats| words::number(seats.into())), source);
        add("Renews by itself", contract.auto_renew.map(|auto| if auto { "yes" } else { "no" }.to_owned()), source);
    }
    facts
}
