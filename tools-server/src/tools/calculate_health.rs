//! `calculate_health`, model `v1`: integers only, every point explained, gaps said to be gaps.

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::Trend,
    health::{Contribution, HealthPart, HealthReport, Risk, ScoreRange, Signal},
};

use super::{MissingData, words};
use crate::store::{BookEntry, CustomerFacts};

const MODEL: &str = "v1";
const FULL_WEIGHT: u32 = 100;
/// Under this much weight nobody can say.
const MIN_COVERAGE: u32 = 50;
const LOW_RISK_FROM: u32 = 75;
const MEDIUM_RISK_FROM: u32 = 50;
const MANY_TICKETS_FROM: u32 = 3;
const RENEWAL_NEAR_UNDER: i64 = 60;
const RENEWAL_FAR_OVER: i64 = 180;

/// What the formula looks at; a gap is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthInputs {
    /// Which way usage moves.
    pub trend: Option<Trend>,
    /// How many tickets are open.
    pub open_tickets: Option<u32>,
    /// Whole days (UTC) to the renewal; negative once it has passed.
    pub days_to_renewal: Option<i64>,
}

/// The judgement alone, for the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// 0 to 100 over the parts that are there; `None` where nothing is.
    pub score: Option<u32>,
    /// The weight of the parts that are there, 0 to 100.
    pub coverage: u32,
    /// The band.
    pub risk: Risk,
}

impl HealthInputs {
    /// The inputs of a row of the book.
    pub fn of_entry(entry: &BookEntry, today: NaiveDate) -> Self {
        Self { trend: entry.trend, open_tickets: entry.open_tickets, days_to_renewal: entry.days_to_renewal(today) }
    }

    /// The inputs of all that is known of a customer.
    pub fn of_facts(facts: &CustomerFacts, today: NaiveDate) -> Self {
        Self {
            trend: facts.usage.as_ref().and_then(|usage| usage.trend),
            open_tickets: facts.tickets.as_ref().map(|tickets| tickets.open),
            days_to_renewal: facts.contract.as_ref().and_then(|contract| contract.days_to_renewal(today)),
        }
    }

    fn points(self, part: HealthPart) -> Option<u32> {
        match part {
            HealthPart::UsageTrend => self.trend.map(|trend| match trend {
                Trend::Up => 100,
                Trend::Flat => 50,
                Trend::Down | Trend::Silent => 0,
            }),
            HealthPart::OpenTickets => self.open_tickets.map(|open| match open {
                0 => 100,
                1..=2 => 80,
                3..=5 => 50,
                6.. => 20,
            }),
            HealthPart::DaysToRenewal => self.days_to_renewal.map(|days| match days {
                ..RENEWAL_NEAR_UNDER => 30,
                RENEWAL_NEAR_UNDER..=RENEWAL_FAR_OVER => 70,
                _ => 100,
            }),
        }
    }

    /// The input of a part in words.
    fn describe(self, part: HealthPart) -> Option<String> {
        match part {
            HealthPart::UsageTrend => self.trend.map(|trend| trend.as_str().to_owned()),
            HealthPart::OpenTickets => self.open_tickets.map(|open| format!("{open} open")),
            HealthPart::DaysToRenewal => self.days_to_renewal.map(|days| match days {
                ..0 => format!("{} overdue", words::count(days.unsigned_abs(), "day")),
                _ => words::count(days.unsigned_abs(), "day"),
            }),
        }
    }

    fn signals(self) -> Vec<Signal> {
        let usage = self.trend.map(|trend| match trend {
            Trend::Up => Signal::UsageUp,
            Trend::Flat => Signal::UsageFlat,
            Trend::Down | Trend::Silent => Signal::UsageDown,
        });
        let tickets = self.open_tickets.map(|open| match open {
            0 => Signal::NoTickets,
            1..MANY_TICKETS_FROM => Signal::FewTickets,
            MANY_TICKETS_FROM.. => Signal::ManyTickets,
        });
        let renewal = self.days_to_renewal.and_then(|days| match days {
            ..0 => Some(Signal::RenewalOverdue),
            0..RENEWAL_NEAR_UNDER => Some(Signal::RenewalNear),
            RENEWAL_NEAR_UNDER..=RENEWAL_FAR_OVER => None,
            _ => Some(Signal::RenewalFar),
        });
        [usage, tickets, renewal].into_iter().flatten().collect()
    }
}

/// The sums that score, range and risk are made of.
struct Tally {
    /// Sum of points times weight over the present parts, at most 10,000.
    sum: u32,
    /// The weight that is present.
    coverage: u32,
}

impl Tally {
    fn of(inputs: HealthInputs) -> Self {
        HealthPart::ALL.into_iter().filter_map(|part| Some((part.weight(), inputs.points(part)?))).fold(
            Self { sum: 0, coverage: 0 },
            |tally, (weight, points)| Self { sum: tally.sum + points * weight, coverage: tally.coverage + weight },
        )
    }

    /// The score before rounding, in whole basis points. Rounding this half up is the same as rounding the exact
    /// quotient half up, so nothing is rounded twice.
    fn score_bp(&self) -> Option<u32> {
        (self.sum * 100).checked_div(self.coverage)
    }

    fn score(&self) -> Option<u32> {
        self.score_bp().map(|bp| half_up(bp, 100))
    }

    fn range(&self) -> ScoreRange {
        let gap = FULL_WEIGHT - self.coverage;
        ScoreRange { low: half_up(self.sum, FULL_WEIGHT), high: half_up(self.sum + gap * 100, FULL_WEIGHT) }
    }

    fn risk(&self) -> Risk {
        match self.range().low {
            _ if self.coverage < MIN_COVERAGE => Risk::Unknown,
            LOW_RISK_FROM.. => Risk::Low,
            MEDIUM_RISK_FROM.. => Risk::Medium,
            _ => Risk::High,
        }
    }
}

fn half_up(dividend: u32, divisor: u32) -> u32 {
    (dividend + divisor / 2) / divisor
}

/// Score and risk without the explanation.
pub fn judge(inputs: HealthInputs) -> Verdict {
    let tally = Tally::of(inputs);
    Verdict { score: tally.score(), coverage: tally.coverage, risk: tally.risk() }
}

pub(super) fn run(facts: &CustomerFacts, today: NaiveDate) -> Result<HealthReport, MissingData> {
    report(HealthInputs::of_facts(facts, today), today).ok_or_else(|| {
        MissingData(format!(
            "There is nothing to score {} by; import usage.csv, tickets.csv or contracts.csv to add it.",
            facts.customer.name
        ))
    })
}

/// The whole report; `None` where no part is there.
fn report(inputs: HealthInputs, today: NaiveDate) -> Option<HealthReport> {
    let tally = Tally::of(inputs);
    Some(HealthReport {
        model: Line::new(MODEL),
        score: tally.score()?,
        risk: tally.risk(),
        coverage: tally.coverage,
        range: tally.range(),
        signals: inputs.signals(),
        contributions: contributions(inputs, &tally),
        missing: HealthPart::ALL.into_iter().filter(|part| inputs.points(*part).is_none()).collect(),
        as_of: today,
    })
}

/// What each part adds. Shares are cut to whole basis points, and the basis points that cutting lost go to the largest
/// remainders, so that the shares sum to the score.
fn contributions(inputs: HealthInputs, tally: &Tally) -> Vec<Contribution> {
    let mut shares: Vec<(u32, Contribution)> = HealthPart::ALL
        .into_iter()
        .filter_map(|part| {
            let points = inputs.points(part)?;
            let weight = part.weight();
            let share = points * weight * 100;
            let input = Line::new(&inputs.describe(part)?);
            let adds_bp = share / tally.coverage;
            Some((share % tally.coverage, Contribution { part, input, points, weight, adds_bp }))
        })
        .collect();
    let given: u32 = shares.iter().map(|(_, contribution)| contribution.adds_bp).sum();
    let lost = tally.score_bp().unwrap_or_default() - given;
    shares.sort_by_key(|(remainder, _)| std::cmp::Reverse(*remainder));
    for (_, contribution) in shares.iter_mut().take(lost as usize) {
        contribution.adds_bp += 1;
    }
    shares.sort_by_key(|(_, contribution)| contribution.part);
    shares.into_iter().map(|(_, contribution)| contribution).collect()
}
