//! Planners and what guards them. A run is a plan, executed at once, and its answer, told in events.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, RunId,
    planner::{PlannerResult, Task},
    run::RunEvent,
};

use crate::backend::Backend;

/// One run to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRequest {
    /// The run's id; every event carries it.
    pub run_id: RunId,
    /// The customer.
    pub customer_id: CustomerId,
    /// The customer's name, for sentences.
    pub customer_name: Line,
    /// The task.
    pub task: Task,
    /// The day (UTC) to count from; the server's today when absent.
    pub as_of: Option<NaiveDate>,
}

/// Plans the task, runs all of its calls at once, tells every step through `events`, and stores the finished run as
/// history. The last event is `Finished` or `Failed`. Dropping the future stops the calls.
#[allow(clippy::unimplemented, unused_variables)]
pub async fn run(request: RunRequest, backend: &Backend, events: impl FnMut(RunEvent)) -> PlannerResult {
    unimplemented!()
}
