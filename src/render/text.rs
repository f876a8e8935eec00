//! The whole answer as plain text.

use std::fmt::Write;

use contracts::{
    block::Place,
    planner::{PlanSource, PlannerResult, TimingInfo},
    tools::HealthReport,
};

use super::parts;
use crate::words;

/// The whole answer as plain text, for a terminal or a mail.
pub fn text(customer_name: &str, result: &PlannerResult) -> String {
    let mut out = super::heading(customer_name, result);
    out.push('\n');
    for line in super::provenance(result) {
        let _ = writeln!(out, "{line}");
    }
    let mut section = |title: &str, body: String| {
        if !body.is_empty() {
            let gap = if title.is_empty() { "" } else { "\n" };
            let _ = write!(out, "\n{title}{gap}{body}");
        }
    };
    section("", parts::said(&result.lines_of(Place::Summary)));
    section("ACTIONS", parts::numbered(super::untold_actions(result), result.as_of));
    section("HEALTH", result.health.as_ref().map(health).unwrap_or_default());
    let hold = result.email_draft.as_ref().and_then(parts::hold).map(|hold| format!("Hold: {hold}\n\n"));
    section("EMAIL", parts::marked_email(result).map(|email| hold.unwrap_or_default() + &email).unwrap_or_default());
    section("OUTLINE", parts::qbr(result).unwrap_or_default());
    section("FIGURES", facts(result));
    section("NOTES", result.notes.iter().map(|note| format!("- {note}\n")).collect());
    section("TOOLS", tools(result));
    out
}

fn health(report: &HealthReport) -> String {
    let mut out = format!("{} (model {})\n", words::standing(report), report.model);
    for part in &report.contributions {
        let adds = super::adds(part.adds_bp);
        let _ = writeln!(
            out,
            "  {:<16} {adds:>6}  {} ({} points, weight {})",
            part.part().label(),
            domain::health::words::input(part.input),
            part.points,
            part.weight
        );
    }
    for gap in &report.gaps {
        let _ = writeln!(out, "  {:<16} {}", gap.part.label(), domain::health::words::why(&gap.why));
    }
    out
}

fn facts(result: &PlannerResult) -> String {
    let line = |fact: &contracts::planner::Fact| {
        format!("  {}: {}  [{}, {}]\n", fact.label, fact.value, fact.source.origin, fact.source.as_of)
    };
    result.facts.iter().map(line).collect()
}

fn tools(result: &PlannerResult) -> String {
    let mut out = String::new();
    for tool in &result.used_tools {
        let state = match (&tool.error, &tool.missing) {
            (Some(failure), _) => format!("failed: {failure}"),
            (None, Some(what)) => format!("missing: {what}"),
            (None, None) => "ok".to_owned(),
        };
        let _ = writeln!(out, "  {:<22} {:>8}  {state}", tool.name, words::duration(tool.took_ms));
    }
    if let Some(usage) = &result.usage {
        let TimingInfo { planning_ms, tool_execution_ms, total_ms } = result.timing_info;
        let turns = format!("model, {}", words::count(usage.rounds.into(), "turn"));
        let took = words::duration((total_ms - planning_ms - tool_execution_ms).max(0.0));
        let state = match result.plan_source {
            PlanSource::Llm => "ok",
            PlanSource::Deterministic => "not used",
        };
        let _ = writeln!(out, "  {turns:<22} {took:>8}  {state}");
    }
    let _ = writeln!(out, "  {:<22} {:>8}", "whole run", words::duration(result.timing_info.total_ms));
    if let Some(usage) = &result.usage {
        let _ = writeln!(out, "  {}", words::model_usage(usage));
    }
    out
}
