//! What happened with a customer, entry by entry: `e1` is the newest. All of it stays in the house.

use chrono::NaiveDate;
use contracts::{
    Line,
    activity::{Activity, ActivityKind},
    changes::{Changed, DeliveredPart, Happened, ScoreChange, TimelineEntry},
    facts::{Part, Source},
    reading::{Knowledge, Value},
};

use super::{State, Statement, tickets::quoted};
use crate::{
    facts::find,
    words::{date, list, number},
};

/// The entries of a timeline, newest first, as it has them. What was asked of the program, and what it sent, are none of
/// the customer's own story.
pub fn timeline(entries: &[TimelineEntry]) -> Vec<Statement> {
    let told = entries.iter().filter_map(|entry| match &entry.what {
        Happened::Activity { row } => done(&row.activity),
        Happened::Delivery { delivered, is_first, facts, score } => {
            delivery(entry.on, delivered, *is_first, facts, score.as_ref())
        }
        Happened::Run { .. } => None,
    });
    told.enumerate().map(|(place, statement)| Statement { id: format!("e{}", place + 1), ..statement }).collect()
}

/// `on 3 Nov 2026 a call was noted: “agreed on two years”`.
fn done(activity: &Activity) -> Option<Statement> {
    let what = match activity.kind {
        ActivityKind::Note => "a note was made",
        ActivityKind::Call => "a call was noted",
        ActivityKind::Meeting => "a meeting was noted",
        ActivityKind::Email => "an email was noted",
        ActivityKind::Prepared | ActivityKind::Sent | ActivityKind::Unknown => return None,
    };
    let about = format!("on {} {what}: {}", date(activity.on), quoted(&Line::new(activity.text.as_str())));
    Some(statement(activity.on, Part::Activity, "your notes".into(), &about))
}

/// `on 20 Dec 2026 what changed was the number of open tickets from 1 ticket to 3 tickets and the health score from 74 to 52`.
fn delivery(
    on: NaiveDate,
    delivered: &[DeliveredPart],
    is_first: bool,
    facts: &[Changed],
    score: Option<&ScoreChange>,
) -> Option<Statement> {
    let points = |bp: u32| number(f64::from(bp) / 100.0);
    let score =
        score.map(|score| format!("the health score from {} to {}", points(score.from_bp), points(score.to_bp)));
    let changed: Vec<_> = facts.iter().filter_map(|changed| moved(changed, on)).chain(score).collect();
    let news = match (is_first, changed.as_slice()) {
        (true, _) => "the customer was in a delivery for the first time".to_owned(),
        (false, []) => return None,
        (false, changed) => format!("what changed was {}", list(changed)),
    };
    let mut sources: Vec<_> = delivered.iter().map(|part| part.source.to_string()).collect();
    sources.dedup();
    let part = facts.first().and_then(|changed| find(changed.fact.as_str())).map_or(Part::Customers, |fact| fact.part);
    Some(statement(on, part, Line::new(&list(&sources)), &format!("on {} {news}", date(on))))
}

/// `the plan from Gold to Silver`.
fn moved(changed: &Changed, on: NaiveDate) -> Option<String> {
    let fact = find(changed.fact.as_str())?;
    let said = |knowledge: &Knowledge<Value>| match knowledge {
        Knowledge::Known { value, .. } => fact.dated(value, on),
        Knowledge::Stale { value, source } => format!("{} (last known {})", fact.dated(value, on), date(source.as_of)),
        Knowledge::Missing => "not known".to_owned(),
    };
    Some(format!("the {} from {} to {}", fact.noun, said(&changed.from.knowledge), said(&changed.to.knowledge)))
}

fn statement(on: NaiveDate, part: Part, origin: Line, about: &str) -> Statement {
    Statement {
        id: String::new(),
        part,
        label: Line::new(&format!("On {}", date(on))),
        about: Line::new(about),
        to: None,
        state: State::Known,
        source: Some(Source { origin, as_of: on }),
        day: Some(on),
    }
}
