//! The quarterly business review: what was agreed, what it was worth, what went wrong, what changed and what comes next.

use contracts::{
    Line,
    facts::{Priority, Ticket, Trend},
    quarter::Quarter,
    reading::Knowledge,
    tools::{Edition, QbrOutline},
};

use super::{Point, Reader, plan, section};
use crate::{
    case::{Case, Period},
    words::{date, span, told_subject},
};

/// How many open tickets are named.
const NAMED: usize = 3;

/// The review of the case's period; `None` where neither usage nor tickets nor a contract are on record.
pub fn review(case: &Case, edition: Edition) -> Option<QbrOutline> {
    let is_empty = case.usage == Knowledge::Missing && case.tickets == Knowledge::Missing;
    if is_empty && case.contract == Knowledge::Missing {
        return None;
    }
    let reader = Reader { case, edition };
    let sections = [
        ("What we agreed", agreed(reader)),
        ("Value and adoption", adoption(reader)),
        ("Support", support(reader)),
        ("What changed, and where it stands", changed(reader)),
        ("Renewal", renewal(reader)),
        ("What comes next", plan::plan(reader)),
        ("What we ask of each other", plan::asks(reader)),
    ];
    let sections = sections.into_iter().filter_map(|(title, points)| section(title, points)).collect();
    let days = span(case.period.from, case.period.to.min(case.as_of));
    let quarter = Quarter::of(case.period.from);
    let period = if Period::from(quarter) == case.period { format!("{quarter} ({days})") } else { days };
    let title = Line::new(&format!("{}: quarterly business review, {period}", case.name));
    Some(QbrOutline { title, sections })
}

fn agreed(reader: Reader<'_>) -> Vec<Point> {
    let agreed = reader.points(&["activity.agreed", "activity.next_follow_up"]);
    let is_on_record = reader.case.activity.known().is_some_and(|activity| activity.agreed.is_some());
    match (reader.edition, is_on_record) {
        (Edition::Internal, true) => agreed,
        (Edition::Internal, false) => [Point::plain("Nothing that was agreed is on record: ask what they remember.")]
            .into_iter()
            .chain(agreed)
            .collect(),
        (Edition::Customer, true) => vec![Point::plain("Let us begin with what we agreed on last time.")],
        (Edition::Customer, false) => Vec::new(),
    }
}

/// What stopped is asked about and not shown in figures, where the customer reads along.
fn adoption(reader: Reader<'_>) -> Vec<Point> {
    let case = reader.case;
    let is_silent = case.usage.known().is_some_and(|usage| usage.trend == Some(Trend::Silent));
    if is_silent && !reader.is_internal() {
        return vec![Point::plain("Let us talk about what your team works with now, and what it is missing.")];
    }
    let of_period = reader.points(&["usage.in_period", "usage.change_in_period"]);
    let now = if of_period.is_empty() { of_today(reader) } else { of_period };
    let seats = if is_silent { reader.point("usage.silent") } else { reader.point("usage.per_seat") };
    let points: Vec<_> = now.into_iter().chain(seats).collect();
    filled(reader, points, "usage", "usage.csv")
}

/// What is known of usage today, where nothing is of the period.
fn of_today(reader: Reader<'_>) -> Vec<Point> {
    let now = reader.points(&["usage.change", "usage.trend"]);
    let days = span(reader.case.period.from, reader.case.period.to.min(reader.case.as_of));
    let instead = (!now.is_empty())
        .then(|| Point::plain(format!("No usage is on record from {days}; what follows is of today.")));
    instead.into_iter().chain(now).collect()
}

fn support(reader: Reader<'_>) -> Vec<Point> {
    let facts = [
        "tickets.opened_in_period",
        "tickets.closed_in_period",
        "tickets.time_to_solve",
        "tickets.recurring",
        "tickets.open",
    ];
    let tickets = reader.case.tickets.known().map_or(&[][..], |tickets| &tickets.recent);
    let is_serious = |ticket: &&Ticket| matches!(ticket.priority, Priority::Urgent | Priority::High);
    let open = tickets.iter().filter(|ticket| ticket.closed_on.is_none()).filter(is_serious);
    let named = open.filter_map(|ticket| named(reader, ticket)).take(NAMED);
    let points = reader.points(&facts).into_iter().chain(named).collect();
    filled(reader, points, "tickets", "tickets.csv")
}

/// To the customer without its code and its priority, and not at all where its subject has words of the house.
fn named(reader: Reader<'_>, ticket: &Ticket) -> Option<Point> {
    let since = date(ticket.opened_on);
    let told = |subject: &Line| reader.pick(Some(subject.clone()), told_subject(subject.as_str()));
    let subject = ticket.subject.as_ref().and_then(told).map(|subject| format!("“{subject}”"));
    let text = match (reader.edition, subject) {
        (Edition::Internal, subject) => {
            let subject = subject.map(|subject| format!(" {subject}")).unwrap_or_default();
            format!("{} ({}){subject} has been open since {since}.", ticket.id, ticket.priority.as_str())
        }
        (Edition::Customer, Some(subject)) => format!("{subject} has been open since {since}."),
        (Edition::Customer, None) => return None,
    };
    Some(Point::plain(text))
}

/// What changed since the period began.
fn changed(reader: Reader<'_>) -> Vec<Point> {
    let case = reader.case;
    let arr = case.contract.known().and_then(|contract| contract.before.as_ref());
    let is_news = arr.is_some_and(|(until, _)| *until >= case.period.from);
    let arr = reader.point("contract.arr_change").filter(|_| is_news);
    arr.into_iter().chain(reader.points(&["health.score", "health.risk", "satisfaction.latest"])).collect()
}

fn renewal(reader: Reader<'_>) -> Vec<Point> {
    let facts = [
        "contract.renewal_date",
        "contract.notice_by",
        "contract.arr",
        "contract.plan",
        "contract.seats",
        "contact.role",
    ];
    filled(reader, reader.points(&facts), "the contract", "contracts.csv")
}

/// The points; of a part that nothing is on record of, how the house fills it.
fn filled(reader: Reader<'_>, points: Vec<Point>, what: &str, file: &str) -> Vec<Point> {
    if points.is_empty() && reader.is_internal() {
        return vec![Point::plain(format!("Nothing on record of {what}: import {file} to fill this section."))];
    }
    points
}
