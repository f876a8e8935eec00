//! What is kept of a model's answer. The rules' answer stands where the model's has no ground.

use contracts::planner::{Action, Evidence, PlanSource, PlannerResult};

use super::answer::ModelAnswer;
use crate::agent::guardrails::grounding::{Known, check};

/// The model's answer in the place of the rules' own, part by part, as far as the data carries it. What was left out is
/// told in `notes`. Health, facts, tools and timing stay as the rules have them.
pub fn accept(answer: ModelAnswer, rules: PlannerResult, known: &Known) -> PlannerResult {
    let summary = check(answer.summary.as_str(), known);
    let evidence: Vec<Evidence> = summary.evidence;
    let actions = answer.actions.into_iter().map(|a| Action { text: a.text, urgency: a.urgency, because: a.because });
    PlannerResult {
        summary: Some(summary.text.into()),
        actions: actions.collect(),
        evidence,
        plan_source: PlanSource::Llm,
        ..rules
    }
}
