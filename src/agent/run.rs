//! A run from its plan to its stored answer.

use std::{convert::identity, time::Instant};

use chrono::NaiveDate;
use contracts::{
    ErrorCode, Line,
    failure::{Failure, Stage},
    history::NewMessage,
    planner::{Completeness, PlanSource, PlannerResult, TimingInfo},
    reading::Value,
    run::{RunEvent, RunEventKind, ToolOutcome},
    tools::{Edition, QbrParams, ToolCall, ToolName, ToolOutput},
};
use domain::{question::customer::Wanted, tasks::Step};
use futures::future::OptionFuture;

use super::{
    Agent, Answered, Review, RunRequest, Speech, Written, executor,
    guardrails::data,
    llm::{
        self, Case, Consulted, NoAnswer,
        accept::accept,
        consult, further,
        surroundings::{ENTRIES, Surroundings},
    },
    synthesis,
};
use crate::{
    backend::{Backend, CallReport},
    chat::{self, Model, Preview, Ready},
    config::Planner,
};

/// Who answers.
enum Chosen<'a> {
    Rules { hint: Option<Line> },
    Model(Ready<'a>),
}

/// How far a run has come.
struct Progress<'a> {
    request: &'a RunRequest,
    backend: &'a Backend,
    speech: Option<&'a Speech>,
    started: Instant,
    planning_ms: f64,
    tool_execution_ms: Option<f64>,
}

impl Progress<'_> {
    fn elapsed(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }

    /// The rules' answer out of what there is.
    fn answer(&self, plan: &[Step], reports: &[Option<CallReport>]) -> PlannerResult {
        let (planning_ms, total_ms) = (self.planning_ms, self.elapsed());
        let tool_execution_ms = self.tool_execution_ms.unwrap_or(total_ms - planning_ms);
        let today = self.request.as_of.unwrap_or_else(|| self.backend.today());
        let timing = TimingInfo { planning_ms, tool_execution_ms, total_ms };
        let result = synthesis::synthesise(self.request, today, plan, reports, timing);
        let result = match self.speech {
            Some(speech) => speech.say(result, &self.request.customer_name),
            None => result,
        };
        match self.request.review.edition {
            Edition::Internal => result,
            Edition::Customer => synthesis::for_the_customer(result),
        }
    }

    /// The model's answer on the rules' own, or theirs and why.
    fn conclude(&self, mut plan: Vec<Step>, case: &Case<'_>, consulted: Consulted) -> PlannerResult {
        plan.extend(case.data[plan.len()..].iter().map(|(call, _)| further(*call)));
        let reports: executor::Reports = case.data.iter().map(|(_, report)| Some(report.clone())).collect();
        let rules = self.answer(&plan, &reports);
        let mut result = match consulted.answer {
            Ok(answer) => accept(&answer, rules, &case.desk()),
            Err(why) => PlannerResult { plan_hint: Some(hint(&why)), ..rules },
        };
        result.usage = consulted.usage;
        result.notes.extend(consulted.notes);
        result
    }
}

impl Agent {
    /// Plans the task, runs all of its calls at once, lets the model answer where it is to, tells every step through
    /// `events`, and stores the finished run as history, where the agent keeps one. The last event is `Finished` or
    /// `Failed`. Dropping the future stops the calls, the model's too.
    pub async fn run(&self, request: RunRequest, mut events: impl FnMut(RunEvent)) -> Answered {
        let request = redacted(request);
        let started = Instant::now();
        let mut tell = |kind| {
            let at_ms = started.elapsed().as_secs_f64() * 1000.0;
            events(RunEvent { run_id: request.run_id.clone(), at_ms, kind });
        };
        if request.task.query().is_some() {
            return self.run_over_the_book(&request, tell).await;
        }
        let chosen = self.choose(&request).await;
        let plan = match chosen {
            Chosen::Rules { .. } if !request.wanted.is_empty() => answering(&request.wanted, request.as_of),
            Chosen::Rules { .. } => reviewing(request.task.plan(request.as_of), &request, self.backend.today()),
            Chosen::Model(_) => reviewing(request.task.plan_with_reads(request.as_of), &request, self.backend.today()),
        };
        tell(RunEventKind::Planned {
            customer_id: request.customer_id.clone(),
            task: request.task.id.clone(),
            plan_source: if matches!(chosen, Chosen::Model(_)) { PlanSource::Llm } else { PlanSource::Deterministic },
            tools: plan.iter().map(|step| step.call.name()).collect(),
        });
        let backend = &self.backend;
        let planning_ms = started.elapsed().as_secs_f64() * 1000.0;
        let speech = self.speech.as_deref();
        let mut progress =
            Progress { request: &request, backend, speech, started, planning_ms, tool_execution_ms: None };
        // What a model reads, and an answer that is made with it, has no links and addresses of the data in it.
        let read = if matches!(chosen, Chosen::Model(_)) { data::cleaned } else { identity };
        let calls = executor::execute(&plan, &request.customer_id, backend, 0, read, |kind, reports| {
            let news = matches!(kind, RunEventKind::ToolFinished { outcome: ToolOutcome::Answered, .. });
            tell(kind);
            if news && reports.iter().any(Option::is_none) {
                tell(RunEventKind::Patch { result: Box::new(progress.answer(&plan, reports)) });
            }
        });
        let calls = async { (calls.await, started.elapsed().as_secs_f64() * 1000.0) };
        let beside = self.model.as_ref().filter(|_| matches!(chosen, Chosen::Model(_)));
        let beside = OptionFuture::from(beside.map(|model| surroundings(backend, &request, model)));
        let ((mut reports, called_ms), beside) = futures::join!(calls, beside);
        progress.tool_execution_ms = Some(called_ms - planning_ms);
        let request = RunRequest { worth: self.worth(&request, &reports).await, ..request.clone() };
        progress.request = &request;

        let mut result = progress.answer(&plan, &reports);
        if has_failed(&request, &result) {
            let failure = total_failure(&result, &request.customer_name);
            tell(RunEventKind::Failed { failure, result: Box::new(result.clone()) });
            return Answered { result, outputs: Vec::new(), written: None };
        }
        let mut written = None;
        match (chosen, beside) {
            (Chosen::Rules { hint }, _) => result.plan_hint = hint,
            (Chosen::Model(_), None | Some(Err(_))) => result.plan_hint = Some(hint(&NoAnswer::NoBook)),
            (Chosen::Model(model), Some(Ok(beside))) => {
                tell(RunEventKind::Patch { result: Box::new(result.clone()) });
                let shares_activity = self.model.as_ref().is_some_and(shares_activity);
                let company = self.company.as_deref();
                let mut case = Case { company, ..case(&request, &result, &plan, &reports, &beside, shares_activity) };
                let mut consulted = consult(&model, &mut case, backend, &mut tell).await;
                let (answers, refused_calls) = (std::mem::take(&mut consulted.written), consulted.refused_calls);
                written = Some(Written { answers, refused_calls, desk: case.desk() });
                result = progress.conclude(plan, &case, consulted);
                reports = case.data.into_iter().map(|(_, report)| Some(report)).collect();
            }
        }
        if result.plan_source == PlanSource::Deterministic {
            result.notes.extend(synthesis::unknown(&request.unknown, &request.task.title));
        }
        tell(RunEventKind::Finished { result: Box::new(result.clone()) });
        self.keep_run(&request, &mut result).await;
        let outputs = reports.into_iter().flatten().filter_map(|report| report.outcome.ok()).collect();
        Answered { result, outputs, written }
    }

    /// What the customer pays beside the median of the book. Where the book does not say, actions are made without it.
    async fn worth(&self, request: &RunRequest, reports: &executor::Reports) -> Option<u64> {
        let (report, revision) = reports.iter().flatten().find_map(|report| match &report.outcome {
            Ok(ToolOutput::Contract(contract)) => Some((contract, report.revision?)),
            _ => None,
        })?;
        let arr = report.facts.iter().find(|reading| reading.fact.as_str() == "contract.arr")?;
        let Some(Value::Money(amounts)) = arr.knowledge.known() else { return None };
        let as_of = request.as_of.unwrap_or_else(|| self.backend.today());
        self.medians.worth(&self.backend, (as_of, revision), amounts).await.ok().flatten()
    }

    /// A task over the book has no calls of its own: for one customer it is the page of that customer alone.
    async fn run_over_the_book(&self, request: &RunRequest, mut tell: impl FnMut(RunEventKind)) -> Answered {
        tell(RunEventKind::Planned {
            customer_id: request.customer_id.clone(),
            task: request.task.id.clone(),
            plan_source: PlanSource::Deterministic,
            tools: Vec::new(),
        });
        let (mut result, failure) = match self.page_of_one(request).await {
            Ok(result) => (result, None),
            Err(failure) => {
                let today = request.as_of.unwrap_or_else(|| self.backend.today());
                (synthesis::synthesise(request, today, &[], &[], TimingInfo::default()), Some(failure))
            }
        };
        match failure {
            Some(failure) => tell(RunEventKind::Failed { failure, result: Box::new(result.clone()) }),
            None => {
                tell(RunEventKind::Finished { result: Box::new(result.clone()) });
                self.keep_run(request, &mut result).await;
            }
        }
        Answered { result, outputs: Vec::new(), written: None }
    }

    /// Keeps the answer as history, where the agent keeps one; says so in it where that fails.
    async fn keep_run(&self, request: &RunRequest, result: &mut PlannerResult) {
        let kept = if self.keeps_history { record(request, result, &self.backend).await } else { Ok(()) };
        if let Err(failure) = kept {
            result.notes.push(Line::new(&format!("This answer could not be kept as history: {failure}")));
        }
    }

    /// What a run would send to the model first; none where it would send nothing. Nothing is sent to the model, but the
    /// plan's calls are made.
    ///
    /// # Errors
    /// The book cannot be read.
    pub async fn preview(&self, request: RunRequest) -> Result<Option<Preview>, Failure> {
        let request = redacted(request);
        let Some(model) = self.model.as_ref().filter(|_| wants_model(&request)) else { return Ok(None) };
        let plan = reviewing(request.task.plan_with_reads(request.as_of), &request, self.backend.today());
        let reports = executor::execute(&plan, &request.customer_id, &self.backend, 0, data::cleaned, |_, _| {}).await;
        let progress = Progress {
            request: &request,
            backend: &self.backend,
            speech: self.speech.as_deref(),
            started: Instant::now(),
            planning_ms: 0.0,
            tool_execution_ms: None,
        };
        let result = progress.answer(&plan, &reports);
        if result.completeness() == Completeness::Failed {
            return Err(total_failure(&result, &request.customer_name));
        }
        let beside = surroundings(&self.backend, &request, model).await?;
        let case = case(&request, &result, &plan, &reports, &beside, shares_activity(model));
        Ok(llm::preview(model, &Case { company: self.company.as_deref(), ..case }).ok())
    }

    async fn choose(&self, request: &RunRequest) -> Chosen<'_> {
        if !wants_model(request) {
            return Chosen::Rules { hint: None };
        }
        let task = &request.task;
        if !task.is_shipped() && !self.trusted.as_ref().is_some_and(|trusted| trusted.holds(task)) {
            return Chosen::Rules { hint: Some(hint(&NoAnswer::NotTrusted(task.id.clone()))) };
        }
        let ready = async {
            let model = self.model.as_ref().ok_or(chat::NoAnswer::NotConfigured)?;
            let identity = self.backend.identity().await.map_err(|_| NoAnswer::NoTools)?;
            llm::ready(model, &request.task.id, identity.owner, self.backend.today()).await
        };
        match ready.await {
            Ok(ready) => Chosen::Model(ready),
            Err(why) => Chosen::Rules { hint: Some(hint(&why)) },
        }
    }
}

/// The calls that tell what was asked.
fn answering(wanted: &[Wanted], as_of: Option<NaiveDate>) -> Vec<Step> {
    let tells = |tool: &ToolName| wanted.iter().any(|wanted| wanted.tools().contains(tool));
    let step = |tool| Step { call: ToolCall::of(tool, as_of), reason: "It tells what was asked.".into() };
    ToolName::ALL.into_iter().filter(tells).map(step).collect()
}

/// Whether there is no answer. That a fact is not known is the answer to a question of it.
fn has_failed(request: &RunRequest, result: &PlannerResult) -> bool {
    let is_failed = result.completeness() == Completeness::Failed;
    is_failed && (request.wanted.is_empty() || result.used_tools.iter().any(|tool| tool.error.is_some()))
}

/// The plan, over the quarter that was asked for or that the task is of, and with what its review is asked.
fn reviewing(mut plan: Vec<Step>, request: &RunRequest, today: NaiveDate) -> Vec<Step> {
    let review = request.review;
    let quarter = review.quarter.or(request.task.period.map(|period| period.on(request.as_of.unwrap_or(today))));
    let review = Review { quarter, ..review };
    for step in &mut plan {
        step.call = quarter.map_or(step.call, |quarter| step.call.over(quarter));
        if let ToolCall::GenerateQbrOutline(params) = &mut step.call {
            *params = QbrParams { as_of: params.as_of, quarter: review.quarter, edition: review.edition };
        }
    }
    plan
}

/// An answer for the customer is the program's own, of statements that speak to it.
fn wants_model(request: &RunRequest) -> bool {
    match request.planner {
        _ if request.review.edition == Edition::Customer => false,
        Planner::Auto => request.question.is_some(),
        Planner::Llm => true,
        Planner::Deterministic => false,
    }
}

/// Whether the model may read what the user wrote of customers.
fn shares_activity(model: &Model) -> bool {
    model.config().share_activity
}

fn hint(why: &NoAnswer) -> Line {
    Line::new(&format!("{why}, so the rules answered."))
}

/// What is asked may be sent and is stored: without secrets, links, addresses and numbers of people. So is the name of
/// the customer where a model gets to read it.
fn redacted(request: RunRequest) -> RunRequest {
    let question = request.question.as_ref().map(data::clean_name);
    let is_sent = wants_model(&request);
    let customer_name = if is_sent { data::clean_name(&request.customer_name) } else { request.customer_name };
    RunRequest { question, customer_name, ..request }
}

fn case<'a>(
    request: &'a RunRequest,
    result: &PlannerResult,
    plan: &[Step],
    reports: &executor::Reports,
    beside: &'a Surroundings,
    shares_activity: bool,
) -> Case<'a> {
    let calls = plan.iter().map(|step| step.call);
    let data = calls.zip(reports).filter_map(|(call, report)| Some((call, report.clone()?))).collect();
    Case { request, today: result.as_of, data, beside, seen: ENTRIES, shares_activity, company: None }
}

/// What the model is handed beside what the plan's calls tell.
async fn surroundings(backend: &Backend, request: &RunRequest, model: &Model) -> Result<Surroundings, Failure> {
    let as_of = request.as_of.unwrap_or_else(|| backend.today());
    Surroundings::read(backend, &request.customer_id, as_of, shares_activity(model)).await
}

/// Keeps the answer as history, where the caller may write.
async fn record(request: &RunRequest, result: &PlannerResult, backend: &Backend) -> Result<(), Failure> {
    if !backend.identity().await?.writable {
        return Ok(());
    }
    backend.record(&NewMessage { run_id: request.run_id.clone(), result: result.clone() }).await
}

/// Why a run has no answer at all: an unknown customer before any other failure, and a failure before missing data.
pub(super) fn total_failure(result: &PlannerResult, customer: &Line) -> Failure {
    let failures = || result.used_tools.iter().filter_map(|tool| tool.error.as_ref());
    let unknown = failures().find(|failure| failure.code == Some(ErrorCode::NotFound));
    unknown.or_else(|| failures().next()).cloned().unwrap_or_else(|| Failure {
        stage: Stage::Store,
        code: Some(ErrorCode::MissingData),
        message: Line::new(&format!(
            "Nothing is known of {customer}: no usage, no tickets and no contract. Bring them in with `cs-copilot import`."
        )),
        attempt: 1,
        request_id: None,
    })
}
