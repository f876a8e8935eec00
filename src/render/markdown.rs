//! The whole answer as Markdown, to paste into a wiki, a ticket or a chat.

use std::fmt::Write;

use contracts::{
    Line,
    planner::{Action, PlannerResult},
    tools::{EmailDraft, HealthReport, QbrOutline},
};

use crate::words;

/// The whole answer as Markdown. Foreign text is escaped, so that a name cannot become a link or markup.
pub fn markdown(customer_name: &str, result: &PlannerResult) -> String {
    let mut out = format!("# {}\n", escaped(&super::heading(customer_name, result)));
    for line in super::provenance(result) {
        let _ = write!(out, "\n*{}*\n", escaped(&line));
    }
    let mut section = |title: &str, body: String| {
        if !body.is_empty() {
            let _ = write!(out, "\n## {title}\n\n{body}");
        }
    };
    section("Summary", result.summary.as_ref().map(|text| format!("{}\n", escaped(text.as_str()))).unwrap_or_default());
    section("Actions", result.actions.iter().enumerate().map(action).collect());
    section("Health", result.health.as_ref().map(health).unwrap_or_default());
    section("Email", result.email_draft.as_ref().map(email).unwrap_or_default());
    section("QBR outline", result.qbr_outline.as_ref().map(qbr).unwrap_or_default());
    section("Figures", facts(result));
    section("Figures rest on", evidence(result));
    section("Notes", result.notes.iter().map(|note| format!("- {}\n", escaped(note.as_str()))).collect());
    section(
        "Model",
        result.usage.as_ref().map(|usage| format!("{}\n", escaped(&words::model_usage(usage)))).unwrap_or_default(),
    );
    out
}

fn action((i, action): (usize, &Action)) -> String {
    let (text, because) = (escaped(action.text.as_str()), escaped(action.because.as_str()));
    format!("{}. **{}**: {text} *({because})*\n", i + 1, action.urgency.label())
}

fn health(report: &HealthReport) -> String {
    let mut out = format!("**{}**\n\n", words::standing(report));
    out.push_str("| part | input | points | weight | adds |\n|---|---|---:|---:|---:|\n");
    for part in &report.contributions {
        let (label, input) = (part.part().label(), domain::health::words::input(part.input));
        let adds = super::adds(part.adds_bp);
        let _ = writeln!(out, "| {label} | {input} | {} | {} | {adds} |", part.points, part.weight);
    }
    for gap in &report.gaps {
        let why = domain::health::words::why(&gap.why);
        let _ = writeln!(out, "| {} | {why} | | {} | |", gap.part.label(), gap.part.weight());
    }
    out
}

fn email(draft: &EmailDraft) -> String {
    let mut out = super::parts::hold(draft).map(|hold| format!("**Hold:** {}\n\n", escaped(&hold))).unwrap_or_default();
    let _ = write!(out, "**Subject:** {}\n\n", escaped(draft.subject.as_str()));
    for line in draft.body.as_str().lines() {
        let _ = writeln!(out, "{}", format!("> {}", escaped(line)).trim_end());
    }
    out
}

fn qbr(outline: &QbrOutline) -> String {
    let mut out = format!("**{}**\n", escaped(outline.title.as_str()));
    for section in &outline.sections {
        let _ = write!(out, "\n### {}\n\n", escaped(section.title.as_str()));
        for point in &section.talking_points {
            let _ = writeln!(out, "- {}", escaped(point.as_str()));
        }
    }
    out
}

fn facts(result: &PlannerResult) -> String {
    let mut out = String::new();
    for fact in &result.facts {
        let (label, value, origin) =
            (escaped(fact.label.as_str()), escaped(fact.value.as_str()), escaped(fact.source.origin.as_str()));
        let _ = writeln!(out, "- {label}: {value} *({origin}, {})*", fact.source.as_of);
    }
    out
}

fn evidence(result: &PlannerResult) -> String {
    let said = |text: &Line| escaped(text.as_str());
    result
        .evidence
        .iter()
        .map(|evidence| format!("- {}: {}\n", said(&evidence.figure), said(&evidence.basis)))
        .collect()
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut line_start = true;
    for c in text.chars() {
        let markup = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|');
        if markup || (line_start && matches!(c, '>' | '#')) {
            out.push('\\');
        }
        out.push(c);
        line_start = c == '\n';
    }
    out
}
