//! A run with the model, round by round, until it has answered or the rules must.

use chrono::NaiveDate;
use contracts::{Line, OwnerId, TaskId, planner::ModelUsage, run::RunEventKind, tools::ToolCall};
use domain::{statements::Told, tasks::Step};
use tokio::time::timeout;

use super::{
    NoAnswer,
    answer::ModelAnswer,
    conversation::{Conversation, Next, Terms},
    desk::Desk,
    prompt::{self, Wanted},
    read::points,
    reading::Growing,
    surroundings::Surroundings,
    tools::{More, Rights},
};
use crate::{
    agent::{
        RunRequest, executor,
        guardrails::{data, lines::Subject},
    },
    backend::{Backend, CallReport},
    chat::{Heard, Model, Patience, Preview, Ready},
    company::Company,
    config::LlmConfig,
    conversations::Conversation as Asked,
};

/// Why the log says that such a call was made.
const REASON: &str = "The model asked for it.";

/// What the model is asked about.
#[derive(Debug)]
pub(in crate::agent) struct Case<'a> {
    pub(in crate::agent) request: &'a RunRequest,
    /// The day (UTC) that the answer counts from.
    pub(in crate::agent) today: NaiveDate,
    /// What the calls came to: those of the plan, and then those that the model asked for.
    pub(in crate::agent) data: Vec<(ToolCall, CallReport)>,
    /// What else there is to be known of the customer.
    pub(in crate::agent) beside: &'a Surroundings,
    /// How many entries of the timeline the model has seen.
    pub(in crate::agent) seen: usize,
    /// Whether the model may read what the user wrote of the customer.
    pub(in crate::agent) shares_activity: bool,
    /// What the house says of itself.
    pub(in crate::agent) company: Option<&'a Company>,
}

/// What asking the model came to.
#[derive(Debug)]
pub(in crate::agent) struct Consulted {
    /// The answer, or why there is none.
    pub(in crate::agent) answer: Result<Box<ModelAnswer>, NoAnswer>,
    pub(in crate::agent) usage: Option<ModelUsage>,
    pub(in crate::agent) notes: Vec<Line>,
    /// Everything that the model answered, also what was repaired.
    pub(in crate::agent) written: Vec<ModelAnswer>,
    /// How many of its calls were refused.
    pub(in crate::agent) refused_calls: u32,
}

impl Case<'_> {
    /// What an answer is read with.
    pub(in crate::agent) fn desk(&self) -> Desk {
        let RunRequest { customer_id, customer_name, question, .. } = self.request;
        let subject =
            Subject { id: customer_id, name: customer_name, question: question.as_ref(), others: &self.beside.others };
        let told = self.data.iter().filter_map(|(call, report)| {
            let output = report.outcome.as_ref().ok()?;
            Some(Told { on: call.as_of().filter(|day| *day != self.today), output })
        });
        let Surroundings { statements, timeline, .. } = self.beside;
        let more = statements.iter().chain(timeline.iter().take(self.seen)).cloned();
        Desk::new(subject, &told.collect::<Vec<_>>(), self.today, self.shares_activity).with(more)
    }

    fn conversation(&self, llm: &LlmConfig) -> Conversation {
        let RunRequest { customer_id, customer_name, task, question, follows, .. } = self.request;
        let rights = Rights { customer: customer_id.clone(), today: self.today };
        let terms = Terms { model: llm.model.clone(), rights, limits: llm.limits };
        let earlier = follows.as_ref().map_or(&[][..], Asked::last);
        let (question, company) = (question.as_ref(), self.company);
        let wanted = Wanted { customer: customer_name, task, question, earlier, company, today: self.today };
        let wanted = prompt::user(wanted, &self.desk(), &self.data, self.beside);
        let taken = follows.as_ref().map_or((0, 0), |before| (before.input_tokens, before.output_tokens));
        Conversation::new(terms, wanted).after(taken)
    }

    /// Makes the calls that tell what the model asks for, all at once, as far as they were not made before.
    async fn find_out(&mut self, wanted: &[More], backend: &Backend, tell: &mut impl FnMut(RunEventKind)) {
        for more in wanted {
            if let More::Timeline(day) = more {
                self.seen = self.seen.max(self.beside.before(*day).1);
            }
        }
        let mut calls: Vec<ToolCall> = Vec::new();
        for call in wanted.iter().flat_map(|more| more.calls(self.today)) {
            if !calls.contains(&call) && self.data.iter().all(|(made, _)| *made != call) {
                calls.push(call);
            }
        }
        if calls.is_empty() {
            return;
        }
        tell(RunEventKind::Extended { tools: calls.iter().map(ToolCall::name).collect() });
        let steps: Vec<Step> = calls.iter().map(|&call| further(call)).collect();
        let customer = &self.request.customer_id;
        let told = |kind, _: &executor::Reports| tell(kind);
        let reports = executor::execute(&steps, customer, backend, self.data.len(), data::cleaned, told).await;
        self.data.extend(calls.into_iter().zip(reports.into_iter().flatten()));
    }
}

/// The model, where it may do a task for this owner now.
///
/// # Errors
/// Why not.
pub(in crate::agent) async fn ready<'a>(
    model: &'a Model,
    task: &TaskId,
    owner: OwnerId,
    today: NaiveDate,
) -> Result<Ready<'a>, NoAnswer> {
    allows(model.config(), task)?;
    Ok(model.ready(owner, today).await?)
}

/// The request that would be sent first, once the plan's calls came to what is in `case`.
///
/// # Errors
/// The model is not allowed for the task.
pub(in crate::agent) fn preview(model: &Model, case: &Case<'_>) -> Result<Preview, NoAnswer> {
    allows(model.config(), &case.request.task.id)?;
    Ok(model.preview(case.conversation(model.config()).request()))
}

fn allows(llm: &LlmConfig, task: &TaskId) -> Result<(), NoAnswer> {
    let refused = || NoAnswer::NotAllowed { model: llm.model.clone(), task: task.clone() };
    llm.allows(task).then_some(()).ok_or_else(refused)
}

/// Asks the model. What it calls for is made, told, and added to the data of `case`.
pub(in crate::agent) async fn consult(
    model: &Ready<'_>,
    case: &mut Case<'_>,
    backend: &Backend,
    mut tell: impl FnMut(RunEventKind),
) -> Consulted {
    let limits = model.config().limits;
    let patience = Patience::new(limits.call, limits.run);
    let mut conversation = case.conversation(model.config());
    let mut notes = Vec::new();
    let rounds = async {
        let _slot = model.slot().await;
        let mut next = conversation.begin();
        loop {
            next = match next {
                Next::Ask => {
                    let desk = case.desk();
                    let (turn, mut writing) = (conversation.rounds(), Writing::new(&desk));
                    let request = conversation.request();
                    let asked = model.ask(&request, patience, |heard| writing.hear(turn, heard, &mut tell)).await;
                    asked.taken.iter().for_each(|taken| conversation.count(*taken));
                    notes.extend(asked.news);
                    conversation.take(asked.turn?, &desk)
                }
                Next::Call(wanted) => {
                    case.find_out(&wanted, backend, &mut tell).await;
                    let desk = case.desk();
                    let told = |more| prompt::told(more, &desk, &case.data, case.beside);
                    conversation.answered(wanted.iter().map(|more| (more.clone(), told(more))).collect())
                }
                Next::Answer(answer) => return Ok(answer),
                Next::GiveUp(why) => return Err(why),
            }
        }
    };
    let answer = timeout(limits.run, rounds).await.unwrap_or_else(|_| Err(patience.over().into()));
    // Where the repair came to nothing, what is left of the answer before it stands.
    let answer = answer.or_else(|why| conversation.left().ok_or(why));
    notes.extend(conversation.notes());
    let usage = conversation.usage();
    let (written, refused_calls) = conversation.written();
    Consulted { answer, usage, notes, written, refused_calls }
}

/// A step that the model adds to the plan.
pub(in crate::agent) fn further(call: ToolCall) -> Step {
    Step { call, reason: Line::new(REASON) }
}

/// Tells what is heard of a turn: its points as they become whole, as far as they stand at the desk.
struct Writing<'a> {
    desk: &'a Desk,
    growing: Growing,
    told: usize,
}

impl<'a> Writing<'a> {
    fn new(desk: &'a Desk) -> Self {
        Self { desk, growing: Growing::default(), told: 0 }
    }

    fn hear(&mut self, turn: usize, heard: Heard<'_>, tell: &mut impl FnMut(RunEventKind)) {
        match heard {
            Heard::Started => {
                *self = Self::new(self.desk);
                tell(RunEventKind::ModelStarted { turn });
            }
            Heard::Grew(grown) => {
                let whole = self.growing.read(&grown.content).filter(|whole| whole.len() > self.told);
                let Some(whole) = whole else { return };
                self.told = whole.len();
                let blocks = points(&whole, self.desk);
                if !blocks.is_empty() {
                    tell(RunEventKind::Writing { blocks });
                }
            }
            Heard::Ended(took, failure) => tell(RunEventKind::ModelFinished { turn, took, failure }),
        }
    }
}
