//! What a text says in words instead of figures, where the words are few and the data has an answer: the risk, which
//! way usage moves, whether and when the contract renews by itself, how serious a ticket is.
//!
//! A statement goes where the data says otherwise or says nothing. Only plain statements are judged ([`stated`]); what
//! is doubted, denied, asked or supposed stays, and so does every wording that the patterns here do not know.

mod renewal;
mod risk;
mod stated;
mod tickets;
mod usage;

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    facts::{Priority, Trend},
    health::{HealthInput, Risk, Why},
    tools::{HealthReport, ToolOutput, UsageReport},
};
use regex::Regex;

use self::stated::Sentence;
use super::{super::pattern, reading::reading, sentences::sentences};

/// What a statement in words is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Topic {
    Risk,
    Usage,
    AutoRenewal,
    RenewalDay,
    Priority,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 5] = [Self::Risk, Self::Usage, Self::AutoRenewal, Self::RenewalDay, Self::Priority];

    /// What is wrong with a statement that the data does not carry.
    pub fn wrong(self) -> &'static str {
        match self {
            Self::Risk => "a risk that is not the data's",
            Self::Usage => "a trend of usage that is not the data's",
            Self::AutoRenewal => "a way of renewing that is not the data's",
            Self::RenewalDay => "a time of renewal that is not the data's",
            Self::Priority => "a ticket's priority that is not the data's",
        }
    }
}

/// What the tools answered, as far as it can be said in words. Several of a kind where a tool was called for several
/// days.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    as_of: NaiveDate,
    /// The words of the customer's own name, in small letters.
    own: Vec<String>,
    /// What usage is called, besides usage.
    metrics: Vec<Regex>,
    risks: Vec<Risk>,
    trends: Vec<Trend>,
    /// Which way the figures moved, trend or not.
    moved: Vec<Trend>,
    auto_renews: Vec<bool>,
    renewals: Vec<NaiveDate>,
    /// Ids in small letters.
    priorities: Vec<(String, Priority)>,
}

impl Standing {
    /// Gathers what the tools answered about the customer of this name, counted from a day.
    pub fn of(name: &str, outputs: &[ToolOutput], as_of: NaiveDate) -> Self {
        let mut standing = Self {
            as_of,
            own: name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect(),
            metrics: Vec::new(),
            risks: Vec::new(),
            trends: Vec::new(),
            moved: Vec::new(),
            auto_renews: Vec::new(),
            renewals: Vec::new(),
            priorities: Vec::new(),
        };
        for output in outputs {
            match output {
                ToolOutput::Usage(report) => standing.usage(report),
                ToolOutput::Tickets(report) => standing
                    .priorities
                    .extend(report.recent.iter().map(|ticket| (tickets::plain(ticket.id.as_str()), ticket.priority))),
                ToolOutput::Contract(report) => {
                    standing.renewals.extend(report.renewal_date);
                    standing.auto_renews.extend(report.auto_renew);
                }
                ToolOutput::Health(report) => standing.health(report),
                ToolOutput::Email(draft) => standing.letter(draft.body.as_str()),
                // What else there is claims nothing that the others do not.
                _ => {}
            }
        }
        standing
    }

    fn usage(&mut self, report: &UsageReport) {
        self.metrics.extend(usage::metric(&reading(report.metric.as_str())));
        self.trends.extend(report.trend.map(said));
        // Of what is silent nothing but its end can be said, whatever its figures.
        let before = report.before.filter(|_| report.trend != Some(Trend::Silent));
        self.moved.extend(before.map(|before| match report.recent {
            recent if recent > before => Trend::Up,
            recent if recent < before => Trend::Down,
            _ => Trend::Flat,
        }));
    }

    fn health(&mut self, report: &HealthReport) {
        self.risks.push(report.risk);
        for part in &report.contributions {
            match part.input {
                HealthInput::Usage(trend) => self.trends.push(said(trend)),
                HealthInput::Renewal { days, automatic } => {
                    let day = TimeDelta::try_days(days).and_then(|days| report.as_of.checked_add_signed(days));
                    self.renewals.extend(day);
                    self.auto_renews.extend(automatic.then_some(true));
                }
                HealthInput::OpenTickets(_) => {}
            }
        }
        for gap in &report.gaps {
            if let Why::RenewsByItself { on } = gap.why {
                self.renewals.push(on);
                self.auto_renews.push(true);
            }
        }
    }

    /// The contract as an email of the tools tells of it, where it is not read itself. A metric or a ticket's title may
    /// stand in any other paragraph.
    fn letter(&mut self, body: &str) {
        let body = reading(body);
        for paragraph in body.split("\n\n").filter(|paragraph| paragraph.starts_with("Your contract ")) {
            let first = sentences(paragraph).first().copied().unwrap_or_default();
            self.renewals.extend(renewal::date(first));
            self.auto_renews.extend(renewal::automatic(&Sentence::new(first)).map(|(_, automatic)| automatic));
        }
    }

    /// What the sentence says that the data does not: the text in its reading form, without the customer's own name and
    /// without word-for-word quotations.
    pub fn contradicted(&self, text: &str) -> Option<Topic> {
        let text =
            self.metrics.iter().fold(text.to_owned(), |text, name| name.replace_all(&text, "usage").into_owned());
        let said = &Sentence::new(&text);
        let is_wrong = |topic: &Topic| match topic {
            Topic::Risk => said.is_wrong(risk::claims(said, &self.own), |claim| claim.is_carried(&self.risks)),
            Topic::Usage => said.is_wrong(usage::claims(said), |way| self.moves(*way, &text)),
            Topic::AutoRenewal => said.is_wrong(renewal::automatic(said), |way| self.auto_renews.contains(way)),
            Topic::RenewalDay => {
                said.is_wrong(renewal::when(said), |when| self.renewals.iter().any(|day| when.may_be(*day, self.as_of)))
            }
            Topic::Priority => tickets::claims(said).any(|(id, priority)| self.is_other_priority(&id, priority)),
        };
        Topic::ALL.into_iter().find(is_wrong)
    }

    /// What no data knows is no ticket, or a figure without support.
    fn is_other_priority(&self, id: &str, priority: Priority) -> bool {
        let mut known = self.priorities.iter().filter(|(known, _)| known == id).map(|(_, known)| known).peekable();
        known.peek().is_some() && known.all(|known| *known != priority)
    }

    /// Whether usage may be said to move so. A difference that is no trend may be told with its figures.
    fn moves(&self, way: Trend, text: &str) -> bool {
        self.trends.contains(&way)
            || (!self.trends.is_empty() && self.moved.contains(&way) && text.bytes().any(|byte| byte.is_ascii_digit()))
    }
}

/// How people say a trend: what is silent has gone down.
fn said(trend: Trend) -> Trend {
    if trend == Trend::Silent { Trend::Down } else { trend }
}

/// A pattern of English words, in capitals or not.
fn wording(text: &str) -> Regex {
    pattern(&format!("(?i){text}"))
}
