//! Why nothing should be sent yet.

use chrono::{Days, NaiveDate};
use contracts::{
    facts::Status,
    occasion::{About, Hold},
};

use super::{renewal::Renewal, support::incident};
use crate::{
    case::Case,
    thresholds::{IN_TOUCH_DAYS, LOOK_BACK_DAYS, NO_TOUCH_DAYS},
};

/// Why a letter about the most pressing thing should wait.
pub(super) fn of(case: &Case, about: &About) -> Option<Hold> {
    let touched = last_touch(case);
    let lately = touched.filter(|day| case.days_since(*day) <= IN_TOUCH_DAYS);
    let long_ago = touched.is_some_and(|day| case.days_since(day) >= NO_TOUCH_DAYS);
    match about {
        _ if !is_customer(case) => Some(Hold::NoCustomer),
        // Whoever is hurt hears from us however often.
        About::Incident { .. } => None,
        About::Hello { .. } if !long_ago => Some(Hold::Nothing { since: since(case, touched) }),
        About::AutomaticRenewal { days: ..0, date, .. } => Some(Hold::Verify { date: *date }),
        _ => lately.map(|on| Hold::InTouch { on }),
    }
}

/// Why a letter about the renewal should wait, where that was asked for.
pub(super) fn of_renewal(case: &Case, about: &About) -> Option<Hold> {
    match about {
        _ if !is_customer(case) => Some(Hold::NoCustomer),
        About::AutomaticRenewal { days: ..0, date, .. } => Some(Hold::Verify { date: *date }),
        About::Renewal { days: ..0, date, .. } if case.renewal().is_stale() => Some(Hold::Verify { date: *date }),
        _ if incident(case).is_some() => Some(Hold::IncidentFirst),
        _ => {
            Renewal::of(case).filter(|renewal| renewal.is_far()).map(|renewal| Hold::TooEarly { from: renewal.from() })
        }
    }
}

/// The day of the last touch, where one is on record.
pub(super) fn last_touch(case: &Case) -> Option<NaiveDate> {
    let (day, _) = case.activity.any()?.last_touch?;
    Some(day)
}

fn is_customer(case: &Case) -> bool {
    let is_churned = case.fields.any().is_some_and(|fields| fields.status == Some(Status::Churned));
    !is_churned && case.gone.is_none()
}

/// How far back was looked: four weeks, or to the last touch where that is later.
fn since(case: &Case, touched: Option<NaiveDate>) -> NaiveDate {
    let weeks = case.as_of.checked_sub_days(Days::new(LOOK_BACK_DAYS)).unwrap_or(case.as_of);
    touched.map_or(weeks, |day| day.max(weeks))
}
