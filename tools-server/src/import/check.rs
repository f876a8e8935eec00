//! The rules of pieces, deliveries and customers that the types alone cannot hold.

mod invalid;

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;

use std::{collections::HashSet, hash::Hash};

use chrono::NaiveDate;
use contracts::{
    Line, MAX_LINE,
    activity::{Activity, FollowUp, MAX_WORDS},
    book::CustomerRecord,
    days,
    delivery::{
        ContactRow, ContractRow, CustomerRow, Delivery, MAX_PIECES, MAX_POINTS, MAX_SOURCES, Piece, ResponseRow,
        TicketRows, UsageRows, UsageSays, columns,
    },
    facts::{Money, Part, Survey, Ticket, Trend, UsagePoint},
};

pub use invalid::{Invalid, Place, Problem};

type Check<E = Problem> = Result<(), E>;

/// Refuses a piece with a row that breaks a rule, and says which row and what is wrong. Whether the customers of its
/// rows exist is for [`intake`](super::intake) to find.
pub fn piece(piece: &Piece) -> Check<Invalid> {
    piece.customers.iter().try_for_each(customer)?;
    piece.usage.iter().try_for_each(usage)?;
    piece.tickets.iter().try_for_each(tickets)?;
    piece.contracts.iter().try_for_each(contract)?;
    piece.contacts.iter().try_for_each(contact)?;
    piece.satisfaction.iter().try_for_each(response)?;
    piece.activity.iter().try_for_each(activity)?;
    once(piece.customers.iter().map(|row| &row.id), |id| Place::Customer((*id).clone()))?;
    once(piece.usage.iter().map(|row| (&row.customer_id, &row.metric)), |(id, _)| Place::Usage((*id).clone()))?;
    once(piece.tickets.iter().map(|row| &row.customer_id), |id| Place::Tickets((*id).clone()))?;
    once(piece.contracts.iter().map(|row| (&row.customer_id, &row.contract_id)), |(id, key)| Place::contract(id, key))?;
    once(piece.contacts.iter().map(|row| (&row.customer_id, &row.key)), |(id, key)| Place::contact(id, key))?;
    once(piece.satisfaction.iter().map(|row| (&row.customer_id, &row.response_id)), |(id, key)| {
        Place::response(id, key)
    })?;
    once(piece.activity.iter().map(|row| (&row.customer_id, &row.id)), |(id, key)| Place::activity(id, key))
}

/// Refuses a delivery that breaks a rule.
pub fn delivery(delivery: &Delivery) -> Check<Invalid> {
    let at = |part: Part| Invalid::at(Place::Part(part));
    for (part, delivered) in &delivery.parts {
        let names = columns::names(*part);
        let unknown = delivered.iter().find(|column| !names.contains(&column.as_str()));
        not(!Part::DELIVERED.contains(part), || Problem::NotDelivered).map_err(at(*part))?;
        unknown.map_or(Ok(()), |column| Err(Problem::UnknownColumn(column.clone()))).map_err(at(*part))?;
    }
    for part in delivery.rejected.keys() {
        not(!delivery.parts.contains_key(part), || Problem::RejectedOfNoPart).map_err(at(*part))?;
    }
    for part in &delivery.partly {
        not(!delivery.parts.contains_key(part), || Problem::PartlyOfNoPart).map_err(at(*part))?;
    }
    let sources = delivery.source_order.len();
    date("day", delivery.day)
        .and_then(|()| not(delivery.parts.is_empty(), || Problem::NoParts))
        .and_then(|()| not(delivery.pieces > MAX_PIECES, || Problem::TooManyPieces(delivery.pieces)))
        .and_then(|()| optional("primaryMetric", delivery.primary_metric.as_ref()))
        .and_then(|()| not(sources > MAX_SOURCES, || Problem::TooManySources(sources)))
        .map_err(Invalid::at(Place::Delivery))
}

/// Refuses a customer, as a user names it, that breaks a rule.
pub fn record(record: &CustomerRecord) -> Check<Invalid> {
    let given = |field, value: &Option<Line>| optional(field, value.as_ref().filter(|value| !value.is_empty()));
    let check = || {
        line("name", &record.name)?;
        given("industry", &record.industry)?;
        given("segment", &record.segment)?;
        given("contact", &record.contact)
    };
    check().map_err(Invalid::at(Place::Customer(record.id.clone())))
}

/// The rules of a customer's own row.
fn customer(row: &CustomerRow) -> Check<Invalid> {
    let fields = &row.fields;
    let check = || {
        optional("name", fields.name.as_ref())?;
        optional("industry", fields.industry.as_ref())?;
        optional("segment", fields.segment.as_ref())?;
        optional("owner", fields.owner.as_ref())?;
        optional("contact", fields.contact.as_ref())?;
        fields.since.map_or(Ok(()), |day| date("since", day))
    };
    check().map_err(Invalid::at(Place::Customer(row.id.clone())))
}

fn usage(row: &UsageRows) -> Check<Invalid> {
    let check = || {
        line("metric", &row.metric)?;
        match &row.says {
            UsageSays::Points(points) => series(points),
            UsageSays::Summary(summary) => {
                not(summary.trend == Trend::Silent, || Problem::Silent)?;
                not(!is_amount(summary.recent), || Problem::NoAmount("recent"))?;
                not(!is_amount(summary.before), || Problem::NoAmount("before"))
            }
        }
    };
    check().map_err(Invalid::at(Place::Usage(row.customer_id.clone())))
}

fn series(points: &[UsagePoint]) -> Check {
    not(points.is_empty(), || Problem::NoPoints)?;
    not(points.len() > MAX_POINTS, || Problem::TooManyPoints(points.len()))?;
    for point in points {
        date("date", point.date)?;
        not(!is_amount(point.value), || Problem::NoAmountOn(point.date))?;
    }
    points.windows(2).try_for_each(|pair| {
        let [before, after] = [pair[0].date, pair[1].date];
        not(before == after, || Problem::DayTwice(after))?;
        not(before > after, || Problem::OutOfOrder { before, after })
    })
}

fn tickets(row: &TicketRows) -> Check<Invalid> {
    let place = |ticket: &Ticket| Place::ticket(&row.customer_id, &ticket.id);
    for one in &row.tickets {
        ticket(one).map_err(Invalid::at(place(one)))?;
    }
    once(row.tickets.iter().map(|ticket| &ticket.id), |id| Place::ticket(&row.customer_id, id))
}

fn ticket(ticket: &Ticket) -> Check {
    line("id", &ticket.id)?;
    optional("subject", ticket.subject.as_ref())?;
    date("opened", ticket.opened_on)?;
    ticket.closed_on.map_or(Ok(()), |closed| {
        date("closed", closed)?;
        not(closed < ticket.opened_on, || Problem::ClosedBeforeOpened { closed, opened: ticket.opened_on })
    })
}

fn contract(row: &ContractRow) -> Check<Invalid> {
    let terms = &row.terms;
    let check = || {
        line("id", &row.contract_id)?;
        optional("plan", terms.plan.as_ref())?;
        terms.renewal_date.map_or(Ok(()), |day| date("renewal date", day))?;
        terms.arr.as_ref().map_or(Ok(()), money)
    };
    check().map_err(Invalid::at(Place::contract(&row.customer_id, &row.contract_id)))
}

fn money(arr: &Money) -> Check {
    let code = arr.currency.as_str();
    not(code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()), || Problem::NoCurrency)?;
    not(arr.minor < 0, || Problem::NegativeArr)
}

fn contact(row: &ContactRow) -> Check<Invalid> {
    let contact = &row.contact;
    let check = || {
        line("key", &row.key)?;
        optional("name", contact.name.as_ref())?;
        optional("role", contact.role.as_ref())?;
        optional("email", contact.email.as_ref())
    };
    check().map_err(Invalid::at(Place::contact(&row.customer_id, &row.key)))
}

fn response(row: &ResponseRow) -> Check<Invalid> {
    let scores = match row.survey {
        Survey::Csat => 1..=5,
        Survey::Nps => 0..=10,
    };
    let check = || {
        line("id", &row.response_id)?;
        date("date", row.date)?;
        not(!scores.contains(&row.score), || Problem::NoScore { lowest: *scores.start(), highest: *scores.end() })
    };
    check().map_err(Invalid::at(Place::response(&row.customer_id, &row.response_id)))
}

/// Refuses an activity that breaks a rule.
pub fn activity(activity: &Activity) -> Check<Invalid> {
    let Activity { id, customer_id, on, text, agreed, follow_up, .. } = activity;
    let length = text.as_str().chars().count();
    let check = || {
        date("on", *on)?;
        not(length == 0, || Problem::Empty("text"))?;
        not(length > MAX_WORDS, || Problem::TooManyWords(length))?;
        optional("agreed", agreed.as_ref())?;
        let Some(FollowUp { due, closed_on }) = *follow_up else { return Ok(()) };
        date("due", due)?;
        not(due < *on, || Problem::DueBefore { due, on: *on })?;
        let Some(closed) = closed_on else { return Ok(()) };
        date("closedOn", closed)?;
        not(closed < *on, || Problem::ClosedBefore { closed, on: *on })
    };
    check().map_err(Invalid::at(Place::activity(customer_id, id)))
}

fn is_amount(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

fn date(field: &'static str, day: NaiveDate) -> Check {
    not(!days::is_kept(day), || Problem::NoDate(field))
}

/// A line is left out rather than empty.
fn line(field: &'static str, line: &Line) -> Check {
    let length = line.as_str().chars().count();
    not(length == 0, || Problem::Empty(field))?;
    not(length > MAX_LINE, || Problem::TooLong { field, length })
}

fn optional(field: &'static str, value: Option<&Line>) -> Check {
    value.map_or(Ok(()), |value| line(field, value))
}

fn not(is_broken: bool, problem: impl FnOnce() -> Problem) -> Check {
    if is_broken { Err(problem()) } else { Ok(()) }
}

fn once<T: Eq + Hash + Copy>(keys: impl Iterator<Item = T>, place: impl Fn(&T) -> Place) -> Check<Invalid> {
    let mut seen = HashSet::new();
    let mut keys = keys;
    keys.find(|key| !seen.insert(*key))
        .map_or(Ok(()), |key| Err(Invalid { place: place(&key), problem: Problem::Twice }))
}
