//! What a draft is about, as of a day: one ordered table. What is too old to speak of as present is no occasion.

mod days;
mod hold;
mod renewal;
mod support;
mod usage;
pub mod words;

use contracts::{
    occasion::{About, Ask, Due, Hold, Occasion},
    reading::FactId,
};

pub use days::{last_working_day_before, working_days_after};
pub(crate) use renewal::Renewal;
pub(crate) use support::open;

use crate::case::Case;

/// What a rule found.
struct Found {
    about: About,
    ask: Ask,
    /// After how many working days the sender writes again, where that is promised.
    next_in: Option<u32>,
    statements: &'static [&'static str],
}

type Rule = fn(&Case) -> Option<Found>;

/// The occasions, most pressing first. The first that applies is what a letter is about.
const RULES: [Rule; 9] = [
    support::incident,
    renewal::unsettled,
    usage::silence,
    usage::decline,
    support::waiting,
    renewal::automatic,
    support::recurred,
    support::solved,
    usage::growth,
];

/// What one would write to the customer about today. There is always something, but nothing has to be sent: see
/// [`Occasion::hold`].
pub fn occasion(case: &Case) -> Occasion {
    let found = RULES.iter().find_map(|rule| rule(case)).unwrap_or_else(|| hello(case));
    let hold = hold::of(case, &found.about);
    told(case, found, hold)
}

/// The occasion of a letter about the renewal, whatever else there is; `None` where no renewal date is known.
pub fn renewal(case: &Case) -> Option<Occasion> {
    let found = renewal::any(case)?;
    let hold = hold::of_renewal(case, &found.about);
    Some(told(case, found, hold))
}

fn told(case: &Case, found: Found, hold: Option<Hold>) -> Occasion {
    let also = match found.about {
        About::Renewal { due: Due::Overdue | Due::Now | Due::Pressing | Due::Ahead, .. } => renewal::also(case),
        _ => Vec::new(),
    };
    let promises = !also.is_empty() && found.next_in.is_none();
    Occasion {
        next_on: found.next_in.or(promises.then_some(3)).map(|days| working_days_after(case.as_of, days)),
        statements: found.statements.iter().copied().map(FactId::of).collect(),
        about: found.about,
        ask: found.ask,
        also,
        hold,
    }
}

fn hello(case: &Case) -> Found {
    let touched = hold::last_touch(case);
    Found { about: About::Hello { touched }, ask: Ask::Reply, next_in: None, statements: &["activity.last_touch"] }
}
