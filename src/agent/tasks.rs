//! The tasks as a table: which tools each one calls, in the order they are shown, and why.

use chrono::NaiveDate;
use contracts::{
    planner::Task,
    tools::{EmailOccasion, EmailParams, ToolCall, ToolName},
};

/// One call of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The call.
    pub call: ToolCall,
    /// Why it is made, in one sentence.
    pub reason: &'static str,
}

/// The plan of a task: independent calls, in the order they are shown. `as_of` is the day (UTC) to count from.
pub fn plan(task: Task, as_of: Option<NaiveDate>) -> Vec<Step> {
    use ToolName::{
        CalculateHealth, GenerateEmail, GenerateQbrOutline, GetContractInfo, GetCustomerUsage, GetRecentTickets,
    };

    let tools: &[(ToolName, &'static str)] = match task {
        Task::Health => &[
            (GetCustomerUsage, "Usage is the heaviest part of the score, and its trend needs its figures."),
            (GetRecentTickets, "Open tickets are a part of the score, and their severity decides what comes first."),
            (GetContractInfo, "The days to the renewal are a part of the score, and the contract has the date."),
            (CalculateHealth, "The score, its risk band and what every part adds."),
        ],
        Task::Renewal => &[
            (GetCustomerUsage, "Whether the customer uses what it is asked to renew."),
            (GetRecentTickets, "Open problems come up in a renewal talk; better to know them first."),
            (GetContractInfo, "The date, the amount and whether it renews by itself."),
            (CalculateHealth, "How likely the renewal is."),
            (GenerateEmail, "The renewal email, ready to send."),
        ],
        Task::Qbr => &[
            (GetCustomerUsage, "A QBR opens with what was used."),
            (GetRecentTickets, "What went wrong and what was solved."),
            (GetContractInfo, "What was bought, and when it renews."),
            (CalculateHealth, "Where the customer stands."),
            (GenerateQbrOutline, "The outline with its talking points."),
        ],
        Task::Churn => &[
            (GetCustomerUsage, "Falling usage is the earliest sign of churn."),
            (GetRecentTickets, "Open tickets are where patience runs out."),
            (CalculateHealth, "The risk band and which parts cost most."),
        ],
        Task::Email => &[
            (GetCustomerUsage, "The email speaks of usage; here are the figures behind it."),
            (CalculateHealth, "For your eyes only: how careful the tone must be."),
            (GenerateEmail, "The check-in email, ready to send."),
        ],
    };
    tools.iter().map(|&(tool, reason)| Step { call: call(tool, task, as_of), reason }).collect()
}

/// The same with every other tool that reads, where a model is to choose what is said.
pub fn plan_with_reads(task: Task, as_of: Option<NaiveDate>) -> Vec<Step> {
    let mut steps = plan(task, as_of);
    let reads = ToolName::ALL.into_iter().filter(|tool| !tool.about().drafts && !calls(task, *tool));
    steps.extend(reads.map(|tool| Step { call: call(tool, task, as_of), reason: "What the model may speak of, too." }));
    steps
}

/// The tools that a task may call at all: those of its plan, and every one that reads.
pub fn rights(task: Task) -> Vec<ToolName> {
    ToolName::ALL.into_iter().filter(|&tool| !tool.about().drafts || calls(task, tool)).collect()
}

/// Whether the task's plan calls the tool.
pub fn calls(task: Task, tool: ToolName) -> bool {
    plan(task, None).iter().any(|step| step.call.name() == tool)
}

fn call(tool: ToolName, task: Task, as_of: Option<NaiveDate>) -> ToolCall {
    match (tool, task) {
        (ToolName::GenerateEmail, Task::Renewal) => {
            ToolCall::GenerateEmail(EmailParams { as_of, occasion: EmailOccasion::Renewal })
        }
        _ => ToolCall::of(tool, as_of),
    }
}
