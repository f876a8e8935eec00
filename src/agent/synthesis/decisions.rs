//! The decision log: why each tool was called.

use contracts::{Line, planner::Decision};

use crate::agent::tasks::Step;

pub(super) fn decisions(plan: &[Step]) -> Vec<Decision> {
    let decision =
        |(step, planned): (u32, &Step)| Decision { step, tool: planned.call.name(), reason: Line::new(planned.reason) };
    (1..).zip(plan).map(decision).collect()
}
