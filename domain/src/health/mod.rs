//! Health, model `v2`: integers only, every point explained, gaps said to be gaps, and silence no health.

mod inputs;
mod tally;
pub mod words;

use chrono::NaiveDate;
use contracts::{
    Line,
    book::Essentials,
    facts::Trend,
    health::{Contribution, HealthInput, HealthPart, LastBand, Risk, Signal, Why},
    tools::HealthReport,
};

use crate::{
    case::Case,
    thresholds::{MANY_TICKETS, RENEWAL_FAR_DAYS, RENEWAL_NEAR_DAYS},
};
pub use inputs::{HealthInputs, Renewal, inputs_of};
use tally::Tally;

/// The formula's name.
pub const MODEL: &str = "v2";

/// The judgement alone, for the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// 0 to 100 over the parts that are in the score; `None` where none is.
    pub score: Option<u32>,
    /// The score that the gaps would make at the worst, 0 to 100.
    pub worst: u32,
    /// The weight of the parts that are in the score, 0 to 100.
    pub coverage: u32,
    /// The band.
    pub risk: Risk,
}

/// Score and risk without the explanation.
pub fn judge(inputs: &HealthInputs) -> Verdict {
    let tally = Tally::of(inputs);
    Verdict { score: tally.score(), worst: tally.range().low, coverage: tally.coverage(), risk: tally.risk() }
}

/// What places a customer in the book's own order.
pub fn essentials(case: &Case) -> Essentials {
    let Verdict { score, risk, .. } = judge(&inputs_of(case));
    let days_to_renewal = case.renewal().known().map(|date| -case.days_since(*date));
    let (id, name) = (case.id.clone(), case.name.clone());
    Essentials { id, name, standing: case.standing(), risk, score, days_to_renewal }
}

/// The report of a customer, as of the day of the case.
pub fn of(case: &Case) -> HealthReport {
    report(&inputs_of(case), case.as_of)
}

/// The day on which an unknown risk may have been known last: the newest that stale data speaks of.
pub fn last_heard(report: &HealthReport) -> Option<NaiveDate> {
    let stale = report.gaps.iter().filter_map(|gap| match &gap.why {
        Why::Stale { source } => Some(source.as_of),
        Why::Missing | Why::TooFew | Why::RenewsByItself { .. } => None,
    });
    stale.max().filter(|_| report.risk == Risk::Unknown)
}

/// An unknown risk with the band of `earlier`, a case of the day that was heard of last, where it was known then.
pub fn remembering(report: HealthReport, earlier: &Case) -> HealthReport {
    let risk = judge(&inputs_of(earlier)).risk;
    let last_known = (risk != Risk::Unknown).then_some(LastBand { risk, on: earlier.as_of });
    HealthReport { last_known, ..report }
}

/// The whole report. `as_of` is the day (UTC) the inputs speak of.
pub fn report(inputs: &HealthInputs, as_of: NaiveDate) -> HealthReport {
    let tally = Tally::of(inputs);
    let gaps: Vec<_> = inputs.gaps().collect();
    let holding = inputs.known().filter_map(signal);
    let stale = gaps.iter().filter(|gap| matches!(gap.why, Why::Stale { .. })).map(|gap| stale(gap.part));
    HealthReport {
        model: Line::new(MODEL),
        score: tally.score(),
        risk: tally.risk(),
        coverage: tally.coverage(),
        range: tally.range(),
        signals: holding.chain(stale).collect(),
        contributions: contributions(inputs, &tally),
        gaps,
        last_known: None,
        as_of,
    }
}

/// Points of an input, 0 to 100.
fn points(input: HealthInput) -> u32 {
    match input {
        HealthInput::Usage(trend) => match trend {
            Trend::Up => 100,
            Trend::Flat => 50,
            Trend::Down | Trend::Silent => 0,
        },
        HealthInput::OpenTickets(open) => match open {
            0 => 100,
            1..=2 => 80,
            3..=5 => 50,
            6.. => 20,
        },
        HealthInput::Renewal { days, .. } => match days {
            ..RENEWAL_NEAR_DAYS => 30,
            RENEWAL_NEAR_DAYS..=RENEWAL_FAR_DAYS => 70,
            _ => 100,
        },
    }
}

fn signal(input: HealthInput) -> Option<Signal> {
    match input {
        HealthInput::Usage(trend) => Some(match trend {
            Trend::Up => Signal::UsageUp,
            Trend::Flat => Signal::UsageFlat,
            Trend::Down => Signal::UsageDown,
            Trend::Silent => Signal::NoUsage,
        }),
        HealthInput::OpenTickets(open) => Some(match open {
            0 => Signal::NoTickets,
            1..MANY_TICKETS => Signal::FewTickets,
            MANY_TICKETS.. => Signal::ManyTickets,
        }),
        HealthInput::Renewal { days, .. } => match days {
            ..0 => Some(Signal::RenewalOverdue),
            0..RENEWAL_NEAR_DAYS => Some(Signal::RenewalNear),
            RENEWAL_NEAR_DAYS..=RENEWAL_FAR_DAYS => None,
            _ => Some(Signal::RenewalFar),
        },
    }
}

fn stale(part: HealthPart) -> Signal {
    match part {
        HealthPart::UsageTrend => Signal::UsageStale,
        HealthPart::OpenTickets => Signal::TicketsStale,
        HealthPart::DaysToRenewal => Signal::ContractStale,
    }
}

/// What each part adds. Shares are cut to whole basis points, and the basis points that cutting lost go to the largest
/// remainders, so that the shares sum to the score.
fn contributions(inputs: &HealthInputs, tally: &Tally) -> Vec<Contribution> {
    let mut shares: Vec<(u32, Contribution)> = inputs
        .known()
        .map(|input| {
            let (points, weight) = (points(input), input.part().weight());
            let share = points * weight * 100;
            let adds_bp = share / tally.coverage();
            (share % tally.coverage(), Contribution { input, points, weight, adds_bp })
        })
        .collect();
    let given: u32 = shares.iter().map(|(_, contribution)| contribution.adds_bp).sum();
    let lost = tally.score_bp().unwrap_or_default() - given;
    shares.sort_by_key(|(remainder, _)| std::cmp::Reverse(*remainder));
    for (_, contribution) in shares.iter_mut().take(lost as usize) {
        contribution.adds_bp += 1;
    }
    shares.sort_by_key(|(_, contribution)| contribution.part());
    shares.into_iter().map(|(_, contribution)| contribution).collect()
}
