//! Facts of health.

use contracts::{
    facts::{Part, Source},
    reading::{FactId, Knowledge, Value},
    tools::HealthReport,
};

use super::{Audience, Fact, Kind, Says};
use crate::{
    case::Case,
    health::{self, words},
};

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("health.score"),
        short: "score",
        part: Part::Health,
        kind: Kind::Count("point"),
        heading: "Score",
        noun: "health score",
        audience: Audience::Internal,
        get: |case| read(case, |report| Some(Value::Count(report.score?.into()))),
        says: Says::With(|said| words::score(&health::of(said.case))),
    },
    Fact {
        id: FactId::of("health.risk"),
        short: "risk",
        part: Part::Health,
        kind: Kind::Choice(&["high", "medium", "unknown", "low"]),
        heading: "Risk",
        noun: "risk",
        audience: Audience::Internal,
        get: |case| read(case, |report| Some(Value::Choice(report.risk.as_str().into()))),
        says: Says::With(|said| Some(words::risk(&health::of(said.case)))),
    },
    Fact {
        id: FactId::of("health.coverage"),
        short: "coverage",
        part: Part::Health,
        kind: Kind::Share,
        heading: "Coverage",
        noun: "share of the score that is known",
        audience: Audience::Internal,
        get: |case| read(case, |report| Some(Value::Share(i64::from(report.coverage) * 100))),
        says: Says::Plainly,
    },
];

fn read(case: &Case, value: fn(&HealthReport) -> Option<Value>) -> Knowledge<Value> {
    let report = health::of(case);
    value(&report).map_or(Knowledge::Missing, |value| Knowledge::Known {
        value,
        source: Source { origin: format!("health model {}", report.model).into(), as_of: report.as_of },
    })
}
