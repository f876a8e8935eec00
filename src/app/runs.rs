use std::{collections::HashMap, time::Duration};

use contracts::{
    CustomerId, Line, RunId, TaskId, block::Block, failure::Failure, planner::PlannerResult, run::RunEventKind,
    tools::ToolName,
};

use domain::question::customer;

use crate::conversations::Conversation;

use super::{Call, CallState, Row, Topic, Turn, TurnState};

/// What a run is to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The task; of a question, the one that comes nearest.
    pub task: TaskId,
    /// The question; none where a key asked for the task.
    pub question: Option<Question>,
}

/// A question about a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The user's own words.
    pub text: Line,
    /// What they were read as.
    pub asked: customer::Asked,
    /// The conversation that they go on with.
    pub follows: Option<Conversation>,
}

impl Asked {
    /// What the answer is kept under.
    pub fn topic(&self) -> Topic {
        if self.question.is_some() { Topic::Ask } else { Topic::Task(self.task.clone()) }
    }
}

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

/// What a run has answered so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The answer.
    pub result: Box<PlannerResult>,
    /// Whether it is of the run before, kept until this one has something to say.
    pub is_from_before: bool,
    /// Whether the user edited its email, and nothing of that has left the program.
    pub is_edited: bool,
}

/// One run for one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its id; events of any other are not for it.
    pub id: RunId,
    /// What it is to answer.
    pub asked: Asked,
    /// When it was started, since the program's start.
    pub started: Duration,
    /// How far it is.
    pub status: RunStatus,
    /// Its calls and the model's turns, in the order they came; empty until the plan stands.
    pub rows: Vec<Row>,
    /// What it has answered so far.
    pub answer: Option<Answer>,
    /// The points as far as the model has written them, until they are in the answer.
    pub writing: Option<Vec<Block>>,
    /// From its start to its last event, in milliseconds.
    pub last_ms: f64,
    /// Goes up with every event, so that drawn text knows when it is out of date.
    pub revision: u32,
    /// Whether the user has had its end on the screen.
    pub seen: bool,
}

impl Run {
    /// Whether it is under way.
    pub fn is_running(&self) -> bool {
        self.status == RunStatus::Running
    }

    /// The calls among its rows.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.rows.iter().filter_map(|row| match row {
            Row::Tool(call) => Some(call),
            Row::Turn(_) => None,
        })
    }

    /// How long it has been under way at `now` (since the program's start), in milliseconds.
    pub fn elapsed_ms(&self, now: Duration) -> f64 {
        now.saturating_sub(self.started).as_secs_f64() * 1000.0
    }

    /// Whether the model has the word.
    pub fn is_model_at_work(&self) -> bool {
        let is_at_work = |row: &Row| matches!(row, Row::Turn(Turn { state: TurnState::Running { .. }, .. }));
        self.is_running() && self.rows.iter().any(is_at_work)
    }

    fn call_mut(&mut self, index: usize) -> Option<&mut Call> {
        let calls = self.rows.iter_mut().filter_map(|row| match row {
            Row::Tool(call) => Some(call),
            Row::Turn(_) => None,
        });
        calls.into_iter().nth(index)
    }

    fn turn_mut(&mut self, number: usize) -> Option<&mut Turn> {
        self.rows.iter_mut().find_map(|row| match row {
            Row::Turn(turn) if turn.number == number => Some(turn),
            Row::Turn(_) | Row::Tool(_) => None,
        })
    }

    fn plan(&mut self, tools: Vec<ToolName>) {
        self.rows.extend(tools.into_iter().map(|tool| Row::Tool(Call { tool, state: CallState::Waiting })));
    }

    fn apply(&mut self, at_ms: f64, event: RunEventKind) {
        self.revision += 1;
        self.last_ms = at_ms;
        match event {
            RunEventKind::Planned { tools, .. } => {
                self.rows.clear();
                self.plan(tools);
            }
            RunEventKind::Extended { tools } => self.plan(tools),
            RunEventKind::ToolStarted { index } => {
                if let Some(call) = self.call_mut(index) {
                    call.state = CallState::Running { from_ms: at_ms };
                }
            }
            RunEventKind::ToolFinished { index, outcome, timing } => {
                if let Some(call) = self.call_mut(index) {
                    let from_ms = match call.state {
                        CallState::Running { from_ms }
                        | CallState::Ended { from_ms, .. }
                        | CallState::Stopped { from_ms, .. } => from_ms,
                        CallState::Waiting => at_ms,
                    };
                    call.state = CallState::Ended { from_ms, to_ms: at_ms, outcome, timing };
                }
            }
            RunEventKind::ModelStarted { turn } => {
                // What an earlier turn wrote was not the answer.
                self.writing = None;
                self.rows.push(Row::Turn(Turn { number: turn, state: TurnState::Running { from_ms: at_ms } }));
            }
            RunEventKind::ModelFinished { turn, took, failure } => {
                if let Some(turn) = self.turn_mut(turn) {
                    let (TurnState::Running { from_ms }
                    | TurnState::Ended { from_ms, .. }
                    | TurnState::Stopped { from_ms, .. }) = turn.state;
                    turn.state = TurnState::Ended { from_ms, to_ms: at_ms, took, failure };
                }
            }
            RunEventKind::Writing { blocks } => self.writing = Some(blocks),
            RunEventKind::Patch { result } => {
                self.answer = Some(Answer { result, is_from_before: false, is_edited: false });
                self.writing = None;
            }
            RunEventKind::Finished { result } => {
                self.answer = Some(Answer { result, is_from_before: false, is_edited: false });
                self.end(RunStatus::Finished, at_ms);
            }
            RunEventKind::Failed { failure, .. } => {
                self.answer = self.answer.take().filter(|answer| answer.is_from_before);
                self.end(RunStatus::Failed(failure), at_ms);
            }
        }
    }

    fn end(&mut self, status: RunStatus, at_ms: f64) {
        self.status = status;
        self.writing = None;
        self.last_ms = self.last_ms.max(at_ms);
        self.rows.iter_mut().for_each(|row| row.stop(at_ms));
        self.revision += 1;
    }
}

/// The newest run of every customer and topic, and where each run id belongs.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    by_place: HashMap<CustomerId, HashMap<Topic, Run>>,
    in_flight: HashMap<RunId, (CustomerId, Topic)>,
}

impl Runs {
    /// The newest run of the topic for the customer.
    pub fn get(&self, customer: &CustomerId, topic: &Topic) -> Option<&Run> {
        self.by_place.get(customer)?.get(topic)
    }

    /// The same, to change what it has answered.
    pub(super) fn get_mut(&mut self, customer: &CustomerId, topic: &Topic) -> Option<&mut Run> {
        self.by_place.get_mut(customer)?.get_mut(topic)
    }

    /// The newest runs for the customer, one a topic.
    pub fn of(&self, customer: &CustomerId) -> impl Iterator<Item = &Run> {
        self.by_place.get(customer).into_iter().flat_map(HashMap::values)
    }

    /// How many are under way.
    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// The ids of those.
    pub fn ids_in_flight(&self) -> impl Iterator<Item = &RunId> {
        self.in_flight.keys()
    }

    /// Whose and what a run under way is.
    pub fn place(&self, id: &RunId) -> Option<(CustomerId, Topic)> {
        self.in_flight.get(id).cloned()
    }

    /// Puts a new run in the place of the old one, whose answer is kept until the new one has its own.
    pub fn start(&mut self, id: RunId, customer: &CustomerId, asked: Asked, now: Duration) {
        let topic = asked.topic();
        let place = self.by_place.entry(customer.clone()).or_default();
        let old = place.remove(&topic);
        if let Some(old) = &old {
            self.in_flight.remove(&old.id);
        }
        // The answer to another question would only mislead.
        let old = old.filter(|old| old.asked == asked);
        let answer = old.and_then(|old| old.answer).map(|answer| Answer { is_from_before: true, ..answer });
        let run = Run {
            id: id.clone(),
            asked,
            started: now,
            status: RunStatus::Running,
            rows: Vec::new(),
            answer,
            writing: None,
            last_ms: 0.0,
            revision: 0,
            seen: false,
        };
        place.insert(topic.clone(), run);
        self.in_flight.insert(id, (customer.clone(), topic));
    }

    /// Puts a run back that was there before. It must not be under way.
    pub(super) fn put_back(&mut self, customer: &CustomerId, mut run: Run) {
        let place = self.by_place.entry(customer.clone()).or_default();
        let topic = run.asked.topic();
        run.revision += 1 + place.get(&topic).map_or(0, |other| other.revision);
        place.insert(topic, run);
    }

    /// How many answers have an email that the user edited and nobody else has.
    pub fn edited(&self) -> usize {
        let runs = self.by_place.values().flat_map(HashMap::values);
        runs.filter(|run| run.answer.as_ref().is_some_and(|answer| answer.is_edited)).count()
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
    pub fn fail(&mut self, id: &RunId, failure: Failure, now: Duration) {
        let Some(run) = self.running(id) else { return };
        run.end(RunStatus::Failed(failure), run.elapsed_ms(now));
        self.in_flight.remove(id);
    }

    /// Ends the customer's run of the topic, if it is under way, and answers with its id.
    pub fn cancel(&mut self, customer: &CustomerId, topic: &Topic, now: Duration) -> Option<RunId> {
        let run = self.by_place.get_mut(customer)?.get_mut(topic).filter(|run| run.is_running())?;
        run.end(RunStatus::Cancelled, run.elapsed_ms(now));
        self.in_flight.remove(&run.id);
        Some(run.id.clone())
    }

    /// Ends all that are under way, and answers with their ids.
    pub fn cancel_all(&mut self, now: Duration) -> Vec<RunId> {
        let places: Vec<_> = self.in_flight.values().cloned().collect();
        places.into_iter().filter_map(|(customer, topic)| self.cancel(&customer, &topic, now)).collect()
    }

    /// Notes that the user has seen the end of a run.
    pub fn mark_seen(&mut self, customer: &CustomerId, topic: &Topic) {
        if let Some(run) = self.by_place.get_mut(customer).and_then(|runs| runs.get_mut(topic)) {
            run.seen |= !run.is_running();
        }
    }

    fn running(&mut self, id: &RunId) -> Option<&mut Run> {
        let (customer, topic) = self.in_flight.get(id)?;
        self.by_place.get_mut(customer)?.get_mut(topic)
    }
}
