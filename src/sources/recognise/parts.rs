//! Which parts a table holds: those of which its header names the customer and what counts.

use std::collections::{BTreeMap, BTreeSet};

use ::contracts::facts::Part;

use super::{Look, Periods, REFERENCES, SaidOf, Unused};
use crate::sources::{
    canonical::Table as Canonical,
    fields::{self, Field, OF_NO_USE, folded},
};

/// What a table feeds.
pub(super) struct Parts {
    /// The parts, the first of which names the customer of a row.
    pub(super) feeds: Vec<Part>,
    /// What each of its rows is.
    pub(super) rows_are: Part,
}

impl Parts {
    fn one(part: Part) -> Self {
        Self { feeds: vec![part], rows_are: part }
    }

    /// Whether a column that may be this field of `part` is: a subscription has a status, an owner and a day on which it
    /// began of its own, which are the customer's where its header says so alone.
    pub(super) fn give(&self, part: Part, field: &Field, title: &str) -> bool {
        if part != Part::Customers || fields::speaks_of_customer(title) {
            return true;
        }
        match field.name {
            "since" if is_beginning(title) => !self.feeds.contains(&Part::Contracts),
            "name" | "owner" | "status" | "since" | "contact" => self.rows_are == Part::Customers,
            _ => true,
        }
    }
}

/// Whether a header is the day on which something began.
fn is_beginning(title: &str) -> bool {
    const NAMES: [&str; 6] =
        ["start date", "contract start", "contract start date", "subscription start", "begin date", "vertragsbeginn"];
    NAMES.contains(&folded(title).as_str())
}

/// What a table feeds.
pub(super) fn parts(look: Look<'_>, said: &SaidOf, periods: &Periods) -> Result<Parts, Unused> {
    let known = Known::of(look, said, periods);
    if let Some(part) = canonical_file(look) {
        return Ok(Parts::one(part));
    }
    let told = said.values().flatten().map(|(part, _)| *part).collect::<Vec<_>>();
    let folded_header = look.header.iter().map(|title| folded(title)).collect::<Vec<_>>();
    let is_there = |names: &[&str]| names.iter().all(|name| folded_header.iter().any(|title| title == name));
    if let Some((_, why)) = OF_NO_USE.iter().find(|(names, _)| told.is_empty() && is_there(names)) {
        return Err(Unused::OfNoUse(why));
    }
    let scored = Part::DELIVERED.into_iter().filter(|part| known.is_whole(*part));
    let scored = scored.map(|part| (known.score(part) + if told.contains(&part) { 1000 } else { 0 }, part));
    // Of two that score the same the earlier one stands for more.
    let Some((_, main)) = scored.rev().max_by_key(|(score, _)| *score) else {
        let has_rest = Part::DELIVERED.iter().any(|part| known.has_what_counts(*part));
        return Err(if has_rest { Unused::NoCustomer } else { Unused::Unknown });
    };
    let is_one_row_a_customer = match main {
        Part::Customers => true,
        Part::Contracts => {
            known.is_whole(Part::Customers) && !known.has_contract_ids(look) && !known.has(main, "interval")
        }
        Part::Usage => known.periods > 1 && !known.has(main, "date") && !known.has(main, "metric"),
        _ => false,
    };
    if !is_one_row_a_customer {
        return Ok(Parts::one(main));
    }
    let terms = ["renewal_date", "arr", "mrr", "amount"].iter().any(|name| known.has(Part::Contracts, name));
    let mut parts = Vec::new();
    parts.extend(known.is_whole(Part::Customers).then_some(Part::Customers));
    parts.extend((main == Part::Contracts || terms).then_some(Part::Contracts));
    parts.extend((known.periods > 1).then_some(Part::Usage));
    parts.extend(known.has(Part::Contacts, "email").then_some(Part::Contacts));
    let are_contracts = parts.contains(&Part::Contracts) && known.has_contracts_for_rows(look);
    let rows_are = if are_contracts { Part::Contracts } else { parts.first().copied().unwrap_or(main) };
    Ok(Parts { feeds: parts, rows_are })
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
    fn of(look: Look<'_>, said: &SaidOf, periods: &Periods) -> Self {
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
            known.periods += usize::from(matches!(periods[at], Some(Ok(_))));
        }
        known
    }

    fn has(&self, part: Part, name: &str) -> bool {
        self.fields.get(&part).is_some_and(|fields| fields.iter().any(|(field, _)| *field == name))
    }

    /// Whether it has the field by a name that no other part knows.
    fn alone_has(&self, part: Part, name: &str) -> bool {
        self.fields.get(&part).into_iter().flatten().any(|(field, tells)| *field == name && *tells == weight(1))
    }

    fn score(&self, part: Part) -> u32 {
        let fields = self.fields.get(&part).into_iter().flatten().map(|(_, weight)| weight).sum::<u32>();
        let periods = if part == Part::Usage && self.periods > 1 { self.periods as u32 * 6 } else { 0 };
        fields + periods
    }

    /// Whether a row is a contract and not the customer whose it is: where contracts have ids, or a customer is there again;
    /// else where a contract's first day or interval is there, and nothing that only a customer has.
    fn has_contracts_for_rows(&self, look: Look<'_>) -> bool {
        let is_of_contracts =
            self.has(Part::Contracts, "interval") || look.header.iter().any(|title| is_beginning(title));
        let is_of_customers = ["industry", "segment", "domain"].iter().any(|name| self.has(Part::Customers, name))
            || look.header.iter().any(|title| {
                fields::speaks_of_customer(title)
                    && (is(Part::Customers, title, "owner") || is(Part::Customers, title, "status"))
            });
        look.header.iter().any(|title| is_contract_id(title))
            || has_name_again(look)
            || (is_of_contracts && !is_of_customers)
    }

    /// Whether contracts have ids. An `id` beside nothing else that could be the customer's is the customer's, where none of
    /// them is there again.
    fn has_contract_ids(&self, look: Look<'_>) -> bool {
        let ids = look.header.iter().filter(|title| is(Part::Customers, title, "customer_id")).count();
        self.has(Part::Contracts, "contract_id")
            && (ids != 1 || look.header.iter().any(|title| is_contract_id(title)) || has_name_again(look))
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
            // An id and a day are not enough: a list of companies has them, too.
            Part::Tickets => {
                let is_of_tickets =
                    ["subject", "priority", "closed_on"].into_iter().any(has) || self.alone_has(part, "ticket_id");
                has("ticket_id") && has("opened_on") && is_of_tickets
            }
            Part::Contracts => ["renewal_date", "arr", "mrr", "amount", "unit_amount", "plan"].into_iter().any(has),
            Part::Contacts => has("email") || has("name") || has("last_name"),
            Part::Satisfaction => has("date") && (has("score") && has("survey") || has("nps") || has("csat")),
            Part::Activity => has("date") && has("kind") && has("text"),
            Part::Health => false,
        }
    }
}

/// Whether a header is this field of a part.
fn is(part: Part, title: &str, name: &str) -> bool {
    fields::called(part, title).is_some_and(|field| field.name == name)
}

/// Whether a header is the id of a contract and could not be that of a customer.
fn is_contract_id(title: &str) -> bool {
    is(Part::Contracts, title, "contract_id") && !is(Part::Customers, title, "customer_id")
}

/// Whether a customer's name is there again.
fn has_name_again(look: Look<'_>) -> bool {
    let name = look.header.iter().position(|title| is(Part::Customers, title, "name"));
    let names = look.rows.iter().filter_map(|row| Some(row[name?].trim())).filter(|name| !name.is_empty());
    let names = names.collect::<Vec<_>>();
    names.iter().collect::<BTreeSet<_>>().len() < names.len()
}

/// What a name counts that so many parts know: the fewer, the more it tells.
fn weight(parts: usize) -> u32 {
    (6 / u32::try_from(parts.max(1)).unwrap_or(6)).max(1)
}
