use std::{path::PathBuf, sync::Arc};

use contracts::{CustomerId, Line};

use super::Model;
use crate::send::{FolderError, Form, Without, goes};

/// So many files at most are written at once.
const AT_ONCE: usize = 4;

/// The answers of several customers on their way out, all in one form: shown first, then written one after the other.
#[derive(Debug, Clone)]
pub struct Sendings {
    /// What they are written as.
    pub form: Form,
    /// The customers, in the order of the list.
    pub all: Vec<Sending>,
    /// The one under the cursor.
    pub at: usize,
    /// Whether they are being written, or were; before that they are only shown.
    pub is_begun: bool,
}

/// The answer of one of them.
#[derive(Debug, Clone)]
pub struct Sending {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: Line,
    /// How far it is.
    pub state: SendingState,
}

/// How far an answer is on its way out.
#[derive(Debug, Clone)]
pub enum SendingState {
    /// Nothing keeps it from being written.
    Ready,
    /// It is being written.
    Writing,
    /// Its file is there.
    Written(PathBuf),
    /// There is none to write.
    Without(Without),
    /// It could not be written.
    Failed(Arc<FolderError>),
}

impl Sendings {
    /// The answers that are shown for whom an action is about.
    pub(super) fn of(form: Form, model: &Model) -> Self {
        let all = model.targets().into_iter().filter_map(|customer| {
            let name = model.book.find(&customer)?.name.clone();
            let state = match model.shown_answer(&customer).map(|result| goes(form, result)) {
                Some(Ok(())) => SendingState::Ready,
                Some(Err(why)) => SendingState::Without(why),
                None => SendingState::Without(Without::Answer("no task was run".to_owned())),
            };
            Some(Sending { customer, name, state })
        });
        Self { form, all: all.collect(), at: 0, is_begun: false }
    }

    /// How many are in a state.
    pub fn count(&self, is_it: impl Fn(&SendingState) -> bool) -> usize {
        self.all.iter().filter(|sending| is_it(&sending.state)).count()
    }

    /// Whether all that could be written was.
    pub fn is_over(&self) -> bool {
        self.is_begun && self.count(|state| matches!(state, SendingState::Ready | SendingState::Writing)) == 0
    }

    /// The place of the next one that is to be written now; none while enough are under way.
    pub(super) fn next(&self) -> Option<usize> {
        let is_free = self.is_begun && self.count(|state| matches!(state, SendingState::Writing)) < AT_ONCE;
        self.all.iter().position(|sending| is_free && matches!(sending.state, SendingState::Ready))
    }

    /// The one that is being written for this customer.
    pub(super) fn under_way(&mut self, customer: &CustomerId) -> Option<&mut Sending> {
        let is_it = |it: &&mut Sending| it.customer == *customer && matches!(it.state, SendingState::Writing);
        self.all.iter_mut().find(is_it)
    }
}
