//! A task for one customer.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
    time::Duration,
};

use contracts::{
    planner::{Completeness, PlannerResult},
    run::{RunEvent, RunEventKind, ToolOutcome},
    tools::ToolName,
};

use indicatif::ProgressBar;

use super::{Context, document, exit_code, line, print};
use crate::{agent::RunRequest, cli::RunFormat, render, words};

/// How often what moves is drawn.
const FRAME: Duration = Duration::from_millis(100);

/// Runs it, telling of its steps, and prints the answer.
pub(in crate::commands) async fn run(
    context: &Context,
    request: RunRequest,
    format: RunFormat,
) -> anyhow::Result<(ExitCode, PlannerResult)> {
    let name = request.customer_name.clone();
    let mut progress = Progress::default();
    let mut streamed = Ok(());
    let mut failure = None;
    let result = context
        .agent
        .run(request, |event| {
            progress.show(&event);
            if format == RunFormat::Ndjson && streamed.is_ok() {
                streamed = progress.model.suspend(|| print(&line(&event)));
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
    let code = match failure {
        Some(failure) => return Err(failure.into()),
        // That nothing is known of what was asked is an answer, and not the whole one.
        None if result.completeness() == Completeness::Failed => exit_code(Completeness::Partial),
        None => exit_code(result.completeness()),
    };
    Ok((code, result))
}

/// A line on stderr for every tool and turn that has ended, and one that moves while the model is at work; all of it
/// where somebody watches.
struct Progress {
    watched: bool,
    tools: Vec<ToolName>,
    model: ProgressBar,
}

impl Default for Progress {
    fn default() -> Self {
        Self { watched: io::stderr().is_terminal(), tools: Vec::new(), model: ProgressBar::hidden() }
    }
}

impl Progress {
    fn show(&mut self, event: &RunEvent) {
        match &event.kind {
            RunEventKind::Planned { tools, .. } => self.tools.clone_from(tools),
            RunEventKind::Extended { tools } => self.tools.extend(tools),
            RunEventKind::ModelStarted { .. } if self.watched => {
                self.model = ProgressBar::new_spinner().with_message("the model is reading");
                self.model.enable_steady_tick(FRAME);
            }
            RunEventKind::Writing { .. } => self.model.set_message("the model is writing"),
            RunEventKind::ModelFinished { turn, took, failure } if self.watched => {
                self.model.finish_and_clear();
                let why = failure.as_ref().map_or_else(String::new, ToString::to_string);
                let mark = if failure.is_some() { '✗' } else { '✓' };
                self.line(mark, &format!("model turn {}", turn + 1), took.total_ms, &why);
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
            // A turn that is cut short by the end of its run ends without a word.
            RunEventKind::Finished { .. } | RunEventKind::Failed { .. } => self.model.finish_and_clear(),
            _ => {}
        }
    }

    fn line(&self, mark: char, what: &str, took_ms: f64, why: &str) {
        let took = words::duration(took_ms);
        // Progress that nobody can read must not end the run.
        let _ = writeln!(io::stderr(), "{}", format!("{mark} {what:<22} {took:>8}  {why}").trim_end());
    }
}
