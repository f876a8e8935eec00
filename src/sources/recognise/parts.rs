//! Which parts a table holds: those of which its header names the customer and what counts.

use std::collections::BTreeMap;

use ::contracts::facts::Part;

use super::{Look, REFERENCES, SaidOf, Unused};
use crate::sources::{
    canonical::Table as Canonical,
    fields::{self, OF_NO_USE, folded},
    periods,
};

/// What a table feeds.
pub(super) fn parts(look: Look<'_>, said: &SaidOf) -> Result<Vec<Part>, Unused> {
    let known = Known::of(look, said);
    if let Some(part) = canonical_file(look) {
        return Ok(vec![part]);
    }
    let told = said.values().flatten().map(|(part, _)| *part).collect::<Vec<_>>();
    let scored = Part::DELIVERED.into_iter().filter(|part| known.is_whole(*part));
    let scored = scored.map(|part| (known.score(part) + if told.contains(&part) { 1000 } else { 0 }, part));
    // Of two that score the same the earlier one stands for more.
    let Some((_, main)) = scored.rev().max_by_key(|(score, _)| *score) else {
        let folded_header = look.header.iter().map(|title| folded(title)).collect::<Vec<_>>();
        let is_there = |names: &[&str]| names.iter().all(|name| folded_header.iter().any(|title| title == name));
        let of_no_use = OF_NO_USE.iter().find(|(names, _)| is_there(names));
        let has_rest = Part::DELIVERED.iter().any(|part| known.has_what_counts(*part));
        return Err(match of_no_use {
            Some((_, why)) => Unused::OfNoUse(why),
            None if has_rest => Unused::NoCustomer,
            None => Unused::Unknown,
        });
    };
    let is_one_row_a_customer = match main {
        Part::Customers => true,
        Part::Contracts => {
            known.is_whole(Part::Customers) && !known.has(main, "contract_id") && !known.has(main, "interval")
        }
        Part::Usage => known.periods > 1 && !known.has(main, "date") && !known.has(main, "metric"),
        _ => false,
    };
    if !is_one_row_a_customer {
        return Ok(vec![main]);
    }
    let terms = ["renewal_date", "arr", "mrr", "amount"].iter().any(|name| known.has(Part::Contracts, name));
    let mut parts = Vec::new();
    parts.extend(known.is_whole(Part::Customers).then_some(Part::Customers));
    parts.extend((main == Part::Contracts || terms).then_some(Part::Contracts));
    parts.extend((known.periods > 1).then_some(Part::Usage));
    parts.extend(known.has(Part::Contacts, "email").then_some(Part::Contacts));
    Ok(parts)
}

/// The part whose canonical file this is: by its name and its columns.
fn canonical_file(look: Look<'_>) -> Option<Part> {
    let has = |column: &str| look.header.iter().any(|title| folded(title) == folded(column));
    let is_whole = |part: Part| Canonical::of(part).forms.iter().any(|form| form.iter().all(|column| has(column)));
    Part::DELIVERED.into_iter().find(|part| look.file == Canonical::of(*part).file() && is_whole(*part))
}

/// The fields that a header has, by part.
struct Known {
    fields: BTreeMap<Part, Vec<(&'static str, u32)>>,
    periods: usize,
}

impl Known {
    fn of(look: Look<'_>, said: &SaidOf) -> Self {
        let mut known = Self { fields: BTreeMap::new(), periods: 0 };
        for (at, title) in look.header.iter().enumerate() {
            if let Some(told) = said.get(&at) {
                if let Some((part, field)) = told {
                    known.fields.entry(*part).or_default().push((field.name, 6));
                }
                continue;
            }
            let called = Part::DELIVERED.map(|part| (part, fields::called(part, title)));
            let parts = called.iter().filter(|(_, field)| field.is_some()).count();
            for (part, field) in called {
                if let Some(field) = field {
                    known.fields.entry(part).or_default().push((field.name, weight(parts)));
                }
            }
            known.periods += usize::from(periods::period(title).is_some());
        }
        known
    }

    fn has(&self, part: Part, name: &str) -> bool {
        self.fields.get(&part).is_some_and(|fields| fields.iter().any(|(field, _)| *field == name))
    }

    fn score(&self, part: Part) -> u32 {
        let fields = self.fields.get(&part).into_iter().flatten().map(|(_, weight)| weight).sum::<u32>();
        let periods = if part == Part::Usage && self.periods > 1 { self.periods as u32 * 6 } else { 0 };
        fields + periods
    }

    /// Whether everything is there that the part cannot be without.
    fn is_whole(&self, part: Part) -> bool {
        let names_customer = part == Part::Customers || REFERENCES.iter().any(|name| self.has(part, name));
        names_customer && self.has_what_counts(part)
    }

    /// The same without the customer.
    fn has_what_counts(&self, part: Part) -> bool {
        let has = |name: &str| self.has(part, name);
        match part {
            Part::Customers => has("name"),
            Part::Usage => {
                has("date") && has("value") || self.periods > 1 || has("trend") && has("recent") && has("before")
            }
            Part::Tickets => has("ticket_id") && has("opened_on"),
            Part::Contracts => ["renewal_date", "arr", "mrr", "amount", "unit_amount", "plan"].into_iter().any(has),
            Part::Contacts => has("email") || has("name") || has("last_name"),
            Part::Satisfaction => has("date") && (has("score") && has("survey") || has("nps") || has("csat")),
            Part::Activity => has("date") && has("kind") && has("text"),
            Part::Health => false,
        }
    }
}

/// What a name counts that so many parts know: the fewer, the more it tells.
fn weight(parts: usize) -> u32 {
    (6 / u32::try_from(parts.max(1)).unwrap_or(6)).max(1)
}
