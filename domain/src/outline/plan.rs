//! What comes next: each step with who does it and by when, and what is asked for so that it can be done.

use chrono::NaiveDate;
use contracts::{
    Line,
    delivery::Contact,
    facts::{Priority, Trend},
    quarter::Quarter,
    reading::Value,
    review::{Given, Saying},
};

use super::{Point, Reader};
use crate::{
    case::Case,
    facts::find,
    occasion::{Renewal, working_days_after},
    thresholds::{LONG_SILENCE_DAYS, RENEWAL_FAR_DAYS, SEATS_NEARLY_FULL_BP},
    words::told_subject,
};

/// Who does something.
#[derive(Debug, Clone, Copy)]
enum Who {
    Us,
    Both,
}

/// Something to do.
struct Step {
    what: Saying,
    who: Who,
    /// After how many working days.
    within: u32,
    /// What the customer is asked for.
    ask: Option<Saying>,
}

impl Step {
    fn us(what: Saying, within: u32) -> Self {
        Self { what, who: Who::Us, within, ask: None }
    }

    fn both(what: &'static str, within: u32) -> Self {
        Self { who: Who::Both, ..Self::us(Saying::of(what), within) }
    }

    fn asking(self, ask: Saying) -> Self {
        Self { ask: Some(ask), ..self }
    }
}

/// The day of the review of the quarter that runs on a day.
pub fn next_review(today: NaiveDate) -> NaiveDate {
    working_days_after(Quarter::of(today).last_day(), 10)
}

/// The steps, each with its owner and day, in the order of their days.
pub(super) fn plan(reader: Reader<'_>) -> Vec<Point> {
    let case = reader.case;
    let step = |step: Step| (working_days_after(case.as_of, step.within), step.what, step.who);
    let renewal = renewal(case).map(|(what, by, _)| (by, what, Who::Both));
    let next = (next_review(case.as_of), Saying::of("step-review"), Who::Both);
    let mut steps: Vec<_> = steps(case).map(step).chain(renewal).chain([next]).collect();
    steps.sort_by_key(|(by, ..)| *by);
    let told = |(by, what, whose)| {
        let said = Saying::of("step").with("what", within(what)).with("who", who(reader, whose));
        Point::saying(case, said.with("by", Given::Date(by)))
    };
    steps.into_iter().map(told).collect()
}

/// What is asked of either side.
pub(super) fn asks(reader: Reader<'_>) -> Vec<Point> {
    let case = reader.case;
    let of_them = steps(case).filter_map(|step| step.ask).chain(renewal(case).map(|(_, _, ask)| ask));
    let mut of_them: Vec<_> = of_them.collect();
    if of_them.is_empty() {
        of_them.push(Saying::of("ask-goals"));
    }
    let ask = |what| Point::saying(case, Saying::of(reader.pick("ask-them", "ask")).with("what", within(what)));
    let of_us = if reader.is_internal() {
        Point::plain("Ask what they expect of us, and write it down as agreed.")
    } else {
        Point::saying(case, Saying::of("ask-of-us"))
    };
    of_them.into_iter().map(ask).chain([of_us]).collect()
}

fn within(saying: Saying) -> Given {
    Given::Saying(Box::new(saying))
}

fn who(reader: Reader<'_>, who: Who) -> Given {
    if !reader.is_internal() {
        return within(Saying::of(if let Who::Us = who { "us" } else { "both" }));
    }
    let case = reader.case;
    let owner = case.fields.any().and_then(|fields| fields.owner.as_ref());
    let us = owner.map_or("us".to_owned(), ToString::to_string);
    let person = case.contact.any().and_then(|Contact { name, .. }| name.as_ref()).unwrap_or(&case.name);
    Given::Text(match who {
        Who::Us => Line::new(&us),
        Who::Both => Line::new(&format!("{us} and {person}")),
    })
}

/// What the data calls for, most pressing first.
fn steps(case: &Case) -> impl Iterator<Item = Step> {
    [serious(case), tickets(case), recurring(case), usage(case)].into_iter().flatten()
}

fn serious(case: &Case) -> Option<Step> {
    let urgent = case.tickets.known()?.by_priority.of(Priority::Urgent);
    let what = || Saying::of("step-incident").with("count", Given::Count(urgent.into()));
    (urgent > 0).then(|| Step::us(what(), 1))
}

fn tickets(case: &Case) -> Option<Step> {
    let open = case.tickets.known()?.by_priority.total();
    let step = || Step::us(Saying::of("step-tickets").with("count", Given::Count(open.into())), 5);
    match open {
        0 => None,
        1 => Some(step()),
        _ => Some(step().asking(Saying::of("ask-which-ticket"))),
    }
}

fn recurring(case: &Case) -> Option<Step> {
    let tickets = case.tickets.known()?;
    let (subject, _) = tickets.period.as_ref()?.recurring.as_ref()?;
    let named = told_subject(subject.as_str()).map(Given::Text);
    let [cause, asks] =
        ["step-recurring", "ask-what-sets-off"].map(|name| Saying::of(name).maybe("subject", named.clone()));
    Some(Step::us(cause, 10).asking(asks))
}

fn usage(case: &Case) -> Option<Step> {
    let usage = case.usage.known()?;
    let share = find("usage.per_seat").map(|fact| fact.get(case));
    let is_full = matches!(share.as_ref().and_then(|share| share.known()), Some(Value::Share(SEATS_NEARLY_FULL_BP..)));
    let is_new = usage.last_use.is_none_or(|day| case.days_since(day) < LONG_SILENCE_DAYS);
    let asks = |of| Saying::of("ask-usage").when(of, true);
    Some(match usage.trend? {
        Trend::Silent if !is_new => Step::both("step-decide-usage", 10).asking(asks("now")),
        Trend::Silent | Trend::Down => Step::both("step-bring-back", 10).asking(asks("changed")),
        Trend::Up if is_full => Step::both("step-seats", 15).asking(asks("joins")),
        Trend::Up => Step::both("step-growth", 20).asking(asks("growth")),
        Trend::Flat => Step::both("step-goal", 20),
    })
}

/// What the renewal calls for, until when, and what is asked for.
fn renewal(case: &Case) -> Option<(Saying, NaiveDate, Saying)> {
    let renewal = Renewal::of(case).filter(|renewal| (0..=RENEWAL_FAR_DAYS).contains(&renewal.days))?;
    let by = renewal.decide_by(case.as_of);
    // Where there is no time left before it, the day is said once.
    let date = (by != renewal.date).then_some(Given::Date(renewal.date));
    let what = Saying::of("step-renewal").maybe("date", date).when("automatic", renewal.automatic);
    let ask = if renewal.automatic { "ask-what-changes" } else { "ask-who-decides" };
    Some((what, by, Saying::of(ask)))
}
