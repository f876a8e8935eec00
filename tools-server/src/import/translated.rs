//! An import in one request, as the delivery that it is.

use std::collections::BTreeMap;

use contracts::{
    Line, SourceName,
    delivery::{
        self, ContractRow, ContractTerms, CustomerFields, CustomerRow, Delivery, DeliveryReport, Gone, Mode, Piece,
        TicketRows, UsageRows, UsageSays, UsageSummary,
    },
    facts::Part,
    import::{ImportReport, ImportRequest, UsageSeries},
};

/// The delivery and its one piece.
pub fn delivery(request: &ImportRequest) -> (Delivery, Piece) {
    let parts = [
        (Part::Customers, request.customers.is_empty()),
        (Part::Usage, request.usage.is_empty()),
        (Part::Tickets, request.tickets.is_empty()),
        (Part::Contracts, request.contracts.is_empty()),
    ];
    let parts = parts
        .into_iter()
        .filter(|(_, empty)| !empty)
        .map(|(part, _)| (part, delivery::columns::names(part).iter().map(|name| Line::new(name)).collect()));
    let delivery = Delivery {
        source: source(request.origin.as_str()),
        day: request.as_of,
        mode: Mode::Changes,
        parts: parts.collect(),
        pieces: 1,
        rejected: BTreeMap::new(),
        gone: Gone::Keep,
        accept_losses: true,
        strict: true,
        dry_run: request.dry_run,
        primary_metric: None,
        source_order: Vec::new(),
    };
    (delivery, piece(request))
}

fn source(origin: &str) -> SourceName {
    let name = origin.strip_prefix("preset ").and_then(|preset| preset.parse().ok());
    name.unwrap_or_else(|| "files".parse().expect("a source's name"))
}

fn piece(request: &ImportRequest) -> Piece {
    let customers = request.customers.iter().map(|record| CustomerRow {
        id: record.id.clone(),
        fields: CustomerFields {
            name: Some(record.name.clone()),
            industry: record.industry.clone(),
            segment: record.segment.clone(),
            contact: record.contact.clone(),
            ..CustomerFields::default()
        },
    });
    let usage = request.usage.iter().map(|record| UsageRows {
        customer_id: record.customer_id.clone(),
        metric: record.metric.clone(),
        measure: None,
        says: match &record.series {
            UsageSeries::Points(points) => {
                let mut points = points.clone();
                points.sort_by_key(|point| point.date);
                UsageSays::Points(points)
            }
            UsageSeries::Summary { trend, recent, before } => {
                UsageSays::Summary(UsageSummary { trend: *trend, recent: *recent, before: *before })
            }
        },
    });
    let tickets = request
        .tickets
        .iter()
        .map(|record| TicketRows { customer_id: record.customer_id.clone(), tickets: record.tickets.clone() });
    let contracts = request.contracts.iter().map(|record| ContractRow {
        customer_id: record.customer_id.clone(),
        contract_id: Line::new(record.customer_id.as_str()),
        terms: ContractTerms {
            renewal_date: record.renewal_date,
            arr: record.arr.clone(),
            plan: record.plan.clone(),
            seats: record.seats,
            auto_renew: record.auto_renew,
            notice_days: None,
        },
    });
    Piece {
        customers: customers.collect(),
        usage: usage.collect(),
        tickets: tickets.collect(),
        contracts: contracts.collect(),
        ..Piece::default()
    }
}

/// What the delivery did, as such a request is answered.
pub fn report(report: &DeliveryReport, request: &ImportRequest) -> ImportReport {
    let without = |part| {
        let named = report.without.get(&part).map_or(&[][..], |named| &named.names);
        let lacking = request.customers.iter().filter(|record| named.contains(&record.name));
        lacking.map(|record| record.id.clone()).collect()
    };
    ImportReport {
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        without_usage: without(Part::Usage),
        without_tickets: without(Part::Tickets),
        without_contract: without(Part::Contracts),
        demo_customers: report.demo_customers,
    }
}
