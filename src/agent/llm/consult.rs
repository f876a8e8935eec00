//! A run with the model, round by round, until it has answered or the rules must.

use std::time::Instant;

use async_openai::types::chat::CreateChatCompletionRequest;
use chrono::NaiveDate;
use contracts::{Line, planner::ModelUsage, run::RunEventKind, tools::ToolCall};
use domain::{statements::Told, tasks::Step};
use tokio::time::timeout;

use super::{
    NoAnswer, Ready,
    answer::ModelAnswer,
    asking::{self, Patience},
    budget::Share,
    conversation::{Conversation, Next, estimated_input},
    desk::Desk,
    dialect::Dialect,
    prompt,
    refusal::{Cause, Refusal},
};
use crate::{
    agent::{
        RunRequest, executor,
        guardrails::{data, lines::Subject},
    },
    backend::{Backend, CallReport},
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
    /// The names of the other customers of the book.
    pub(in crate::agent) others: &'a [Line],
    /// Whether the model may read what the user wrote of the customer.
    pub(in crate::agent) shares_activity: bool,
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
            Subject { id: customer_id, name: customer_name, question: question.as_ref(), others: self.others };
        let told = self.data.iter().filter_map(|(call, report)| {
            let output = report.outcome.as_ref().ok()?;
            Some(Told { on: call.as_of().filter(|day| *day != self.today), output })
        });
        Desk::new(subject, &told.collect::<Vec<_>>(), self.today, self.shares_activity)
    }
}

impl Ready<'_> {
    /// Asks the model. What it calls for is made, told, and added to the data of `case`.
    pub(in crate::agent) async fn consult(
        &self,
        case: &mut Case<'_>,
        backend: &Backend,
        mut tell: impl FnMut(RunEventKind),
    ) -> Consulted {
        let limit = self.model.config.limits.run;
        let end = Instant::now() + limit;
        let mut conversation = self.model.conversation(case);
        let mut notes = Vec::new();
        let rounds = async {
            let _slot = self.model.slots.acquire().await;
            let mut next = conversation.begin();
            loop {
                next = match next {
                    Next::Ask => self.ask(&mut conversation, case, end, &mut notes, &mut tell).await?,
                    Next::Call(calls) => {
                        let before = case.data.len();
                        let reports = call(&calls, case, backend, &mut tell).await;
                        case.data.extend(reports);
                        let desk = case.desk();
                        let told = case.data[before..].iter();
                        let told = told.map(|(call, report)| (*call, prompt::told(call, report, &desk)));
                        conversation.answered(told.collect())
                    }
                    Next::Answer(answer) => return Ok(answer),
                    Next::GiveUp(why) => return Err(why),
                }
            }
        };
        let answer = timeout(limit, rounds).await.unwrap_or_else(|_| Err(Refusal::from(Cause::Endless(limit)).into()));
        // Where the repair came to nothing, what is left of the answer before it stands.
        let answer = answer.or_else(|why| conversation.left().ok_or(why));
        notes.extend(conversation.notes());
        let usage = conversation.usage();
        let (written, refused_calls) = conversation.written();
        Consulted { answer, usage, notes, written, refused_calls }
    }

    async fn ask(
        &self,
        conversation: &mut Conversation,
        case: &Case<'_>,
        end: Instant,
        notes: &mut Vec<Line>,
        tell: &mut impl FnMut(RunEventKind),
    ) -> Result<Next, NoAnswer> {
        let desk = case.desk();
        let remembered = self.model.remembered.of(&self.model.config);
        let mut dialect = remembered.clone();
        let limits = self.model.config.limits;
        let patience = Patience { call: limits.call, run: limits.run, end };
        let mut first_refusal = None;
        let turn = loop {
            let mut whole = conversation.request();
            let share = self.set_aside(&mut whole)?;
            let request = dialect.lower(whole.clone());
            let place = conversation.rounds();
            let (turn, outcome) = asking::ask(self.api, &request, place, patience, &desk, tell).await;
            let has_begun = outcome.is_ok() || turn.has_begun();
            let taken = if has_begun { conversation.count(&request, &turn) } else { 0 };
            // A count that cannot be kept must not cost the user an answer that is already paid for.
            if let Err(error) = share.settle(taken) {
                tracing::warn!(%error, "the count of tokens could not be kept");
            }
            match outcome {
                Ok(()) => break turn,
                Err(refusal) => match refusal.simpler(&dialect, &whole) {
                    Some(simpler) => {
                        dialect = simpler;
                        first_refusal.get_or_insert(refusal);
                    }
                    // What was wrong with the request in the first place says more.
                    None => return Err(first_refusal.unwrap_or(refusal).into()),
                },
            }
        };
        notes.extend(self.learn(&dialect, &remembered));
        Ok(conversation.take(turn, &desk))
    }

    /// Remembers how the server is asked, where that is news; what to tell the reader of it.
    fn learn(&self, dialect: &Dialect, before: &Dialect) -> Option<Line> {
        let news = dialect.news(before)?;
        // The next run finds it out again.
        if let Err(error) = self.model.remembered.keep(&self.model.config, dialect, self.today) {
            tracing::warn!(%error, "what the model's server does not take could not be kept");
        }
        Some(Line::new(&news))
    }

    /// Sets aside what a request may take today, and lets the model write no more than that.
    fn set_aside(&self, request: &mut CreateChatCompletionRequest) -> Result<Share<'_>, NoAnswer> {
        let read = estimated_input(request);
        let written = u64::from(request.max_completion_tokens.unwrap_or_default());
        let share = self.model.budget.set_aside(&self.owner, self.today, read, written);
        let share = share.map_err(|_| NoAnswer::CountUnkept)?;
        let share = share.ok_or(NoAnswer::BudgetUsedUp { daily: self.model.budget.daily() })?;
        request.max_completion_tokens = u32::try_from(share.tokens() - read).ok();
        Ok(share)
    }
}

/// Makes the calls at once.
async fn call(
    calls: &[ToolCall],
    case: &Case<'_>,
    backend: &Backend,
    tell: &mut impl FnMut(RunEventKind),
) -> Vec<(ToolCall, CallReport)> {
    let before = case.data.len();
    tell(RunEventKind::Extended { tools: calls.iter().map(ToolCall::name).collect() });
    let steps: Vec<Step> = calls.iter().map(|&call| further(call)).collect();
    let reports =
        executor::execute(&steps, &case.request.customer_id, backend, before, data::cleaned, |kind, _| tell(kind))
            .await;
    calls.iter().copied().zip(reports.into_iter().flatten()).collect()
}

/// A step that the model adds to the plan.
pub(in crate::agent) fn further(call: ToolCall) -> Step {
    Step { call, reason: Line::new(REASON) }
}
