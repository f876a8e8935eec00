//! A health check in one line, as a whole book of them is printed.

use contracts::{health::HealthInput, planner::PlannerResult, tools::HealthReport};

use super::markdown::escaped;
use crate::words;

/// `high     34  Globex: usage down, 5 open tickets, renewal in 31 days`.
pub fn line(customer_name: &str, result: &PlannerResult) -> String {
    let (risk, score) = match &result.health {
        Some(report) => (report.risk.as_str(), report.score),
        None => ("unknown", None),
    };
    let score = score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    format!("{risk:<7} {score:>3}  {customer_name}: {}\n", why(result))
}

/// `- **Globex**: 34 of 100, high risk: usage down, 5 open tickets, renewal in 31 days`. Foreign text is escaped.
pub fn markdown(customer_name: &str, result: &PlannerResult) -> String {
    let standing = result.health.as_ref().map(|report| format!("{}: ", words::standing(report))).unwrap_or_default();
    format!("- **{}**: {}{}\n", escaped(customer_name), escaped(&standing), escaped(&why(result)))
}

/// What the score is made of and what it does not know, or why there is none; and what else is to be known.
fn why(result: &PlannerResult) -> String {
    match &result.health {
        Some(report) => parts(report),
        None => result.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    }
}

fn parts(report: &HealthReport) -> String {
    let known = report.contributions.iter().map(|part| match part.input {
        HealthInput::Usage(trend) => format!("usage {}", trend.as_str()),
        HealthInput::OpenTickets(open) => words::count(open.into(), "open ticket"),
        HealthInput::Renewal { days, .. } if days < 0 => {
            format!("renewal {} overdue", words::count(days.unsigned_abs(), "day"))
        }
        HealthInput::Renewal { days, .. } => format!("renewal in {}", words::count(days.unsigned_abs(), "day")),
    });
    let unknown = (!report.gaps.is_empty()).then(|| format!("not known: {}", words::gaps(report)));
    let known = known.collect::<Vec<_>>().join(", ");
    [Some(known).filter(|known| !known.is_empty()), unknown].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
