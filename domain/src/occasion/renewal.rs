//! Occasions of the contract.

use chrono::{Days, NaiveDate};
use contracts::{
    facts::Trend,
    occasion::{About, Also, Ask, Due},
};

use super::{Found, support::open, usage::moves, working_days_after};
use crate::{
    case::Case,
    thresholds::{NOTICE_AHEAD_DAYS, PASSED_LATELY_DAYS, RENEWAL_NEAR_DAYS, RENEWAL_PRESSING_DAYS},
};

/// When the contract renews, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Renewal {
    pub date: NaiveDate,
    /// Whole days to it; negative once it has passed.
    pub days: i64,
    pub automatic: bool,
    /// The last day on which it can be ended, where that is still to come.
    pub notice_by: Option<NaiveDate>,
    /// Whether it is that of one of several contracts.
    several: bool,
    /// From how many days before it on one writes about it.
    window: i64,
    /// Whether it passed after its contract was last delivered, so that it may be settled.
    maybe_settled: bool,
}

impl Renewal {
    pub fn of(case: &Case) -> Option<Self> {
        let contract = case.contract.known()?;
        let renewal = case.renewal();
        let date = *renewal.any()?;
        let days = -case.days_since(date);
        let notice = contract.main.notice_days.filter(|&days| days > 0);
        let notice_by = notice.and_then(|days| date.checked_sub_days(Days::new(days.into())));
        Some(Self {
            date,
            days,
            automatic: contract.main.auto_renew == Some(true),
            notice_by: notice_by.filter(|day| *day >= case.as_of),
            several: contract.contracts > 1,
            window: notice.map_or(0, |days| i64::from(days) + NOTICE_AHEAD_DAYS).max(RENEWAL_NEAR_DAYS),
            maybe_settled: renewal.is_stale(),
        })
    }

    /// From which day on one writes about it.
    pub fn from(self) -> NaiveDate {
        self.date.checked_sub_days(Days::new(self.window.unsigned_abs())).unwrap_or(self.date)
    }

    /// Whether it is outside of the window in which one writes about it.
    pub fn is_far(self) -> bool {
        self.days > self.window
    }

    /// By when it should be decided: a week before notice ends, or before it renews; at the soonest in five working days.
    pub fn decide_by(self, today: NaiveDate) -> NaiveDate {
        let end = self.notice_by.unwrap_or(self.date);
        let week_before = end.checked_sub_days(Days::new(7)).unwrap_or(end);
        week_before.max(working_days_after(today, 5)).min(end)
    }

    fn due(self) -> Due {
        match self.days {
            ..0 => Due::Overdue,
            0..=7 => Due::Now,
            8..=RENEWAL_PRESSING_DAYS => Due::Pressing,
            days if days <= self.window => Due::Ahead,
            _ => Due::Far,
        }
    }

    fn about(self) -> About {
        let Self { date, days, notice_by, several, .. } = self;
        if self.automatic {
            About::AutomaticRenewal { date, days, notice_by, several }
        } else {
            About::Renewal { date, days, due: self.due(), notice_by, several }
        }
    }

    fn found(self) -> Found {
        let ask = match (self.automatic, self.due()) {
            (true, Due::Overdue) => Ask::Confirm,
            (true, _) => Ask::Nothing,
            (false, Due::Overdue | Due::Now) => Ask::Decide,
            (false, _) => Ask::Talk,
        };
        let statements: &[_] = if self.notice_by.is_some() {
            &["contract.renewal_date", "contract.notice_by"]
        } else {
            &["contract.renewal_date"]
        };
        Found { about: self.about(), ask, next_in: None, statements }
    }
}

/// One that does not renew by itself and is due within its window, or overdue. One that passed after its contract was
/// last delivered may be settled: nobody is pressed for it.
pub(super) fn unsettled(case: &Case) -> Option<Found> {
    let renewal = Renewal::of(case)?;
    let counts = !renewal.automatic && !renewal.maybe_settled && renewal.due() != Due::Far;
    counts.then(|| renewal.found())
}

/// One that renews by itself within a month or before its notice ends, or has done so lately.
pub(super) fn automatic(case: &Case) -> Option<Found> {
    let renewal = Renewal::of(case)?;
    let notice_is_near = renewal.notice_by.is_some_and(|day| -case.days_since(day) <= NOTICE_AHEAD_DAYS);
    let is_near = (-PASSED_LATELY_DAYS..=RENEWAL_PRESSING_DAYS).contains(&renewal.days);
    (renewal.automatic && (is_near || notice_is_near)).then(|| renewal.found())
}

/// Whatever is known of a renewal.
pub(super) fn any(case: &Case) -> Option<Found> {
    Renewal::of(case).map(Renewal::found)
}

/// What comes up in a talk about the renewal anyhow.
pub(super) fn also(case: &Case) -> Vec<Also> {
    let count = open(case).count() as u32;
    let tickets = (count > 0).then_some(Also::Tickets { open: count });
    let usage = moves(case, Trend::Silent).map(|_| Also::Silence);
    let usage = usage.or(moves(case, Trend::Down).map(|_| Also::Decline));
    usage.into_iter().chain(tickets).collect()
}
