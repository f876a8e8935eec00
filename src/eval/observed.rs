//! What was seen of a run while it ran, out of its events.

use contracts::{
    Line,
    eval::{ExecStep, MAX_STEPS, MAX_TEXT, StepOutcome},
    failure::{Failure, Stage},
    run::{RunEvent, RunEventKind, ToolOutcome},
    tools::ToolName,
};

/// A run as it was seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observed {
    /// The tools that were called, in the order they were shown.
    pub called: Vec<ToolName>,
    /// The calls that have ended, of tools and of the model, in the order they did.
    pub steps: Vec<ExecStep>,
    /// Whether a tool's call failed; having no data is no failure.
    pub tool_failed: bool,
    /// Whether a call was given up because it took too long.
    pub timed_out: bool,
    /// When the model's first point was whole, in milliseconds from the start of the run.
    pub first_point_ms: Option<f64>,
    /// Why there is no answer at all.
    pub failure: Option<Failure>,
}

impl Observed {
    /// Takes in the next event.
    pub fn see(&mut self, event: &RunEvent) {
        match &event.kind {
            RunEventKind::Planned { tools, .. } | RunEventKind::Extended { tools } => self.called.extend(tools),
            RunEventKind::ToolFinished { index, outcome, timing } => {
                let (outcome, error) = match outcome {
                    ToolOutcome::Answered => (StepOutcome::Answered, None),
                    ToolOutcome::Missing { what } => (StepOutcome::Missing, Some(what.to_string())),
                    ToolOutcome::Failed { failure } => {
                        self.tool_failed = true;
                        (StepOutcome::Failed, Some(self.failed(failure)))
                    }
                };
                self.step(self.called.get(*index).copied(), timing.total_ms, outcome, error);
            }
            RunEventKind::ModelFinished { took, failure, .. } => {
                let outcome = if failure.is_some() { StepOutcome::Failed } else { StepOutcome::Answered };
                let error = failure.as_ref().map(|failure| self.failed(failure));
                self.step(None, took.total_ms, outcome, error);
            }
            RunEventKind::Failed { failure, .. } => self.failure = Some(failure.clone()),
            RunEventKind::Writing { .. } => {
                self.first_point_ms.get_or_insert(event.at_ms);
            }
            RunEventKind::ToolStarted { .. }
            | RunEventKind::ModelStarted { .. }
            | RunEventKind::Patch { .. }
            | RunEventKind::Finished { .. } => {}
        }
    }

    fn failed(&mut self, failure: &Failure) -> String {
        self.timed_out |= failure.stage == Stage::Timeout;
        failure.to_string()
    }

    fn step(&mut self, tool: Option<ToolName>, took_ms: f64, outcome: StepOutcome, error: Option<String>) {
        if self.steps.len() < MAX_STEPS {
            self.steps.push(ExecStep { tool, took_ms, outcome, error: error.as_deref().map(cut) });
        }
    }
}

/// A text of a length that is stored.
pub(super) fn cut(text: &str) -> Line {
    let line = Line::new(text);
    match line.as_str().char_indices().nth(MAX_TEXT - 1) {
        Some((end, _)) if line.as_str().chars().count() > MAX_TEXT => Line::new(&format!("{}…", &line.as_str()[..end])),
        _ => line,
    }
}
