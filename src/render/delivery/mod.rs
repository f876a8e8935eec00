//! What a delivery did, or would do, as lines for people.

mod changes;
mod losses;
mod warnings;

use std::fmt::Write as _;

use chrono::NaiveDate;
use contracts::{
    MAX_LINE, SourceName,
    delivery::{Delivery, DeliveryReport, Gone, MAX_POINTS, Mode, Named, PartReport},
    facts::Part,
};

use serde::Serialize;

pub use self::losses::{left_out, losses};
use super::markdown::escaped;
use crate::{
    sources::{canonical::Notes, day::Day},
    words::{count, grouped, list},
};

/// How many names a line holds that is only told to be complete.
const SOME: usize = 5;

/// A delivery with everything that is told of it.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Told<'a> {
    pub delivery: &'a Delivery,
    pub day: &'a Day,
    pub report: &'a DeliveryReport,
    pub notes: &'a Notes,
    pub rejected: Option<&'a Rejected>,
}

/// Rows and cells that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// How many rows there are.
    pub rows: u64,
    /// How many cells there are whose rows were taken.
    pub cells: u64,
    /// Their kinds, a line each.
    pub kinds: Vec<String>,
    /// The file they are in.
    pub file: String,
}

/// The report in words.
pub fn summary(told: &Told<'_>) -> String {
    lines(told).into_iter().map(|line| line + "\n").collect()
}

/// The same as Markdown. Foreign text is escaped, so that a name cannot become a link or markup.
pub fn markdown(told: &Told<'_>) -> String {
    let mut lines = lines(told).into_iter();
    let mut out = format!("# {}\n\n", escaped(&lines.next().unwrap_or_default()));
    for line in lines {
        let text = line.trim_start();
        let _ = writeln!(out, "{}- {}", &line[..line.len() - text.len()], escaped(text));
    }
    out
}

/// The same for programs: what the server did, and what the files were read as.
pub fn json(told: &Told<'_>) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Whole<'a> {
        source: &'a SourceName,
        day: NaiveDate,
        report: &'a DeliveryReport,
        missing: Vec<&'a str>,
        notes: Vec<String>,
        rejected: Option<&'a Rejected>,
    }
    let missing = told.notes.missing.iter().map(|(name, _)| name.as_str()).collect();
    super::json(&Whole {
        source: &told.delivery.source,
        day: told.day.day,
        report: told.report,
        missing,
        notes: warnings::warnings(told).into_iter().chain(noted(told.notes)).collect(),
        rejected: told.rejected,
    }) + "\n"
}

/// What was read and taken of each part, what is gone, what looks wrong, what changed that matters, and what is not known.
/// Nothing is told twice.
fn lines(told: &Told<'_>) -> Vec<String> {
    let mut lines = vec![head(told)];
    lines.extend(newer(told));
    lines.extend(told.report.parts.iter().map(|(part, report)| format!("  {}", part_line(*part, report))));
    lines.extend(told.report.parts.iter().filter_map(|(part, report)| gone(told, *part, report)));
    lines.extend(missing(told));
    lines.extend(warnings::warnings(told));
    let asks = [left_out(told.notes).filter(|_| !told.report.applied), losses(told.delivery, told.report)];
    lines.extend(asks.into_iter().flatten().map(|losses| format!("An import would ask first: it would {losses}.")));
    lines.extend(changes::changes(told));
    lines.extend(without(told.report));
    lines.extend(noted(told.notes));
    lines.extend(demo(told.report));
    if let Some(Rejected { cells, kinds, file, .. }) = told.rejected {
        lines.extend(kinds.iter().cloned());
        let clear = if *cells > 0 { " A column with such a cell clears nothing this time." } else { "" };
        lines.push(format!("They are in {file}, each with its customer and the reason.{clear}"));
    }
    lines
}

fn head(told: &Told<'_>) -> String {
    let DeliveryReport { created, updated, unchanged, .. } = told.report;
    let (source, day) = (&told.delivery.source, told.day);
    let customers = [(created, "new"), (updated, "changed"), (unchanged, "unchanged")];
    let customers = customers.map(|(n, what)| format!("{} {what}", grouped(&n.to_string()))).join(", ");
    let all = count((created + updated + unchanged).into(), "customer");
    if told.report.applied {
        format!("Imported from {source} {day}: {all}, {customers}.")
    } else {
        format!("Checked {source} {day}, and changed nothing: {all}, {customers}.")
    }
}

fn newer(told: &Told<'_>) -> Option<String> {
    let newer = told.report.newer?;
    let source = &told.delivery.source;
    Some(format!(
        "A delivery of {source} as of {newer} is there already: days that it lacks are added, everything else stays as it says."
    ))
}

fn part_line(part: Part, report: &PartReport) -> String {
    let PartReport { read, taken, changed, customers, newest, oldest, outdated, .. } = report;
    let rows = count(*read, "row");
    let of = if part == Part::Customers { String::new() } else { format!(" of {}", count(*customers, "customer")) };
    let days = match (oldest, newest) {
        (Some(oldest), Some(newest)) if oldest == newest => format!(", of {newest}"),
        (Some(oldest), Some(newest)) => format!(", from {oldest} to {newest}"),
        _ => String::new(),
    };
    let left_out = match outdated {
        0 => String::new(),
        n => format!("; {} left out, because a newer delivery says otherwise", grouped(&n.to_string())),
    };
    let [taken, changed] = [taken, changed].map(|n| grouped(&n.to_string()));
    format!("{}: {rows}{of}{days}; {taken} taken, {changed} new or changed{left_out}", part.as_str())
}

fn gone(told: &Told<'_>, part: Part, report: &PartReport) -> Option<String> {
    if report.gone.count == 0 {
        return None;
    }
    let what = match (part, told.delivery.gone) {
        (Part::Customers, Gone::Keep) => ", kept in the book and marked",
        (Part::Customers, Gone::Remove) => ", removed where no other source knows them",
        (Part::Tickets, _) => ", neither open nor closed",
        _ => "",
    };
    let (source, things) = (&told.delivery.source, things(part, report.gone.count));
    Some(format!("Gone from {source}{what}: {things} ({})", names(&report.gone, usize::MAX)))
}

/// What came before and did not come this time.
fn missing(told: &Told<'_>) -> Option<String> {
    if told.notes.missing.is_empty() || told.delivery.mode == Mode::Changes {
        return None;
    }
    let file = |(name, parts): &(String, Vec<Part>)| {
        let parts = parts.iter().map(|part| part.as_str()).collect::<Vec<_>>();
        if parts.is_empty() { name.clone() } else { format!("{name} ({})", parts.join(", ")) }
    };
    let files = list(&told.notes.missing.iter().map(file).collect::<Vec<_>>());
    let source = &told.delivery.source;
    Some(format!(
        "Not delivered this time: {files}. Nothing of these parts counts as gone or is cleared; a file that will not come \
         again can be taken out of sources/{source}.toml, beside the configuration file"
    ))
}

fn without(report: &DeliveryReport) -> impl Iterator<Item = String> {
    report.without.iter().filter(|(_, who)| who.count > 0).map(|(part, who)| {
        let what = if *part == Part::Contracts { "a contract" } else { part.as_str() };
        format!("Without {what}: {} ({})", count(who.count, "customer"), names(who, SOME))
    })
}

fn noted(notes: &Notes) -> Vec<String> {
    let mut lines = notes.mapping.iter().flat_map(|mapping| mapping.lines().map(str::to_owned)).collect::<Vec<_>>();
    lines.extend(notes.decisions.iter().cloned());
    lines.extend(notes.unused.iter().map(|(place, why)| format!("Not used: {place}: {why}")));
    for (origin, columns) in &notes.ignored {
        let columns_are = if columns.len() == 1 { "the column" } else { "the columns" };
        lines.push(format!("Ignored in {origin}: {columns_are} {}", list(columns)));
    }
    if !notes.unread.is_empty() {
        lines.push(format!("Not read: {}", list(&notes.unread)));
    }
    if notes.points_left_out > 0 {
        let points = count(notes.points_left_out, "older point");
        let most = grouped(&MAX_POINTS.to_string());
        lines.push(format!("Left out: {points} of usage; the newest {most} of a customer's metric are kept"));
    }
    if notes.subjects_cut > 0 {
        lines.push(format!("Cut at {MAX_LINE} characters: {}", count(notes.subjects_cut, "ticket subject")));
    }
    lines
}

fn demo(report: &DeliveryReport) -> impl Iterator<Item = String> {
    let replaced = (report.demo_replaced.count > 0).then(|| {
        let demo = count(report.demo_replaced.count, "demo customer");
        format!("Replaced by customers of yours with the same ids: {demo} ({})", names(&report.demo_replaced, SOME))
    });
    let left = (report.demo_customers > 0).then(|| {
        let demo = count(report.demo_customers.into(), "demo customer");
        format!("Still in the book: {demo}; take them out with `cs-copilot demo remove`")
    });
    replaced.into_iter().chain(left)
}

/// So many things that a part is made of.
fn things(part: Part, n: u64) -> String {
    let noun = match part {
        Part::Customers => "customer",
        Part::Usage => return format!("usage of {}", count(n, "customer")),
        Part::Tickets => "open ticket",
        Part::Contracts => "contract",
        Part::Contacts => "contact",
        Part::Satisfaction => "response",
        Part::Activity => return format!("activity of {}", count(n, "row")),
        Part::Health => part.as_str(),
    };
    count(n, noun)
}

/// The first ids that rows name of customers who are not in the book. It is rows that are counted, and several may name one.
fn strange_ids(strangers: &Named) -> String {
    let ids = strangers.names.iter().take(SOME).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if strangers.count > SOME.min(strangers.names.len()) as u64 { format!("such as {ids}") } else { ids }
}

/// The first names, and how many more there are.
fn names(named: &Named, most: usize) -> String {
    let shown = named.names.iter().take(most).map(ToString::to_string).collect::<Vec<_>>();
    match named.count.saturating_sub(shown.len() as u64) {
        0 => shown.join(", "),
        more => format!("{} and {} more", shown.join(", "), grouped(&more.to_string())),
    }
}
