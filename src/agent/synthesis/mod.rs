//! From what the tools answered to what the CSM reads. Pure; everything said has data behind it.

mod actions;
mod decisions;
mod facts;
mod notes;
mod summary;

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{Source, Trend},
    health::{HealthInput, HealthPart, HealthReport, Why},
    planner::{PlanSource, PlannerResult, Task, TimingInfo, UsedTool},
    tools::{ContractReport, EmailDraft, QbrOutline, TicketsReport, ToolOutput, UsageReport},
};

use super::{RunRequest, tasks::Step};
use crate::backend::{CallError, CallReport};

/// What is known of the customer so far: one slot a tool, empty where there is no answer (yet).
#[derive(Debug, Clone, Copy)]
struct Case<'a> {
    name: &'a Line,
    task: Task,
    as_of: NaiveDate,
    usage: Option<&'a UsageReport>,
    tickets: Option<&'a TicketsReport>,
    contract: Option<&'a ContractReport>,
    health: Option<&'a HealthReport>,
    email: Option<&'a EmailDraft>,
    qbr: Option<&'a QbrOutline>,
}

impl<'a> Case<'a> {
    fn new(request: &'a RunRequest, today: NaiveDate, reports: &'a [Option<CallReport>]) -> Self {
        let mut case = Self {
            name: &request.customer_name,
            task: request.task,
            as_of: today,
            usage: None,
            tickets: None,
            contract: None,
            health: None,
            email: None,
            qbr: None,
        };
        for output in reports.iter().flatten().filter_map(|report| report.outcome.as_ref().ok()) {
            // The plan's calls come first; a further one for another day does not take their place.
            match output {
                ToolOutput::Usage(report) => _ = case.usage.get_or_insert(report),
                ToolOutput::Tickets(report) => _ = case.tickets.get_or_insert(report),
                ToolOutput::Contract(report) => _ = case.contract.get_or_insert(report),
                ToolOutput::Health(report) => _ = case.health.get_or_insert(report),
                ToolOutput::Email(draft) => _ = case.email.get_or_insert(draft),
                ToolOutput::Qbr(outline) => _ = case.qbr.get_or_insert(outline),
            }
        }
        case.as_of = case.health.map_or(today, |health| health.as_of);
        case
    }

    /// Days to the renewal and its date, where the contract was read and has one.
    fn renewal(&self) -> Option<(i64, NaiveDate)> {
        let contract = self.contract?;
        Some((contract.days_to_renewal?, contract.renewal_date?))
    }

    /// The day of what is known of a part, where it is too old to speak of as present.
    fn stale(&self, part: HealthPart) -> Option<NaiveDate> {
        match self.health?.gap(part)? {
            Why::Stale { source } => Some(source.as_of),
            Why::Missing | Why::TooFew | Why::RenewsByItself { .. } => None,
        }
    }

    /// The same without what is too old, and without a renewal that may have come since: advice needs evidence.
    fn fresh(&self) -> Self {
        let has = |part| self.health.and_then(|health| health.gap(part));
        Self {
            usage: self.usage.filter(|_| self.stale(HealthPart::UsageTrend).is_none()),
            tickets: self.tickets.filter(|_| self.stale(HealthPart::OpenTickets).is_none()),
            contract: self.contract.filter(|_| has(HealthPart::DaysToRenewal).is_none_or(|why| *why == Why::Missing)),
            ..*self
        }
    }

    /// Whether things are known to go well: usage that grows or is steady, and tickets of which all is known.
    fn goes_well(&self) -> bool {
        let Some(health) = self.health else { return false };
        let has = |fits: fn(HealthInput) -> bool| health.contributions.iter().any(|part| fits(part.input));
        has(|input| matches!(input, HealthInput::Usage(Trend::Up | Trend::Flat)))
            && has(|input| matches!(input, HealthInput::OpenTickets(_)))
    }

    /// Where the figures come from.
    fn sources(&self) -> impl Iterator<Item = &'a Source> {
        let usage = self.usage.map(|usage| &usage.source);
        let tickets = self.tickets.map(|tickets| &tickets.source);
        let contract = self.contract.map(|contract| &contract.source);
        [usage, tickets, contract].into_iter().flatten()
    }
}

/// Makes the answer out of the reports so far. A call that is still under way is left out and is not called missing.
/// `today` is the day (UTC) to count from, unless the score says that the server counted from another.
pub fn synthesise(
    request: &RunRequest,
    today: NaiveDate,
    plan: &[Step],
    reports: &[Option<CallReport>],
    timing_info: TimingInfo,
) -> PlannerResult {
    let case = Case::new(request, today, reports);
    PlannerResult {
        customer_id: request.customer_id.clone(),
        task: request.task,
        question: request.question.clone(),
        as_of: case.as_of,
        revision: reports.iter().flatten().filter_map(|report| report.revision).min(),
        summary: summary::summary(&case),
        facts: facts::facts(&case),
        health: case.health.cloned(),
        actions: actions::actions(&case),
        email_draft: case.email.cloned(),
        qbr_outline: case.qbr.cloned(),
        used_tools: used_tools(plan, reports),
        notes: notes::notes(&case, plan, reports),
        evidence: Vec::new(),
        decision_log: decisions::decisions(plan),
        plan_source: PlanSource::Deterministic,
        plan_hint: None,
        usage: None,
        timing_info,
    }
}

fn used_tools(plan: &[Step], reports: &[Option<CallReport>]) -> Vec<UsedTool> {
    let ended = plan.iter().zip(reports).filter_map(|(step, report)| Some((step.call.name(), report.as_ref()?)));
    let used = ended.map(|(name, report)| {
        let (error, missing) = match &report.outcome {
            Ok(_) => (None, None),
            Err(CallError::Failed(failure)) => (Some(failure.clone()), None),
            Err(CallError::Missing(what)) => (None, Some(what.clone())),
        };
        UsedTool { name, took_ms: report.timing.total_ms, error, missing }
    });
    used.collect()
}
