//! A query in words, for those who do not read its text.

use contracts::{
    Line,
    facts::Money,
    query::{Filter, Measure, Op, Operand, Query},
    reading::FactId,
};

use super::time;
use crate::{
    facts::{Fact, Kind, find},
    words::{self, count, number, percent},
};

/// `customers whose risk is high and whose yearly contract value is over 100,000`, with what is made of them.
pub fn words(query: &Query) -> String {
    let mut text = match &query.measure {
        None => "customers".to_owned(),
        Some(Measure::Count) => "how many customers there are".to_owned(),
        Some(Measure::Share(None)) => "the share of customers".to_owned(),
        Some(Measure::Share(Some(fact))) => format!("the share of the {} of customers", noun(fact)),
        Some(Measure::Sum(fact)) => format!("the total {} of customers", noun(fact)),
        Some(Measure::Mean(fact)) => format!("the average {} of customers", noun(fact)),
        Some(Measure::Median(fact)) => format!("the median {} of customers", noun(fact)),
    };
    if query.filter != Filter::default() {
        text.push_str(&format!(" where {}", filter(&query.filter)));
    }
    if let Some(group) = &query.group {
        let unit = group.unit.map(|unit| format!("{} of the ", unit.as_str())).unwrap_or_default();
        text.push_str(&format!(", by {unit}{}", noun(&group.fact)));
    }
    if let Some(order) = &query.order {
        text.push_str(&format!(", {}", in_order(&order.fact, order.descending)));
    }
    match query.limit {
        Some(1) => text.push_str(", the first one"),
        Some(limit) => text.push_str(&format!(", the first {limit}")),
        None => {}
    }
    text
}

fn noun(fact: &FactId) -> &str {
    find(fact.as_str()).map_or(fact.as_str(), |fact| fact.noun)
}

fn in_order(fact: &FactId, descending: bool) -> String {
    let first = match (find(fact.as_str()).map(|fact| fact.kind), descending) {
        (Some(Kind::Date | Kind::DaysUntil), false) => "soonest first",
        (Some(Kind::Date | Kind::DaysUntil), true) => "latest first",
        (Some(Kind::Choice(_) | Kind::Text | Kind::Flag), false) => "in their order",
        (Some(Kind::Choice(_) | Kind::Text | Kind::Flag), true) => "in reverse",
        (_, true) => "highest first",
        (_, false) => "lowest first",
    };
    format!("by {}, {first}", noun(fact))
}

fn filter(filter: &Filter) -> String {
    let joined = |filters: &[Filter], by: &str| filters.iter().map(nested).collect::<Vec<_>>().join(by);
    match filter {
        Filter::All(filters) => joined(filters, " and "),
        Filter::Any(filters) => joined(filters, " or "),
        Filter::Not(filter) => format!("it is not so that {}", nested(filter)),
        Filter::Missing(fact) => format!("no {} is known", noun(fact)),
        Filter::Stale(fact) => format!("the {} is out of date", noun(fact)),
        Filter::Compare { fact, op, value } => compare(find(fact.as_str()), fact, *op, value),
    }
}

fn nested(inner: &Filter) -> String {
    match inner {
        Filter::All(_) | Filter::Any(_) => format!("({})", filter(inner)),
        _ => filter(inner),
    }
}

fn compare(fact: Option<&'static Fact>, id: &FactId, op: Op, value: &Operand) -> String {
    let noun = noun(id);
    // Days to or since something are asked by its day: `the renewal is before 2027-03`.
    let event = noun.strip_prefix("time to the ").or(noun.strip_prefix("time since the ")).unwrap_or(noun);
    let is_until = fact.is_some_and(|fact| fact.kind == Kind::DaysUntil);
    match (op, value) {
        (Op::Under, Operand::Days(0)) if is_until => format!("the {event} has passed"),
        (_, Operand::Time(at)) => {
            let side = match op {
                Op::Is => "in",
                Op::Under => "before",
                Op::AtMost => "up to the end of",
                Op::Over => "after",
                Op::AtLeast => "from the beginning on of",
            };
            format!("the {event} is {side} {}", time::text(*at))
        }
        _ => format!("the {noun} is {}{}", side(op), said(value)),
    }
}

fn side(op: Op) -> &'static str {
    match op {
        Op::Is => "",
        Op::Under => "under ",
        Op::AtMost => "at most ",
        Op::Over => "over ",
        Op::AtLeast => "at least ",
    }
}

fn said(value: &Operand) -> String {
    match value {
        Operand::Number(n) => number(*n),
        Operand::Money { minor, currency } => {
            let money = Money { minor: *minor, currency: currency.clone().unwrap_or_default() };
            words::money(&money).trim_start().to_owned()
        }
        Operand::Days(days) if *days < 0 => format!("-{}", count(days.unsigned_abs(), "day")),
        Operand::Days(days) => count(days.unsigned_abs(), "day"),
        Operand::Share(basis_points) => percent(*basis_points),
        Operand::Time(at) => time::text(*at),
        Operand::Words(words) => words.iter().map(Line::as_str).collect::<Vec<_>>().join(" or "),
        Operand::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
    }
}
