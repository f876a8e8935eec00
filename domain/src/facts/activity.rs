//! Facts of what the CSM did with the customer and owes to it. The words are the CSM's own: none is for the customer.

use contracts::{
    MAX_LINE,
    facts::Part,
    reading::{FactId, Value},
};

use super::{Audience, Fact, Kind, Said, Says};
use crate::{
    case::{ActivityFigures, Case},
    words::{date, distance},
};

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("activity.last_touch"),
        short: "last-touch",
        part: Part::Activity,
        kind: Kind::Date,
        heading: "Last touch",
        noun: "day of the last touch",
        audience: Audience::Internal,
        get: |case| case.activity.and_then(|done| done.last_touch.map(|(day, _)| Value::Date(day))),
        says: Says::With(last_touch),
    },
    Fact {
        id: FactId::of("activity.days_since_last_touch"),
        short: "touch",
        part: Part::Activity,
        kind: Kind::DaysSince,
        heading: "Days since last touch",
        noun: "time since the last touch",
        audience: Audience::Internal,
        get: |case| case.activity.and_then(|done| done.last_touch.map(|(day, _)| Value::Days(case.days_since(day)))),
        says: Says::With(|said| {
            let (day, _) = figures(said.case)?.last_touch?;
            Some(format!("the last touch was {}", distance(-said.case.days_since(day))))
        }),
    },
    Fact {
        id: FactId::of("activity.talked_about"),
        short: "talked-about",
        part: Part::Activity,
        kind: Kind::Text,
        heading: "Talked about",
        noun: "matter of the last touch",
        audience: Audience::Internal,
        get: |case| case.activity.and_then(|done| Some(Value::Text(done.talked_about.clone()?))),
        says: Says::With(|said| Some(format!("the note of the last touch says “{}”", said.figure))),
    },
    Fact {
        id: FactId::of("activity.open_follow_ups"),
        short: "follow-ups",
        part: Part::Activity,
        kind: Kind::Count("follow-up"),
        heading: "Open follow-ups",
        noun: "number of open follow-ups",
        audience: Audience::Internal,
        get: |case| case.activity.and_then(|done| Some(Value::Count(done.follow_ups.len() as u64))),
        says: Says::With(open_follow_ups),
    },
    Fact {
        id: FactId::of("activity.next_follow_up"),
        short: "next-follow-up",
        part: Part::Activity,
        kind: Kind::Date,
        heading: "Next follow-up",
        noun: "day of the next follow-up",
        audience: Audience::Internal,
        get: |case| {
            let due = |done: &ActivityFigures| Some(done.follow_ups.first()?.follow_up?.due);
            case.activity.and_then(|done| due(done).map(Value::Date))
        },
        says: Says::With(next_follow_up),
    },
    Fact {
        id: FactId::of("activity.agreed"),
        short: "agreed",
        part: Part::Activity,
        kind: Kind::Text,
        heading: "Agreed",
        noun: "last agreement",
        audience: Audience::Internal,
        get: |case| case.activity.and_then(|done| Some(Value::Text(done.agreed.clone()?.1))),
        says: Says::With(|said| {
            let (day, _) = figures(said.case)?.agreed.as_ref()?;
            Some(format!("it was agreed on {}: “{}”", date(*day), said.figure))
        }),
    },
];

fn figures(case: &Case) -> Option<&ActivityFigures> {
    case.activity.known()
}

fn last_touch(said: &Said<'_>) -> Option<String> {
    let (_, kind) = figures(said.case)?.last_touch?;
    Some(format!("the last touch was {} on {}", one(kind.as_str()), said.figure))
}

fn one(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn open_follow_ups(said: &Said<'_>) -> Option<String> {
    let open = &figures(said.case)?.follow_ups;
    let is_overdue = |due| due < said.case.as_of;
    let overdue = open.iter().filter(|one| one.follow_up.is_some_and(|follow_up| is_overdue(follow_up.due))).count();
    let is_open = format!("{} {} open", said.figure, said.be("is", "are"));
    Some(match overdue {
        0 => is_open,
        _ => format!("{is_open}, {overdue} overdue"),
    })
}

fn next_follow_up(said: &Said<'_>) -> Option<String> {
    let first = figures(said.case)?.follow_ups.first()?;
    let is_due = if first.follow_up?.due < said.case.as_of { "was due" } else { "is due" };
    let first_line = first.text.as_str().lines().next().unwrap_or_default();
    let words: String = first_line.chars().take(MAX_LINE).collect();
    Some(format!("a follow-up {is_due} on {}: “{words}”", said.figure))
}
