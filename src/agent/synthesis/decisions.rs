//! The decision log: why each tool was called.

use contracts::planner::Decision;
use domain::tasks::Step;

pub(super) fn decisions(plan: &[Step]) -> Vec<Decision> {
    let decision =
        |(step, planned): (u32, &Step)| Decision { step, tool: planned.call.name(), reason: planned.reason.clone() };
    (1..).zip(plan).map(decision).collect()
}
