//! The sums that score, range and risk are made of.

use contracts::{
    facts::Trend,
    health::{HealthInput, Risk, ScoreRange},
};

use super::{HealthInputs, points};

const FULL_WEIGHT: u32 = 100;
/// Under this much weight nobody can say.
const MIN_COVERAGE: u32 = 50;
const LOW_RISK_FROM: u32 = 75;
const MEDIUM_RISK_FROM: u32 = 50;

pub(super) struct Tally {
    /// Sum of points times weight over the parts that are in the score, at most 10,000.
    sum: u32,
    /// The weight that is in the score.
    coverage: u32,
    /// Whether the product is known not to be used any more.
    silent: bool,
}

impl Tally {
    pub fn of(inputs: &HealthInputs) -> Self {
        let nothing = Self { sum: 0, coverage: 0, silent: false };
        inputs.known().fold(nothing, |tally, input| {
            let weight = input.part().weight();
            Self {
                sum: tally.sum + points(input) * weight,
                coverage: tally.coverage + weight,
                silent: tally.silent || input == HealthInput::Usage(Trend::Silent),
            }
        })
    }

    pub fn coverage(&self) -> u32 {
        self.coverage
    }

    /// The score before rounding, in whole basis points. Rounding this half up is the same as rounding the exact
    /// quotient half up, so nothing is rounded twice.
    pub fn score_bp(&self) -> Option<u32> {
        (self.sum * 100).checked_div(self.coverage)
    }

    pub fn score(&self) -> Option<u32> {
        self.score_bp().map(|bp| half_up(bp, 100))
    }

    pub fn range(&self) -> ScoreRange {
        let gap = FULL_WEIGHT - self.coverage;
        ScoreRange { low: half_up(self.sum, FULL_WEIGHT), high: half_up(self.sum + gap * 100, FULL_WEIGHT) }
    }

    /// The band of the low end, where there is evidence for it.
    pub fn risk(&self) -> Risk {
        let known = self.score().map(band);
        match band(self.range().low) {
            _ if self.coverage < MIN_COVERAGE && self.silent => Risk::High,
            _ if self.coverage < MIN_COVERAGE => Risk::Unknown,
            Risk::High if known != Some(Risk::High) => Risk::Unknown,
            low_end => low_end,
        }
    }
}

fn band(score: u32) -> Risk {
    match score {
        LOW_RISK_FROM.. => Risk::Low,
        MEDIUM_RISK_FROM.. => Risk::Medium,
        _ => Risk::High,
    }
}

fn half_up(dividend: u32, divisor: u32) -> u32 {
    (dividend + divisor / 2) / divisor
}
