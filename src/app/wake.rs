//! When the screen has to be drawn again although nothing happened: while something turns, or a time runs out.

use std::time::Duration;

use super::{BookState, Evals, Identified, Model, Sheet, SignInStep};
use crate::{auth::Prompt, backend::Identity};

/// How often something that moves is drawn.
const FRAME: Duration = Duration::from_millis(100);

/// A sign-in that ends within this time is warned of.
const WARN: Duration = Duration::from_secs(15 * 60);

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// Until what is left, counted in whole `unit`s, is one fewer.
fn step(left: Duration, unit: Duration) -> Duration {
    let begun = left - unit * (left.as_secs() / unit.as_secs()) as u32;
    if begun.is_zero() { unit } else { begun }
}

impl Model {
    /// When to be woken next, since the program's start: never, while nothing on the screen moves.
    pub fn next_wake(&self, now: Duration) -> Option<Duration> {
        let signs_in =
            self.view.sign_in().is_some_and(|it| matches!(it.step, SignInStep::Starting | SignInStep::Keeping));
        let reads = *self.book.state() == BookState::Loading
            || self.view.evals().is_some_and(Evals::is_loading)
            || self.view.sheet().is_some_and(Sheet::is_loading);
        let moves = self.runs.in_flight() > 0 || reads || signs_in;
        let frame = moves.then_some(now + FRAME);
        let toast = self.toast.as_ref().map(|toast| toast.until);
        let [countdown, warning] = [
            self.sign_in_time_left(now).map(|left| now + step(left, SECOND)),
            self.sign_in_ends_in(now).map(|left| now + if left > WARN { left - WARN } else { step(left, MINUTE) }),
        ];
        [frame, toast, countdown, warning].into_iter().flatten().min()
    }

    /// What the user has to do to sign in.
    pub fn prompt(&self) -> Option<&Prompt> {
        match &self.view.sign_in()?.step {
            SignInStep::Waiting { prompt, .. } => Some(prompt),
            _ => None,
        }
    }

    /// How long the user has to finish the attempt to sign in; none while nothing is waited for, and once it is over.
    pub fn sign_in_time_left(&self, now: Duration) -> Option<Duration> {
        match &self.view.sign_in()?.step {
            SignInStep::Waiting { until, .. } => until.checked_sub(now).filter(|left| !left.is_zero()),
            _ => None,
        }
    }

    /// Whether the sign-in ends so soon, or has ended, that the user should know: how many minutes are left, begun ones
    /// counted whole.
    pub fn sign_in_warning(&self, now: Duration) -> Option<u64> {
        let has_end = matches!(&self.identity, Identified::As(Identity { sign_in: Some(it), .. }) if it.ends.is_some());
        let left = self.sign_in_ends_in(now).unwrap_or_default();
        (has_end && left <= WARN).then(|| left.as_secs().div_ceil(60))
    }

    /// Until the user has to sign in again; none where the sign-in renews itself, or has ended.
    fn sign_in_ends_in(&self, now: Duration) -> Option<Duration> {
        let Identified::As(Identity { sign_in: Some(sign_in), .. }) = &self.identity else { return None };
        let ends = Duration::from_secs(u64::try_from(sign_in.ends? - self.settings.started).ok()?);
        ends.checked_sub(now).filter(|left| !left.is_zero())
    }
}
