//! Carries out attempts to sign in, one at a time.

use std::{cell::RefCell, env, rc::Rc, sync::mpsc::Sender};

use tokio::task::{AbortHandle, spawn_local};

use super::incoming::{Incoming, tell};
use crate::{
    app::{AttemptId, Message, SignInEvent},
    auth::{AuthError, Authenticator, Tokens, Way, can_open_browser},
    backend::Backend,
};

/// The attempt under way, and what it was granted.
pub(super) struct SignIns {
    authenticator: Authenticator,
    backend: Backend,
    incoming: Sender<Incoming>,
    under_way: Option<AbortHandle>,
    /// Kept back until the screen says that the attempt still counts.
    granted: Rc<RefCell<Option<(AttemptId, Tokens)>>>,
}

impl SignIns {
    pub(super) fn new(authenticator: Authenticator, backend: Backend, incoming: Sender<Incoming>) -> Self {
        Self { authenticator, backend, incoming, under_way: None, granted: Rc::default() }
    }

    /// Starts an attempt in place of any other.
    pub(super) fn begin(&mut self, attempt: AttemptId) {
        self.cancel();
        let (authenticator, incoming, granted) =
            (self.authenticator.clone(), self.incoming.clone(), Rc::clone(&self.granted));
        let work = async move {
            let event = match tokens(&authenticator, attempt, &incoming).await {
                Ok(tokens) => {
                    *granted.borrow_mut() = Some((attempt, tokens));
                    SignInEvent::Granted
                }
                Err(error) => SignInEvent::Failed(error.to_string()),
            };
            tell(&incoming, Message::SignIn(attempt, event));
        };
        self.under_way = Some(spawn_local(work).abort_handle());
    }

    /// Signs in with what the attempt was granted.
    pub(super) fn keep(&mut self, attempt: AttemptId) {
        let Some((_, tokens)) = self.granted.take().filter(|(granted, _)| *granted == attempt) else { return };
        let (authenticator, backend, incoming) =
            (self.authenticator.clone(), self.backend.clone(), self.incoming.clone());
        spawn_local(async move {
            let event = match authenticator.keep(&tokens).await {
                Ok(place) => {
                    backend.forget_session().await;
                    SignInEvent::Kept { name: tokens.account.name, place: place.to_string() }
                }
                Err(error) => SignInEvent::Failed(error.to_string()),
            };
            tell(&incoming, Message::SignIn(attempt, event));
        });
    }

    /// Gives the attempt under way up, and drops what it was granted.
    pub(super) fn cancel(&mut self) {
        if let Some(under_way) = self.under_way.take() {
            under_way.abort();
        }
        self.granted.take();
    }
}

/// Tells the screen what the user has to do, and waits for it.
async fn tokens(
    authenticator: &Authenticator,
    attempt: AttemptId,
    incoming: &Sender<Incoming>,
) -> Result<Tokens, AuthError> {
    let begun = authenticator.begin(Way::Any).await?;
    let prompt = begun.prompt().clone();
    if can_open_browser(|name| env::var(name).ok()) {
        // The address is on the screen as well.
        let _ = open::that_detached(&prompt.address);
    }
    tell(incoming, Message::SignIn(attempt, SignInEvent::Prompted(prompt)));
    begun.finish().await
}
