//! What is on the screen, got once more.

use std::time::Duration;

use super::{ask, run, say};
use crate::app::{Effect, Model};

/// Gets what is on the screen again, once for a key that is held.
pub(super) fn again(model: &mut Model, is_held: bool, now: Duration) -> Vec<Effect> {
    if is_held {
        say(model, "That was run a moment ago; let go of the key before you press it again.", false, now);
        return Vec::new();
    }
    if let Some(report) = &model.report {
        return match report.answer.question.clone() {
            Some(question) => ask::ask(model, question, now),
            None => {
                ask::answer_filter(model, now);
                Vec::new()
            }
        };
    }
    let tab = model.wanted_tab;
    let asked = model.run().map(|run| run.asked.clone());
    let effects = asked.map(|asked| run::anew(model, asked, now)).unwrap_or_default();
    model.wanted_tab = tab;
    effects
}
