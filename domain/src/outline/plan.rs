//! What comes next: each step with who does it and by when, and what is asked for so that it can be done.

use chrono::NaiveDate;
use contracts::{
    delivery::Contact,
    facts::{Priority, Trend},
    quarter::Quarter,
    reading::Value,
};

use super::{Point, Reader};
use crate::{
    case::Case,
    facts::find,
    occasion::{Renewal, working_days_after},
    thresholds::{LONG_SILENCE_DAYS, RENEWAL_FAR_DAYS, SEATS_NEARLY_FULL_BP},
    words::{date, told_subject},
};

/// Who does something.
#[derive(Debug, Clone, Copy)]
enum Who {
    Us,
    Both,
}

/// Something to do.
struct Step {
    what: String,
    who: Who,
    /// After how many working days.
    within: u32,
    /// What the customer is asked for.
    ask: Option<String>,
}

impl Step {
    fn us(what: impl Into<String>, within: u32) -> Self {
        Self { what: what.into(), who: Who::Us, within, ask: None }
    }

    fn both(what: impl Into<String>, within: u32) -> Self {
        Self { who: Who::Both, ..Self::us(what, within) }
    }

    fn asking(self, ask: impl Into<String>) -> Self {
        Self { ask: Some(ask.into()), ..self }
    }
}

/// The day of the review of the quarter that runs on a day.
pub fn next_review(today: NaiveDate) -> NaiveDate {
    working_days_after(Quarter::of(today).last_day(), 10)
}

/// The steps, each with its owner and day, in the order of their days.
pub(super) fn plan(reader: Reader<'_>) -> Vec<Point> {
    let case = reader.case;
    let step = |step: Step| {
        let by = working_days_after(case.as_of, step.within);
        (by, told(&step.what, who(reader, step.who), by))
    };
    let renewal = renewal(case).map(|(what, by, _)| (by, told(&what, who(reader, Who::Both), by)));
    let next = next_review(case.as_of);
    let next = (next, told("Meet for the next review", who(reader, Who::Both), next));
    let mut steps: Vec<_> = steps(case).map(step).chain(renewal).chain([next]).collect();
    steps.sort_by_key(|(by, _)| *by);
    steps.into_iter().map(|(_, step)| step).collect()
}

/// What is asked of either side.
pub(super) fn asks(reader: Reader<'_>) -> Vec<Point> {
    let of_them = steps(reader.case).filter_map(|step| step.ask).chain(renewal(reader.case).map(|(_, _, ask)| ask));
    let of_them: Vec<_> = of_them.collect();
    let goals = || "what would make the next three months a success".to_owned();
    let of_them = if of_them.is_empty() { vec![goals()] } else { of_them };
    let ask = reader.pick("Ask them", "Please tell us");
    let of_us = reader.pick(
        "Ask what they expect of us, and write it down as agreed.",
        "Tell us what you expect of us; we write it down, and begin the next review with it.",
    );
    let of_them = of_them.into_iter().map(|what| Point::plain(format!("{ask} {what}.")));
    of_them.chain([Point::plain(of_us)]).collect()
}

fn told(what: &str, who: String, by: NaiveDate) -> Point {
    Point::plain(format!("{what}: {who}, by {}.", date(by)))
}

fn who(reader: Reader<'_>, who: Who) -> String {
    let case = reader.case;
    let owner = case.fields.any().and_then(|fields| fields.owner.as_ref()).filter(|_| reader.is_internal());
    let us = owner.map_or("us".to_owned(), ToString::to_string);
    let person = case.contact.any().and_then(|Contact { name, .. }| name.as_ref()).unwrap_or(&case.name);
    match who {
        Who::Us => us,
        Who::Both => reader.pick(format!("{us} and {person}"), "both of us".to_owned()),
    }
}

/// What the data calls for, most pressing first.
fn steps(case: &Case) -> impl Iterator<Item = Step> {
    [serious(case), tickets(case), recurring(case), usage(case)].into_iter().flatten()
}

fn serious(case: &Case) -> Option<Step> {
    let urgent = case.tickets.known()?.by_priority.of(Priority::Urgent);
    let what = match urgent {
        0 => return None,
        1 => "Name an owner and a date for what cannot wait".to_owned(),
        _ => format!("Name an owner and a date for each of the {urgent} problems that cannot wait"),
    };
    Some(Step::us(what, 1))
}

fn tickets(case: &Case) -> Option<Step> {
    match case.tickets.known()?.by_priority.total() {
        0 => None,
        1 => Some(Step::us("Say when the open ticket will be solved", 5)),
        open => {
            let what = format!("Say when the {open} open tickets will be solved");
            Some(Step::us(what, 5).asking("which of the open tickets matters most"))
        }
    }
}

fn recurring(case: &Case) -> Option<Step> {
    let tickets = case.tickets.known()?;
    let (subject, _) = tickets.period.as_ref()?.recurring.as_ref()?;
    let named = told_subject(subject.as_str());
    let named = named.map_or_else(|| "what came again and again".to_owned(), |subject| format!("“{subject}”"));
    Some(Step::us(format!("Find the cause of {named}"), 10).asking(format!("what sets off {named}")))
}

fn usage(case: &Case) -> Option<Step> {
    let usage = case.usage.known()?;
    let share = find("usage.per_seat").map(|fact| fact.get(case));
    let is_full = matches!(share.as_ref().and_then(|share| share.known()), Some(Value::Share(SEATS_NEARLY_FULL_BP..)));
    let is_new = usage.last_use.is_none_or(|day| case.days_since(day) < LONG_SILENCE_DAYS);
    Some(match usage.trend? {
        Trend::Silent if !is_new => {
            Step::both("Decide whether and for what the product is used", 10).asking("what the team works with now")
        }
        Trend::Silent | Trend::Down => {
            Step::both("Agree on what brings the team back", 10).asking("what has changed for the team")
        }
        Trend::Up if is_full => Step::both("Plan the seats that the team will need", 15).asking("who is to join next"),
        Trend::Up => Step::both("Agree on where it could help next", 20).asking("what is behind the growth"),
        Trend::Flat => Step::both("Agree on one goal for the coming months", 20),
    })
}

/// What the renewal calls for, until when, and what is asked for.
fn renewal(case: &Case) -> Option<(String, NaiveDate, String)> {
    let renewal = Renewal::of(case).filter(|renewal| (0..=RENEWAL_FAR_DAYS).contains(&renewal.days))?;
    let by = renewal.decide_by(case.as_of);
    // Where there is no time left before it, the day is said once.
    let of = if by == renewal.date { String::new() } else { format!(" of {}", date(renewal.date)) };
    Some(if renewal.automatic {
        (
            format!("Look through what is to change before the renewal{of}"),
            by,
            "whether anything should change".to_owned(),
        )
    } else {
        (format!("Agree on the renewal{of}"), by, "who decides about the renewal, and what they need".to_owned())
    })
}
