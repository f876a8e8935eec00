//! What can be said of the score and its parts. All of it stays in the house.

use contracts::{
    Line,
    facts::{Part, Source},
    health::{Contribution, HealthPart},
    tools::HealthReport,
};

use super::{State, Statement};
use crate::{facts::find, health::words, words::number};

pub(super) fn of(report: &HealthReport) -> Vec<Statement> {
    let source = Source { origin: Line::new(&format!("health model {}", report.model)), as_of: report.as_of };
    let say = |id: &str, label: &str, about: String| Statement {
        id: id.to_owned(),
        part: Part::Health,
        label: label.into(),
        about: Line::new(&about),
        to: None,
        state: State::Known,
        source: Some(source.clone()),
        day: None,
    };
    let of_fact = |id, about| find(id).map(|fact| say(id, fact.heading, about));
    let score = words::score(report).and_then(|about| of_fact("health.score", about));
    let risk = of_fact("health.risk", words::risk(report));
    let parts = report.contributions.iter().map(|part| say(id(part.part()), part.part().label(), adds(report, part)));
    let gaps = report.gaps.iter().map(|gap| {
        let about = format!("the health score leaves out {}", words::gap(gap));
        Statement { state: State::Missing, ..say(id(gap.part), gap.part.label(), about) }
    });
    score.into_iter().chain(risk).chain(parts).chain(gaps).collect()
}

/// What a part of the score is named by.
fn id(part: HealthPart) -> &'static str {
    match part {
        HealthPart::UsageTrend => "health.usage_trend",
        HealthPart::OpenTickets => "health.open_tickets",
        HealthPart::DaysToRenewal => "health.days_to_renewal",
    }
}

/// `of the health score, usage trend (down) gives 0 of 45 points`: of the points it could give among the parts that are
/// known.
fn adds(report: &HealthReport, part: &Contribution) -> String {
    let full = (part.weight * 10_000).checked_div(report.coverage).unwrap_or_default();
    let points = |basis_points: u32| number(f64::from(basis_points) / 100.0);
    let (label, input) = (part.part().label(), words::input(part.input));
    format!("of the health score, {label} ({input}) gives {} of {} points", points(part.adds_bp), points(full))
}
