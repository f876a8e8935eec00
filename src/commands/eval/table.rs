//! The report for reading in the terminal.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table, presets};
use contracts::{
    eval::{EvalResult, EvalTotals, NewEval, Verdict},
    planner::PlanSource,
};

use super::Report;
use crate::{
    eval::compare::{Comparison, Regression},
    words,
};

/// No more failures and regressions than this are listed.
const MAX_LISTED: usize = 20;

pub(super) fn report(report: &Report) -> String {
    let eval = &report.eval;
    let planner = planner(eval);
    let customers = words::count(eval.customers.into(), "customer");
    let tasks = words::count(eval.tasks.len() as u64, "task");
    let mut text = format!("{customers}, {tasks} · planner: {planner} · as of {}\n\n", eval.as_of);
    let _ = writeln!(text, "{}", table(report));
    measures(&mut text, report);
    let unpassed = report.results.iter().filter(|result| result.verdict != Verdict::Pass).map(unpassed);
    list(&mut text, "Not passed", unpassed.collect());
    match &report.comparison {
        Some(comparison) => compared(&mut text, comparison),
        None => {
            let why = if report.wants_comparison { ": no evaluation before it has a case of this one" } else { "" };
            let _ = writeln!(text, "\nCompared with nothing{why}.");
        }
    }
    let kept = if report.kept { format!("Kept as {}", eval.id) } else { "Not kept: guests change nothing".to_owned() };
    let _ = writeln!(text, "{kept}.");
    text
}

/// What the model's answers come to, each with its limit and what it was before.
fn measures(text: &mut String, report: &Report) {
    if report.measures.is_empty() {
        return;
    }
    text.push_str("\nWhat the model wrote:\n");
    for measured in &report.measures {
        let before = report.measures_before.iter().find(|before| before.measure == measured.measure);
        let before = before.map(|before| format!("; before {}", before.figure())).unwrap_or_default();
        let mark = if measured.passed { "✓" } else { "✗" };
        let _ = writeln!(text, "  {mark} {}{before}", measured.words());
    }
}

/// Who plans: the model by its name, or the rules.
pub(super) fn planner(eval: &NewEval) -> String {
    match (eval.planner, &eval.model) {
        (PlanSource::Llm, Some(model)) => model.to_string(),
        _ => "rules".to_owned(),
    }
}

fn table(report: &Report) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["TASK", "RUNS", "PASSED", "FAILED", "TIMEOUTS", "ERRORS", "P50", "P95", "TOKENS"]);
    for of in &report.tasks {
        let times = [of.p50_ms, of.p95_ms].map(words::duration);
        table.add_row(row(of.task.as_str(), &of.totals, times));
    }
    table.add_row(row("all", &report.totals, [String::new(), String::new()]));
    for column in 1..9 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

fn row(name: &str, totals: &EvalTotals, [p50, p95]: [String; 2]) -> [String; 9] {
    let EvalTotals { cases, passed, failed, timeouts, errors, input_tokens, output_tokens } = *totals;
    let [cases, passed, failed, timeouts, errors, tokens] =
        [cases, passed, failed, timeouts, errors, input_tokens + output_tokens]
            .map(|count| words::grouped(&count.to_string()));
    [name.to_owned(), cases, passed, failed, timeouts, errors, p50, p95, tokens]
}

/// `Acme Corp (acme) · renewal · fail · outward: a link or an address`.
fn unpassed(result: &EvalResult) -> String {
    let EvalResult { customer_name, customer_id, task, verdict, .. } = result;
    let repeat = if result.repeat > 1 { format!(" #{}", result.repeat) } else { String::new() };
    format!("{customer_name} ({customer_id}) · {task}{repeat} · {} · {}", verdict.as_str(), reasons(result).join("; "))
}

/// Why a run did not pass: the checks that failed, and else the calls that did.
pub(super) fn reasons(result: &EvalResult) -> Vec<String> {
    let checks = result.failed_checks().map(|check| match &check.detail {
        Some(detail) => format!("{}: {detail}", check.check.as_str()),
        None => check.check.as_str().to_owned(),
    });
    let steps = result.steps.iter().filter_map(|step| {
        let error = step.error.as_ref().filter(|_| step.outcome == contracts::eval::StepOutcome::Failed)?;
        Some(format!("{}: {error}", step.tool.map_or("model", |tool| tool.as_str())))
    });
    let checks: Vec<_> = checks.collect();
    if checks.is_empty() { steps.collect() } else { checks }
}

fn compared(text: &mut String, comparison: &Comparison) {
    let Comparison { against, compared, fixed, regressions } = comparison;
    let worse: Vec<_> = regressions.iter().map(regression).collect();
    if *compared == 0 {
        let _ = writeln!(text, "\nCompared with {against}: no case in common, so there is nothing to compare.");
        return;
    }
    let cases = words::count(*compared as u64, "case");
    let _ = writeln!(text, "\nCompared with {against}: {cases} in common, {fixed} better, {} worse.", worse.len());
    list(text, "Worse", worse);
}

fn regression(regression: &Regression) -> String {
    match regression {
        Regression::Verdict { customer_id, customer_name, task, now } => {
            format!("{customer_name} ({customer_id}) · {task} passed, and now: {}", now.as_str())
        }
        Regression::Latency { task, before_ms, now_ms } => {
            format!("{task} · P95 {} -> {}", words::duration(*before_ms), words::duration(*now_ms))
        }
        Regression::Tokens { task, before, now } => format!("{task} · {before} -> {now} tokens a run"),
    }
}

fn list(text: &mut String, title: &str, items: Vec<String>) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}:");
    for item in items.iter().take(MAX_LISTED) {
        let _ = writeln!(text, "  ✗ {item}");
    }
    if let Some(more) = items.len().checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        let _ = writeln!(text, "  and {more} more; --format json has all of them");
    }
}
