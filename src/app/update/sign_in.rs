use std::time::Duration;

use super::{freshness, say};
use crate::app::{
    Asking, AttemptId, Book, Effect, Identified, Marks, Model, SignIn, SignInEvent, SignInStep, Today, View,
    runs::Runs, undo::Undo,
};

/// Starts an attempt, in place of any other.
pub(super) fn start(model: &mut Model) -> Vec<Effect> {
    let attempt = model.next_attempt();
    model.open(View::SignIn(SignIn { attempt, step: SignInStep::Starting }));
    vec![Effect::SignIn(attempt)]
}

/// Gives the attempt up. Whatever it comes to is dropped.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    model.open(View::Panes);
    vec![Effect::CancelSignIn]
}

/// Takes in what the attempt came to, if it is the one on the screen.
pub(super) fn go_on(model: &mut Model, attempt: AttemptId, event: SignInEvent, now: Duration) -> Vec<Effect> {
    let View::SignIn(sign_in) = &mut model.view else { return Vec::new() };
    if sign_in.attempt != attempt {
        return Vec::new();
    }
    match event {
        SignInEvent::Prompted(prompt) => {
            let until = now + prompt.lives;
            sign_in.step = SignInStep::Waiting { prompt, until };
            Vec::new()
        }
        SignInEvent::Granted => {
            sign_in.step = SignInStep::Keeping;
            vec![Effect::KeepSignIn(attempt)]
        }
        SignInEvent::Failed(why) => {
            sign_in.step = SignInStep::Failed(why);
            Vec::new()
        }
        SignInEvent::Kept { name, place } => {
            model.open(View::Panes);
            say(model, format!("Signed in as {name}. The sign-in is kept in {place}."), false, now);
            change_hands(model)
        }
    }
}

/// Another owner's book from here on: nothing of the one before stays on the screen.
fn change_hands(model: &mut Model) -> Vec<Effect> {
    let mut effects: Vec<_> = model.runs.ids_in_flight().cloned().map(Effect::CancelRun).collect();
    model.runs = Runs::default();
    model.shown.clear();
    model.report = None;
    model.marks = Marks::default();
    model.undo = Undo::default();
    model.batch = None;
    model.draft = None;
    model.waiting = None;
    model.queried = None;
    model.understood = None;
    model.conversations.clear();
    model.asking = Asking::default();
    model.book = Book::default();
    model.today = Today::default();
    model.identity = Identified::NotYet;
    model.scroll = 0;
    effects.push(freshness::load(model));
    effects
}
