//! A customer as the rules look at it.

use std::{collections::BTreeSet, ops::Deref};

use contracts::{
    SourceName,
    attention::{Grounds, Pressure},
    health::{Risk, Why},
};

use super::Seen;
use crate::{
    case::Case,
    health::{HealthInputs, Verdict, inputs_of, judge},
    thresholds::RENEWAL_IN_SIGHT_DAYS,
};

/// A customer with what several rules ask of it.
pub(super) struct Customer<'a> {
    pub(super) now: &'a Case,
    pub(super) before: Option<&'a Case>,
    /// Whether its usage tells something of it, and not only of a source whose customers fall together.
    pub(super) usage_counts: bool,
    /// What its score is made of.
    pub(super) inputs: HealthInputs,
    /// Its score and risk.
    pub(super) verdict: Verdict,
}

impl Deref for Customer<'_> {
    type Target = Case;

    fn deref(&self) -> &Case {
        self.now
    }
}

impl<'a> Customer<'a> {
    pub(super) fn of(seen: Seen<'a>, fallen: &BTreeSet<&SourceName>) -> Self {
        let Seen { now, before } = seen;
        let usage_counts = now.usage.known().is_none_or(|usage| !fallen.contains(&usage.source));
        let inputs = inputs_of(now);
        Self { now, before, usage_counts, verdict: judge(&inputs), inputs }
    }

    /// Its risk as far as its own data go: without usage that does not count.
    pub(super) fn risk(&self) -> Risk {
        match self.usage_counts {
            true => self.verdict.risk,
            false => judge(&HealthInputs { usage: Err(Why::Missing), ..self.inputs.clone() }).risk,
        }
    }

    /// What a likelihood rests on: the score at the worst, where there is evidence for it.
    pub(super) fn grounds(&self) -> Grounds {
        match self.verdict.risk {
            Risk::Unknown => Grounds::NoScore,
            Risk::High | Risk::Medium | Risk::Low => Grounds::Score(self.verdict.worst),
        }
    }

    /// How many days are left to the renewal, or before it to give notice; none where it is not in sight.
    pub(super) fn renewal_pressure(&self) -> Option<Pressure> {
        let days = self.inputs.renewal.as_ref().ok()?.days;
        let notice = self.now.contract.known().and_then(|contract| contract.main.notice_days).map(i64::from);
        let to_notice = notice.map(|notice| days - notice).filter(|left| (0..=RENEWAL_IN_SIGHT_DAYS).contains(left));
        match to_notice {
            Some(left) => Some(Pressure::Notice(left)),
            None => (days <= RENEWAL_IN_SIGHT_DAYS).then_some(Pressure::Renewal(days)),
        }
    }
}
