//! A query as text. Reading it gives the same query.

use contracts::{
    Line,
    query::{Filter, Measure, Op, Operand, Query},
    reading::FactId,
};

use super::{
    clauses::{BY, COUNT, CUSTOMERS, LIMIT, MEAN, MEDIAN, SHARE, SORT, SUM},
    time,
    value::{MISSING, OVERDUE, STALE},
};
use crate::facts::{Kind, find};

/// The text of a query; empty where everybody fits and is listed.
pub fn text(query: &Query) -> String {
    let mut beside = Vec::new();
    if let Some(group) = &query.group {
        let fact = short(&group.fact);
        beside.push(match group.unit {
            Some(unit) => format!("{BY}:{}({fact})", unit.as_str()),
            None => format!("{BY}:{fact}"),
        });
    }
    beside.extend(query.measure.as_ref().map(measure));
    if let Some(order) = &query.order {
        beside.push(format!("{SORT}:{}{}", if order.descending { "-" } else { "" }, short(&order.fact)));
    }
    beside.extend(query.limit.map(|limit| format!("{LIMIT}:{limit}")));
    let filter = match &query.filter {
        any @ Filter::Any(_) if !beside.is_empty() => nested(any),
        filter => self::filter(filter),
    };
    [filter].into_iter().filter(|filter| !filter.is_empty()).chain(beside).collect::<Vec<_>>().join(" ")
}

fn measure(measure: &Measure) -> String {
    match measure {
        Measure::Count => format!("{COUNT}:{CUSTOMERS}"),
        Measure::Share(None) => format!("{SHARE}:{CUSTOMERS}"),
        Measure::Share(Some(fact)) => format!("{SHARE}:{}", short(fact)),
        Measure::Sum(fact) => format!("{SUM}:{}", short(fact)),
        Measure::Mean(fact) => format!("{MEAN}:{}", short(fact)),
        Measure::Median(fact) => format!("{MEDIAN}:{}", short(fact)),
    }
}

fn filter(filter: &Filter) -> String {
    let joined = |filters: &[Filter], by: &str| filters.iter().map(nested).collect::<Vec<_>>().join(by);
    match filter {
        Filter::All(filters) => joined(filters, " "),
        Filter::Any(filters) => joined(filters, " or "),
        Filter::Not(filter) => format!("not {}", nested(filter)),
        Filter::Missing(fact) => format!("{}:{MISSING}", short(fact)),
        Filter::Stale(fact) => format!("{}:{STALE}", short(fact)),
        Filter::Compare { fact, op: Op::Under, value: Operand::Days(0) } if is_until(fact) => {
            format!("{}:{OVERDUE}", short(fact))
        }
        Filter::Compare { fact, op, value } => format!("{}:{}{}", short(fact), sign(*op), operand(value)),
    }
}

/// A filter within another one.
fn nested(inner: &Filter) -> String {
    match inner {
        Filter::All(_) | Filter::Any(_) => format!("({})", filter(inner)),
        _ => filter(inner),
    }
}

/// The word that a fact is typed by; of one that the catalogue does not have its id.
pub(super) fn short(fact: &FactId) -> &str {
    find(fact.as_str()).map_or(fact.as_str(), |fact| fact.short)
}

fn is_until(fact: &FactId) -> bool {
    find(fact.as_str()).is_some_and(|fact| fact.kind == Kind::DaysUntil)
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Is => "",
        Op::Under => "<",
        Op::AtMost => "<=",
        Op::Over => ">",
        Op::AtLeast => ">=",
    }
}

fn operand(value: &Operand) -> String {
    match value {
        Operand::Number(number) => number.to_string(),
        Operand::Money { minor, currency } => {
            format!("{}{}", currency.as_ref().map(Line::as_str).unwrap_or_default(), amount(*minor))
        }
        Operand::Days(days) => format!("{days}d"),
        Operand::Share(basis_points) => format!("{}%", hundredths(*basis_points)),
        Operand::Time(time) => time::text(*time),
        Operand::Words(words) => words.iter().map(word).collect::<Vec<_>>().join(","),
        Operand::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
    }
}

/// `100k`, `1500`, `99.50`.
fn amount(minor: i64) -> String {
    match minor {
        0 => "0".to_owned(),
        _ if minor % 100_000_000 == 0 => format!("{}m", minor / 100_000_000),
        _ if minor % 100_000 == 0 => format!("{}k", minor / 100_000),
        _ => hundredths(minor),
    }
}

fn hundredths(n: i64) -> String {
    let (sign, n) = (if n < 0 { "-" } else { "" }, n.unsigned_abs());
    match n % 100 {
        0 => format!("{sign}{}", n / 100),
        part => format!("{sign}{}.{part:02}", n / 100),
    }
}

/// A word; in quotation marks where it would be read as anything else.
pub(super) fn word(word: &Line) -> String {
    let text = word.as_str();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '&' | '+' | '/');
    let is_bare =
        text.starts_with(char::is_alphanumeric) && text.chars().all(is_plain) && ![MISSING, STALE].contains(&text);
    if is_bare { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
