//! The whole answer as Markdown, to paste into a wiki, a ticket or a chat.

use std::fmt::Write;

use chrono::NaiveDate;
use contracts::{
    Line,
    block::{Block, By, Place},
    planner::{Action, PlannerResult},
    tools::{EmailDraft, HealthReport, QbrOutline},
};

use domain::tasks::heading;

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
    section("Summary", summary(&result.lines_of(Place::Summary)));
    section(
        "Actions",
        super::untold_actions(result).iter().enumerate().map(|(i, it)| action(i, it, result.as_of)).collect(),
    );
    section("Health", result.health.as_ref().map(health).unwrap_or_default());
    section("Email", result.email_draft.as_ref().map(|draft| email(draft, result)).unwrap_or_default());
    section("Outline", result.qbr_outline.as_ref().map(|outline| qbr(outline, result)).unwrap_or_default());
    section("Figures", facts(result));
    section("Notes", result.notes.iter().map(|note| format!("- {}\n", escaped(note.as_str()))).collect());
    section(
        "Model",
        result.usage.as_ref().map(|usage| format!("{}\n", escaped(&words::model_usage(usage)))).unwrap_or_default(),
    );
    out
}

fn action(i: usize, action: &Action, as_of: NaiveDate) -> String {
    let (text, because) = (escaped(action.text.as_str()), escaped(action.because.as_str()));
    let terms = words::terms(action).map(|terms| format!(" ({})", escaped(&terms))).unwrap_or_default();
    format!("{}. **{}**: {}{text}{terms} *({because})*\n", i + 1, words::when(action, as_of), mark(action.by))
}

/// What stands before a line of the model's.
fn mark(by: By) -> &'static str {
    match by {
        By::Program | By::User => "",
        By::Model => "*model:* ",
    }
}

fn marked(block: &Block) -> String {
    format!("{}{}", mark(block.by), escaped(block.text.as_str()))
}

/// A line of a summary; what the file of a task has as a heading stays one, under that of the summary.
pub(super) fn said(block: &Block) -> String {
    let line = |line: &str| match heading(line).filter(|_| block.by == By::Program) {
        Some(heading) => format!("### {}", escaped(heading)),
        None => escaped(line),
    };
    let lines: Vec<_> = block.text.as_str().lines().map(line).collect();
    format!("{}{}", mark(block.by), lines.join("\n"))
}

/// The lines of the program in one paragraph, up to where the model has a line.
fn summary(blocks: &[Block]) -> String {
    let runs = blocks.chunk_by(|one, next| one.by == By::Program && next.by == By::Program);
    let paragraphs: Vec<_> = runs.map(|run| run.iter().map(said).collect::<Vec<_>>().join(" ") + "\n").collect();
    paragraphs.join("\n")
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

fn email(draft: &EmailDraft, result: &PlannerResult) -> String {
    let mut out = super::parts::hold(draft).map(|hold| format!("**Hold:** {}\n\n", escaped(&hold))).unwrap_or_default();
    let _ = write!(out, "**Subject:** {}\n\n", escaped(draft.subject.as_str()));
    let paragraphs: Vec<_> = result.lines_of(Place::Email).iter().map(marked).collect();
    for line in paragraphs.join("\n\n").lines() {
        let _ = writeln!(out, "{}", format!("> {line}").trim_end());
    }
    out
}

fn qbr(outline: &QbrOutline, result: &PlannerResult) -> String {
    let mut out = format!("**{}**\n", escaped(outline.title.as_str()));
    for section in result.lines_of(Place::Outline).chunk_by(|one, next| one.section == next.section) {
        let title = section.first().and_then(|point| point.section.as_ref()).map_or("", Line::as_str);
        let _ = write!(out, "\n### {}\n\n", escaped(title));
        for point in section {
            let _ = writeln!(out, "- {}", marked(point));
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
