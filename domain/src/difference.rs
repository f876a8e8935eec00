//! What changed of a customer between two days.

use contracts::{
    health::HealthPart,
    reading::{FactId, Reading},
    tools::HealthReport,
};

pub use contracts::changes::{Changed, PartChange, ScoreChange};

use crate::{
    case::Case,
    facts::{Fact, catalogue},
    health,
};

/// What changed between two days.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// The facts that changed, in the order of the catalogue.
    pub facts: Vec<Changed>,
    /// What became of the score, part by part; absent where one of the days has none.
    pub score: Option<ScoreChange>,
}

/// What heads the news of a customer: what somebody decided or did, and what the figures come to. The figures themselves move
/// with every delivery.
const HEADLINES: [&str; 22] = [
    "customer.status",
    "customer.owner",
    "customer.segment",
    "usage.trend",
    "usage.silent",
    "tickets.open",
    "tickets.urgent",
    "tickets.high",
    "contract.arr",
    "contract.renewal_date",
    "contract.plan",
    "contract.seats",
    "contract.auto_renew",
    "contract.notice_by",
    "contract.count",
    "contact.primary",
    "satisfaction.latest",
    "activity.last_touch",
    "activity.open_follow_ups",
    "activity.next_follow_up",
    "activity.agreed",
    "health.risk",
];

/// Whether a change of the fact heads the news.
pub fn heads_the_news(fact: &FactId) -> bool {
    HEADLINES.contains(&fact.as_str())
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
