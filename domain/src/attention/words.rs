//! Why an item stands where it stands, and what became of it, in words.

use contracts::attention::{Grounds, Item, Pressure, State, Until};

use super::{Weights, order::Ranked};
use crate::words::{count, date, list, money, number};

/// The priority and its three factors, each with the figures it is made of.
pub fn priority(ranked: &Ranked, weights: &Weights) -> [String; 4] {
    let (item, factors) = (&ranked.item, &ranked.item.factors);
    let (value, urgency) = (factors.value.thousandths as f64 / 1_000.0, share(factors.urgency.percent));
    let chance = f64::from(weights.of(item.kind) * factors.likelihood.percent) / 10_000.0;
    [
        format!(
            "priority {}: value {} × likelihood {} × urgency {urgency}",
            ranked.priority,
            number(value),
            number(chance)
        ),
        format!("value {}: {}", number(value), worth(item)),
        format!("likelihood {}: {}", number(chance), likelihood(item, weights)),
        format!("urgency {urgency}: {}", pressure(item)),
    ]
}

/// The same in a line.
pub fn in_short(ranked: &Ranked, weights: &Weights) -> String {
    let [_, value, likelihood, urgency] = priority(ranked, weights);
    [value, likelihood, urgency].join(" · ")
}

fn share(percent: u32) -> String {
    number(f64::from(percent) / 100.0)
}

fn worth(item: &Item) -> String {
    let shares = &item.factors.value.shares;
    if shares.is_empty() {
        return "no revenue is known, so it counts as the median customer".to_owned();
    }
    let over =
        shares.iter().map(|share| format!("{} a year over the median of {}", money(&share.arr), money(&share.median)));
    list(&over.collect::<Vec<_>>())
}

fn likelihood(item: &Item, weights: &Weights) -> String {
    let kind = format!("{} for {}", share(weights.of(item.kind)), item.kind.noun());
    let percent = share(item.factors.likelihood.percent);
    match item.factors.likelihood.by {
        Grounds::Score(worst) => format!("{kind} × {percent} at a score of {worst} at the worst"),
        Grounds::NoScore => format!("{kind} × {percent}, because too little is known for a score"),
        Grounds::Kind => kind,
    }
}

fn pressure(item: &Item) -> String {
    let days = |days: i64| count(days.unsigned_abs(), "day");
    match item.factors.urgency.by {
        Pressure::Renewal(left) if left < 0 => format!("the renewal was due {} ago", days(left)),
        Pressure::Renewal(left) => format!("{} to the renewal", days(left)),
        Pressure::Notice(left) => format!("{} left to give notice", days(left)),
        Pressure::Waiting(waits) => format!("the ticket has waited for {}", days(waits)),
        Pressure::Due(late) => format!("due for {}", days(late)),
        Pressure::Kind => format!("usual for {}", item.kind.noun()),
    }
}

/// What became of an item.
pub fn state(state: &State) -> String {
    match state {
        State::Open => "open".to_owned(),
        State::Done(day) => format!("done on {}", date(*day)),
        State::Snoozed(Until::Day(day)) => format!("snoozed until {}", date(*day)),
        State::Snoozed(Until::Change(_)) => "snoozed until something changes".to_owned(),
    }
}
