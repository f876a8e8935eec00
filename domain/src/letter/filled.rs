//! What phrases are filled in with, occasion by occasion.

use chrono::NaiveDate;
use contracts::{
    Line,
    occasion::{About, Also, Change, Due, Fall, Lasted, Mentioned, Occasion, Waited},
};
use minijinja::{Value, context};

use super::{Language, LanguageError, Register, Voice};
use crate::words::{number, percent};

/// Every letter that a language has. [`name`] says which one an occasion takes.
pub(super) const LETTERS: [&str; 26] = [
    "incident-days",
    "incident-week",
    "incident-too-long",
    "renewal-ahead",
    "renewal-pressing",
    "renewal-now",
    "renewal-overdue",
    "renewal-far",
    "silence-weeks",
    "silence-months",
    "decline-slight",
    "decline-sharp",
    "waiting-one",
    "waiting-several",
    "automatic-ahead",
    "automatic-near",
    "automatic-passed",
    "automatic-far",
    "recurred-open",
    "recurred-solved",
    "solved-one",
    "solved-several",
    "growth",
    "growth-seats",
    "hello-touched",
    "hello",
];

/// From how many days before an automatic renewal on the letter is the short one.
const NEAR_DAYS: i64 = 30;

/// Which letter it is.
fn name(about: &About) -> &'static str {
    match about {
        About::Incident { open: Waited::Days, .. } => "incident-days",
        About::Incident { open: Waited::Week, .. } => "incident-week",
        About::Incident { open: Waited::TooLong, .. } => "incident-too-long",
        About::Renewal { due: Due::Ahead, .. } => "renewal-ahead",
        About::Renewal { due: Due::Pressing, .. } => "renewal-pressing",
        About::Renewal { due: Due::Now, .. } => "renewal-now",
        About::Renewal { due: Due::Overdue, .. } => "renewal-overdue",
        About::Renewal { due: Due::Far, .. } => "renewal-far",
        About::Silence { lasted: Lasted::Weeks } => "silence-weeks",
        About::Silence { lasted: Lasted::Months } => "silence-months",
        About::Decline { fall: Fall::Slight, .. } => "decline-slight",
        About::Decline { fall: Fall::Sharp, .. } => "decline-sharp",
        About::Waiting { open: ..=1, .. } => "waiting-one",
        About::Waiting { .. } => "waiting-several",
        About::AutomaticRenewal { days: ..0, .. } => "automatic-passed",
        About::AutomaticRenewal { notice_by: Some(_), .. } => "automatic-ahead",
        About::AutomaticRenewal { days: ..=NEAR_DAYS, .. } => "automatic-near",
        About::AutomaticRenewal { .. } => "automatic-far",
        About::Recurred { open: true, .. } => "recurred-open",
        About::Recurred { open: false, .. } => "recurred-solved",
        About::Solved { solved: ..=1, .. } => "solved-one",
        About::Solved { .. } => "solved-several",
        About::Growth { seats: None, .. } => "growth",
        About::Growth { seats: Some(_), .. } => "growth-seats",
        About::Hello { touched: Some(_) } => "hello-touched",
        About::Hello { touched: None } => "hello",
    }
}

/// A letter with all that its phrases are filled in with.
pub(super) struct Filled<'a> {
    language: &'a Language,
    register: Register,
    name: &'static str,
    given: Value,
}

impl<'a> Filled<'a> {
    pub fn of(
        occasion: &Occasion,
        customer: &Line,
        today: NaiveDate,
        voice: &Voice,
        language: &'a Language,
    ) -> Result<Self, LanguageError> {
        let register = voice.register;
        let product = voice.product.as_ref().map(Line::as_str);
        let next = occasion.next_on.map(|day| language.date(day, today));
        let given = Given { language, register, today }.of(&occasion.about)?;
        let given = context! { customer => customer.as_str(), product, next, ..given };
        Ok(Self { language, register, name: name(&occasion.about), given })
    }

    /// Says a part of the letter; `None` where the letter does not have it.
    pub fn say(&self, part: &str) -> Result<Option<String>, LanguageError> {
        self.language.say(&format!("letters.{}.{part}", self.name), self.register, self.given.clone())
    }

    /// What is mentioned beside the occasion, a paragraph each.
    pub fn also(&self, occasion: &Occasion) -> Result<Vec<String>, LanguageError> {
        let said = occasion.also.iter().map(|also| {
            let (key, given) = match also {
                Also::Tickets { open } => {
                    ("also.tickets", context! { open => open.to_string(), several => *open > 1, ..self.given.clone() })
                }
                Also::Silence => ("also.silence", self.given.clone()),
                Also::Decline => ("also.decline", self.given.clone()),
            };
            self.language.say(key, self.register, given).map(Option::unwrap_or_default)
        });
        said.collect()
    }
}

struct Given<'a> {
    language: &'a Language,
    register: Register,
    today: NaiveDate,
}

impl Given<'_> {
    fn of(&self, about: &About) -> Result<Value, LanguageError> {
        let date = |day: &NaiveDate| self.language.date(*day, self.today);
        let count = |n: u32| self.number(n.into());
        Ok(match about {
            About::Incident { ticket, other, others, days, .. } => context! {
                other => other.as_ref().map(|subject| self.quoted(subject)).transpose()?,
                others => (*others > 0).then(|| count(*others)),
                several_others => *others > 1,
                days => days.to_string(),
                ..self.ticket(ticket)?
            },
            About::Renewal { date: day, days, notice_by, several, .. }
            | About::AutomaticRenewal { date: day, days, notice_by, several } => {
                context! {
                    contract => self.language.contract(*several, self.register)?,
                    date => date(day),
                    when => self.language.when(*days),
                    is_later => *days > 1,
                    notice_by => notice_by.as_ref().map(date),
                }
            }
            About::Silence { .. } => context! {},
            About::Decline { change, .. } => self.change(change)?,
            About::Waiting { ticket, open, oldest } => {
                context! { open => count(*open), oldest => date(oldest), ..self.ticket(ticket)? }
            }
            About::Recurred { subject, times, .. } => {
                context! { subject => subject.as_str(), times => count(*times) }
            }
            About::Solved { ticket, closed_on, solved } => {
                let same_day = *closed_on == ticket.opened_on;
                context! { closed => date(closed_on), same_day, solved => count(*solved), ..self.ticket(ticket)? }
            }
            About::Growth { change, seats } => {
                let share = seats.map(|bp| self.language.number(&percent(bp)));
                context! { share, ..self.change(change)? }
            }
            About::Hello { touched } => context! { touched => touched.as_ref().map(date) },
        })
    }

    fn ticket(&self, ticket: &Mentioned) -> Result<Value, LanguageError> {
        let opened = self.language.date(ticket.opened_on, self.today);
        let subject = ticket.subject.as_ref().map(Line::as_str);
        let named = self.language.ticket(subject, &opened, self.register)?;
        Ok(context! { ticket => named, named => subject.is_some(), opened })
    }

    fn quoted(&self, subject: &Line) -> Result<String, LanguageError> {
        self.language.ticket(Some(subject.as_str()), "", self.register)
    }

    /// Whole numbers, as one person tells another; where they would be the same, as they are.
    fn change(&self, change: &Change) -> Result<Value, LanguageError> {
        let (before, recent) = (change.before.round(), change.recent.round());
        let is_near = |whole: f64, exact: f64| (whole - exact).abs() <= exact.abs() / 20.0;
        let tells = before != recent && is_near(before, change.before) && is_near(recent, change.recent);
        let (before, recent) = if tells { (before, recent) } else { (change.before, change.recent) };
        let metric = change.metric.as_ref().map(|metric| self.metric(metric, change.days)).transpose()?;
        Ok(context! {
            metric,
            before => self.number(before),
            recent => self.number(recent),
            seasonal => change.seasonal,
        })
    }

    fn metric(&self, metric: &Line, days: Option<u32>) -> Result<String, LanguageError> {
        match days {
            Some(days) => self.language.total(metric.as_str(), days, self.register),
            None => Ok(metric.to_string()),
        }
    }

    fn number(&self, value: f64) -> String {
        self.language.number(&number(value))
    }
}
