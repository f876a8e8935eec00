//! The evaluations that are kept: which there are, and which go.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use comfy_table::{CellAlignment, Table, presets};
use contracts::{
    EvalId,
    eval::{EvalSession, EvalsQuery, MAX_SESSIONS},
};

use super::{Context, print, refused, table};
use crate::{cli::EvalFormat, words};

/// Lists them, newest first.
pub(super) async fn list(context: &Context, format: EvalFormat) -> anyhow::Result<ExitCode> {
    let sessions = context.backend.evals(&EvalsQuery { limit: Some(MAX_SESSIONS) }).await?;
    match format {
        EvalFormat::Json => print(&format!("{}\n", serde_json::to_string_pretty(&sessions)?))?,
        EvalFormat::Junit => return refused("--list comes as a table or as json"),
        EvalFormat::Table if sessions.is_empty() => writeln!(io::stderr(), "No evaluation is kept yet.")?,
        EvalFormat::Table => print(&format!("{}\n", rows(&sessions)))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn rows(sessions: &[EvalSession]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["EVALUATION", "BEGUN", "PLANNER", "CUSTOMERS", "TASKS", "RUNS", "PASSED"]);
    for session in sessions {
        let EvalSession { eval, totals, .. } = session;
        let tasks: Vec<_> = eval.tasks.iter().map(|task| task.as_str()).collect();
        let unfinished = if session.finished_at.is_none() { " (not finished)" } else { "" };
        table.add_row([
            eval.id.to_string(),
            session.created_at.format("%Y-%m-%d %H:%M UTC").to_string(),
            table::planner(eval),
            words::grouped(&eval.customers.to_string()),
            tasks.join(","),
            words::grouped(&totals.cases.to_string()),
            format!("{}{unfinished}", words::grouped(&totals.passed.to_string())),
        ]);
    }
    for column in [3, 5] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// Deletes one with its results.
pub(super) async fn delete(context: &Context, id: &EvalId) -> anyhow::Result<ExitCode> {
    context.backend.delete_eval(id).await?;
    print(&format!("Deleted {id} and its results.\n"))?;
    Ok(ExitCode::SUCCESS)
}
