//! A task for one customer.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use contracts::{
    run::{RunEvent, RunEventKind, ToolOutcome},
    tools::ToolName,
};

use super::{Context, document, exit_code, line, print};
use crate::{agent::RunRequest, cli::RunFormat, render, words};

/// Runs it, telling of its steps, and prints the answer.
pub(in crate::commands) async fn run(
    context: &Context,
    request: RunRequest,
    format: RunFormat,
) -> anyhow::Result<ExitCode> {
    let name = request.customer_name.clone();
    let mut progress = Progress::default();
    let mut streamed = Ok(());
    let mut failure = None;
    let result = context
        .agent
        .run(request, |event| {
            progress.show(&event);
            if format == RunFormat::Ndjson && streamed.is_ok() {
                streamed = print(&line(&event));
            }
            if let RunEventKind::Failed { failure: why, .. } = event.kind {
                failure = Some(why);
            }
        })
        .await
        .result;
    streamed?;
    match (format, &failure) {
        (RunFormat::Json, _) => print(&document(&result))?,
        (RunFormat::Text, None) => print(&render::text(name.as_str(), &result))?,
        (RunFormat::Markdown, None) => print(&render::markdown(name.as_str(), &result))?,
        (RunFormat::Ndjson, _) | (RunFormat::Text | RunFormat::Markdown, Some(_)) => {}
    }
    match failure {
        Some(failure) => Err(failure.into()),
        None => Ok(exit_code(result.completeness())),
    }
}

/// A line on stderr for every tool that has ended, where somebody watches.
struct Progress {
    watched: bool,
    tools: Vec<ToolName>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { watched: io::stderr().is_terminal(), tools: Vec::new() }
    }
}

impl Progress {
    fn show(&mut self, event: &RunEvent) {
        match &event.kind {
            RunEventKind::Planned { tools, .. } => self.tools.clone_from(tools),
            RunEventKind::Extended { tools } => self.tools.extend(tools),
            RunEventKind::ModelFinished { took, failure, .. } if self.watched => {
                let why = failure.as_ref().map_or_else(String::new, ToString::to_string);
                let mark = if failure.is_some() { '✗' } else { '✓' };
                self.line(mark, "the model", took.total_ms, &why);
            }
            RunEventKind::ToolFinished { index, outcome, timing } if self.watched => {
                let Some(tool) = self.tools.get(*index) else { return };
                let (mark, why) = match outcome {
                    ToolOutcome::Answered => ('✓', String::new()),
                    ToolOutcome::Missing { what } => ('–', what.to_string()),
                    ToolOutcome::Failed { failure } => ('✗', failure.to_string()),
                };
                self.line(mark, tool.as_str(), timing.total_ms, &why);
            }
            _ => {}
        }
    }

    fn line(&self, mark: char, what: &str, took_ms: f64, why: &str) {
        let took = words::duration(took_ms);
        // Progress that nobody can read must not end the run.
        let _ = writeln!(io::stderr(), "{}", format!("{mark} {what:<22} {took:>8}  {why}").trim_end());
    }
}
