//! `generate_email`: a draft for the customer, made of the data alone.
//!
//! The reader is the customer, so nothing internal is said: no score, no band, and none of the words the house uses
//! for them, not even where they come in by way of a metric's or a ticket's name.

use chrono::NaiveDate;
use contracts::{
    Line, Text,
    facts::{Ticket, Trend},
    tools::{EmailDraft, EmailOccasion, TicketsReport, UsageReport},
};

use super::{MissingData, words};
use crate::store::{CustomerFacts, StoredContract};

/// Words that stay in the house.
const INTERNAL: [&str; 4] = ["churn", "health", "risk", "score"];
/// A renewal this many days away is worth a check-in of its own.
const RENEWAL_IN_SIGHT: i64 = 90;
/// What is asked where nobody uses the product any more.
const STILL_FITS: &str =
    "I would like to hear how your team is getting on, and whether what we set up still fits the way you work.";

pub(super) fn run(facts: &CustomerFacts, occasion: EmailOccasion, today: NaiveDate) -> Result<EmailDraft, MissingData> {
    let renewal = facts.contract.as_ref().and_then(|contract| Renewal::of(contract, today));
    match occasion {
        EmailOccasion::CheckIn => check_in(facts, renewal, today),
        EmailOccasion::Renewal => renewal_email(facts, renewal, today),
    }
}

/// A renewal whose date is known.
#[derive(Clone, Copy)]
struct Renewal {
    date: NaiveDate,
    days: i64,
    automatic: bool,
    /// Whether it has passed and is known not to have happened.
    overdue: bool,
}

impl Renewal {
    fn of(contract: &StoredContract, today: NaiveDate) -> Option<Self> {
        let stored = contract.renewal()?;
        let (days, overdue) = (contract.days_to_renewal(today)?, contract.is_overdue(today));
        Some(Self { date: stored.date, days, automatic: stored.automatic, overdue })
    }

    fn sentence(self) -> String {
        let when = words::renewal(self.date, self.days);
        let verb = match (self.days < 0, self.automatic) {
            (true, true) => "was to renew by itself",
            (true, false) if self.overdue => "was due for renewal",
            (true, false) => "was up for renewal",
            (false, true) => "renews by itself",
            (false, false) => "is up for renewal",
        };
        format!("Your contract {verb} {when}.")
    }
}

fn check_in(facts: &CustomerFacts, renewal: Option<Renewal>, today: NaiveDate) -> Result<EmailDraft, MissingData> {
    let paragraphs: Vec<String> = [
        facts.usage.as_ref().and_then(|usage| usage_sentence(usage, today)),
        facts.tickets.as_ref().map(|tickets| tickets_sentence(tickets, today)),
        renewal.map(Renewal::sentence),
    ]
    .into_iter()
    .flatten()
    .collect();
    if paragraphs.is_empty() && !is_silent(facts) {
        return Err(MissingData(format!(
            "There is nothing to write to {} about; import usage.csv, tickets.csv or contracts.csv to add it.",
            facts.customer.name
        )));
    }
    let mut lines = vec!["I wanted to check in and see how things are going.".to_owned()];
    lines.extend(paragraphs);
    lines.push(format!("{} Is there a good time for a short call this week or next?", question(facts)));
    Ok(draft(facts, &check_in_subject(facts, renewal), &lines))
}

fn renewal_email(facts: &CustomerFacts, renewal: Option<Renewal>, today: NaiveDate) -> Result<EmailDraft, MissingData> {
    let renewal = renewal.ok_or_else(|| {
        MissingData(format!(
            "No renewal date of {} is known; add renewal_date in contracts.csv and import it.",
            facts.customer.name
        ))
    })?;
    let mut lines = vec![renewal.sentence()];
    lines.extend(facts.usage.as_ref().and_then(|usage| usage_sentence(usage, today)));
    lines.extend(facts.tickets.as_ref().filter(|tickets| tickets.open > 0).map(|tickets| {
        let them = if tickets.open == 1 { "it" } else { "them" };
        format!("{} I would like to see {them} settled first.", tickets_sentence(tickets, today))
    }));
    lines.extend(is_silent(facts).then(|| STILL_FITS.to_owned()));
    lines.push(
        if renewal.overdue {
            "Could we find a time this week to agree on how to go on?"
        } else {
            "Could we find a time in the next days to go through your plans, and anything you would like to change?"
        }
        .to_owned(),
    );
    let date = words::date(renewal.date);
    let subject = if renewal.overdue { format!("renewal was due on {date}") } else { format!("renewal on {date}") };
    Ok(draft(facts, &subject, &lines))
}

/// What a check-in is really about, the most pressing first.
fn check_in_subject(facts: &CustomerFacts, renewal: Option<Renewal>) -> String {
    let open = facts.tickets.as_ref().map_or(0, |tickets| tickets.open);
    let trend = facts.usage.as_ref().and_then(|usage| usage.trend);
    match (open, trend, renewal) {
        (1, ..) => "checking in on your open ticket".to_owned(),
        (2.., ..) => format!("checking in on {} open tickets", words::spelled(open)),
        (_, Some(Trend::Down), _) => "checking in on your recent usage".to_owned(),
        (_, Some(Trend::Silent), _) => "checking in on how your team is getting on".to_owned(),
        (_, _, Some(renewal)) if renewal.overdue => {
            format!("checking in on your renewal of {}", words::date(renewal.date))
        }
        (_, _, Some(renewal)) if (0..=RENEWAL_IN_SIGHT).contains(&renewal.days) => {
            format!("checking in before your renewal on {}", words::date(renewal.date))
        }
        (_, Some(Trend::Up), _) => "checking in on your growing usage".to_owned(),
        _ => "checking in".to_owned(),
    }
}

/// What a check-in asks, fitting its occasion.
fn question(facts: &CustomerFacts) -> &'static str {
    let open = facts.tickets.as_ref().map_or(0, |tickets| tickets.open);
    match facts.usage.as_ref().and_then(|usage| usage.trend) {
        Some(Trend::Silent) => STILL_FITS,
        Some(Trend::Down) => "I would like to understand what has changed for your team, and where we can help.",
        _ if open > 0 => "I would like to make sure that you are getting the help you need.",
        Some(Trend::Up) => "I would like to hear what is working well, and what would help you go further.",
        _ => "I would like to hear what is on your mind for the coming months.",
    }
}

/// Whether nobody there uses the product any more. That is asked about and not held against them: no figure says it.
fn is_silent(facts: &CustomerFacts) -> bool {
    facts.usage.as_ref().is_some_and(|usage| usage.trend == Some(Trend::Silent))
}

fn usage_sentence(usage: &UsageReport, today: NaiveDate) -> Option<String> {
    let metric = shareable(&usage.metric).map(|metric| format!(" ({metric})")).unwrap_or_default();
    let as_of = dated(usage.source.as_of, today);
    let recent = words::number(usage.recent);
    let moved = |verb| {
        let before = words::number(usage.before?);
        Some(format!("Your usage{metric} has {verb} from {before} to {recent}{as_of}."))
    };
    match usage.trend? {
        Trend::Up => moved("grown"),
        Trend::Down => moved("gone down"),
        Trend::Flat => Some(format!("Your usage{metric} has been steady, at about {recent}{as_of}.")),
        Trend::Silent => None,
    }
}

fn tickets_sentence(tickets: &TicketsReport, today: NaiveDate) -> String {
    let as_of = dated(tickets.source.as_of, today);
    if tickets.open == 0 {
        return format!("You have no open tickets with us{as_of}.");
    }
    let mut text = format!(
        "You have {} open {} with us{as_of}: {}.",
        words::spelled(tickets.open),
        if tickets.open == 1 { "ticket" } else { "tickets" },
        words::by_priority(tickets.by_priority),
    );
    // `recent` begins with the most serious open ticket.
    if let Some(ticket) = tickets.recent.first().filter(|ticket| ticket.closed_on.is_none()) {
        text.push_str(&ticket_sentence(ticket, tickets.open));
    }
    text
}

fn ticket_sentence(ticket: &Ticket, open: u32) -> String {
    let which = if open == 1 { "It" } else { "The most pressing one" };
    let name = match (shareable(&ticket.id), ticket.subject.as_ref().and_then(shareable)) {
        (Some(id), Some(subject)) => format!("{id}, “{subject}”, "),
        (Some(id), None) => format!("{id}, "),
        (None, Some(subject)) => format!("“{subject}”, "),
        (None, None) => String::new(),
    };
    let opened = words::date(ticket.opened_on);
    if name.is_empty() {
        format!(" {which} has been open since {opened}.")
    } else {
        format!(" {which} is {name}open since {opened}.")
    }
}

/// A foreign text that may stand in an email to the customer.
fn shareable(line: &Line) -> Option<&str> {
    let lower = line.as_str().to_lowercase();
    (!line.is_empty() && !INTERNAL.iter().any(|word| lower.contains(word))).then_some(line.as_str())
}

/// Says how old a figure is, where it is not today's.
fn dated(as_of: NaiveDate, today: NaiveDate) -> String {
    if as_of == today { String::new() } else { format!(" as of {}", words::date(as_of)) }
}

fn draft(facts: &CustomerFacts, subject: &str, paragraphs: &[String]) -> EmailDraft {
    let name = &facts.customer.name;
    let greeting = match &facts.customer.contact {
        Some(contact) if !contact.is_empty() => format!("Hi {contact},"),
        _ => format!("Hi {name} team,"),
    };
    let body = format!("{greeting}\n\n{}\n\nBest regards", paragraphs.join("\n\n"));
    EmailDraft { subject: Line::new(&format!("{name}: {subject}")), body: Text::new(&body) }
}
