//! Facts of contracts.

use chrono::{Days, NaiveDate};
use contracts::{
    Line,
    facts::{Money, Part},
    reading::{FactId, Knowledge, Value},
};

use super::{Audience, Fact, Kind, Said, Says};
use crate::{
    case::Case,
    words::{Person, date, distance, moneys, moved_money, quarter},
};

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("contract.arr"),
        short: "arr",
        part: Part::Contracts,
        kind: Kind::Money,
        heading: "ARR",
        noun: "yearly contract value",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| amounts(contract.arr.clone())),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("contract.arr_before"),
        short: "arr-before",
        part: Part::Contracts,
        kind: Kind::Money,
        heading: "ARR before",
        noun: "yearly contract value before it changed",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| amounts(contract.before.clone()?.1)),
        says: Says::With(|said| {
            let (until, before) = said.case.contract.known()?.before.as_ref()?;
            let the = said.person.the();
            Some(format!("{the} yearly contract value was {} until {}", moneys(before), date(*until)))
        }),
    },
    Fact {
        id: FactId::of("contract.arr_change"),
        short: "arr-change",
        part: Part::Contracts,
        kind: Kind::Money,
        heading: "Change of ARR",
        noun: "change of the yearly contract value",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| amounts(difference(&contract.before.as_ref()?.1, &contract.arr))),
        says: Says::With(|said| {
            let contract = said.case.contract.known()?;
            let (until, before) = contract.before.as_ref()?;
            let (the, moved) = (said.person.the(), moved_money(before, &contract.arr));
            Some(format!("{the} yearly contract value {moved}, after {}", date(*until)))
        }),
    },
    Fact {
        id: FactId::of("contract.arr_per_seat"),
        short: "arr-per-seat",
        part: Part::Contracts,
        kind: Kind::Money,
        heading: "ARR per seat",
        noun: "yearly contract value per seat",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| amounts(per_seat(&contract.arr, contract.seats?))),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("contract.currency"),
        short: "currency",
        part: Part::Contracts,
        kind: Kind::Text,
        heading: "Currency",
        noun: "currency of the contract",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| Some(Value::Text(contract.main_arr()?.currency.clone()))),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("contract.renewal_date"),
        short: "renewal-date",
        part: Part::Contracts,
        kind: Kind::Date,
        heading: "Renewal",
        noun: "renewal date",
        audience: Audience::Customer,
        get: |case| case.renewal().and_then(|date| Some(Value::Date(*date))),
        says: Says::With(|said| renewal(said, &format!("on {}", said.figure))),
    },
    Fact {
        id: FactId::of("contract.days_to_renewal"),
        short: "renewal",
        part: Part::Contracts,
        kind: Kind::DaysUntil,
        heading: "Days to renewal",
        noun: "time to the renewal",
        audience: Audience::Customer,
        get: |case| case.renewal().and_then(|date| Some(Value::Days(-case.days_since(*date)))),
        says: Says::With(|said| renewal(said, &distance(-said.case.days_since(*said.case.renewal().known()?)))),
    },
    Fact {
        id: FactId::of("contract.renewal_quarter"),
        short: "renewal-quarter",
        part: Part::Contracts,
        kind: Kind::Text,
        heading: "Renewal quarter",
        noun: "quarter of the renewal",
        audience: Audience::Customer,
        get: |case| case.renewal().and_then(|date| Some(Value::Text(quarter(*date).into()))),
        says: Says::With(|said| renewal(said, &format!("in {}", said.figure))),
    },
    Fact {
        id: FactId::of("contract.notice_by"),
        short: "notice",
        part: Part::Contracts,
        kind: Kind::Date,
        heading: "Notice by",
        noun: "last day to give notice",
        audience: Audience::Customer,
        get: notice_by,
        says: Says::With(|said| {
            let day = notice_by(said.case);
            let is_past = matches!(day.known()?, Value::Date(day) if *day < said.case.as_of);
            let be = if is_past { "was" } else { "is" };
            Some(format!("{} last day to give notice {be} {}", said.person.the(), said.figure))
        }),
    },
    Fact {
        id: FactId::of("contract.plan"),
        short: "plan",
        part: Part::Contracts,
        kind: Kind::Text,
        heading: "Plan",
        noun: "plan",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| contract.main.plan.clone().map(Value::Text)),
        says: Says::With(|said| match several(said)? {
            ..=1 => Some(format!("{} plan is {}", said.person.the(), said.figure)),
            _ => Some(format!("{} has the plan {}", which(said)?, said.figure)),
        }),
    },
    Fact {
        id: FactId::of("contract.seats"),
        short: "seats",
        part: Part::Contracts,
        kind: Kind::Count("seat"),
        heading: "Seats",
        noun: "number of seats",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| contract.seats.map(|seats| Value::Count(seats.into()))),
        says: Says::With(|said| match several(said)? {
            ..=1 => Some(format!("{} contract has {}", said.person.the(), said.figure)),
            count => Some(format!("{} {count} contracts have {}", said.person.the(), said.figure)),
        }),
    },
    Fact {
        id: FactId::of("contract.auto_renew"),
        short: "auto-renew",
        part: Part::Contracts,
        kind: Kind::Flag,
        heading: "Renews by itself",
        noun: "automatic renewal",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| contract.main.auto_renew.map(Value::Flag)),
        says: Says::With(|said| {
            let renews = if *said.value == Value::Flag(true) { "renews" } else { "does not renew" };
            Some(format!("{} {renews} by itself", which(said)?))
        }),
    },
    Fact {
        id: FactId::of("contract.count"),
        short: "contracts",
        part: Part::Contracts,
        kind: Kind::Count("contract"),
        heading: "Contracts",
        noun: "number of contracts",
        audience: Audience::Customer,
        get: |case| case.contract.and_then(|contract| Some(Value::Count(contract.contracts.into()))),
        says: Says::With(|said| {
            Some(match said.person {
                Person::About => format!("{} {} in force", said.figure, said.be("is", "are")),
                Person::To => format!("you have {} with us", said.figure),
            })
        }),
    },
];

/// Amounts, where any is known.
fn amounts(amounts: Vec<Money>) -> Option<Value> {
    (!amounts.is_empty()).then_some(Value::Money(amounts))
}

/// What `after` is more than `before`, by currency; a currency that is in one of them alone counts as zero in the
/// other.
fn difference(before: &[Money], after: &[Money]) -> Vec<Money> {
    let of = |amounts: &[Money], currency: &Line| {
        amounts.iter().find(|amount| amount.currency == *currency).map_or(0, |amount| amount.minor)
    };
    let mut currencies: Vec<&Line> = before.iter().chain(after).map(|amount| &amount.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let change = |currency: &Line| of(after, currency).saturating_sub(of(before, currency));
    currencies.into_iter().map(|currency| Money { minor: change(currency), currency: currency.clone() }).collect()
}

/// The amounts by seat, half up to hundredths; none without seats.
fn per_seat(arr: &[Money], seats: u32) -> Vec<Money> {
    let (seats, half) = (i64::from(seats), i64::from(seats / 2));
    let shares = arr.iter().filter(|_| seats > 0).map(|arr| {
        let minor = arr.minor.saturating_add(half).div_euclid(seats);
        Money { minor, currency: arr.currency.clone() }
    });
    shares.collect()
}

/// The last day on which the renewal can still be refused.
fn notice_by(case: &Case) -> Knowledge<Value> {
    let days = case.contract.any().and_then(|contract| contract.main.notice_days);
    case.renewal().and_then(|date| Some(Value::Date(earlier(*date, days?)?)))
}

fn earlier(date: NaiveDate, days: u32) -> Option<NaiveDate> {
    date.checked_sub_days(Days::new(days.into()))
}

/// `the contract renews by itself on 11 Feb 2027`, `your contract was due for renewal 20 days ago`.
fn renewal(said: &Said<'_>, when: &str) -> Option<String> {
    let is_past = *said.case.renewal().known()? < said.case.as_of;
    let by_itself = said.case.contract.known()?.main.auto_renew == Some(true);
    let does = match (is_past, by_itself) {
        (true, true) => "was due to renew by itself",
        (true, false) => "was due for renewal",
        (false, true) => "renews by itself",
        (false, false) => "is up for renewal",
    };
    Some(format!("{} {does} {when}", which(said)?))
}

/// How many contracts there are.
fn several(said: &Said<'_>) -> Option<u32> {
    Some(said.case.contract.any()?.contracts)
}

/// The contract whose terms are told: `your contract`, `one of the 3 contracts`.
fn which(said: &Said<'_>) -> Option<String> {
    let the = said.person.the();
    Some(match several(said)? {
        ..=1 => format!("{the} contract"),
        count => format!("one of {the} {count} contracts"),
    })
}
