//! What is kept as history of health checks of many customers: of each its report, and what that says. What is to be done
//! about it is left out: it is advised when somebody looks at the customer.

use contracts::{
    RunId, TaskId, Text,
    checks::{Check, HealthChecks},
    history::NewMessage,
    planner::{PlanSource, PlannerResult, TimingInfo, UsedTool},
    signing::Nonce,
    tools::ToolName,
};
use domain::{
    health::words::summary,
    tasks::{Task, Tasks},
};

/// A run of the task `health` for each check that has a report. Their ids, made of the nonce of the write that keeps them,
/// stand together in the index of runs, which is then written in few places; the same write keeps `before` others. `took_ms`, in
/// milliseconds, is what the call had taken when they were there.
pub fn messages(checks: &HealthChecks, before: usize, nonce: &Nonce, took_ms: f64) -> Vec<NewMessage> {
    let task = Tasks::shipped().get(&TaskId::HEALTH).expect("it is shipped");
    let messages = checks.checks.iter().zip(before..).filter_map(|(check, place)| {
        let result = result(checks, check, task, took_ms)?;
        let run_id = format!("check-{}-{place:04}", nonce.as_str());
        let run_id =
            RunId::try_from(run_id).expect("a nonce has 64 letters, digits, hyphens and underscores at the most");
        Some(NewMessage { run_id, result })
    });
    messages.collect()
}

fn result(checks: &HealthChecks, check: &Check, task: &Task, took_ms: f64) -> Option<PlannerResult> {
    let Check { customer, report: Some(report), .. } = check else { return None };
    let tool = UsedTool { name: ToolName::CalculateHealth, took_ms, error: None, missing: None };
    Some(PlannerResult {
        customer_id: customer.id.clone(),
        task: task.id.clone(),
        title: task.title.clone(),
        question: None,
        as_of: checks.as_of,
        revision: Some(checks.revision),
        summary: Some(Text::new(&summary(&customer.name, report))),
        blocks: Vec::new(),
        facts: Vec::new(),
        health: Some(report.clone()),
        actions: Vec::new(),
        dates: Vec::new(),
        email_draft: None,
        qbr_outline: None,
        used_tools: vec![tool],
        notes: Vec::new(),
        decision_log: Vec::new(),
        plan_source: PlanSource::Deterministic,
        plan_hint: None,
        usage: None,
        timing_info: TimingInfo { planning_ms: 0.0, tool_execution_ms: took_ms, total_ms: took_ms },
    })
}
