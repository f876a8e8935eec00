//! What happened with a customer, entry by entry.

use chrono::NaiveDate;
use contracts::{
    Line,
    activity::{Activity, FollowUp},
    changes::{Happened, ScorePoint, TimelineEntry},
};

use super::changes;
use crate::words::{date, list};

/// An entry in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The day and what it was: `20 Dec 2026 · call`.
    pub head: String,
    /// What there is to say of it, a line each.
    pub lines: Vec<String>,
}

/// An entry of a timeline that ends on `as_of`.
pub fn entry(entry: &TimelineEntry, as_of: NaiveDate) -> Entry {
    let (what, lines) = match &entry.what {
        Happened::Activity { row } => (row.activity.kind.as_str().to_owned(), activity(&row.activity, as_of)),
        Happened::Run { task, question, summary, .. } => {
            let asked = question.as_ref().map(|question| format!("Asked: {question}"));
            let summary = summary.as_ref().map(ToString::to_string);
            (format!("{} run", task.title()), asked.into_iter().chain(summary).collect())
        }
        Happened::Delivery { delivered, is_first, facts, score } => {
            let mut sources: Vec<_> = delivered.iter().map(|part| part.source.to_string()).collect();
            sources.dedup();
            let first = is_first.then(|| "The customer was new.".to_owned());
            let score = score.iter().map(changes::score);
            let facts = facts.iter().map(|changed| changes::fact(changed, entry.on));
            (format!("delivery of {}", list(&sources)), first.into_iter().chain(score).chain(facts).collect())
        }
    };
    Entry { head: format!("{} · {what}", date(entry.on)), lines }
}

fn activity(activity: &Activity, as_of: NaiveDate) -> Vec<String> {
    let text = activity.text.as_str().lines().map(str::to_owned);
    // What was typed in one line says it already.
    let is_said = |agreed: &&Line| activity.text.as_str().contains(agreed.as_str());
    let agreed = activity.agreed.iter().filter(|agreed| !is_said(agreed)).map(|agreed| format!("Agreed: {agreed}"));
    text.chain(agreed).chain(activity.follow_up.map(|follow_up| owed(follow_up, as_of))).collect()
}

fn owed(follow_up: FollowUp, as_of: NaiveDate) -> String {
    let due = date(follow_up.due);
    match follow_up.closed_on {
        Some(closed) => format!("Follow-up of {due}: closed on {}", date(closed)),
        None if follow_up.due < as_of => format!("Follow-up was due {due}"),
        None => format!("Follow-up due {due}"),
    }
}

/// The score week by week, a sign a week: `▅▅▄▂`; a dot where nothing was known.
pub fn line(scores: &[ScorePoint]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    scores.iter().map(|point| point.score.map_or('·', |score| BARS[(score.min(100) * 7 / 100) as usize])).collect()
}

/// What the line of the score shows: `Score by week: 74 on 21 Dec 2025, 52 on 20 Dec 2026`.
pub fn line_words(scores: &[ScorePoint]) -> String {
    let known: Vec<_> = scores.iter().filter_map(|point| Some((point.score?, point.on))).collect();
    match (known.first(), known.last()) {
        (Some((first, from)), Some((last, to))) if from != to => {
            format!("Score by week: {first} on {}, {last} on {}", date(*from), date(*to))
        }
        (Some((only, on)), _) => format!("Score: {only} on {}", date(*on)),
        _ => "Score: nothing is known to score by".to_owned(),
    }
}
