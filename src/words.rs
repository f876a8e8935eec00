//! Figures in plain words, as the client words them: [`contracts::words`] and what only the client says.

use chrono::NaiveDate;
pub use contracts::words::{count, grouped, list, money, number};
use contracts::{
    facts::{OpenByPriority, Trend},
    health::HealthReport,
    planner::ModelUsage,
    tools::UsageReport,
    words,
};

/// `1 day`, `40 days`; the sign is left to the sentence.
pub fn days(days: i64) -> String {
    count(days.unsigned_abs(), "day")
}

/// How far away a day is: `in 40 days`, `today`, `1 day ago`.
pub fn distance(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {}", self::days(days)),
        _ => format!("{} ago", self::days(days)),
    }
}

/// A renewal: `in 40 days, on 2027-01-02`.
pub fn renewal(days: i64, date: NaiveDate) -> String {
    format!("{}, on {date}", distance(days))
}

/// What usage did: `41 -> 29 logins a day`, or only the newest value where there is nothing to compare it with. A visible
/// difference that is no trend is explained, and silence is told by its first day.
pub fn usage(report: &UsageReport) -> String {
    if report.trend == Some(Trend::Silent) {
        return match report.points.iter().rfind(|point| point.value > 0.0) {
            Some(last) => format!("no use since {} by {}", last.date, report.metric),
            None => format!("no use on record by {}", report.metric),
        };
    }
    let recent = format!("{} {}", number(report.recent), report.metric);
    let Some(before) = report.before else { return recent };
    let visible = (report.recent - before).abs() >= before * VISIBLE;
    let noise = if report.trend == Some(Trend::Flat) && visible { ", within its usual ups and downs" } else { "" };
    format!("{} -> {recent}{noise}", number(before))
}

/// From this share on a difference catches the eye; the trend asks for as much, and for more than the series' noise.
const VISIBLE: f64 = 0.1;

/// Which way usage moves, in words; silent where nobody can say.
pub fn trend(trend: Option<Trend>) -> &'static str {
    trend.map_or("trend not known", Trend::as_str)
}

/// The open tickets by priority, most serious first: `1 urgent, 2 normal`; empty where none is open.
pub fn by_priority(open: OpenByPriority) -> String {
    words::by_priority(open).join(", ")
}

/// The score and its band: `24 of 100, high risk`, or that there is none.
pub fn standing(report: &HealthReport) -> String {
    let risk = report.risk.as_str();
    report.score.map_or_else(|| format!("no score, {risk} risk"), |score| format!("{score} of 100, {risk} risk"))
}

/// What the score does not know, and why: `open tickets (nothing on record) and days to renewal (…)`.
pub fn gaps(report: &HealthReport) -> String {
    list(&report.gaps.iter().map(domain::health::words::gap).collect::<Vec<_>>())
}

/// An amount in hundredths as files have it, whole units and cents without grouping: `120000.00`.
pub fn amount(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

/// Milliseconds as a reader wants them: `0.4 ms`, `18 ms`, `1.2 s`.
pub fn duration(ms: f64) -> String {
    match ms {
        ms if ms >= 1000.0 => format!("{:.1} s", ms / 1000.0),
        ms if ms >= 10.0 => format!("{ms:.0} ms"),
        ms => format!("{ms:.1} ms"),
    }
}

/// What a language model took: `Model gpt-5: 1 turn, 2,310 tokens in, 240 out`.
pub fn model_usage(usage: &ModelUsage) -> String {
    let ModelUsage { model, rounds, input_tokens, output_tokens } = usage;
    let (turns, read) = (count((*rounds).into(), "turn"), count(*input_tokens, "token"));
    format!("Model {model}: {turns}, {read} in, {} out", grouped(&output_tokens.to_string()))
}

/// A score for a narrow column; `76?` where some of the data behind it is missing.
pub fn score(score: u32, coverage: u32) -> String {
    if coverage < 100 { format!("{score}?") } else { score.to_string() }
}
