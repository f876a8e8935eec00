//! Signature v1 as the first web front end speaks it, for services that the configuration marks `legacy`.
//!
//! That front end was written for other tools behind the same paths. Those read the owner and nothing else of the
//! parameters, which a language model fills there; so nothing else is read here. Its answers have no words for stale,
//! silent or unknown: what is stale is told as missing, who is silent as `down`, and the points where data is missing
//! are the zeros that it expects beside `missingData`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, OwnerId, Text, WireError,
    facts::{Measure, Priority, Ticket, Trend},
    health::Signal,
    tools::{
        ContractReport, EmailDraft, EmailOccasion, EmailParams, HealthReport, QbrOutline, QbrSection, TicketsReport,
        ToolCall, ToolName, ToolOutput, UsageReport,
    },
};
use domain::case::Case;
use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::body;
use crate::tools::MissingData;

/// A request of that front end.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    customer_id: CustomerId,
    params: Option<AskedParams>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AskedParams {
    owner_user_id: Option<String>,
    /// Whatever they are. That they are named here is why a list of values is no object.
    #[serde(flatten)]
    _others: BTreeMap<String, IgnoredAny>,
}

/// Whose rows a request is about, which are everybody's where it names nobody, and which customer.
pub(crate) fn read(body: &[u8]) -> Result<(OwnerId, CustomerId), WireError> {
    let Asked { customer_id, params } = body::tolerant_json(body)?;
    let owner = match params.unwrap_or_default().owner_user_id.filter(|owner| !owner.is_empty()) {
        None => OwnerId::public(),
        Some(owner) => owner.parse().map_err(body::invalid_owner)?,
    };
    Ok((owner, customer_id))
}

/// What a call of the tool means: as of today, and an email is about the renewal.
pub(super) fn call(tool: ToolName) -> ToolCall {
    match tool {
        ToolName::GenerateEmail => {
            ToolCall::GenerateEmail(EmailParams { as_of: None, occasion: EmailOccasion::Renewal })
        }
        _ => ToolCall::of(tool, None),
    }
}

/// An answer in that front end's shape.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Answer {
    Usage(Usage),
    Tickets(Tickets),
    Contract(Contract),
    Health(Health),
    Email(Email),
    Outline(Outline),
    /// A tool that came later, in its own shape.
    Later(ToolOutput),
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Usage {
    trend: Direction,
    /// A day's mean of the last window.
    avg_daily_users: f64,
    sparkline: Vec<f64>,
    missing_data: bool,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Up,
    Down,
    #[default]
    Flat,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tickets {
    open_tickets: u32,
    recent_tickets: Vec<RecentTicket>,
    missing_data: bool,
}

#[derive(Debug, Serialize)]
struct RecentTicket {
    id: Line,
    severity: &'static str,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Contract {
    renewal_date: Option<String>,
    /// In whole units of the currency, which that front end does not ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    arr: Option<f64>,
    missing_data: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Health {
    score: u32,
    risk_level: &'static str,
    signals: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
pub(super) struct Email {
    subject: Line,
    body: Text,
}

#[derive(Debug, Serialize)]
pub(super) struct Outline {
    sections: Vec<String>,
}

/// What the tool answered of the customer, in that front end's shape. Where a part is missing that can be said in it, it
/// is no error there.
pub(super) fn answer(
    tool: ToolName,
    case: &Case,
    output: Result<ToolOutput, MissingData>,
) -> Result<Answer, MissingData> {
    Ok(match (output, tool) {
        (Ok(ToolOutput::Usage(report)), _) => Answer::Usage(usage(report, case)),
        (Ok(ToolOutput::Tickets(report)), _) => Answer::Tickets(tickets(report)),
        (Ok(ToolOutput::Contract(report)), _) => Answer::Contract(contract(report, case)),
        (Ok(ToolOutput::Health(report)), _) => Answer::Health(health(report, case)?),
        (Ok(ToolOutput::Qbr(outline)), _) => Answer::Outline(self::outline(outline)),
        (Ok(ToolOutput::Email(EmailDraft { subject, body, .. })), _) => Answer::Email(Email { subject, body }),
        (Ok(later), _) => Answer::Later(later),
        (Err(_), ToolName::GetCustomerUsage) => Answer::Usage(Usage { missing_data: true, ..Usage::default() }),
        (Err(_), ToolName::GetRecentTickets) => Answer::Tickets(Tickets { missing_data: true, ..Tickets::default() }),
        (Err(_), ToolName::GetContractInfo) => Answer::Contract(Contract { missing_data: true, ..Contract::default() }),
        (Err(missing), _) => return Err(missing),
    })
}

fn usage(report: UsageReport, case: &Case) -> Usage {
    if report.stale {
        return Usage { missing_data: true, ..Usage::default() };
    }
    let is_count = case.usage.any().is_some_and(|usage| usage.measure == Measure::Count);
    let days = if is_count && report.window_days > 0 { f64::from(report.window_days) } else { 1.0 };
    Usage {
        trend: match report.trend {
            Some(Trend::Up) => Direction::Up,
            Some(Trend::Down | Trend::Silent) => Direction::Down,
            Some(Trend::Flat) | None => Direction::Flat,
        },
        avg_daily_users: report.recent / days,
        sparkline: report.points.iter().map(|point| point.value).collect(),
        missing_data: report.trend.is_none(),
    }
}

fn tickets(report: TicketsReport) -> Tickets {
    if report.stale {
        return Tickets { missing_data: true, ..Tickets::default() };
    }
    let recent_tickets = report.recent.into_iter().map(|Ticket { id, priority, .. }| {
        let severity = match priority {
            Priority::Urgent | Priority::High => "high",
            Priority::Normal => "medium",
            Priority::Low => "low",
        };
        RecentTicket { id, severity }
    });
    Tickets { open_tickets: report.open, recent_tickets: recent_tickets.collect(), missing_data: false }
}

fn contract(report: ContractReport, case: &Case) -> Contract {
    if report.stale {
        return Contract { missing_data: true, ..Contract::default() };
    }
    let renewal = case.renewal();
    Contract {
        // The day's beginning, so that no time zone moves it.
        renewal_date: renewal.known().map(|date: &NaiveDate| format!("{date}T00:00:00Z")),
        arr: report.arr.map(|arr| arr.minor as f64 / 100.0),
        missing_data: false,
    }
}

fn health(report: HealthReport, case: &Case) -> Result<Health, MissingData> {
    let score = report.score.ok_or_else(|| {
        let name = &case.name;
        MissingData(format!("What is on record of {name} is too old to score; bring the files up to date."))
    })?;
    Ok(Health {
        score,
        risk_level: report.risk.as_str(),
        signals: report.signals.into_iter().filter_map(signal).collect(),
    })
}

/// The signal in that front end's words; it has none for what is stale.
fn signal(signal: Signal) -> Option<&'static str> {
    Some(match signal {
        Signal::NoUsage => Signal::UsageDown.as_str(),
        Signal::RenewalOverdue => Signal::RenewalNear.as_str(),
        Signal::UsageStale | Signal::TicketsStale | Signal::ContractStale => return None,
        known => known.as_str(),
    })
}

fn outline(outline: QbrOutline) -> Outline {
    let section = |QbrSection { title, talking_points, .. }: QbrSection| {
        let points: Vec<_> = talking_points.iter().map(Line::as_str).collect();
        format!("{title}: {}", points.join(" "))
    };
    Outline { sections: outline.sections.into_iter().map(section).collect() }
}
