//! What an answer of the model is read with: what can be said of the customer, and the rules for lines of its own.

use chrono::{Days, NaiveDate};
use contracts::{Line, facts::Part, tools::ToolOutput};
use domain::statements::{Statement, Statements, Told};

use crate::agent::guardrails::lines::{Lines, Subject};

/// Facts that no model reads, whatever is shared.
const PRIVATE: [&str; 1] = ["contact.email"];

/// Words of which roles are made.
const ROLES: &str = "account accounts and billing ceo cfo champion cio coo csm csms cto customer customers director \
                     engineer engineering executive executives finance for head in lead leads legal manager managers \
                     marketing me my of onboarding operations our owner product professional sales security services \
                     solutions specialist sponsor success support tam team teams technical the user users vp we you";

/// The desk at which an answer is read.
#[derive(Debug, Clone)]
pub struct Desk {
    /// What can be said.
    pub statements: Statements,
    /// The rules for lines of the model's own.
    pub lines: Lines,
    /// The day (UTC) of the answer.
    pub as_of: NaiveDate,
}

/// Why a day is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoDay {
    /// Neither a day nor a statement with one.
    #[error("a due day that is none")]
    Unreadable,
    /// It is over, or more than two years away.
    #[error("a due day that has passed or is years away")]
    Far,
}

/// How far away a due day may be.
const FARTHEST: i64 = 731;

impl Desk {
    /// A desk for an answer about this subject.
    pub fn new(subject: Subject<'_>, told: &[Told<'_>], as_of: NaiveDate, shares_activity: bool) -> Self {
        let statements = Statements::new(told, as_of).retain(|statement| may_read(statement, shares_activity));
        let tickets = told.iter().filter_map(|told| match told.output {
            ToolOutput::Tickets(report) => Some(report),
            _ => None,
        });
        let ids = tickets.flat_map(|report| &report.recent).map(|ticket| &ticket.id);
        Self { statements, lines: Lines::new(subject, ids), as_of }
    }

    /// The same with further statements.
    pub fn with(self, more: impl IntoIterator<Item = Statement>) -> Self {
        Self { statements: self.statements.with(more), ..self }
    }

    /// Whether this is a role, or a contact that the statements name.
    pub fn knows(&self, who: &Line) -> bool {
        let words = || who.as_str().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_role = words().all(|word| ROLES.split_whitespace().any(|role| role.eq_ignore_ascii_case(word)));
        let contact = self.statements.get("contact.primary").map(|contact| contact.about.as_str().to_lowercase());
        let is_contact = || contact.is_some_and(|contact| contact.contains(&who.as_str().to_lowercase()));
        words().next().is_some() && (is_role || is_contact())
    }

    /// The day that is meant by `2026-12-15`, `contract.renewal_date` or `contract.renewal_date-30d`.
    ///
    /// # Errors
    /// Why it is none.
    pub fn due(&self, text: &str) -> Result<NaiveDate, NoDay> {
        let day = text.trim().parse().ok().or_else(|| self.offset(text.trim())).ok_or(NoDay::Unreadable)?;
        let days = day.signed_duration_since(self.as_of).num_days();
        if (0..=FARTHEST).contains(&days) { Ok(day) } else { Err(NoDay::Far) }
    }

    fn offset(&self, text: &str) -> Option<NaiveDate> {
        let day = |id: &str| self.statements.get(id.trim())?.day;
        let Some(sign) = text.rfind(['+', '-']).filter(|_| day(text).is_none()) else { return day(text) };
        let days = Days::new(text[sign + 1..].trim().trim_end_matches('d').trim().parse().ok()?);
        let from = day(&text[..sign])?;
        if text[sign..].starts_with('-') { from.checked_sub_days(days) } else { from.checked_add_days(days) }
    }
}

/// Whether a model may read the statement, of whichever day it is.
pub fn may_read(statement: &Statement, shares_activity: bool) -> bool {
    let id = statement.id.split('@').next().unwrap_or_default();
    (shares_activity || statement.part != Part::Activity) && !PRIVATE.contains(&id)
}
