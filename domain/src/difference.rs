//! What changed of a customer between two days.

use contracts::{
    health::HealthPart,
    reading::{FactId, Reading},
    tools::HealthReport,
};

use crate::{
    case::Case,
    facts::{Fact, catalogue},
    health,
};

/// What changed between two days.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The facts that changed, in the order of the catalogue.
    pub facts: Vec<Changed>,
    /// What became of the score, part by part; absent where one of the days has none.
    pub score: Option<ScoreChange>,
}

/// A fact that changed: its value, or how well it is known.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Changed {
    pub fact: FactId,
    pub from: Reading,
    pub to: Reading,
}

/// What became of the score, in basis points of a point (10,000 is a score of 100).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ScoreChange {
    pub from_bp: u32,
    pub to_bp: u32,
    /// What each part adds on either day; the differences sum to that of the score, to the basis point.
    pub parts: Vec<PartChange>,
}

/// What a part adds to the score on either day, in basis points of a point; absent where it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PartChange {
    pub part: HealthPart,
    pub from_bp: Option<u32>,
    pub to_bp: Option<u32>,
}

/// What changed of a customer from `before` to `after`. Days that only went on, such as those to the renewal, have not
/// changed: the day they are counted to is the same.
pub fn difference(before: &Case, after: &Case) -> Difference {
    let changed = |fact: &Fact| {
        let (from, to) = (fact.read(before), fact.read(after));
        let is_same = is_same(fact, (&from, before), (&to, after));
        (!is_same).then(|| Changed { fact: fact.id.clone(), from, to })
    };
    let (from, to) = (health::of(before), health::of(after));
    let score = (from.score.is_some() && to.score.is_some()).then(|| score_change(&from, &to));
    Difference { facts: catalogue().filter_map(changed).collect(), score }
}

fn is_same(fact: &Fact, (from, before): (&Reading, &Case), (to, after): (&Reading, &Case)) -> bool {
    let (known, now) = (&from.knowledge, &to.knowledge);
    let day = |reading: &Reading, case: &Case| fact.kind.anchor(reading.knowledge.any()?, case.as_of);
    known.is_stale() == now.is_stale()
        && match (day(from, before), day(to, after)) {
            (Some(from), Some(to)) => from == to,
            _ => known.any() == now.any(),
        }
}

/// What became of the score from one report to another.
pub fn score_change(from: &HealthReport, to: &HealthReport) -> ScoreChange {
    let adds = |report: &HealthReport, part| {
        report.contributions.iter().find(|contribution| contribution.part() == part).map(|given| given.adds_bp)
    };
    let score = |report: &HealthReport| report.contributions.iter().map(|contribution| contribution.adds_bp).sum();
    let parts = HealthPart::ALL.into_iter();
    let parts = parts.map(|part| PartChange { part, from_bp: adds(from, part), to_bp: adds(to, part) });
    let parts = parts.filter(|change| change.from_bp.or(change.to_bp).is_some());
    ScoreChange { from_bp: score(from), to_bp: score(to), parts: parts.collect() }
}
