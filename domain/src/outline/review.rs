//! The quarterly business review: what was agreed, what it was worth, what went wrong, what changed and what comes next.

use contracts::{
    Line,
    facts::{Priority, Ticket, Trend},
    quarter::Quarter,
    reading::Knowledge,
    review::{Given, Review, ReviewSection, Saying},
    tools::{Edition, QbrOutline},
};

use super::{Point, Reader, in_english, plan, section};
use crate::{
    case::{Case, Period},
    words::{date, told_subject},
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
        ("section-agreed", agreed(reader)),
        ("section-adoption", adoption(reader)),
        ("section-support", support(reader)),
        ("section-changed", changed(reader)),
        ("section-renewal", renewal(reader)),
        ("section-next", plan::plan(reader)),
        ("section-asks", plan::asks(reader)),
    ];
    let title = title(case);
    let (mut outline, mut said) = (Vec::new(), Vec::new());
    for (name, mut points) in sections {
        // How old a part is, is told once, however many facts of it there are.
        points.dedup_by(|one, other| one.text == other.text);
        let title = Saying::of(name);
        let sayings = points.iter().filter_map(|point| point.saying.clone()).collect();
        if let Some(section) = section(&in_english(case, &title), points) {
            outline.push(section);
            said.push(ReviewSection { title, points: sayings });
        }
    }
    let english = Line::new(&in_english(case, &title));
    let review = (edition == Edition::Customer).then_some(Review { title, sections: said });
    Some(QbrOutline { title: english, sections: outline, review })
}

fn title(case: &Case) -> Saying {
    let (from, to) = (case.period.from, case.period.to.min(case.as_of));
    let quarter = Quarter::of(from);
    let quarter = (Period::from(quarter) == case.period).then(|| Given::Text(Line::new(&quarter.to_string())));
    let customer = Given::Text(case.name.clone());
    Saying::of("title").with("customer", customer).between(from, to).maybe("quarter", quarter)
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
        (Edition::Customer, true) => vec![Point::saying(reader.case, Saying::of("begin-agreed"))],
        (Edition::Customer, false) => Vec::new(),
    }
}

/// What stopped is asked about and not shown in figures, where the customer reads along.
fn adoption(reader: Reader<'_>) -> Vec<Point> {
    let case = reader.case;
    let is_silent = case.usage.known().is_some_and(|usage| usage.trend == Some(Trend::Silent));
    if is_silent && !reader.is_internal() {
        return vec![Point::saying(case, Saying::of("usage-ask"))];
    }
    let of_period = reader.points(&["usage.in_period", "usage.change_in_period"]);
    let now = if of_period.is_empty() { of_today(reader) } else { of_period };
    let seats = if is_silent { reader.point("usage.silent") } else { reader.point("usage.per_seat") };
    let points: Vec<_> = now.into_iter().chain(seats).collect();
    filled(reader, points, "usage", "usage.csv")
}

/// What is known of usage today, where nothing is of the period.
fn of_today(reader: Reader<'_>) -> Vec<Point> {
    let case = reader.case;
    let is_told = matches!(case.usage.known().and_then(|usage| usage.trend), Some(Trend::Up | Trend::Down));
    let change = reader.point("usage.change");
    // Which way it goes is told by how far it went.
    let trend = reader.point("usage.trend").filter(|_| change.is_none() || !is_told);
    let now: Vec<_> = change.into_iter().chain(trend).collect();
    let is_fresh = case.usage.known().is_some();
    let none = Saying::of("usage-none").between(case.period.from, case.period.to.min(case.as_of));
    let instead = (!now.is_empty() && is_fresh).then(|| Point::saying(case, none));
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
    let Ticket { id, subject, priority, opened_on, .. } = ticket;
    match reader.edition {
        Edition::Internal => {
            let subject = subject.as_ref().map(|subject| format!(" “{subject}”")).unwrap_or_default();
            let since = date(*opened_on);
            Some(Point::plain(format!("{id} ({}){subject} has been open since {since}.", priority.as_str())))
        }
        Edition::Customer => {
            let subject = Given::Text(told_subject(subject.as_ref()?.as_str())?);
            let said = Saying::of("ticket-open").with("subject", subject).with("since", Given::Date(*opened_on));
            Some(Point::saying(reader.case, said))
        }
    }
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
