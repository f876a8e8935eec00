//! What a delivery changed that matters, most revenue first.

use contracts::{delivery::CustomerChange, facts::Money};

use super::Told;
use crate::words::{count, list, money};

pub(super) fn changes(told: &Told<'_>) -> Vec<String> {
    let report = told.report;
    if report.changes.is_empty() {
        return Vec::new();
    }
    let head = if report.applied { "What changed that matters" } else { "What would change that matters" };
    let mut lines = vec![format!("{head}, most revenue first:")];
    for change in &report.changes {
        lines.push(format!("  {}", line(change, told)));
        lines.extend(change.fields.iter().map(|field| format!("    {field}")));
    }
    if report.more_changes > 0 {
        lines.push(format!("  and {}", count(report.more_changes.into(), "more customer")));
    }
    lines
}

fn line(change: &CustomerChange, told: &Told<'_>) -> String {
    let mut what = Vec::new();
    if let Some(before) = change.risk_before {
        what.push(format!("risk {}, was {}", change.risk.as_str(), before.as_str()));
    }
    if let Some(before) = &change.arr_before {
        what.push(format!("ARR {}, was {}", amounts(&change.arr), amounts(before)));
    }
    if change.new_urgent > 0 {
        what.push(count(change.new_urgent.into(), "new urgent ticket"));
    }
    if change.gone {
        what.push(format!("gone from {}", told.delivery.source));
    }
    let arr = if change.arr_before.is_some() || change.arr.is_empty() {
        String::new()
    } else {
        format!(", {}", amounts(&change.arr))
    };
    let what = if what.is_empty() { String::new() } else { format!(": {}", what.join("; ")) };
    format!("{} ({}{arr}){what}", change.name, change.id)
}

fn amounts(arr: &[Money]) -> String {
    if arr.is_empty() { "not known".to_owned() } else { list(&arr.iter().map(money).collect::<Vec<_>>()) }
}
