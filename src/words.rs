//! Figures in plain words, as the client words them: [`domain::words`] and what only the client says.

use chrono::NaiveDate;
use contracts::{
    facts::Trend,
    planner::{Action, ModelUsage, Urgency},
    tools::HealthReport,
};
pub use domain::{
    health::words::gaps,
    words::{
        amount, by_priority, capital, count, date, distance, grouped, list, money, moneys, number, percent, priorities,
    },
};

/// In which line of a text a byte is, from 1.
pub fn line_of(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

/// Which way usage moves, in words; silent where nobody can say.
pub fn trend(trend: Option<Trend>) -> &'static str {
    trend.map_or("trend not known", Trend::as_str)
}

/// The score and its band: `24 of 100, high risk`, or that there is none; of an unknown one what it was while it was known.
pub fn standing(report: &HealthReport) -> String {
    let score = report.score.map_or_else(|| "no score".to_owned(), |score| format!("{score} of 100"));
    let was = report.last_known.map(|last| format!(" ({} on {})", last.risk.as_str(), date(last.on)));
    format!("{score}, {} risk{}", report.risk.as_str(), was.unwrap_or_default())
}

/// By when an action is to be done: `today`, `by 9 Jan 2027`; how soon, where no day is set. A week with holidays in it is
/// longer than one, so a day is said and no span beside it.
pub fn when(action: &Action, as_of: NaiveDate) -> String {
    match action.due {
        Some(day) if day == as_of => Urgency::Today.label().to_owned(),
        Some(day) => format!("by {}", date(day)),
        None => action.urgency.label().to_owned(),
    }
}

/// Who does an action, with whom, and how long it takes: `Dana Field with Ana Lopez, about 30 min`; none where nothing of
/// it is said. Whom the action names itself is not named again.
pub fn terms(action: &Action) -> Option<String> {
    let with = action.who.as_ref().filter(|who| !action.text.as_str().contains(who.as_str()));
    let with = with.map(|who| format!("with {who}"));
    let owner = action.owner.as_ref().map(ToString::to_string);
    let who = [owner, with].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let minutes = action.minutes.map(|minutes| format!("about {minutes} min"));
    let terms: Vec<_> = Some(who).filter(|who| !who.is_empty()).into_iter().chain(minutes).collect();
    (!terms.is_empty()).then(|| terms.join(", "))
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
