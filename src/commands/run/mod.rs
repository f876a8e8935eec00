//! `run`: a task for one customer or for the whole book.

mod all;
mod one;

use std::process::ExitCode;

use contracts::planner::{Completeness, PlannerResult};
use serde::Serialize;

use super::{Context, EXIT_PARTIAL, print};
use crate::{cli::RunArgs, render};

/// Runs the task. The exit code says whether the answer is whole, partial or none.
pub async fn execute(context: &Context, args: &RunArgs) -> anyhow::Result<ExitCode> {
    match &args.customer {
        Some(customer) => one::run(context, args.task, customer, args.format).await,
        None => all::run(context, args.task, args.format).await,
    }
}

fn exit_code(completeness: Completeness) -> ExitCode {
    match completeness {
        Completeness::Complete => ExitCode::SUCCESS,
        Completeness::Partial => ExitCode::from(EXIT_PARTIAL),
        Completeness::Failed => ExitCode::FAILURE,
    }
}

/// One line of JSON.
fn line(value: &impl Serialize) -> String {
    format!("{}\n", serde_json::to_string(value).expect("events and results hold nothing that JSON cannot"))
}

/// One JSON document.
fn document(result: &PlannerResult) -> String {
    format!("{}\n", render::json(result))
}
