//! An answer as one page that needs nothing else, shows in every browser and prints well. A QBR's sections are slides.

use std::fmt::{self, Display, Formatter, Write};

use chrono::NaiveDate;
use contracts::{
    planner::{Action, Fact, PlannerResult},
    tools::{EmailDraft, HealthReport, QbrOutline, ToolName},
};
use domain::{occasion::words::hold, tasks::heading};

use crate::{
    render::{portfolio::Section, untold_actions},
    words,
};

const STYLE: &str = include_str!("page.css");

/// The page. Everything foreign is escaped, and nothing on it is fetched or run. Where there is nothing but a review, as in
/// the customer's edition, it is the slides alone.
pub(super) fn page(customer_name: &str, result: &PlannerResult) -> String {
    let is_review = result.used_tools.iter().any(|tool| tool.name == ToolName::GenerateQbrOutline);
    if let Some(review) = result.qbr_outline.as_ref().filter(|_| is_review && result.facts.is_empty()) {
        return whole(review.title.as_str(), &slides(review));
    }
    let title = format!("{customer_name} · {}", result.title());
    let mut body = format!("<h1>{}</h1>\n<p class=\"source\">{}</p>\n", Escaped(&title), words::date(result.as_of));
    let mut section = |title: &str, content: String| {
        if !content.is_empty() {
            let _ = write!(body, "<h2>{title}</h2>\n{content}");
        }
    };
    section("Summary", result.summary.as_ref().map(|text| said(text.as_str())).unwrap_or_default());
    section("Actions", list("ol", untold_actions(result).iter().map(|it| action(it, result.as_of))));
    section("Health", result.health.as_ref().map(health).unwrap_or_default());
    section("Email", result.email_draft.as_ref().map(email).unwrap_or_default());
    let outline = if is_review { slides } else { outline };
    section("Outline", result.qbr_outline.as_ref().map(outline).unwrap_or_default());
    section("Figures", figures(&result.facts));
    section("Notes", list("ul", result.notes.iter().map(|note| Escaped(note.as_str()).to_string())));
    whole(&title, &body)
}

/// A page of sections.
pub fn sections(title: &str, sections: &[Section]) -> String {
    let mut body = format!("<h1>{}</h1>\n", Escaped(title));
    for Section { title, lines, table } in sections {
        let _ = writeln!(body, "<h2>{}</h2>", Escaped(title));
        for line in lines {
            let _ = writeln!(body, "<p>{}</p>", Escaped(line));
        }
        let row = |tag: &str, row: &[String]| {
            let cells: String = row.iter().map(|cell| format!("<{tag}>{}</{tag}>", Escaped(cell))).collect();
            format!("<tr>{cells}</tr>\n")
        };
        if let Some((head, rows)) = table.split_first() {
            let rows: String = rows.iter().map(|cells| row("td", cells)).collect();
            let _ = write!(body, "<table>\n{}{rows}</table>\n", row("th", head));
        }
    }
    whole(title, &body)
}

fn whole(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        Escaped(title)
    )
}

/// What the file of a task says: its headings, its lists and its paragraphs.
fn said(text: &str) -> String {
    let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    let runs = lines.chunk_by(|one, next| item(one).is_some() && item(next).is_some());
    let line = |line: &str| match heading(line) {
        Some(heading) => format!("<h3>{}</h3>\n", Escaped(heading)),
        None => format!("<p>{}</p>\n", Escaped(line)),
    };
    let run = |run: &[&str]| match run {
        [one] if item(one).is_none() => line(one),
        items => list("ul", items.iter().filter_map(|line| item(line)).map(|item| Escaped(item).to_string())),
    };
    runs.map(run).collect()
}

fn item(line: &str) -> Option<&str> {
    line.strip_prefix("- ")
}

fn list(tag: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("<li>{item}</li>\n")).collect();
    if items.is_empty() { items } else { format!("<{tag}>\n{items}</{tag}>\n") }
}

fn action(action: &Action, as_of: NaiveDate) -> String {
    let (text, because) = (Escaped(action.text.as_str()), Escaped(action.because.as_str()));
    let terms = words::terms(action).map(|terms| format!(" ({})", Escaped(&terms))).unwrap_or_default();
    let when = words::when(action, as_of);
    format!("<strong>{when}</strong>: {text}{terms} <span class=\"because\">{because}</span>")
}

fn health(report: &HealthReport) -> String {
    let row = |label: &str, said: &str, adds: &str| {
        format!("<tr><td>{label}</td><td>{}</td><td class=\"figure\">{adds}</td></tr>\n", Escaped(said))
    };
    let parts = report.contributions.iter().map(|part| {
        let said = domain::health::words::input(part.input);
        row(part.part().label(), &said, &words::number(f64::from(part.adds_bp) / 100.0))
    });
    let gaps = report.gaps.iter().map(|gap| row(gap.part.label(), &domain::health::words::why(&gap.why), ""));
    let rows: String = parts.chain(gaps).collect();
    let standing = words::standing(report);
    let head = "<tr><th>part</th><th>now</th><th class=\"figure\">adds</th></tr>\n";
    format!("<p><strong>{}</strong></p>\n<table>\n{head}{rows}</table>\n", Escaped(&standing))
}

fn email(draft: &EmailDraft) -> String {
    let hold = draft.hold().map(|why| format!("<p class=\"hold\">{}</p>\n", Escaped(&hold(why)))).unwrap_or_default();
    let (subject, body) = (Escaped(draft.subject.as_str()), Escaped(draft.body.as_str()));
    format!("{hold}<p><strong>Subject:</strong> {subject}</p>\n<div class=\"email\">{body}</div>\n")
}

fn slides(outline: &QbrOutline) -> String {
    let slide = |title: &str, content: String| {
        let of = if content.is_empty() { "slide cover" } else { "slide" };
        format!("<section class=\"{of}\">\n<h3>{}</h3>\n{content}</section>\n", Escaped(title))
    };
    let sections = outline.sections.iter().map(|section| {
        let points = section.talking_points.iter().map(|point| Escaped(point.as_str()).to_string());
        slide(section.title.as_str(), list("ul", points))
    });
    [slide(outline.title.as_str(), String::new())].into_iter().chain(sections).collect()
}

/// Sections one under the other.
fn outline(outline: &QbrOutline) -> String {
    let sections = outline.sections.iter().map(|section| {
        let points = section.talking_points.iter().map(|point| Escaped(point.as_str()).to_string());
        format!("<h3>{}</h3>\n{}", Escaped(section.title.as_str()), list("ul", points))
    });
    sections.collect()
}

fn figures(facts: &[Fact]) -> String {
    let row = |fact: &Fact| {
        let (label, value) = (Escaped(fact.label.as_str()), Escaped(fact.value.as_str()));
        let (origin, as_of) = (Escaped(fact.source.origin.as_str()), fact.source.as_of);
        format!("<tr><td>{label}</td><td>{value}</td><td class=\"source\">{origin}, {as_of}</td></tr>\n")
    };
    let rows: String = facts.iter().map(row).collect();
    if rows.is_empty() { rows } else { format!("<table>\n{rows}</table>\n") }
}

/// Text that a browser shows as it is.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            c => f.write_char(c),
        })
    }
}
