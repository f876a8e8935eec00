//! Who is left out of an answer, and how that is said.

use std::{cmp::Reverse, collections::BTreeMap};

use contracts::{
    query::{Filter, Gap, LeftOut},
    reading::FactId,
};

use super::{holds::missing, subject::Subject};
use crate::{facts::find, words::count};

/// Those left out so far.
#[derive(Debug, Default)]
pub struct LeavingOut {
    customers: u32,
    incomparable: u32,
    gaps: BTreeMap<FactId, u32>,
}

impl LeavingOut {
    /// Leaves somebody out of whom nobody can tell whether `filter` holds.
    pub fn add(&mut self, filter: &Filter, subject: &impl Subject) {
        let missing = missing(filter, subject);
        self.customers += 1;
        self.incomparable += u32::from(missing.is_empty());
        for fact in missing {
            *self.gaps.entry(fact.clone()).or_default() += 1;
        }
    }

    /// What they come to.
    pub fn finish(self) -> LeftOut {
        let Self { customers, incomparable, gaps } = self;
        let mut missing: Vec<_> = gaps.into_iter().map(|(fact, customers)| Gap { fact, customers }).collect();
        missing.sort_by_key(|gap| Reverse(gap.customers));
        LeftOut { customers, incomparable, missing }
    }
}

/// Who is left out and why, a sentence each.
pub fn said(left_out: &LeftOut) -> Vec<String> {
    let customers = |n: u32| count(n.into(), "customer");
    let missing = left_out.missing.iter().filter_map(|gap| {
        let noun = find(gap.fact.as_str())?.noun;
        Some(format!("Left out: {} without a known {noun}.", customers(gap.customers)))
    });
    let incomparable = (left_out.incomparable > 0).then(|| {
        let other = customers(left_out.incomparable);
        format!("Left out: {other} whose amounts are in another currency; none is converted.")
    });
    missing.chain(incomparable).collect()
}
