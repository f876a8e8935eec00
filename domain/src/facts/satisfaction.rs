//! Facts of what the customer answered to surveys. One person's answer is not repeated to the whole customer.

use contracts::{
    facts::{Part, Survey},
    reading::{FactId, Value},
};

use super::{Audience, Fact, Kind, Says};
use crate::{case::Satisfaction, words::date};

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("satisfaction.latest"),
        short: "satisfaction",
        part: Part::Satisfaction,
        kind: Kind::Measurement,
        heading: "Satisfaction",
        noun: "newest answer to a survey",
        audience: Audience::Internal,
        get: |case| case.satisfaction.and_then(|answer| Some(measured(answer))),
        says: Says::With(|said| {
            let day = date(said.case.satisfaction.known()?.date);
            Some(format!("the newest answer to a survey is {}, of {day}", said.figure))
        }),
    },
    Fact {
        id: FactId::of("satisfaction.date"),
        short: "answered",
        part: Part::Satisfaction,
        kind: Kind::Date,
        heading: "Answered on",
        noun: "day of the newest answer to a survey",
        audience: Audience::Internal,
        get: |case| case.satisfaction.and_then(|answer| Some(Value::Date(answer.date))),
        says: Says::Plainly,
    },
];

fn measured(answer: &Satisfaction) -> Value {
    let unit = match answer.survey {
        Survey::Csat => "of 5 (CSAT)",
        Survey::Nps => "of 10 (NPS)",
    };
    Value::Measurement { value: answer.score.into(), unit: unit.into() }
}
