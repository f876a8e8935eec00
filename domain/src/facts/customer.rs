//! Facts of the customer itself.

use contracts::{
    Line,
    delivery::CustomerFields,
    facts::{Part, Status},
    reading::{FactId, Knowledge, Value},
};

use super::{Audience, Fact, Kind, Says};
use crate::case::Case;

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("customer.name"),
        short: "name",
        part: Part::Customers,
        kind: Kind::Text,
        heading: "Name",
        noun: "name",
        audience: Audience::Customer,
        get: |case| text(case, |fields| fields.name.as_ref()),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("customer.industry"),
        short: "industry",
        part: Part::Customers,
        kind: Kind::Text,
        heading: "Industry",
        noun: "industry",
        audience: Audience::Customer,
        get: |case| text(case, |fields| fields.industry.as_ref()),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("customer.segment"),
        short: "segment",
        part: Part::Customers,
        kind: Kind::Text,
        heading: "Segment",
        noun: "segment",
        audience: Audience::Internal,
        get: |case| text(case, |fields| fields.segment.as_ref()),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("customer.owner"),
        short: "owner",
        part: Part::Customers,
        kind: Kind::Text,
        heading: "Owner",
        noun: "account owner",
        audience: Audience::Internal,
        get: |case| text(case, |fields| fields.owner.as_ref()),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("customer.status"),
        short: "status",
        part: Part::Customers,
        kind: Kind::Choice(&["active", "churned"]),
        heading: "Status",
        noun: "status",
        audience: Audience::Internal,
        get: |case| case.fields.and_then(|fields| Some(Value::Choice(status(fields).as_str().into()))),
        says: Says::With(|said| {
            let has = match status(said.case.fields.known()?) {
                Status::Active => "is a customer",
                Status::Churned => "has left",
            };
            Some(format!("{} {has}", said.case.name))
        }),
    },
    Fact {
        id: FactId::of("customer.since"),
        short: "since",
        part: Part::Customers,
        kind: Kind::Date,
        heading: "Since",
        noun: "day of joining or leaving",
        audience: Audience::Internal,
        get: |case| case.fields.and_then(|fields| fields.since.map(Value::Date)),
        says: Says::With(|said| {
            let name = &said.case.name;
            Some(match status(said.case.fields.known()?) {
                Status::Active => format!("{name} has been a customer since {}", said.figure),
                Status::Churned => format!("{name} left on {}", said.figure),
            })
        }),
    },
];

fn text(case: &Case, field: fn(&CustomerFields) -> Option<&Line>) -> Knowledge<Value> {
    case.fields.and_then(|fields| field(fields).cloned().map(Value::Text))
}

fn status(fields: &CustomerFields) -> Status {
    fields.status.unwrap_or(Status::Active)
}
