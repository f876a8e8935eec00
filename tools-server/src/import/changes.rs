//! What an import changes: a comparison of its rows with what the store has of the same customers.

use std::collections::{BTreeMap, BTreeSet};

use contracts::{
    CustomerId,
    facts::{Source, UsagePoint},
    import::{ContractRecord, CustomerRecord, ImportReport, ImportRequest, UsageRecord, UsageSeries},
    tools::{TicketsReport, UsageReport},
};

use super::{tickets, trend};
use crate::store::{CustomerFacts, StoredContract};

/// A customer as the store has it before the import.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// All that is known of it.
    pub facts: CustomerFacts,
    /// Whether it belongs to the demo book.
    pub demo: bool,
}

/// The rows to write, and the count of what they do. A row that says what the store has already is not among them; one
/// that says the same of a later day is, because every figure is shown with its day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Customers to add or replace.
    pub customers: BTreeMap<CustomerId, CustomerRecord>,
    /// Usage to add or replace.
    pub usage: BTreeMap<CustomerId, UsageReport>,
    /// Tickets to add or replace.
    pub tickets: BTreeMap<CustomerId, TicketsReport>,
    /// Contracts to add or replace.
    pub contracts: BTreeMap<CustomerId, ContractRecord>,
    /// What becomes of the customers; `demo_customers` is the store's to count.
    pub report: ImportReport,
}

/// Every customer that a row of the import names.
pub fn customers_named(request: &ImportRequest) -> BTreeSet<&CustomerId> {
    let customers = request.customers.iter().map(|record| &record.id);
    let usage = request.usage.iter().map(|record| &record.customer_id);
    let tickets = request.tickets.iter().map(|record| &record.customer_id);
    let contracts = request.contracts.iter().map(|record| &record.customer_id);
    customers.chain(usage).chain(tickets).chain(contracts).collect()
}

/// Compares a valid import with what is kept of the customers it names. `demo` tells whether it is the demo book:
/// that never touches a customer who is the user's own, and a user's import makes a demo customer their own. The error
/// is a customer that neither the import nor the store has.
pub fn changes(request: &ImportRequest, kept: &BTreeMap<CustomerId, Kept>, demo: bool) -> Result<Changes, CustomerId> {
    let mut named = customers_named(request);
    let mut records: BTreeMap<_, _> = request.customers.iter().map(|record| (&record.id, record)).collect();
    if let Some(unknown) = named.iter().find(|id| !records.contains_key(*id) && !kept.contains_key(*id)) {
        return Err((*unknown).clone());
    }
    named.retain(|id| !demo || kept.get(*id).is_none_or(|kept| kept.demo));
    for (id, kept) in kept {
        records.entry(id).or_insert(&kept.facts.customer);
    }
    let facts = |id: &CustomerId| kept.get(id).map(|kept| &kept.facts);
    let source = || Source { origin: request.origin.clone(), as_of: request.as_of };

    let customers = records
        .into_iter()
        .filter(|(id, record)| kept.get(*id).is_none_or(|kept| kept.facts.customer != **record || kept.demo != demo));
    let usage = request.usage.iter().map(|record| (&record.customer_id, usage_report(record, source())));
    let usage = usage.filter(|(id, report)| facts(id).and_then(|kept| kept.usage.as_ref()) != Some(report));
    let tickets = request.tickets.iter();
    let tickets = tickets.map(|record| (&record.customer_id, tickets::summarize(&record.tickets, source())));
    let tickets = tickets.filter(|(id, report)| facts(id).and_then(|kept| kept.tickets.as_ref()) != Some(report));
    let contracts = request.contracts.iter().map(|record| (&record.customer_id, record)).filter(|(id, record)| {
        facts(id).and_then(|kept| kept.contract.as_ref()) != Some(&stored_contract(record, source()))
    });

    let mut changes = Changes {
        customers: of(&named, customers.map(|(id, record)| (id, record.clone()))),
        usage: of(&named, usage),
        tickets: of(&named, tickets),
        contracts: of(&named, contracts.map(|(id, record)| (id, record.clone()))),
        report: ImportReport::default(),
    };
    changes.report = changes.count(request, &named, kept);
    Ok(changes)
}

/// The rows of the customers named, by customer.
fn of<'a, Row>(
    named: &BTreeSet<&CustomerId>,
    rows: impl Iterator<Item = (&'a CustomerId, Row)>,
) -> BTreeMap<CustomerId, Row> {
    rows.filter(|(id, _)| named.contains(id)).map(|(id, row)| (id.clone(), row)).collect()
}

impl Changes {
    fn count(
        &self,
        request: &ImportRequest,
        named: &BTreeSet<&CustomerId>,
        kept: &BTreeMap<CustomerId, Kept>,
    ) -> ImportReport {
        let sent_usage: BTreeSet<_> = request.usage.iter().map(|record| &record.customer_id).collect();
        let sent_tickets: BTreeSet<_> = request.tickets.iter().map(|record| &record.customer_id).collect();
        let sent_contracts: BTreeSet<_> = request.contracts.iter().map(|record| &record.customer_id).collect();
        let mut report = ImportReport::default();
        for id in named.iter().copied() {
            let facts = kept.get(id).map(|kept| &kept.facts);
            match facts {
                None => report.created += 1,
                Some(_) if self.touches(id) => report.updated += 1,
                Some(_) => report.unchanged += 1,
            }
            if !sent_usage.contains(id) && facts.is_none_or(|facts| facts.usage.is_none()) {
                report.without_usage.push(id.clone());
            }
            if !sent_tickets.contains(id) && facts.is_none_or(|facts| facts.tickets.is_none()) {
                report.without_tickets.push(id.clone());
            }
            if !sent_contracts.contains(id) && facts.is_none_or(|facts| facts.contract.is_none()) {
                report.without_contract.push(id.clone());
            }
        }
        report
    }

    fn touches(&self, id: &CustomerId) -> bool {
        self.customers.contains_key(id)
            || self.usage.contains_key(id)
            || self.tickets.contains_key(id)
            || self.contracts.contains_key(id)
    }
}

/// Usage as tools answer it, its trend computed from the points.
fn usage_report(record: &UsageRecord, source: Source) -> UsageReport {
    let metric = record.metric.clone();
    match &record.series {
        UsageSeries::Points(points) => {
            let mut points: Vec<UsagePoint> = points.clone();
            points.sort_by_key(|point| point.date);
            let movement = trend::movement(&points).expect("a valid import has no empty series");
            let trend::Movement { trend, recent, before } = movement;
            UsageReport { metric, trend, recent, before, points, source }
        }
        UsageSeries::Summary { trend, recent, before } => UsageReport {
            metric,
            trend: Some(*trend),
            recent: *recent,
            before: Some(*before),
            points: Vec::new(),
            source,
        },
    }
}

fn stored_contract(record: &ContractRecord, source: Source) -> StoredContract {
    StoredContract {
        renewal_date: record.renewal_date,
        arr: record.arr.clone(),
        plan: record.plan.clone(),
        seats: record.seats,
        auto_renew: record.auto_renew,
        source,
    }
}

#[cfg(test)]
#[path = "changes_tests.rs"]
mod tests;
