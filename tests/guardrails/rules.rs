//! The rules write from the same data, so all that they write passes the check: it takes out nothing that is true.

use contracts::{
    planner::{PlannerResult, Task, TimingInfo},
    run::CallTiming,
    tools::{ToolName, ToolOutput},
};
use cs_copilot::{
    agent::{RunRequest, guardrails::grounding::check, synthesis::synthesise, tasks},
    backend::{CallError, CallReport},
    config::Planner,
};

use crate::support::{known, outputs, today};

fn answer(task: Task) -> PlannerResult {
    let request = RunRequest {
        run_id: "run-1".parse().unwrap(),
        customer_id: "acme".parse().unwrap(),
        customer_name: "Acme Corp".into(),
        task,
        question: None,
        planner: Planner::Deterministic,
        as_of: Some(today()),
    };
    let plan = tasks::plan(task, Some(today()));
    let of = |tool| {
        let found = outputs().into_iter().find(|output| {
            matches!(
                (tool, output),
                (ToolName::GetCustomerUsage, ToolOutput::Usage(_))
                    | (ToolName::GetRecentTickets, ToolOutput::Tickets(_))
                    | (ToolName::GetContractInfo, ToolOutput::Contract(_))
                    | (ToolName::CalculateHealth, ToolOutput::Health(_))
            )
        });
        let outcome = found.ok_or_else(|| CallError::Missing("nothing is there".into()));
        Some(CallReport { outcome, timing: CallTiming::default() })
    };
    let reports: Vec<_> = plan.iter().map(|step| of(step.call.name())).collect();
    synthesise(&request, today(), &plan, &reports, TimingInfo::default())
}

#[test]
fn what_the_rules_write_stays() {
    let known = known();
    for task in Task::ALL {
        let result = answer(task);
        let lines = result.actions.iter().flat_map(|action| [&action.text, &action.because]);
        let texts = lines.map(ToString::to_string).chain(result.summary.as_ref().map(ToString::to_string));
        for text in texts {
            let checked = check(&text, &known);
            assert!(checked.removed.is_empty(), "{task}: {:?}", checked.removed);
        }
    }
}
