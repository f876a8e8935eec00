//! Facts of what the CSM did with the customer. Nothing of it is kept yet, so they are missing.

use contracts::{
    facts::Part,
    reading::{FactId, Knowledge},
};

use super::{Audience, Fact, Kind, Says};

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("activity.last_touch"),
        short: "last-touch",
        part: Part::Activity,
        kind: Kind::Date,
        heading: "Last touch",
        noun: "day of the last touch",
        audience: Audience::Internal,
        get: |_| Knowledge::Missing,
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("activity.days_since_last_touch"),
        short: "touch",
        part: Part::Activity,
        kind: Kind::DaysSince,
        heading: "Days since last touch",
        noun: "time since the last touch",
        audience: Audience::Internal,
        get: |_| Knowledge::Missing,
        says: Says::Plainly,
    },
];
