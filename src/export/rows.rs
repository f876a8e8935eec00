//! Rows as the cells of the canonical files, which [`sources`](crate::sources) reads as the same rows again.

use chrono::NaiveDate;
use contracts::{
    Line,
    activity::{Activity, FollowUp},
    delivery::{
        ContactRow, ContractRow, CustomerRow, Piece, ResponseRow, TicketRows, UsageRows, UsageSays, UsageSummary,
    },
    facts::{Measure, Part, Status, Ticket, UsagePoint},
};

use crate::{
    sources::{canonical::Table, cell::inert},
    words::amount,
};

/// The names of the columns that [`lines`] fills.
pub(super) fn header(part: Part) -> impl Iterator<Item = &'static str> {
    Table::of(part).columns.iter().map(|(column, _)| *column)
}

/// The rows of a part, cell by cell in the order of its [`Table`].
pub(super) fn lines(part: Part, piece: &Piece) -> Vec<Vec<String>> {
    match part {
        Part::Customers => piece.customers.iter().map(customer).collect(),
        Part::Usage => piece.usage.iter().flat_map(usage).collect(),
        Part::Tickets => piece.tickets.iter().flat_map(tickets).collect(),
        Part::Contracts => piece.contracts.iter().map(contract).collect(),
        Part::Contacts => piece.contacts.iter().map(contact).collect(),
        Part::Satisfaction => piece.satisfaction.iter().map(response).collect(),
        Part::Activity => piece.activity.iter().map(activity).collect(),
        Part::Health => Vec::new(),
    }
}

fn customer(row: &CustomerRow) -> Vec<String> {
    let fields = &row.fields;
    vec![
        row.id.to_string(),
        text(fields.name.as_ref()),
        text(fields.industry.as_ref()),
        text(fields.segment.as_ref()),
        text(fields.owner.as_ref()),
        fields.status.map(Status::as_str).unwrap_or_default().to_owned(),
        day(fields.since),
        text(fields.contact.as_ref()),
    ]
}

fn usage(rows: &UsageRows) -> Vec<Vec<String>> {
    let begin = [rows.customer_id.to_string(), inert(rows.metric.as_str())];
    let measure = rows.measure.map(Measure::as_str).unwrap_or_default().to_owned();
    let line = |rest: [String; 5]| begin.iter().cloned().chain([measure.clone()]).chain(rest).collect();
    match &rows.says {
        UsageSays::Points(points) => {
            let point = |point: &UsagePoint| {
                line([point.date.to_string(), point.value.to_string(), String::new(), String::new(), String::new()])
            };
            points.iter().map(point).collect()
        }
        UsageSays::Summary(UsageSummary { trend, recent, before }) => {
            let (trend, recent, before) = (trend.as_str().to_owned(), recent.to_string(), before.to_string());
            vec![line([String::new(), String::new(), trend, recent, before])]
        }
    }
}

fn tickets(rows: &TicketRows) -> impl Iterator<Item = Vec<String>> {
    let line = |ticket: &Ticket| {
        vec![
            inert(ticket.id.as_str()),
            rows.customer_id.to_string(),
            ticket.priority.as_str().to_owned(),
            ticket.opened_on.to_string(),
            day(ticket.closed_on),
            text(ticket.subject.as_ref()),
        ]
    };
    rows.tickets.iter().map(line)
}

fn contract(row: &ContractRow) -> Vec<String> {
    let terms = &row.terms;
    let own_id = Some(&row.contract_id).filter(|id| id.as_str() != row.customer_id.as_str());
    vec![
        row.customer_id.to_string(),
        text(own_id),
        day(terms.renewal_date),
        terms.arr.as_ref().map(|arr| amount(arr.minor)).unwrap_or_default(),
        text(terms.arr.as_ref().map(|arr| &arr.currency)),
        text(terms.plan.as_ref()),
        number(terms.seats),
        yes_no(terms.auto_renew),
        number(terms.notice_days),
    ]
}

fn contact(row: &ContactRow) -> Vec<String> {
    let contact = &row.contact;
    vec![
        row.customer_id.to_string(),
        text(contact.name.as_ref()),
        text(contact.role.as_ref()),
        text(contact.email.as_ref()),
        yes_no(contact.primary),
    ]
}

fn response(row: &ResponseRow) -> Vec<String> {
    let (survey, score) = (row.survey.as_str().to_owned(), row.score.to_string());
    vec![row.customer_id.to_string(), row.date.to_string(), survey, score, inert(row.response_id.as_str())]
}

fn activity(row: &Activity) -> Vec<String> {
    vec![
        row.customer_id.to_string(),
        row.on.to_string(),
        row.kind.as_str().to_owned(),
        inert(row.text.as_str()),
        text(row.agreed.as_ref()),
        day(row.follow_up.map(|follow_up: FollowUp| follow_up.due)),
        day(row.follow_up.and_then(|follow_up| follow_up.closed_on)),
        row.id.to_string(),
    ]
}

fn text(line: Option<&Line>) -> String {
    line.map(|line| inert(line.as_str())).unwrap_or_default()
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn number(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn yes_no(flag: Option<bool>) -> String {
    flag.map(|flag| if flag { "yes" } else { "no" }).unwrap_or_default().to_owned()
}
