//! What is expected of an answer, one check after the other. Pure.

use contracts::{
    ErrorCode, Line,
    block::{By, Place},
    eval::{Check, CheckName, EvalResult, Verdict},
    planner::{PlanSource, PlannerResult},
    tools::{ToolName, ToolOutput},
};
use domain::tasks::Task;

use super::{
    observed::{Observed, cut},
    written,
    wrong::Wrong,
};
use crate::{
    agent::{
        Answered,
        guardrails::lines::{Kind, Lines, Subject},
    },
    config::Limits,
    words,
};

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The customer's name.
    pub name: &'a Line,
    /// The task.
    pub task: &'a Task,
    /// Which time the task was run, from 1.
    pub repeat: u32,
    /// Who was to plan.
    pub planner: PlanSource,
    /// What a run with a model may take.
    pub limits: &'a Limits,
    /// The names of the other customers of the book.
    pub others: &'a [Line],
}

/// Judges an answer by what its tools answered and by what was seen of its run.
///
/// Data that is missing is no fault of the answer, as long as it says so. A call that failed or took too long is told
/// apart from an answer that is wrong.
pub fn judge(case: &Case<'_>, answered: &Answered, observed: &Observed) -> EvalResult {
    let Answered { result, outputs, .. } = answered;
    let subject =
        Subject { id: &result.customer_id, name: case.name, question: result.question.as_ref(), others: case.others };
    let rules = Lines::new(subject, std::iter::empty());
    let checks = [
        (CheckName::Answered, is_answered(result, observed)),
        (CheckName::Schema, is_in_shape(result)),
        (CheckName::Planner, is_planned_as_asked(case, result)),
        (CheckName::RequiredTools, required_tools(case.task, result)),
        (CheckName::AllowedTools, allowed_tools(case.task, result, observed)),
        (CheckName::Outward, is_outward(result, &rules)),
        (CheckName::Health, is_tools_health(result, outputs)),
        (CheckName::Causes, causes(result)),
        (CheckName::Limits, is_within_limits(case, result, observed)),
    ];
    let checks = checks.map(|(check, found)| Check {
        check,
        passed: found.is_ok(),
        detail: found.err().map(|wrong| cut(&wrong.to_string())),
    });
    let usage = result.usage.as_ref();
    EvalResult {
        customer_id: result.customer_id.clone(),
        customer_name: cut(case.name.as_str()),
        task: result.task.clone(),
        repeat: case.repeat,
        plan_source: result.plan_source,
        verdict: verdict(&checks, observed),
        checks: checks.to_vec(),
        latency_ms: result.timing_info.total_ms,
        rounds: usage.map(|usage| usage.rounds),
        input_tokens: usage.map(|usage| usage.input_tokens),
        output_tokens: usage.map(|usage| usage.output_tokens),
        written: written::counts(answered, observed.first_point_ms),
        steps: observed.steps.clone(),
    }
}

fn verdict(checks: &[Check], observed: &Observed) -> Verdict {
    if checks.iter().all(|check| check.passed) && !observed.tool_failed {
        // Also where the model was asked again after a turn that took too long.
        Verdict::Pass
    } else if observed.timed_out {
        Verdict::Timeout
    } else if observed.tool_failed {
        Verdict::Error
    } else {
        Verdict::Fail
    }
}

type Found = Result<(), Wrong>;

fn expect(right: bool, wrong: impl FnOnce() -> Wrong) -> Found {
    if right { Ok(()) } else { Err(wrong()) }
}

fn at_most(what: &'static str, count: u64, most: u64) -> Found {
    expect(count <= most, || Wrong::TooMany { count, what, most })
}

/// There is an answer with what the task is for, or the store has nothing at all; whatever is not there is named.
fn is_answered(result: &PlannerResult, observed: &Observed) -> Found {
    if let Some(failure) = observed.failure.as_ref().filter(|failure| failure.code != Some(ErrorCode::MissingData)) {
        return Err(failure.clone().into());
    }
    let is_empty = result.summary.as_ref().is_none_or(|summary| summary.is_empty());
    expect(!is_empty || observed.failure.is_some(), || Wrong::No("summary"))?;
    let answered =
        |tool| result.used_tools.iter().any(|used| used.name == tool && used.error.is_none() && used.missing.is_none());
    let has_email = result.email_draft.is_some() || !answered(ToolName::GenerateEmail);
    expect(has_email, || Wrong::No("email"))?;
    let has_outline = result.qbr_outline.is_some() || !answered(ToolName::GenerateQbrOutline);
    expect(has_outline, || Wrong::No("outline"))?;
    let silent = result.used_tools.iter().find(|used| {
        let is_named = result.notes.iter().any(|note| note.as_str().contains(used.name.as_str()));
        !answered(used.name) && !is_named
    });
    silent.map_or(Ok(()), |used| Err(Wrong::Unsaid(used.name)))
}

/// What is read back is what was written, and nothing is larger than it should be.
fn is_in_shape(result: &PlannerResult) -> Found {
    let written = serde_json::to_value(result)?;
    let read: PlannerResult = serde_json::from_value(written)?;
    expect(read == *result, || Wrong::Changed)?;
    at_most("actions", result.actions.len() as u64, PlannerResult::MAX_ACTIONS as u64)?;
    let summary = result.summary.as_ref().map_or(0, |summary| summary.as_str().chars().count());
    at_most("characters of a summary", summary as u64, PlannerResult::MAX_SUMMARY as u64)?;
    let score = result.health.as_ref().and_then(|health| health.score).unwrap_or_default();
    at_most("points of health", score.into(), 100)
}

fn is_planned_as_asked(case: &Case<'_>, result: &PlannerResult) -> Found {
    expect(result.plan_source == case.planner, || match &result.plan_hint {
        Some(hint) => Wrong::OtherPlanner(hint.clone()),
        None => Wrong::Unexplained,
    })
}

fn required_tools(task: &Task, result: &PlannerResult) -> Found {
    let called = |tool: &ToolName| result.used_tools.iter().any(|used| used.name == *tool);
    let required = task.plan(None).into_iter().map(|step| step.call.name());
    let left_out: Vec<_> = required.filter(|tool| !called(tool)).collect();
    expect(left_out.is_empty(), || Wrong::NotCalled(left_out))
}

fn allowed_tools(task: &Task, result: &PlannerResult, observed: &Observed) -> Found {
    let rights = task.rights();
    let called = result.used_tools.iter().map(|used| &used.name).chain(&observed.called);
    let mut foreign: Vec<_> = called.copied().filter(|tool| !rights.contains(tool)).collect();
    foreign.dedup();
    expect(foreign.is_empty(), || Wrong::NoRight(foreign))
}

/// Every line that is said, and whether the customer reads it. The rules' outlines are the house's own edition.
fn lines(result: &PlannerResult) -> impl Iterator<Item = (String, Kind)> {
    let blocks = [Place::Summary, Place::Email, Place::Outline].into_iter().flat_map(|place| {
        result.lines_of(place).into_iter().map(move |block| {
            let kind = match (place, block.by) {
                (Place::Summary, _) | (Place::Outline, By::Program) => Kind::Say,
                (Place::Email, _) | (Place::Outline, By::Model | By::User) => Kind::ToCustomer,
            };
            (block.text.to_string(), kind)
        })
    });
    let subject = result.email_draft.iter().map(|draft| (draft.subject.to_string(), Kind::ToCustomer));
    let actions = result.actions.iter().map(|action| (action.text.to_string(), Kind::Do));
    blocks.chain(subject).chain(actions)
}

fn is_outward(result: &PlannerResult, rules: &Lines) -> Found {
    lines(result).try_for_each(|(text, kind)| {
        text.lines().try_for_each(|line| {
            let found = rules.may_go_out(line, kind == Kind::ToCustomer);
            found.map_err(|fault| Wrong::Line { fault, line: line.to_owned() })
        })
    })
}

fn is_tools_health(result: &PlannerResult, outputs: &[ToolOutput]) -> Found {
    let calculated = outputs.iter().find_map(|output| match output {
        ToolOutput::Health(health) => Some(health),
        _ => None,
    });
    expect(result.health.as_ref() == calculated, || match (&result.health, calculated) {
        (Some(said), Some(calculated)) => {
            Wrong::OtherHealth { said: words::standing(said), calculated: words::standing(calculated) }
        }
        (Some(said), None) => Wrong::MadeUpHealth(words::standing(said)),
        (None, _) => Wrong::NoHealth,
    })
}

fn causes(result: &PlannerResult) -> Found {
    result
        .actions
        .iter()
        .try_for_each(|action| expect(!action.because.is_empty(), || Wrong::NoCause(action.text.clone())))
}

/// A run of the rules makes the calls of its plan and no more.
fn is_within_limits(case: &Case<'_>, result: &PlannerResult, observed: &Observed) -> Found {
    let limits = case.limits;
    let further = observed.called.len().saturating_sub(case.task.plan(None).len()) as u64;
    let Some(usage) = &result.usage else { return at_most("further calls", further, 0) };
    at_most("further calls", further, limits.tool_calls.into())?;
    at_most("rounds", usage.rounds.into(), limits.rounds.into())?;
    at_most("tokens read", usage.input_tokens, limits.input_tokens)?;
    at_most("tokens written", usage.output_tokens, limits.output_tokens)
}
