//! What a delivery would lose, as the question and the refusal say it.

use contracts::{
    delivery::{Delivery, DeliveryReport, Loss},
    facts::Part,
};

use crate::words::{grouped, list};

/// What the delivery would lose, to go on after `this would`; none where it was carried out, or loses nothing that asks
/// first.
pub fn losses(delivery: &Delivery, report: &DeliveryReport) -> Option<String> {
    if report.applied || report.losses.is_empty() {
        return None;
    }
    let losses = list(&report.losses.iter().map(loss).collect::<Vec<_>>());
    Some(format!("{losses} that {} told before", delivery.source))
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
