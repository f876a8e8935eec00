use chrono::{DateTime, Utc};
use contracts::{book::CustomerRow, planner::PlannerResult};

use crate::send::{self, Form, Prepared};

/// An answer on its way out, as it is shown before anything is done with it.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The file that would be written.
    pub prepared: Prepared,
    /// What is in it, as people read it.
    pub shown: String,
    /// Why nothing should be sent yet.
    pub hold: Option<String>,
    /// The email as an address that a mail program opens, where it is short enough for one.
    pub address: Option<String>,
    /// Lines that are scrolled away.
    pub scroll: usize,
}

impl Outgoing {
    /// The answer in that form; `None` where it has nothing that the form could hold. `now` is when it is written.
    pub(super) fn of(form: Form, customer: &CustomerRow, result: &PlannerResult, now: DateTime<Utc>) -> Option<Self> {
        let prepared = send::prepare(form, customer.name.as_str(), result, now)?;
        let draft = result.email_draft.as_ref().filter(|_| form == Form::Mail);
        Some(Self {
            shown: send::shown(&prepared, customer.name.as_str(), result),
            hold: send::hold(form, result),
            address: draft.and_then(send::mailto),
            prepared,
            scroll: 0,
        })
    }
}
