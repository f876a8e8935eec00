//! Rows of what was done with customers.

use contracts::{
    ActivityId, CustomerId,
    activity::{Activity, ActivityKind, FollowUp},
};

use super::Firsts;
use crate::sources::{
    cell,
    problem::{Problem, Why},
    sheet::Row,
};

#[derive(Debug, Default)]
pub(super) struct Activities {
    pub(super) rows: Vec<Activity>,
    /// Those without an id of their own; they get one when all are there.
    nameless: Vec<Activity>,
    firsts: Firsts<(CustomerId, ActivityId)>,
}

impl Activities {
    pub(super) fn take(&mut self, row: &mut Row<'_>) -> Result<(), Problem> {
        let customer_id = row.required("customer_id", cell::customer_id)?;
        let on = row.required("date", cell::date)?;
        let [due, closed_on] = ["follow_up", "follow_up_closed"].map(|column| {
            let mut day = row.optional(column, cell::date);
            if day.take_if(|day| *day < on).is_some() {
                row.leave_out(column, Why::Not("a day on or after that of the row"));
            }
            day
        });
        if closed_on.is_some() && due.is_none() {
            row.leave_out("follow_up_closed", Why::always("is there without the day on which the follow-up was due"));
        }
        let own = row.own_id("activity_id", cell::activity_id)?;
        let is_nameless = own.is_none();
        let activity = Activity {
            id: own.unwrap_or_else(|| id("unnamed".to_owned())),
            customer_id,
            // What nobody knows to be a call or a meeting is no touch.
            kind: row.optional("kind", cell::activity_kind).unwrap_or(ActivityKind::Note),
            on,
            text: row.required("text", cell::words)?,
            agreed: row.optional("agreed", cell::line),
            follow_up: due.map(|due| FollowUp { due, closed_on }),
        };
        if is_nameless {
            self.nameless.push(activity);
            return Ok(());
        }
        self.firsts.take((activity.customer_id.clone(), activity.id.clone()), "activity_id", row)?;
        self.rows.push(activity);
        Ok(())
    }

    /// Gives those without an id the kind, the day and their place among the customer's of that day: by their text, so that
    /// the order of the rows does not matter.
    pub(super) fn settle(&mut self) {
        let mut nameless = std::mem::take(&mut self.nameless);
        let day = |row: &Activity| (row.customer_id.clone(), row.kind, row.on);
        nameless.sort_by(|a, b| day(a).cmp(&day(b)).then_with(|| a.text.as_str().cmp(b.text.as_str())));
        for day in nameless.chunk_by_mut(|a, b| day(a) == day(b)) {
            for (place, row) in day.iter_mut().enumerate() {
                row.id = id(format!("{}-{}-{}", row.kind.as_str(), row.on, place + 1));
            }
        }
        self.rows.append(&mut nameless);
    }
}

fn id(text: String) -> ActivityId {
    text.try_into().expect("letters, digits and dashes make an id")
}
