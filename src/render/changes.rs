//! What changed between two days, as text and as Markdown.

use std::cmp::Reverse;

use chrono::NaiveDate;
use contracts::{
    changes::{Became, Changed, ChangesPage, CustomerChanges, ScoreChange},
    reading::{Knowledge, Reading, Value},
};
use domain::facts::{self, Fact, Kind};

use super::markdown::escaped;
use crate::words::{count, date, grouped, list, moneys};

/// The whole of it as plain text.
pub fn text(page: &ChangesPage) -> String {
    let mut out = head(page).join("\n");
    out.push('\n');
    for customer in ordered(page) {
        out += &format!("\n{} ({}){}\n", customer.name, customer.id, became(customer));
        for line in lines(customer, page.as_of) {
            out += &format!("  {line}\n");
        }
    }
    out
}

/// The whole of it as Markdown. Foreign text is escaped, so that a name cannot become a link or markup.
pub fn markdown(page: &ChangesPage) -> String {
    let mut head = head(page).into_iter();
    let mut out = format!("# {}\n", escaped(&head.next().unwrap_or_default()));
    for line in head {
        out += &format!("\n{}\n", escaped(&line));
    }
    for customer in ordered(page) {
        out += &format!("\n## {}{}\n\n", escaped(customer.name.as_str()), escaped(&became(customer)));
        for line in lines(customer, page.as_of) {
            out += &format!("- {}\n", escaped(&line));
        }
    }
    out
}

/// What is said first: between which days, of how many, and what is not known.
pub fn head(page: &ChangesPage) -> Vec<String> {
    let ChangesPage { since, as_of, first_delivery, customers, unchanged, left_out, .. } = page;
    let mut head = vec![format!("What changed from {} to {}", date(*since), date(*as_of))];
    let of = |became| customers.iter().filter(|customer| customer.became == became).count();
    let named = [(Became::Gone, "gone"), (Became::New, "new"), (Became::Back, "back")];
    let named = named.into_iter().filter(|(became, _)| of(*became) > 0);
    let named: Vec<_> = named.map(|(became, word)| format!("{} {word}", of(became))).collect();
    let named = if named.is_empty() { String::new() } else { format!(" ({})", list(&named)) };
    let changed = count(customers.len() as u64, "customer");
    head.push(format!("{changed} changed{named}, {} did not.", grouped(&unchanged.to_string())));
    if *left_out > 0 {
        head.push(format!(
            "{} left out: what the condition asks for is not known.",
            count((*left_out).into(), "customer")
        ));
    }
    if let Some(first) = first_delivery.filter(|first| first > since) {
        head.push(format!("Nothing was delivered before {}.", date(first)));
    }
    head
}

/// The customers, what matters most first: who is gone, new and back, then revenue, urgent tickets and risk, then how far the
/// score fell.
pub fn ordered(page: &ChangesPage) -> Vec<&CustomerChanges> {
    let mut customers: Vec<_> = page.customers.iter().collect();
    customers.sort_by_key(|customer| {
        let has = |id: &str| customer.facts.iter().any(|changed| changed.fact.as_str() == id);
        let urgent = customer.facts.iter().any(|changed| changed.fact.as_str() == "tickets.urgent" && grew(changed));
        let matters = [has("contract.arr"), urgent, has("health.risk")].into_iter().position(|has| has).unwrap_or(3);
        let fell = customer.score.as_ref().map_or(0, |score| i64::from(score.from_bp) - i64::from(score.to_bp));
        (customer.became, matters, Reverse(fell), customer.name.as_str())
    });
    customers
}

fn grew(changed: &Changed) -> bool {
    let of = |reading: &Reading| match reading.knowledge.known() {
        Some(Value::Count(n)) => *n,
        _ => 0,
    };
    of(&changed.to) > of(&changed.from)
}

/// What became of a customer, to stand behind its name; empty where it stayed.
pub fn became(customer: &CustomerChanges) -> String {
    let arr = if customer.arr.is_empty() { String::new() } else { format!(", ARR {}", moneys(&customer.arr)) };
    match customer.became {
        Became::Gone => format!(": gone from its source{arr}"),
        Became::New => format!(": new{arr}"),
        Became::Back => format!(": back{arr}"),
        Became::Stayed => String::new(),
    }
}

/// What changed of a customer, a line each.
pub fn lines(customer: &CustomerChanges, as_of: NaiveDate) -> Vec<String> {
    let score = customer.score.iter().map(score);
    let facts = customer.facts.iter().map(|changed| fact(changed, as_of));
    let more = (customer.more > 0).then(|| format!("{} more", count(customer.more.into(), "figure")));
    score.chain(facts).chain(more).collect()
}

/// `score fell from 74 to 52: usage -22.5, open tickets +0.5`.
pub fn score(score: &ScoreChange) -> String {
    let points = |bp: u32| hundredths(bp.into());
    let by = |from: Option<u32>, to: Option<u32>| i64::from(to.unwrap_or(0)) - i64::from(from.unwrap_or(0));
    let parts = score.parts.iter().filter(|part| part.from_bp != part.to_bp).map(|part| {
        let bp = by(part.from_bp, part.to_bp);
        let (sign, points) = (if bp < 0 { "-" } else { "+" }, hundredths(bp.unsigned_abs()));
        let known = match (part.from_bp, part.to_bp) {
            (None, _) => " (not known before)",
            (_, None) => " (not known any more)",
            _ => "",
        };
        format!("{} {sign}{points}{known}", part.part.label())
    });
    let moved = if score.to_bp < score.from_bp { "fell" } else { "rose" };
    let parts = list(&parts.collect::<Vec<_>>());
    format!("score {moved} from {} to {}: {parts}", points(score.from_bp), points(score.to_bp))
}

/// Hundredths as a number, exactly: `22.5`, `0.25`.
fn hundredths(n: u64) -> String {
    let text = format!("{}.{:02}", n / 100, n % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `urgent tickets: from 0 to 2 (desk, 20 Dec 2026)`.
pub fn fact(changed: &Changed, as_of: NaiveDate) -> String {
    let fact = facts::find(changed.fact.as_str());
    let heading = fact.map_or(changed.fact.as_str(), |fact| fact.heading);
    let [from, to] = [&changed.from, &changed.to].map(|reading| value(fact, &reading.knowledge, as_of));
    let source = changed.to.knowledge.source().map(|source| format!(" ({}, {})", source.origin, date(source.as_of)));
    // Days that go on being counted are told by the day they are counted from: what they were before says nothing of that.
    let is_counted = fact.is_some_and(|fact| matches!(fact.kind, Kind::DaysSince | Kind::DaysUntil));
    let became = if is_counted { format!("now {to}") } else { format!("from {from} to {to}") };
    format!("{heading}: {became}{}", source.unwrap_or_default())
}

fn value(fact: Option<&Fact>, knowledge: &Knowledge<Value>, as_of: NaiveDate) -> String {
    let said = |value: &Value| fact.map_or_else(|| domain::words::cell_of(value), |fact| fact.dated(value, as_of));
    match knowledge {
        Knowledge::Known { value, .. } => said(value),
        Knowledge::Stale { value, source } => format!("{} (last known {})", said(value), date(source.as_of)),
        Knowledge::Missing => "not known".to_owned(),
    }
}
