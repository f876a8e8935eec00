//! The list of the day as text, Markdown or JSON.

use chrono::NaiveDate;
use contracts::{
    attention::{Attention, Item, Totals},
    facts::Money,
    query::LeftOut,
};
use domain::{
    attention::{
        order::{self, Row, arr},
        words as said,
    },
    query::left_out,
};
use serde::Serialize;

use super::markdown::escaped;
use crate::{
    config::{AttentionConfig, Time},
    words,
};

/// What is to be done today, and what is left.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// What there is time for, what matters most first.
    pub rows: Vec<Row>,
    /// What is left for another day.
    pub left: Vec<Row>,
    /// What the book comes to.
    pub totals: Totals,
    /// Of whom nobody can tell whether they were asked for.
    pub left_out: LeftOut,
    /// How much time there is; none where everything is listed.
    pub time: Option<Time>,
    /// The day (UTC) days are counted from.
    pub as_of: NaiveDate,
}

impl Today {
    /// The list of the items that wait, as the settings want it.
    pub fn of(page: &Attention, config: &AttentionConfig) -> Self {
        let mut rows = order::rows(&page.items, &config.weights);
        let fits = fitting(&rows, page, config);
        let left = rows.split_off(fits);
        Self {
            rows,
            left,
            totals: page.totals.clone(),
            left_out: page.left_out.clone(),
            time: config.time,
            as_of: page.as_of,
        }
    }
}

/// How many of the rows there is time for today, after what was done already.
pub fn fitting(rows: &[Row], page: &Attention, config: &AttentionConfig) -> usize {
    let Some(time) = config.time else { return rows.len() };
    let spent = order::spent(&page.items, &config.minutes, page.as_of);
    order::within(rows, &config.minutes, time.minutes().saturating_sub(spent))
}

/// `Today · 9 of 31 in 2 h · as of 2024-12-20`.
fn heading(today: &Today) -> String {
    let (shown, all) = (today.rows.len(), today.rows.len() + today.left.len());
    let count = match today.time {
        Some(time) => format!("{shown} of {all} in {time}"),
        None => format!("{all} in all"),
    };
    format!("Today · {count} · as of {}", today.as_of)
}

/// What the book comes to, a line each: revenue at risk, who is silent or stale, what renews.
pub fn totals(totals: &Totals) -> [String; 3] {
    let at_risk = if totals.at_risk.is_empty() { "none".to_owned() } else { words::moneys(&totals.at_risk) };
    let high = words::count(totals.high.into(), "customer");
    let month = |month: &contracts::attention::RenewalMonth| {
        let arr = if month.arr.is_empty() { String::new() } else { format!(" ({})", words::moneys(&month.arr)) };
        format!("{} {}{arr}", month.month.format("%b"), month.customers)
    };
    [
        format!("Yearly revenue at risk: {at_risk}, of {high} at high risk alone; who left is not counted"),
        format!("Silent: {} · with stale data: {} · of {} in all", totals.silent, totals.stale, totals.customers),
        format!("Renewals: {}", totals.renewals.iter().map(month).collect::<Vec<_>>().join(", ")),
    ]
}

/// What is left, and the revenue that hangs on it; none where nothing is.
pub fn left(rows: &[Row]) -> Option<String> {
    let arr = arr(rows);
    let worth = if arr.is_empty() { String::new() } else { format!(", {} a year", words::moneys(&arr)) };
    (!rows.is_empty()).then(|| format!("Left for another day: {}{worth}", rows.len()))
}

/// All reasons of a row, what matters most first, each of the others with its id.
fn reasons(row: &Row) -> String {
    let others = row.others.iter().map(|other| format!("{} ({})", of_item(&other.item), other.item.id));
    [of_item(&row.first.item)].into_iter().chain(others).collect::<Vec<_>>().join("; ")
}

fn of_item(item: &Item) -> String {
    item.reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn worth(row: &Row) -> String {
    let arr: Vec<Money> = row.first.item.arr().cloned().collect();
    if arr.is_empty() { "revenue not known".to_owned() } else { words::moneys(&arr) }
}

/// The list as plain text.
pub fn text(today: &Today, config: &AttentionConfig) -> String {
    let mut out = format!("{}\n\n", heading(today));
    out.extend(totals(&today.totals).map(|line| format!("{line}\n")));
    if today.rows.is_empty() {
        out.push_str(if today.left.is_empty() { "\nNothing waits.\n" } else { "\nThere is no time for any of it.\n" });
    }
    for (place, row) in (1..).zip(&today.rows) {
        let day = row.first.item.day.map(|day| format!(" · {day}")).unwrap_or_default();
        out.push_str(&format!("\n{place:>3}  {} · {}{day}\n", row.about().name(), worth(row)));
        for ranked in row.items() {
            out.push_str(&format!("     {}  {}\n", ranked.item.id, of_item(&ranked.item)));
        }
        let why = said::in_short(&row.first, &config.weights);
        out.push_str(&format!("     priority {}: {why}\n", row.first.priority));
    }
    out.extend(left(&today.left).map(|left| format!("\n{left}\n")));
    out.extend(left_out(&today.left_out).iter().map(|line| format!("\n{line}\n")));
    out
}

/// The list as Markdown. Foreign text is escaped.
pub fn markdown(today: &Today) -> String {
    let mut out = format!("# {}\n\n", escaped(&heading(today)));
    out.extend(totals(&today.totals).map(|line| format!("- {}\n", escaped(&line))));
    if !today.rows.is_empty() {
        out.push_str("\n| | customer | yearly revenue | day | why | id |\n|---:|---|---:|---|---|---|\n");
    }
    for (place, row) in (1..).zip(&today.rows) {
        let day = row.first.item.day.map(|day| day.to_string()).unwrap_or_default();
        let cells = [row.about().name().to_owned(), worth(row), day, reasons(row), row.first.item.id.to_string()];
        let cells: String = cells.iter().map(|cell| format!(" {} |", escaped(cell))).collect();
        out.push_str(&format!("| {place} |{cells}\n"));
    }
    out.extend(left(&today.left).map(|left| format!("\n{}\n", escaped(&left))));
    out.extend(left_out(&today.left_out).iter().map(|line| format!("\n{}\n", escaped(line))));
    out
}

/// The list as it is read by other programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    as_of: NaiveDate,
    totals: &'a Totals,
    minutes: Option<u32>,
    rows: Vec<Vec<Ranked<'a>>>,
    left: Left,
    left_out: &'a LeftOut,
}

/// An item with the priority it has by the weights of the configuration, in hundredths.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ranked<'a> {
    priority_hundredths: u64,
    #[serde(flatten)]
    item: &'a Item,
}

#[derive(Serialize)]
struct Left {
    rows: usize,
    arr: Vec<Money>,
}

/// The list as one JSON document.
pub fn json(today: &Today) -> String {
    fn row(row: &Row) -> Vec<Ranked<'_>> {
        let ranked = row.items().map(|it| Ranked { priority_hundredths: it.priority.hundredths(), item: &it.item });
        ranked.collect()
    }
    let document = Document {
        as_of: today.as_of,
        totals: &today.totals,
        minutes: today.time.map(Time::minutes),
        rows: today.rows.iter().map(row).collect(),
        left: Left { rows: today.left.len(), arr: arr(&today.left) },
        left_out: &today.left_out,
    };
    super::json(&document)
}
