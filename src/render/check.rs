//! A health check in one line, as a whole book of them is printed.

use contracts::{health::HealthInput, tools::HealthReport};

use super::markdown::escaped;
use crate::{agent::Checked, words};

/// `high     34  Globex: usage down, 5 open tickets, renewal in 31 days`.
pub fn line(checked: &Checked) -> String {
    let (risk, score) = match checked.health() {
        Some(report) => (report.risk.as_str(), report.score),
        None => ("unknown", None),
    };
    let score = score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    format!("{risk:<7} {score:>3}  {}: {}\n", checked.customer.name, why(checked))
}

/// `- **Globex**: 34 of 100, high risk: usage down, 5 open tickets, renewal in 31 days`. Foreign text is escaped.
pub fn markdown(checked: &Checked) -> String {
    let standing = checked.health().map(|report| format!("{}: ", words::standing(report))).unwrap_or_default();
    let name = checked.customer.name.as_str();
    format!("- **{}**: {}{}\n", escaped(name), escaped(&standing), escaped(&why(checked)))
}

/// What the score is made of and what it does not know, or why there is none; and what else is to be known.
fn why(checked: &Checked) -> String {
    match checked.health() {
        Some(report) => parts(report),
        None => checked.clone().result().notes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
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
