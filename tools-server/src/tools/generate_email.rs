//! `generate_email`: a draft for the customer, made of the data alone.
//!
//! The reader is the customer, so nothing internal is said: no score, no band, and none of the words the house uses
//! for them, not even where they come in by way of a metric's or a ticket's name.

use chrono::NaiveDate;
use contracts::{
    Line, Text,
    facts::{Source, Ticket, Trend},
    tools::{EmailDraft, EmailOccasion},
};
use domain::{
    case::{Case, TicketFigures},
    thresholds::RENEWAL_IN_SIGHT_DAYS,
    usage::UsageFigures,
};

use super::{MissingData, words};

/// Words that stay in the house.
const INTERNAL: [&str; 4] = ["churn", "health", "risk", "score"];
/// What is asked where nobody uses the product any more.
const STILL_FITS: &str =
    "I would like to hear how your team is getting on, and whether what we set up still fits the way you work.";

/// What is too old to speak of as present is not spoken of.
pub(super) fn run(case: &Case, occasion: EmailOccasion) -> Result<EmailDraft, MissingData> {
    let renewal = Renewal::of(case);
    match occasion {
        EmailOccasion::CheckIn => check_in(case, renewal),
        EmailOccasion::Renewal => renewal_email(case, renewal),
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
    fn of(case: &Case) -> Option<Self> {
        let contract = case.contract.known()?;
        let (renewal, automatic) = (case.renewal(), contract.main.auto_renew == Some(true));
        let date = *renewal.any()?;
        let days = -case.days_since(date);
        Some(Self { date, days, automatic, overdue: days < 0 && !automatic && !renewal.is_stale() })
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

fn check_in(case: &Case, renewal: Option<Renewal>) -> Result<EmailDraft, MissingData> {
    let paragraphs: Vec<String> =
        [usage(case), tickets(case), renewal.map(Renewal::sentence)].into_iter().flatten().collect();
    if paragraphs.is_empty() && !is_silent(case) {
        return Err(MissingData(format!(
            "There is nothing to write to {} about; import usage.csv, tickets.csv or contracts.csv to add it.",
            case.name
        )));
    }
    let mut lines = vec!["I wanted to check in and see how things are going.".to_owned()];
    lines.extend(paragraphs);
    lines.push(format!("{} Is there a good time for a short call this week or next?", question(case)));
    Ok(draft(case, &check_in_subject(case, renewal), &lines))
}

fn renewal_email(case: &Case, renewal: Option<Renewal>) -> Result<EmailDraft, MissingData> {
    let renewal = renewal.ok_or_else(|| {
        MissingData(format!(
            "No renewal date of {} is known; add renewal_date in contracts.csv and import it.",
            case.name
        ))
    })?;
    let mut lines = vec![renewal.sentence()];
    lines.extend(usage(case));
    lines.extend(tickets(case).filter(|_| open(case) > 0).map(|sentence| {
        let them = if open(case) == 1 { "it" } else { "them" };
        format!("{sentence} I would like to see {them} settled first.")
    }));
    lines.extend(is_silent(case).then(|| STILL_FITS.to_owned()));
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
    Ok(draft(case, &subject, &lines))
}

/// What a check-in is really about, the most pressing first.
fn check_in_subject(case: &Case, renewal: Option<Renewal>) -> String {
    let open = open(case);
    match (open, trend(case), renewal) {
        (1, ..) => "checking in on your open ticket".to_owned(),
        (2.., ..) => format!("checking in on {} open tickets", words::spelled(open.into())),
        (_, Some(Trend::Down), _) => "checking in on your recent usage".to_owned(),
        (_, Some(Trend::Silent), _) => "checking in on how your team is getting on".to_owned(),
        (_, _, Some(renewal)) if renewal.overdue => {
            format!("checking in on your renewal of {}", words::date(renewal.date))
        }
        (_, _, Some(renewal)) if (0..=RENEWAL_IN_SIGHT_DAYS).contains(&renewal.days) => {
            format!("checking in before your renewal on {}", words::date(renewal.date))
        }
        (_, Some(Trend::Up), _) => "checking in on your growing usage".to_owned(),
        _ => "checking in".to_owned(),
    }
}

/// What a check-in asks, fitting its occasion.
fn question(case: &Case) -> &'static str {
    match trend(case) {
        Some(Trend::Silent) => STILL_FITS,
        Some(Trend::Down) => "I would like to understand what has changed for your team, and where we can help.",
        _ if open(case) > 0 => "I would like to make sure that you are getting the help you need.",
        Some(Trend::Up) => "I would like to hear what is working well, and what would help you go further.",
        _ => "I would like to hear what is on your mind for the coming months.",
    }
}

/// Whether nobody there uses the product any more. That is asked about and not held against them: no figure says it.
fn is_silent(case: &Case) -> bool {
    trend(case) == Some(Trend::Silent)
}

fn trend(case: &Case) -> Option<Trend> {
    case.usage.known()?.trend
}

/// How many tickets are known to be open.
fn open(case: &Case) -> u32 {
    case.tickets.known().map_or(0, |tickets| tickets.by_priority.total())
}

fn usage(case: &Case) -> Option<String> {
    let (usage, source) = case.usage.fresh()?;
    usage_sentence(usage, source, case.as_of)
}

fn tickets(case: &Case) -> Option<String> {
    let (tickets, source) = case.tickets.fresh()?;
    Some(tickets_sentence(tickets, source, case.as_of))
}

fn usage_sentence(usage: &UsageFigures, source: &Source, today: NaiveDate) -> Option<String> {
    let metric = shareable(&usage.metric).map(|metric| format!(" ({metric})")).unwrap_or_default();
    let as_of = dated(source.as_of, today);
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

fn tickets_sentence(tickets: &TicketFigures, source: &Source, today: NaiveDate) -> String {
    let (open, as_of) = (tickets.by_priority.total(), dated(source.as_of, today));
    if open == 0 {
        return format!("You have no open tickets with us{as_of}.");
    }
    let mut text = format!(
        "You have {} open {} with us{as_of}: {}.",
        words::spelled(open.into()),
        if open == 1 { "ticket" } else { "tickets" },
        words::by_priority(tickets.by_priority),
    );
    // `recent` begins with the most serious open ticket.
    if let Some(ticket) = tickets.recent.first().filter(|ticket| ticket.closed_on.is_none()) {
        text.push_str(&ticket_sentence(ticket, open));
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

fn draft(case: &Case, subject: &str, paragraphs: &[String]) -> EmailDraft {
    let name = &case.name;
    let contact = case.contact.any().and_then(|contact| contact.name.as_ref());
    let greeting = match contact {
        Some(contact) if !contact.is_empty() => format!("Hi {contact},"),
        _ => format!("Hi {name} team,"),
    };
    let body = format!("{greeting}\n\n{}\n\nBest regards", paragraphs.join("\n\n"));
    EmailDraft { subject: Line::new(&format!("{name}: {subject}")), body: Text::new(&body) }
}
