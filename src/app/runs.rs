use std::{collections::HashMap, time::Duration};

use contracts::{
    CustomerId, RunId,
    planner::{PlannerResult, Task},
    run::{CallTiming, Failure, RunEventKind, ToolOutcome},
    tools::ToolName,
};

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunStatus {
    /// Its calls are under way.
    Running,
    /// It has answered, whole or in part.
    Finished,
    /// There is no answer.
    Failed(Failure),
    /// The user stopped it.
    Cancelled,
}

/// How far one call of a run is; times are milliseconds from the run's start.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CallState {
    Waiting,
    Running { from_ms: f64 },
    Ended { from_ms: f64, to_ms: f64, outcome: ToolOutcome, timing: CallTiming },
}

/// One call of a run.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Call {
    pub tool: ToolName,
    pub state: CallState,
}

/// What a run has answered so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The answer.
    pub result: Box<PlannerResult>,
    /// Whether it is of the run before, kept until this one has something to say.
    pub is_from_before: bool,
}

/// One run of one task for one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its id; events of any other are not for it.
    pub id: RunId,
    /// When it was started, since the program's start.
    pub started: Duration,
    /// How far it is.
    pub status: RunStatus,
    /// Its calls, in plan order; empty until the plan stands.
    pub calls: Vec<Call>,
    /// What it has answered so far.
    pub answer: Option<Answer>,
    /// From its start to its last event, in milliseconds.
    pub last_ms: f64,
    /// Goes up with every event, so that drawn text knows when it is out of date.
    pub revision: u32,
    /// Whether the user has had its end on the screen.
    pub seen: bool,
}

impl Run {
    /// Whether its calls are under way.
    pub fn is_running(&self) -> bool {
        self.status == RunStatus::Running
    }

    fn apply(&mut self, at_ms: f64, event: RunEventKind) {
        self.revision += 1;
        self.last_ms = at_ms;
        match event {
            RunEventKind::Planned { tools, .. } => {
                self.calls = tools.into_iter().map(|tool| Call { tool, state: CallState::Waiting }).collect();
            }
            RunEventKind::ToolStarted { index } => {
                if let Some(call) = self.calls.get_mut(index) {
                    call.state = CallState::Running { from_ms: at_ms };
                }
            }
            RunEventKind::ToolFinished { index, outcome, timing } => {
                if let Some(call) = self.calls.get_mut(index) {
                    let from_ms = match call.state {
                        CallState::Running { from_ms } | CallState::Ended { from_ms, .. } => from_ms,
                        CallState::Waiting => at_ms,
                    };
                    call.state = CallState::Ended { from_ms, to_ms: at_ms, outcome, timing };
                }
            }
            RunEventKind::Extended { tools } => {
                self.calls.extend(tools.into_iter().map(|tool| Call { tool, state: CallState::Waiting }));
            }
            RunEventKind::ModelStarted { .. } | RunEventKind::ModelFinished { .. } => {}
            RunEventKind::Writing { summary } => {
                if let Some(answer) = &mut self.answer {
                    answer.result.summary = Some(summary);
                }
            }
            RunEventKind::Patch { result } => self.answer = Some(Answer { result, is_from_before: false }),
            RunEventKind::Finished { result } => {
                self.answer = Some(Answer { result, is_from_before: false });
                self.status = RunStatus::Finished;
            }
            RunEventKind::Failed { failure, .. } => {
                self.answer = self.answer.take().filter(|answer| answer.is_from_before);
                self.status = RunStatus::Failed(failure);
            }
        }
    }
}

/// The newest run of every customer and task, and where each run id belongs.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    by_place: HashMap<CustomerId, HashMap<Task, Run>>,
    in_flight: HashMap<RunId, (CustomerId, Task)>,
}

impl Runs {
    /// The newest run of the task for the customer.
    pub fn get(&self, customer: &CustomerId, task: Task) -> Option<&Run> {
        self.by_place.get(customer)?.get(&task)
    }

    /// The newest runs for the customer, one a task.
    pub fn of(&self, customer: &CustomerId) -> impl Iterator<Item = (Task, &Run)> {
        self.by_place.get(customer).into_iter().flatten().map(|(task, run)| (*task, run))
    }

    /// How many are under way.
    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// The ids of those.
    pub fn ids_in_flight(&self) -> impl Iterator<Item = &RunId> {
        self.in_flight.keys()
    }

    /// Puts a new run in the place of the old one, whose answer is kept until the new one has its own.
    pub fn start(&mut self, id: RunId, customer: &CustomerId, task: Task, now: Duration) {
        let place = self.by_place.entry(customer.clone()).or_default();
        let old = place.remove(&task);
        if let Some(old) = &old {
            self.in_flight.remove(&old.id);
        }
        let answer = old.and_then(|old| old.answer).map(|answer| Answer { is_from_before: true, ..answer });
        let run = Run {
            id: id.clone(),
            started: now,
            status: RunStatus::Running,
            calls: Vec::new(),
            answer,
            last_ms: 0.0,
            revision: 0,
            seen: false,
        };
        place.insert(task, run);
        self.in_flight.insert(id, (customer.clone(), task));
    }

    /// Applies an event to its run. An event of a run that is not under way (any more) is dropped.
    pub fn apply(&mut self, id: &RunId, at_ms: f64, event: RunEventKind) {
        let Some(run) = self.running(id) else { return };
        run.apply(at_ms, event);
        if !run.is_running() {
            self.in_flight.remove(id);
        }
    }

    /// Ends a run that will send no event any more.
    pub fn fail(&mut self, id: &RunId, failure: Failure) {
        let Some(run) = self.running(id) else { return };
        run.status = RunStatus::Failed(failure);
        run.revision += 1;
        self.in_flight.remove(id);
    }

    /// Ends the customer's run of the task, if it is under way, and answers with its id.
    pub fn cancel(&mut self, customer: &CustomerId, task: Task) -> Option<RunId> {
        let run = self.by_place.get_mut(customer)?.get_mut(&task).filter(|run| run.is_running())?;
        run.status = RunStatus::Cancelled;
        run.revision += 1;
        self.in_flight.remove(&run.id);
        Some(run.id.clone())
    }

    /// Notes that the user has seen the end of a run.
    pub fn mark_seen(&mut self, customer: &CustomerId, task: Task) {
        if let Some(run) = self.by_place.get_mut(customer).and_then(|runs| runs.get_mut(&task)) {
            run.seen |= !run.is_running();
        }
    }

    fn running(&mut self, id: &RunId) -> Option<&mut Run> {
        let (customer, task) = self.in_flight.get(id)?;
        self.by_place.get_mut(customer)?.get_mut(task)
    }
}
