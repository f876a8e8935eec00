//! Lines of a model's own that an honest reader would doubt. Words decide, so single lines may be judged wrongly; an
//! evaluation counts them, and no answer is changed by it.

use std::{collections::HashSet, sync::LazyLock};

use contracts::{
    facts::{Part, Ticket, Trend},
    health::Risk,
    tools::ToolOutput,
};
use domain::statements::Statements;
use regex::Regex;

use super::lines::lines;
use crate::agent::{guardrails::tongue::Tongue, llm::answer::ModelAnswer};

/// Words that say one thing of a topic and their opposites.
struct Opposites {
    topic: Option<&'static LazyLock<Regex>>,
    one: &'static LazyLock<Regex>,
    other: &'static LazyLock<Regex>,
}

macro_rules! words {
    ($name:ident, $words:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(concat!(r"(?i)\b(?:", $words, r")\b")).expect("a constant pattern"));
    };
}

words!(
    USE,
    "usage|use[sd]?|using|adoption|engagement|logins?|active|activity|users?|uptake|utili[sz]ation|product|teams?|reports?"
);
words!(
    UP,
    "ris(?:e|es|ing|en)|rose|grow(?:s|n|ing|th)?|grew|climb\\w*|increas\\w*|gain\\w*|picking up|picked up|surg\\w*|boom\\w*|\
     doubl\\w*|tripl\\w*|more active|never been (?:more|better|higher)|upward|improv\\w*|thriv\\w*|expand\\w*"
);
words!(
    DOWN,
    "fall(?:s|ing|en)?|fell|drop\\w*|declin\\w*|decreas\\w*|slid\\w*|shr[iau]nk\\w*|collaps\\w*|crater\\w*|slump\\w*|dwindl\\w*|\
     plummet\\w*|in droves|nobody|no one|less active|downward|wrong way|fraction|idle|abandon\\w*|halved"
);
words!(BY_ITSELF, "by itself|automatic\\w*|rolls? over|auto-?renew\\w*|extends? itself|by default");
words!(BY_HAND, "must sign|has to sign|sign again|actively renew\\w*|unless they sign|without a signature|lapses?");
words!(
    SETTLED,
    "lapsed|expired|overdue|past due|ran out|has ended|already (?:renewed|cancelled|canceled|lost)|renewal is lost"
);
words!(
    SAFE,
    "healthy|safe|secure|in good (?:shape|health)|not at risk|no risk|no churn|nothing to worry|rock solid|all is well"
);
words!(
    LOST,
    "(?:likely|about) to (?:churn|leave)|high risk|at risk|deep trouble|on fire|red account|will leave|hates?|doomed|lost cause"
);
words!(TICKETS, "tickets?|issues?|support|problems?|bugs?|outages?");
words!(
    NO_TICKETS,
    "no (?:open )?(?:tickets|issues|problems)|nothing is (?:open|wrong)|all (?:are |have been |were )?(?:closed|solved|resolved|fixed)|quiet|cosmetic"
);
words!(OPEN_TICKETS, "unresolved|unanswered|still (?:open|waiting)|critical|pile up|piling up|wait(?:s|ing)?");
words!(SOLVED, "solved|resolved|fixed|closed|done with|settled");
words!(UNSOLVED, "open|waiting|waits|unresolved|unanswered|broken|blocked|blocks");
words!(
    EVENTS,
    "as (?:agreed|discussed|promised)|agreed|promised|told (?:us|me|you)|confirmed|announced|complained|assured|we spoke|\
     met with|our (?:last |recent )?(?:call|meeting)|last (?:call|meeting|week's|month's)|resigned|has left|have left|\
     left the company|new (?:sponsor|owner|ceo|cto|cio|manager)|acquired|laid off|layoffs?|merger|cancell?ed|stopped paying|\
     unpaid|invoices?|moving to|moved to|switch(?:ed|ing) to|competitors?|discount|refund|free month|guarantee\\w*"
);
words!(
    NOT,
    "not|no longer|never|without|hardly|n't|if|unless|could|would|may|might|should|must|before|whether|why|what|how|until|so that|to"
);

/// Words that any line about a customer may have.
const TRADE: &str = "accoun action adopti agree answer attent before blocks budget busine call champi close contac contra \
                     conver custom decide deliv depart discus during engag enough expect export featur first fix follow goal \
                     growth health help impact import improv issue latest leader licen login meetin moment month need next \
                     notice offer open owner people plan plans point priorit proble produc progra quarte questi ready reason \
                     relati renew report result review risk roll save score season seats signat sponsor stand start steady \
                     steps succes suppor sure talk teams term test there thing ticket time together topic track train \
                     trend trust urgent usage user value visit wait watch week work worry worth";

/// What is known of a customer, as far as lines are doubted by it.
pub(super) struct Doubts<'a> {
    trend: Option<Trend>,
    by_itself: Option<bool>,
    days_to_renewal: Option<i64>,
    risk: Risk,
    open: Option<u32>,
    tickets: &'a [Ticket],
    has_activity: bool,
    /// The beginnings of the words of all statements.
    stems: HashSet<String>,
}

impl<'a> Doubts<'a> {
    pub fn new(outputs: &'a [ToolOutput], statements: &Statements) -> Self {
        let mut doubts = Self {
            trend: None,
            by_itself: None,
            days_to_renewal: None,
            risk: Risk::Unknown,
            open: None,
            tickets: &[],
            has_activity: statements.iter().any(|statement| statement.part == Part::Activity),
            stems: TRADE.split_whitespace().map(str::to_owned).collect(),
        };
        // Those of the plan come first, and further ones are of other days.
        for output in outputs.iter().rev() {
            match output {
                ToolOutput::Usage(report) if !report.stale => doubts.trend = report.trend,
                ToolOutput::Contract(report) if !report.stale => {
                    (doubts.by_itself, doubts.days_to_renewal) = (report.auto_renew, report.days_to_renewal);
                }
                ToolOutput::Health(report) => doubts.risk = report.risk,
                ToolOutput::Tickets(report) if !report.stale => {
                    (doubts.open, doubts.tickets) = (Some(report.open), &report.recent);
                }
                _ => {}
            }
        }
        for statement in statements.iter() {
            doubts.stems.extend(stems(statement.about.as_str()));
        }
        doubts
    }

    /// How many lines of the answer are doubtful. Where nothing was asked they are to be in English.
    pub fn count(&self, answer: &ModelAnswer, was_asked: bool) -> u32 {
        lines(answer).filter(|line| self.doubts(line, was_asked)).count() as u32
    }

    fn doubts(&self, line: &str, was_asked: bool) -> bool {
        self.is_against(line)
            || self.is_of_another_state(line)
            || (!self.has_activity && EVENTS.is_match(line))
            || (!was_asked && is_foreign(line))
            || !stems(line).any(|stem| self.stems.contains(&stem))
    }

    /// Whether the line says the opposite of what is known, and does not turn it round.
    fn is_against(&self, line: &str) -> bool {
        let up = || Opposites { topic: Some(&USE), one: &UP, other: &DOWN };
        let down = || Opposites { topic: Some(&USE), one: &DOWN, other: &UP };
        let against_trend = match self.trend {
            Some(Trend::Down | Trend::Silent) => up().says(line),
            Some(Trend::Up) => down().says(line),
            Some(Trend::Flat) => up().says(line) || down().says(line),
            None => false,
        };
        let by_itself = || Opposites { topic: None, one: &BY_ITSELF, other: &BY_HAND };
        let by_hand = || Opposites { topic: None, one: &BY_HAND, other: &BY_ITSELF };
        let against_renewal = match self.by_itself {
            Some(true) => by_hand().says(line),
            Some(false) => by_itself().says(line),
            None => false,
        };
        let safe = || Opposites { topic: None, one: &SAFE, other: &LOST };
        let lost = || Opposites { topic: None, one: &LOST, other: &SAFE };
        let against_risk = match self.risk {
            Risk::High => safe().says(line),
            Risk::Low => lost().says(line),
            Risk::Medium | Risk::Unknown => false,
        };
        let against_tickets = match self.open {
            Some(0) => Opposites { topic: Some(&TICKETS), one: &OPEN_TICKETS, other: &NO_TICKETS }.says(line),
            Some(_) => Opposites { topic: Some(&TICKETS), one: &NO_TICKETS, other: &OPEN_TICKETS }.states(line),
            None => false,
        };
        let is_settled = self.days_to_renewal.is_some_and(|days| days > 0) && SETTLED.is_match(line);
        against_trend || against_renewal || against_risk || against_tickets || is_settled
    }

    /// Whether the line has the words of one ticket's title, and the state of another.
    fn is_of_another_state(&self, line: &str) -> bool {
        let said: HashSet<String> = stems(line).collect();
        self.tickets.iter().any(|ticket| {
            let title = ticket.subject.as_ref().map_or("", |subject| subject.as_str());
            let named = stems(title).filter(|stem| said.contains(stem)).count() >= 2;
            let state = if ticket.closed_on.is_some() {
                Opposites { topic: None, one: &UNSOLVED, other: &SOLVED }
            } else {
                Opposites { topic: None, one: &SOLVED, other: &UNSOLVED }
            };
            named && state.says(line)
        })
    }
}

impl Opposites {
    /// Whether the line says the one and nothing of the other, on its topic, and nothing that turns it round.
    fn says(&self, line: &str) -> bool {
        self.states(line) && !NOT.is_match(line)
    }

    fn states(&self, line: &str) -> bool {
        let is_on_topic = self.topic.is_none_or(|topic| topic.is_match(line));
        is_on_topic && self.one.is_match(line) && !self.other.is_match(line)
    }
}

/// Whether the line is in another language than English.
fn is_foreign(line: &str) -> bool {
    let is_long = line.split_whitespace().count() >= 4;
    let (latin, other): (Vec<char>, Vec<char>) =
        line.chars().filter(|c| c.is_alphabetic()).partition(|c| u32::from(*c) < 0x250);
    // A name may be in its own script.
    other.len() > latin.len() || (is_long && Tongue::of(line).is_some_and(|tongue| tongue != Tongue::English))
}

/// The first letters of the longer words.
fn stems(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 4);
    words.map(|word| word.to_lowercase().chars().take(6).collect())
}
