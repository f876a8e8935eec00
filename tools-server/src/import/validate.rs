//! The rules of an import that the types alone cannot hold.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use contracts::{
    CustomerId, Line,
    facts::{Money, Trend},
    import::{
        ContractRecord, CustomerRecord, ImportRequest, MAX_LINE, MAX_POINTS, TicketsRecord, UsageRecord, UsageSeries,
    },
};

/// Refuses what the types alone cannot; the sentence names record and field. Whether a row's customer exists is the
/// store's to find.
pub fn validate(request: &ImportRequest) -> Result<(), String> {
    required("import", "origin", &request.origin)?;
    date("import", "asOf", request.as_of)?;
    once("customers", request.customers.iter().map(|record| &record.id))?;
    once("usage", request.usage.iter().map(|record| &record.customer_id))?;
    once("tickets", request.tickets.iter().map(|record| &record.customer_id))?;
    once("contracts", request.contracts.iter().map(|record| &record.customer_id))?;
    request.customers.iter().try_for_each(customer)?;
    request.usage.iter().try_for_each(usage)?;
    request.tickets.iter().try_for_each(tickets)?;
    request.contracts.iter().try_for_each(contract)
}

/// The rules of one customer record; they hold for `POST /customers` too.
pub fn customer(record: &CustomerRecord) -> Result<(), String> {
    let place = format!("customer {}", record.id);
    required(&place, "name", &record.name)?;
    optional(&place, "industry", record.industry.as_ref())?;
    optional(&place, "segment", record.segment.as_ref())?;
    optional(&place, "contact", record.contact.as_ref())
}

fn usage(record: &UsageRecord) -> Result<(), String> {
    let place = format!("usage of {}", record.customer_id);
    required(&place, "metric", &record.metric)?;
    match &record.series {
        UsageSeries::Points(points) if points.is_empty() => Err(format!("{place}: there are no points")),
        UsageSeries::Points(points) if points.len() > MAX_POINTS => {
            Err(format!("{place}: {} points are too many; send the newest {MAX_POINTS}", points.len()))
        }
        UsageSeries::Points(points) => {
            let mut dates = HashSet::new();
            points.iter().try_for_each(|point| {
                date(&place, "date", point.date)?;
                amount(&place, &format!("value on {}", point.date), point.value)?;
                if dates.insert(point.date) { Ok(()) } else { Err(format!("{place}: {} is there twice", point.date)) }
            })
        }
        UsageSeries::Summary { trend: Trend::Silent, .. } => {
            Err(format!("{place}: trend must be up, flat or down; 0 before and 0 recently is silent by itself"))
        }
        UsageSeries::Summary { recent, before, .. } => {
            amount(&place, "recent", *recent)?;
            amount(&place, "before", *before)
        }
    }
}

fn tickets(record: &TicketsRecord) -> Result<(), String> {
    let place = format!("tickets of {}", record.customer_id);
    let mut ids = HashSet::new();
    record.tickets.iter().try_for_each(|ticket| {
        required(&place, "id", &ticket.id)?;
        let place = format!("ticket {} of {}", ticket.id, record.customer_id);
        optional(&place, "subject", ticket.subject.as_ref())?;
        date(&place, "opened", ticket.opened_on)?;
        if let Some(closed) = ticket.closed_on.filter(|closed| *closed < ticket.opened_on) {
            return Err(format!("{place}: it was closed on {closed}, before it was opened on {}", ticket.opened_on));
        }
        if ids.insert(&ticket.id) { Ok(()) } else { Err(format!("{place}: its id is there twice")) }
    })
}

fn contract(record: &ContractRecord) -> Result<(), String> {
    let place = format!("contract of {}", record.customer_id);
    optional(&place, "plan", record.plan.as_ref())?;
    record.renewal_date.map_or(Ok(()), |day| date(&place, "renewal date", day))?;
    record.arr.as_ref().map_or(Ok(()), |arr| money(&place, arr))
}

fn money(place: &str, arr: &Money) -> Result<(), String> {
    let code = arr.currency.as_str();
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(format!("{place}: the currency must be three capital letters, such as USD"));
    }
    if arr.minor < 0 { Err(format!("{place}: the ARR must not be negative")) } else { Ok(()) }
}

fn amount(place: &str, field: &str, value: f64) -> Result<(), String> {
    let valid = value.is_finite() && value >= 0.0;
    if valid { Ok(()) } else { Err(format!("{place}: {field} must be a number, zero or more")) }
}

/// Both databases keep the years 1 to 9999.
fn date(place: &str, field: &str, day: NaiveDate) -> Result<(), String> {
    let valid = (1..=9999).contains(&day.year());
    if valid { Ok(()) } else { Err(format!("{place}: {field} must be in the years 1 to 9999")) }
}

fn required(place: &str, field: &str, line: &Line) -> Result<(), String> {
    if line.is_empty() {
        return Err(format!("{place}: {field} must not be empty"));
    }
    optional(place, field, Some(line))
}

fn optional(place: &str, field: &str, line: Option<&Line>) -> Result<(), String> {
    match line.map(|line| line.as_str().chars().count()) {
        Some(length) if length > MAX_LINE => {
            Err(format!("{place}: {field} has {length} characters; {MAX_LINE} are the most"))
        }
        _ => Ok(()),
    }
}

fn once<'a>(part: &str, mut ids: impl Iterator<Item = &'a CustomerId>) -> Result<(), String> {
    let mut seen = HashSet::new();
    match ids.find(|id| !seen.insert(*id)) {
        Some(id) => Err(format!("{part}: {id} is there twice")),
        None => Ok(()),
    }
}

#[cfg(test)]
#[path = "validate_tests.rs"]
mod tests;
