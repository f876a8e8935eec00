//! What of a delivery looks wrong: parts that came out empty, and joins that lost their rows or repeated them.

use contracts::{
    delivery::{Named, PartReport},
    facts::Part,
};

use super::{Told, strange_ids};
use crate::{
    sources::canonical::Made,
    words::{count, grouped},
};

pub(super) fn warnings(told: &Told<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    for (&part, report) in &told.report.parts {
        let made = told.notes.made.iter().find(|made| made.part == part);
        if report.read == 0 {
            let rejected = told.delivery.rejected.get(&part).copied().unwrap_or_default();
            let left_out = told.notes.left_out.get(&part).copied().unwrap_or_default();
            warnings.push(empty(part, made, rejected.into(), left_out));
        } else {
            warnings.extend(made.and_then(joined));
        }
        warnings.extend(strangers(part, report));
        warnings.extend(to_come(told, part, report));
    }
    warnings.into_iter().map(|warning| format!("Warning: {warning}")).collect()
}

fn empty(part: Part, made: Option<&Made>, rejected: u64, left_out: u64) -> String {
    let why = match made.map(|made| made.of.first()) {
        Some(Some((file, rows))) => {
            let rows = count(*rows, "row");
            format!("the preset made no row out of the {rows} of {file}: do its joins and filters fit?")
        }
        Some(None) => "the preset made no row".to_owned(),
        None if rejected > 0 => format!("{} could not be read; why is told below", count(rejected, "row")),
        None if left_out > 0 => format!("{} left out; why is told below", count(left_out, "row")),
        None => "there was no row to take".to_owned(),
    };
    format!("{} came out empty: {why}", part.as_str())
}

/// A join of a preset that lost most rows of the largest file, or repeated some.
fn joined(made: &Made) -> Option<String> {
    let (file, of) = made.of.first()?;
    let question = match made.rows {
        rows if rows > *of && !made.groups => "does a join repeat them?",
        _ if made.lost_most() => "do its joins and filters keep what they should?",
        _ => return None,
    };
    let (part, rows, of) = (made.part.as_str(), count(made.rows, "row"), count(*of, "row"));
    Some(format!("{part}: the preset made {rows} out of the {of} of {file}: {question}"))
}

/// Days that are still to come, where rows tell what has happened.
fn to_come(told: &Told<'_>, part: Part, report: &PartReport) -> Option<String> {
    let (newest, day) = (report.newest?, told.delivery.day);
    let part = part.as_str();
    (newest > day).then(|| {
        format!("{part}: its days go up to {newest}, which is after {day}, the day of the files: are the dates right?")
    })
}

fn strangers(part: Part, report: &PartReport) -> Option<String> {
    let Named { count: strangers, .. } = report.strangers;
    if strangers == 0 {
        return None;
    }
    let (part, read, who) = (part.as_str(), count(report.read, "row"), strange_ids(&report.strangers));
    let verb = if strangers == 1 { "names a customer who is" } else { "name customers who are" };
    let told = format!("{part}: {} of {read} {verb} not in the book ({who})", grouped(&strangers.to_string()));
    Some(if report.is_mostly_of_strangers() { told + ": do the ids fit?" } else { told })
}
