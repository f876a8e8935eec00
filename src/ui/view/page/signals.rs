//! The health score, taken apart: what holds, what each part adds, what is missing, and the figures it rests on.

use contracts::{
    health::{HealthPart, Risk},
    planner::Fact,
    tools::HealthReport,
};
use domain::{health::words, words::date};
use ratatui::text::Span;

use super::{Builder, figures};
use crate::{
    ui::{
        text::{fit, fit_right},
        theme::risk_mark,
    },
    words::number,
};

const PART: usize = 16;
/// The least that a part's input gets.
const INPUT: usize = 6;
const COLUMN: usize = 7;

pub(super) fn write(page: &mut Builder<'_>, report: &HealthReport, facts: &[Fact]) {
    verdict(page, report);
    gauge(page, report);
    if !report.signals.is_empty() {
        page.heading("Signals");
        let words: Vec<_> = report.signals.iter().map(|signal| signal.as_str().replace('_', " ")).collect();
        page.paragraph(&words.join("  ·  "), page.theme.text);
    }
    page.heading("What each part adds");
    contributions(page, report);
    if !report.gaps.is_empty() {
        page.heading("What is missing");
        for gap in &report.gaps {
            page.item(Span::styled("• ", page.theme.warn), &words::gap(gap), page.theme.text);
        }
    }
    page.gap();
    let note = format!(
        "Model {}, as of {}. A part adds its points times its weight, over the weights that are present.",
        report.model, report.as_of
    );
    page.paragraph(&note, page.theme.dim);
    figures::write(page, "What it rests on", facts);
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
        Span::styled(
            report.score.map_or_else(|| "   no score".to_owned(), |score| format!("   {score}")),
            theme.strong,
        ),
        Span::styled(if report.score.is_some() { " of 100" } else { "" }, theme.dim),
    ]);
    if report.coverage < 100 {
        let (low, high) = (report.range.low, report.range.high);
        let caveat = format!("Between {low} and {high}: only {}% of what counts is known.", report.coverage);
        page.paragraph(&caveat, theme.warn);
    }
    if let Some(last) = report.last_known {
        page.paragraph(&format!("Last known: {} risk, on {}.", last.risk.as_str(), date(last.on)), theme.dim);
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

/// Points, weight and what the part adds. Where not all fit, the weight goes first and the points next: a figure that is
/// cut would be another figure.
fn contributions(page: &mut Builder<'_>, report: &HealthReport) {
    let theme = page.theme;
    let fitting = page.width.saturating_sub(PART + INPUT) / COLUMN;
    let shown: &[usize] = match fitting {
        0 | 1 => &[2],
        2 => &[0, 2],
        _ => &[0, 1, 2],
    };
    let input = page.width.saturating_sub(PART + shown.len() * COLUMN).clamp(INPUT, 20);
    let figures = |of: [Span<'static>; 3]| {
        let cells = shown.iter().map(move |&place| of[place].clone());
        cells.map(|cell| Span::styled(fit_right(&cell.content, COLUMN), cell.style))
    };
    let headings = figures(["points", "weight", "adds"].map(|word| Span::styled(word, theme.dim)));
    let label = Span::styled(format!("{}{}", fit("part", PART), fit("input", input)), theme.dim);
    page.line([label].into_iter().chain(headings).collect());
    for part in HealthPart::ALL {
        let weight = Span::styled(part.weight().to_string(), theme.dim);
        let (said, of) = match report.contributions.iter().find(|given| given.part() == part) {
            Some(given) => {
                let adds = format!("+{}", number(f64::from(given.adds_bp) / 100.0));
                let of = [Span::styled(given.points.to_string(), theme.text), weight, Span::styled(adds, theme.strong)];
                (Span::styled(fit(&words::input(given.input), input), theme.text), of)
            }
            None => {
                let none = || Span::styled("–", theme.dim);
                let why = report.gap(part).map(words::why).unwrap_or_default();
                (Span::styled(fit(&why, input), theme.warn), [none(), weight, none()])
            }
        };
        let label = Span::styled(fit(part.label(), PART), theme.text);
        page.line([label, said].into_iter().chain(figures(of)).collect());
    }
}
