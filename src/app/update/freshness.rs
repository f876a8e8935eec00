use std::time::Duration;

use contracts::{book::BookRevision, failure::Failure, run::RunEvent, run::RunEventKind};

use super::run;
use crate::app::{BookState, Check, Effect, Model};

/// How long after the last look at the data a key leads to another.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// Reads the book again, unless that is under way.
pub(super) fn reload(model: &mut Model) -> Vec<Effect> {
    if *model.book.state() == BookState::Loading {
        return Vec::new();
    }
    model.book.load();
    vec![load(model)]
}

/// Reads the book, with every fact that was asked for.
pub(super) fn load(model: &Model) -> Effect {
    Effect::LoadBook { as_of: model.settings.as_of, facts: model.book.wanted().to_vec() }
}

/// Asks whether the data changed, unless that is being found out, or a sign-in is about to bring another's book.
pub(super) fn check(model: &mut Model) -> Option<Effect> {
    let is_loading = *model.book.state() == BookState::Loading;
    if is_loading || model.check == Check::UnderWay || model.view.sign_in().is_some() {
        return None;
    }
    model.check = Check::UnderWay;
    Some(Effect::CheckBook)
}

/// The same where the last look is a while ago.
pub(super) fn check_again(model: &mut Model, now: Duration) -> Option<Effect> {
    match model.check {
        Check::Answered(at) | Check::Failed(at) if at + LOOK_AGAIN < now => check(model),
        _ => None,
    }
}

/// Takes the server's word; where the book is of other data or another day, it is read again.
pub(super) fn checked(model: &mut Model, found: Result<BookRevision, Failure>, now: Duration) -> Vec<Effect> {
    let Ok(BookRevision { revision, as_of }) = found else {
        model.check = Check::Failed(now);
        return Vec::new();
    };
    model.check = Check::Answered(now);
    let is_the_same = model.book.as_of().is_some() && revision == model.book.revision() && !model.is_another_day(as_of);
    if is_the_same { Vec::new() } else { reload(model) }
}

/// Takes what a run tells. An answer of newer data, or of a later day, has the book read again.
pub(super) fn heard(model: &mut Model, event: RunEvent) -> Vec<Effect> {
    let RunEvent { run_id, at_ms, kind } = event;
    let is_ahead = match &kind {
        RunEventKind::Finished { result } => {
            let is_later = model.book.as_of().is_some_and(|day| day < result.as_of);
            result.revision.is_some_and(|revision| revision > model.book.revision())
                || is_later && model.is_another_day(result.as_of)
        }
        _ => false,
    };
    let place = model.runs.place(&run_id).filter(|_| matches!(kind, RunEventKind::Finished { .. }));
    model.runs.apply(&run_id, at_ms, kind);
    let kept = place.and_then(|(customer, topic)| run::take(model, customer, &topic));
    let read = if is_ahead { reload(model) } else { Vec::new() };
    kept.into_iter().chain(read).collect()
}
