use std::time::Duration;

use crate::app::{Effect, Model};

/// What takes longer is long: the user may have gone to do something else.
const LONG: Duration = Duration::from_secs(10);

/// Tells a user who looks elsewhere that the last of what was under way has ended, where it was long.
pub(super) fn tell(model: &mut Model, now: Duration) -> Option<Effect> {
    if model.runs.in_flight() > 0 || model.batch.as_ref().is_some_and(|batch| !batch.waiting.is_empty()) {
        return None;
    }
    let began = model.busy_since.take()?;
    (model.is_away && now >= began + LONG).then(|| Effect::Notify("cs-copilot: your answer is there.".to_owned()))
}
