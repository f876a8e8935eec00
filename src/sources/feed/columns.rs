//! Which canonical columns are made of a table, and of which of its columns each is made.

use ::contracts::facts::Part;

use super::{activity, contracts, customers, people, tickets, usage};
use crate::sources::{planned::Planned, recognise::Layout};

/// The canonical columns that are made of a part.
pub(super) fn columns(part: Part) -> &'static [&'static str] {
    match part {
        Part::Customers => &customers::COLUMNS,
        Part::Usage => &usage::COLUMNS,
        Part::Tickets => &tickets::COLUMNS,
        Part::Contracts => &contracts::COLUMNS,
        Part::Contacts => &people::CONTACT,
        Part::Satisfaction => &people::RESPONSE,
        Part::Activity => &activity::COLUMNS,
        Part::Health => &[],
    }
}

/// A canonical column that is made of others than the field of its name.
struct Made {
    part: Part,
    column: &'static str,
    /// The fields that say it, any of which is enough.
    of: &'static [&'static str],
    /// Those that have a say in it.
    with: &'static [&'static str],
}

const MADE: [Made; 6] = [
    Made { part: Part::Tickets, column: "closed_on", of: &["closed_on", "status"], with: &["updated_on"] },
    Made { part: Part::Contracts, column: "arr", of: REVENUE, with: &["interval", "interval_count", "seats"] },
    Made { part: Part::Contracts, column: "currency", of: REVENUE, with: &["currency"] },
    Made { part: Part::Contracts, column: "auto_renew", of: &["auto_renew", "cancels", "ended_on"], with: &["status"] },
    Made { part: Part::Contacts, column: "name", of: &["name", "first_name", "last_name"], with: &[] },
    Made { part: Part::Satisfaction, column: "score", of: &["score", "nps", "csat"], with: &[] },
];

const REVENUE: &[&str] = &["arr", "mrr", "amount", "unit_amount"];

fn made(part: Part, column: &str) -> Option<&'static Made> {
    MADE.iter().find(|made| (made.part, made.column) == (part, column))
}

/// Whether a table has anything for a canonical column. One that it has not leaves what is known.
pub fn has(layout: &Layout, part: Part, column: &str) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| layout.column_of(part, name).is_some());
    match (part, column) {
        (_, "customer_id")
        | (Part::Customers, "name")
        | (Part::Tickets, "priority")
        | (Part::Contracts, "contract_id")
        | (Part::Satisfaction, "survey" | "score") => true,
        (Part::Contacts, "name") if layout.column("contact").is_some() => true,
        (Part::Usage, "date" | "value" | "metric") if layout.has_points() => true,
        _ => made(part, column).map_or_else(|| any(&[column]), |made| any(made.of)),
    }
}

/// The canonical columns of which nothing is known where this field cannot be read.
pub(super) fn made_of(part: Part, field: &str) -> Vec<&'static str> {
    let is_of = |column: &str| match made(part, column) {
        Some(made) => made.of.contains(&field) || made.with.contains(&field),
        None => column == field,
    };
    columns(part).iter().copied().filter(|column| is_of(column)).collect()
}

/// What the table calls the canonical columns that are made of it.
pub fn titles(planned: &Planned, part: Part) -> Vec<(&'static str, String)> {
    let layout = &planned.layout;
    let of = |column: &'static str| {
        let own = layout.column_of(part, column).or_else(|| {
            let made = made(part, column)?;
            made.of.iter().chain(made.with).find_map(|field| layout.column_of(part, field))
        });
        own.or_else(|| match column {
            "customer_id" => ["customer_id", "customer", "name"].iter().find_map(|name| layout.column(name)),
            "name" => layout.column("contact"),
            _ => None,
        })
    };
    let title = |column: &&'static str| Some((*column, planned.table.header[of(column)?].shown.clone()));
    columns(part).iter().filter_map(title).collect()
}
