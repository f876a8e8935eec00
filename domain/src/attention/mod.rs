//! What the day begins with: reasons to act, found in facts, weighed and put in order.
//!
//! `rules` finds the reasons a customer gives and `sources` those that a source gives, `factors` weighs them, and [`order`]
//! makes the list of the day. Integers alone, and nothing that differs between two runs.

mod customer;
mod factors;
mod id;
pub mod order;
mod rules;
mod settings;
mod sources;
mod totals;
pub mod words;

use chrono::NaiveDate;
use contracts::{
    ActivityId, Line,
    attention::{About, Factors, Grounds, Item, Kind, Pressure, State, Until},
    book::Standing,
};

use crate::{
    case::Case,
    facts,
    health::{inputs_of, judge},
    thresholds::SCORE_DROP,
    words::cell_of,
};
use customer::Customer;
use factors::Medians;

pub use settings::{Minutes, Weights};
pub use totals::totals;

/// The score of a customer with whom all is well.
const BEST_SCORE: u32 = 100;

/// A customer of the book on two days.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// On the day that counts.
    pub now: &'a Case,
    /// [`SCORE_LOOKBACK_DAYS`](crate::thresholds::SCORE_LOOKBACK_DAYS) before; none where it was not in the book then.
    pub before: Option<&'a Case>,
}

/// Whether a customer's items look at an earlier day as well: its score may have dropped.
pub fn looks_back(case: &Case) -> bool {
    let score = judge(&inputs_of(case)).score;
    case.standing() == Standing::Active && score.is_some_and(|score| score + SCORE_DROP <= BEST_SCORE)
}

/// A reason before it is weighed.
struct Reason {
    kind: Kind,
    /// What it has that a new one of its kind would not have.
    cause: String,
    says: Vec<Line>,
    day: Option<NaiveDate>,
    pressure: Option<Pressure>,
    /// The activity that promised it, where it is a follow-up.
    promised: Option<ActivityId>,
    state: State,
}

impl Reason {
    /// One that waits, by nothing else than its kind.
    fn of(kind: Kind, cause: String, says: Vec<Line>) -> Self {
        Self { kind, cause, says, day: None, pressure: None, promised: None, state: State::Open }
    }
}

/// Every item of a book, by id: all of them open, but follow-ups that were closed on the day, which are done. The medians and the sources are of the whole book, so it has to be whole.
pub fn items(book: &[Seen<'_>]) -> Vec<Item> {
    let active = || book.iter().filter(|seen| seen.now.standing() == Standing::Active);
    let medians = Medians::of(active().map(|seen| seen.now));
    let fallen = sources::fallen(active().map(|seen| seen.now));
    let of_customers = book.iter().flat_map(|seen| {
        let customer = Customer::of(*seen, &fallen);
        rules::reasons(&customer).into_iter().map(|reason| item(reason, &customer, &medians)).collect::<Vec<_>>()
    });
    let cases: Vec<_> = active().map(|seen| seen.now).collect();
    let mut items: Vec<_> = of_customers.chain(sources::items(&cases, &fallen, &medians)).collect();
    items.sort_by(|one, other| one.id.cmp(&other.id));
    items.dedup_by(|one, other| one.id == other.id);
    items
}

fn item(reason: Reason, customer: &Customer<'_>, medians: &Medians) -> Item {
    let Reason { kind, cause, says, day, pressure, promised, state } = reason;
    let case = customer.now;
    let about = About::Customer { id: case.id.clone(), name: case.name.clone() };
    let grounds = match kind {
        Kind::FollowUpDue | Kind::Gone => Grounds::Kind,
        _ => customer.grounds(),
    };
    let factors = Factors {
        value: medians.worth(case),
        likelihood: factors::likelihood(grounds),
        urgency: factors::urgency(kind, pressure.into_iter().chain(customer.renewal_pressure())),
    };
    let id = id::of(&about, kind, &cause);
    Item { id, kind, about, reasons: says, day, promised, factors, situation: situation(case), state }
}

/// What "something changes" looks at. Days that only go on are not in it.
fn situation(case: &Case) -> Line {
    const FACTS: [&str; 7] = [
        "health.risk",
        "usage.trend",
        "tickets.open",
        "tickets.urgent",
        "contract.arr",
        "contract.renewal_date",
        "activity.last_touch",
    ];
    let cell = |id: &&str| {
        let known = facts::find(id)?.get(case);
        Some(known.any().map_or("–".to_owned(), cell_of) + if known.is_stale() { " (old)" } else { "" })
    };
    let cells: Vec<_> = FACTS.iter().filter_map(cell).collect();
    Line::new(&cells.join(", "))
}

/// What an item's state comes to on a day: who is snoozed is back once the day has come, or something has changed, and before
/// the day it was done an item is not. What its facts say of it counts more than what was kept.
pub fn state_on(kept: State, item: &Item, as_of: NaiveDate) -> State {
    let is_back = match &kept {
        _ if item.state != State::Open => true,
        State::Snoozed(Until::Day(day)) => *day <= as_of,
        State::Snoozed(Until::Change(situation)) => *situation != item.situation,
        State::Done(day) => as_of < *day,
        State::Open => false,
    };
    if is_back { item.state.clone() } else { kept }
}

/// What the catalogue says of a fact, about the customer.
fn says(case: &Case, fact: &str) -> Option<Line> {
    Some(facts::find(fact)?.read(case).says?.about)
}
