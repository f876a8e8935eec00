//! What can be said of the score and its parts. All of it stays in the house.

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{Part, Source},
    health::{Contribution, HealthPart},
    reading::Value,
    tools::{HealthReport, ToolOutput},
};

use super::{State, Statement, compared};
use crate::{facts::find, health::words, words::number};

pub(super) fn of(report: &HealthReport) -> Vec<Statement> {
    let source = source(report);
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

/// The report, where it is one of health.
pub(super) fn report(output: &ToolOutput) -> Option<&HealthReport> {
    output.try_into().ok()
}

/// What became of score and risk between `on` and the day of the answer.
pub(super) fn compared(then: &HealthReport, on: NaiveDate, now: &HealthReport) -> impl Iterator<Item = Statement> {
    let score = |report: &HealthReport| report.score.map(|score| Value::Count(score.into()));
    let risk = |report: &HealthReport| Some(Value::Choice(report.risk.as_str().into()));
    let became = |id, before: Option<Value>, after: Option<Value>| {
        Some(compared::statement(find(id)?, on, &before?, &after?, source(now)))
    };
    [became("health.score", score(then), score(now)), became("health.risk", risk(then), risk(now))]
        .into_iter()
        .flatten()
}

fn source(report: &HealthReport) -> Source {
    Source { origin: Line::new(&format!("health model {}", report.model)), as_of: report.as_of }
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
