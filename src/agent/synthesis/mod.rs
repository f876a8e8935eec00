//! From what the tools answered to what the CSM reads. Pure; everything said has data behind it.

mod actions;
mod asked;
mod dates;
mod decisions;
mod facts;
mod notes;
mod size;
mod summary;
mod written;

use chrono::NaiveDate;
use contracts::{
    Line, Text,
    block::{Block, By, Place},
    facts::{Source, Trend},
    health::HealthInput,
    planner::{DateKind, PlanSource, PlannerResult, TimingInfo, UsedTool},
    reading::{Reading, Value},
    tools::{
        ContractReport, EmailDraft, HealthReport, QbrOutline, RenewalBrief, TicketsReport, ToolOutput, UsageReport,
    },
};

use domain::{question::customer::Wanted, tasks::Step, thresholds::SHARP_FALL_BP};

pub(super) use self::{asked::unknown, written::text};
use super::RunRequest;
use crate::{
    backend::{CallError, CallReport},
    words,
};

/// What is known of the customer so far: one slot a tool, empty where there is no answer (yet).
#[derive(Debug, Clone, Copy)]
struct Case<'a> {
    name: &'a Line,
    as_of: NaiveDate,
    worth: Option<u64>,
    usage: Option<&'a UsageReport>,
    tickets: Option<&'a TicketsReport>,
    contract: Option<&'a ContractReport>,
    health: Option<&'a HealthReport>,
    email: Option<&'a EmailDraft>,
    qbr: Option<&'a QbrOutline>,
    brief: Option<&'a RenewalBrief>,
}

impl<'a> Case<'a> {
    fn new(request: &'a RunRequest, today: NaiveDate, reports: &'a [Option<CallReport>]) -> Self {
        let health: Option<&HealthReport> = first(reports);
        Self {
            name: &request.customer_name,
            as_of: health.map_or(today, |health| health.as_of),
            worth: request.worth,
            usage: first(reports),
            tickets: first(reports),
            contract: first(reports),
            health,
            email: first(reports),
            qbr: first(reports),
            brief: first(reports),
        }
    }

    /// Whether no tool has answered.
    fn is_empty(&self) -> bool {
        let reads = self.usage.is_some() || self.tickets.is_some() || self.contract.is_some();
        !reads && self.health.is_none() && self.email.is_none() && self.qbr.is_none()
    }

    /// Every fact that the tools read, part by part.
    fn readings(&self) -> impl Iterator<Item = &'a Reading> {
        let usage = self.usage.map(|usage| usage.facts.as_slice());
        let tickets = self.tickets.map(|tickets| tickets.facts.as_slice());
        let contract = self.contract.map(|contract| contract.facts.as_slice());
        [usage, tickets, contract].into_iter().flatten().flatten()
    }

    /// What was read of a fact.
    fn reading(&self, id: &str) -> Option<&'a Reading> {
        self.readings().find(|reading| reading.fact.as_str() == id)
    }

    /// What can be said of a fact. Of what is stale it says the day.
    fn says(&self, id: &str) -> Option<&'a str> {
        self.reading(id)?.says.as_ref().map(|says| says.about.as_str())
    }

    /// The value of a fact that is fresh.
    fn known(&self, id: &str) -> Option<&'a Value> {
        self.reading(id)?.knowledge.known()
    }

    /// The words of a fact that is fresh.
    fn text(&self, id: &str) -> Option<&'a Line> {
        match self.known(id)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whom something is done with: `Ana Lopez at Acme`, or the customer where no person is known.
    fn them(&self) -> String {
        self.at().unwrap_or_else(|| self.name.to_string())
    }

    /// Whom one calls who wants to hear how it is.
    fn champion(&self) -> String {
        self.at().unwrap_or_else(|| format!("your champion at {}", self.name))
    }

    /// The main contact, and of which customer: of one that is called like its contact the name alone.
    fn at(&self) -> Option<String> {
        let contact = self.text("contact.primary").filter(|contact| *contact != self.name)?;
        Some(format!("{contact} at {}", self.name))
    }

    /// Whether it is no customer any more.
    fn has_left(&self) -> bool {
        matches!(self.known("customer.status"), Some(Value::Choice(status)) if status.as_str() == "churned")
    }

    /// Whether the contract renews by itself, as itself or else the score says.
    fn renews_by_itself(&self) -> bool {
        let of_the_score = || self.scored_renewal().is_some_and(|(_, automatic)| automatic);
        self.contract.map_or_else(of_the_score, |contract| contract.auto_renew == Some(true))
    }

    /// In how many days the contract renews and whether it does so by itself, as the score saw it.
    fn scored_renewal(&self) -> Option<(i64, bool)> {
        self.health?.contributions.iter().find_map(|part| match part.input {
            HealthInput::Renewal { days, automatic } => Some((days, automatic)),
            _ => None,
        })
    }

    /// Days to the renewal, where it is known today.
    fn days_to_renewal(&self) -> Option<i64> {
        match self.known("contract.days_to_renewal")? {
            Value::Days(days) => Some(*days),
            _ => None,
        }
    }

    /// `the contract is up for renewal on 11 Feb 2027, in 80 days`; where that is stale, when it was last known.
    fn renewal(&self) -> Option<String> {
        let says = self.says("contract.renewal_date")?;
        Some(match self.days_to_renewal() {
            Some(0) => self.says("contract.days_to_renewal")?.to_owned(),
            Some(days) => format!("{says}, {}", words::distance(days)),
            None => says.to_owned(),
        })
    }

    /// The same without what is too old to speak of as present: advice needs evidence.
    fn fresh(&self) -> Self {
        Self {
            usage: self.usage.filter(|usage| !usage.stale),
            tickets: self.tickets.filter(|tickets| !tickets.stale),
            contract: self.contract.filter(|contract| !contract.stale),
            ..*self
        }
    }

    /// Whether things are known to go well: usage that grows or is steady, without a sharp fall even within the usual ups
    /// and downs, and tickets of which all is known.
    fn goes_well(&self) -> bool {
        if matches!(self.known("usage.change"), Some(Value::Share(change)) if *change <= -SHARP_FALL_BP) {
            return false;
        }
        let Some(health) = self.health else { return false };
        let has = |fits: fn(HealthInput) -> bool| health.contributions.iter().any(|part| fits(part.input));
        has(|input| matches!(input, HealthInput::Usage(Trend::Up | Trend::Flat)))
            && has(|input| matches!(input, HealthInput::OpenTickets(_)))
    }

    /// Where the figures come from that are too old.
    fn stale_sources(&self) -> impl Iterator<Item = &'a Source> {
        let usage = self.usage.filter(|usage| usage.stale).map(|usage| &usage.source);
        let tickets = self.tickets.filter(|tickets| tickets.stale).map(|tickets| &tickets.source);
        let contract = self.contract.filter(|contract| contract.stale).map(|contract| &contract.source);
        [usage, tickets, contract].into_iter().flatten()
    }
}

/// The first answer of a tool. The plan's calls come first; a further one for another day does not take their place.
fn first<'a, T>(reports: &'a [Option<CallReport>]) -> Option<&'a T>
where
    &'a T: TryFrom<&'a ToolOutput>,
{
    let outputs = reports.iter().flatten().filter_map(|report| report.outcome.as_ref().ok());
    outputs.filter_map(|output| output.try_into().ok()).next()
}

/// The answer without all that the house alone may read: the outline is left, and how it was made.
pub fn for_the_customer(result: PlannerResult) -> PlannerResult {
    PlannerResult {
        summary: None,
        facts: Vec::new(),
        health: None,
        actions: Vec::new(),
        dates: result.dates.into_iter().filter(|date| date.what == DateKind::Review).collect(),
        email_draft: None,
        notes: Vec::new(),
        decision_log: Vec::new(),
        blocks: result.blocks.into_iter().filter(|block| block.place == Place::Outline).collect(),
        ..result
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
    let page = written::page(&request.task, &case);
    let result = composed(request, &case, page, plan, reports, timing_info);
    if request.wanted.is_empty() { result } else { answering(result, &request.wanted, reports, &case) }
}

/// The same of a score alone. It is said in the words in which the server keeps it: to fill the task's file in for each
/// customer of a book would take as long as to read the book.
pub(super) fn synthesise_score(
    request: &RunRequest,
    today: NaiveDate,
    plan: &[Step],
    report: CallReport,
    timing_info: TimingInfo,
) -> PlannerResult {
    let reports = [Some(report)];
    let case = Case::new(request, today, &reports);
    let summary = case.health.map(|health| Text::new(&domain::health::words::summary(case.name, health)));
    let page = written::Page { summary, ..written::Page::default() };
    composed(request, &case, page, plan, &reports, timing_info)
}

fn composed(
    request: &RunRequest,
    case: &Case<'_>,
    page: written::Page,
    plan: &[Step],
    reports: &[Option<CallReport>],
    timing_info: TimingInfo,
) -> PlannerResult {
    let mut notes = notes::notes(case, plan, reports);
    notes.extend(page.note.map(|note| Line::new(&note)));
    let email = case.email.cloned().or(page.letter);
    let outline = case.qbr.or(case.brief.map(|RenewalBrief(outline)| outline)).cloned();
    PlannerResult {
        customer_id: request.customer_id.clone(),
        task: request.task.id.clone(),
        title: request.task.title.clone(),
        question: request.question.clone(),
        as_of: case.as_of,
        revision: reports.iter().flatten().filter_map(|report| report.revision).min(),
        blocks: blocks(page.summary.as_ref(), email.as_ref(), outline.as_ref()),
        dates: dates::dates(case, email.as_ref()),
        summary: page.summary,
        facts: facts::facts(case),
        health: case.health.cloned(),
        actions: actions::actions(case),
        email_draft: email,
        qbr_outline: outline,
        used_tools: used_tools(plan, reports),
        notes,
        decision_log: decisions::decisions(plan),
        plan_source: PlanSource::Deterministic,
        plan_hint: None,
        usage: None,
        timing_info,
    }
}

/// The answer to a question of facts: their own sentences and figures, and no advice.
fn answering(
    result: PlannerResult,
    wanted: &[Wanted],
    reports: &[Option<CallReport>],
    case: &Case<'_>,
) -> PlannerResult {
    let statements = asked::statements(wanted, reports, case);
    let blocks = asked::blocks(&statements);
    let lines: Vec<_> = blocks.iter().map(|block| block.text.as_str()).collect();
    PlannerResult {
        title: "Answer".into(),
        summary: (!lines.is_empty()).then(|| Text::new(&lines.join(" "))),
        facts: asked::figures(&statements, case),
        blocks,
        actions: Vec::new(),
        email_draft: None,
        qbr_outline: None,
        ..result
    }
}

/// The answer as lines of the program.
fn blocks(summary: Option<&Text>, email: Option<&EmailDraft>, outline: Option<&QbrOutline>) -> Vec<Block> {
    let summary = Block::of_summary(By::Program, summary.into_iter().map(Text::as_str));
    let email = email.into_iter().flat_map(|draft| Block::of_email(By::Program, draft));
    let outline = outline.into_iter().flat_map(|outline| Block::of_outline(By::Program, outline));
    summary.chain(email).chain(outline).collect()
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
