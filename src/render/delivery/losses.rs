//! What a delivery would lose or leave out, as the question and the refusal say it.

use contracts::{
    delivery::{Delivery, DeliveryReport, Loss},
    facts::Part,
};

use super::strange_ids;
use crate::{
    sources::canonical::Notes,
    words::{grouped, list},
};

/// What the delivery would lose or leave out by what the server knows, to go on after `this would`; none where it was
/// carried out, or nothing of it asks first.
pub fn losses(delivery: &Delivery, report: &DeliveryReport) -> Option<String> {
    if report.applied {
        return None;
    }
    let losses = report.losses.iter().map(loss).collect::<Vec<_>>();
    let losses = (!losses.is_empty()).then(|| format!("{} that {} told before", list(&losses), delivery.source));
    let strange = report.parts.iter().filter(|(_, report)| report.is_mostly_of_strangers());
    let strange = strange.map(|(part, report)| {
        let left_out = of(report.strangers.count, report.read, part.as_str());
        format!("leave out {left_out}, whose customers are not in the book ({})", strange_ids(&report.strangers))
    });
    let all = losses.into_iter().chain(strange).collect::<Vec<_>>();
    (!all.is_empty()).then(|| list(&all))
}

/// What is left out before anything is sent, and asks first: most rows of a table, to go on after `this would`.
pub fn left_out(notes: &Notes) -> Option<String> {
    let unfound = notes
        .unfound
        .iter()
        .map(|(place, rows, all)| format!("leave out {}, whose customers were not found", of(*rows, *all, place)));
    let made = notes.made.iter().filter(|made| made.joins && made.lost_most());
    let dropped = made.filter_map(|made| {
        let (file, all) = made.of.first()?;
        let rows = of(all - made.rows, *all, file);
        Some(format!("leave out {rows}, which the preset joins and filters away for {}", made.part.as_str()))
    });
    let all = unfound.chain(dropped).collect::<Vec<_>>();
    (!all.is_empty()).then(|| list(&all))
}

fn of(rows: u64, all: u64, what: &str) -> String {
    format!("{} of the {} rows of {what}", grouped(&rows.to_string()), grouped(&all.to_string()))
}

fn loss(loss: &Loss) -> String {
    let [lost, of] = [loss.lost, loss.of].map(|n| grouped(&n.to_string()));
    let things = match loss.part {
        Part::Usage => "usage series",
        Part::Satisfaction => "responses",
        Part::Tickets if loss.column.is_none() => "open tickets",
        part => part.as_str(),
    };
    match &loss.column {
        Some(column) => format!("clear {column} of {lost} of {of} {things}"),
        None => format!("lose {lost} of {of} {things}"),
    }
}
