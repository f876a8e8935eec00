//! The health score, taken apart: what holds, what each part adds, and what is missing.

use contracts::health::{HealthPart, HealthReport, Risk};
use ratatui::text::Span;

use super::Builder;
use crate::{
    ui::{
        text::{fit, fit_right},
        theme::risk_mark,
    },
    words::number,
};

const PART: usize = 16;
const COLUMN: usize = 8;

pub(super) fn write(page: &mut Builder<'_>, report: &HealthReport) {
    verdict(page, report);
    gauge(page, report);
    if !report.signals.is_empty() {
        page.heading("Signals");
        let words: Vec<_> = report.signals.iter().map(|signal| signal.as_str().replace('_', " ")).collect();
        page.paragraph(&words.join("  ·  "), page.theme.text);
    }
    page.heading("What each part adds");
    contributions(page, report);
    page.gap();
    let note = format!(
        "Model {}, as of {}. A part adds its points times its weight, over the weights that are present.",
        report.model, report.as_of
    );
    page.paragraph(&note, page.theme.dim);
}

/// Risk and score in a line: `▲ High risk   32 of 100`.
pub(super) fn verdict(page: &mut Builder<'_>, report: &HealthReport) {
    let theme = page.theme;
    let risk = match report.risk {
        Risk::High => "High risk",
        Risk::Medium => "Medium risk",
        Risk::Low => "Low risk",
        Risk::Unknown => "Risk unknown",
    };
    page.line(vec![
        Span::styled(format!("{} {risk}", risk_mark(report.risk)), theme.risk(report.risk)),
        Span::styled(format!("   {}", report.score), theme.strong),
        Span::styled(" of 100", theme.dim),
    ]);
    if report.coverage < 100 {
        let (low, high) = (report.range.low, report.range.high);
        let caveat = format!("Between {low} and {high}: only {}% of what counts is known.", report.coverage);
        page.paragraph(&caveat, theme.warn);
    }
}

fn gauge(page: &mut Builder<'_>, report: &HealthReport) {
    let theme = page.theme;
    let width = page.width.min(50);
    let cells = |score: u32| (score as usize * width).div_ceil(100).min(width);
    let (low, high) = (cells(report.range.low), cells(report.range.high));
    page.line(vec![
        Span::styled("━".repeat(low), theme.risk(report.risk)),
        Span::styled("╍".repeat(high.saturating_sub(low)), theme.warn),
        Span::styled("─".repeat(width.saturating_sub(high)), theme.bar_rest),
    ]);
}

fn contributions(page: &mut Builder<'_>, report: &HealthReport) {
    let theme = page.theme;
    let input = page.width.saturating_sub(PART + 3 * COLUMN).clamp(6, 20);
    let headings = format!(
        "{}{}{}{}{}",
        fit("part", PART),
        fit("input", input),
        fit_right("points", COLUMN),
        fit_right("weight", COLUMN),
        fit_right("adds", COLUMN)
    );
    page.line(vec![Span::styled(headings, theme.dim)]);
    for part in HealthPart::ALL {
        let weight = fit_right(&part.weight().to_string(), COLUMN);
        let label = Span::styled(fit(part.label(), PART), theme.text);
        match report.contributions.iter().find(|given| given.part == part) {
            Some(given) => page.line(vec![
                label,
                Span::styled(fit(given.input.as_str(), input), theme.text),
                Span::styled(fit_right(&given.points.to_string(), COLUMN), theme.text),
                Span::styled(weight, theme.dim),
                Span::styled(
                    fit_right(&format!("+{}", number(f64::from(given.adds_bp) / 100.0)), COLUMN),
                    theme.strong,
                ),
            ]),
            None => page.line(vec![
                label,
                Span::styled(fit("missing", input), theme.warn),
                Span::styled(fit_right("–", COLUMN), theme.dim),
                Span::styled(weight, theme.dim),
                Span::styled(fit_right("–", COLUMN), theme.dim),
            ]),
        }
    }
}
