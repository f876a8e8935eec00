//! Everything a book holds, as its sources could deliver it. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    CustomerId, SourceName,
    delivery::{
        ContactRow, ContractRow, CustomerRow, ExportPage, Exported, Piece, ResponseRow, TicketRows, UsageRows,
        UsageSays,
    },
    facts::Part,
};
use domain::rows::{CustomerRows, Version};

use crate::store::Known;

/// How many customers a page has.
pub const CUSTOMERS: u32 = 200;

/// A page of an export: by source, without what is gone from it. What no delivery brought is the user's own, and speaks of
/// `today`. `next` is where another page begins.
pub fn page(known: Known, next: Option<CustomerId>, today: NaiveDate) -> ExportPage {
    let mut pieces = BTreeMap::<SourceName, Piece>::new();
    for kept in known.customers {
        add(&mut pieces, kept.rows);
    }
    let parts = |source: &SourceName, piece: &Piece| {
        let own = [(Part::Customers, piece.customers.is_empty()), (Part::Activity, piece.activity.is_empty())];
        let own = own.into_iter().filter(|(_, is_empty)| !is_empty).map(|(part, _)| (part, today));
        let delivered = known.sources.delivered.iter().filter(|delivered| delivered.source == *source);
        own.chain(delivered.map(|delivered| (delivered.part, delivered.day))).collect()
    };
    let sources = pieces.into_iter().map(|(source, piece)| {
        let parts = parts(&source, &piece);
        Exported { source, parts, piece }
    });
    ExportPage { sources: sources.collect(), next }
}

fn add(pieces: &mut BTreeMap<SourceName, Piece>, rows: CustomerRows) {
    let id = rows.id;
    for version in newest(rows.fields) {
        let Version { source, says: Some(fields), .. } = version else { continue };
        pieces.entry(source).or_default().customers.push(CustomerRow { id: id.clone(), fields });
    }
    for series in rows.usage.into_iter().filter(|series| series.gone_on.is_none()) {
        let told = series.told.last().map(|(_, told)| UsageSays::Summary(*told));
        let says = if series.points.is_empty() { told } else { Some(UsageSays::Points(series.points)) };
        let row = says.map(|says| UsageRows {
            customer_id: id.clone(),
            metric: series.metric,
            measure: series.measure,
            says,
        });
        pieces.entry(series.source).or_default().usage.extend(row);
    }
    let mut tickets = BTreeMap::<SourceName, Vec<_>>::new();
    for row in rows.tickets.into_iter().filter(|row| row.gone_on.is_none()) {
        tickets.entry(row.source).or_default().push(row.ticket);
    }
    for (source, tickets) in tickets {
        pieces.entry(source).or_default().tickets.push(TicketRows { customer_id: id.clone(), tickets });
    }
    for version in newest(rows.contracts) {
        let Version { source, key: contract_id, says: Some(terms), .. } = version else { continue };
        let row = ContractRow { customer_id: id.clone(), contract_id, terms };
        pieces.entry(source).or_default().contracts.push(row);
    }
    for version in newest(rows.contacts) {
        let Version { source, key, says: Some(contact), .. } = version else { continue };
        pieces.entry(source).or_default().contacts.push(ContactRow { customer_id: id.clone(), key, contact });
    }
    for response in rows.satisfaction {
        pieces.entry(response.source).or_default().satisfaction.push(ResponseRow {
            customer_id: id.clone(),
            response_id: response.key,
            date: response.date,
            survey: response.survey,
            score: response.score,
        });
    }
    for row in rows.activity {
        pieces.entry(row.source).or_default().activity.push(row.activity);
    }
}

/// The newest version of each thing of each source.
fn newest<T>(versions: Vec<Version<T>>) -> impl Iterator<Item = Version<T>> {
    let mut newest = BTreeMap::new();
    for version in versions {
        let place = (version.source.clone(), version.key.clone());
        if newest.get(&place).is_none_or(|known: &Version<T>| known.from < version.from) {
            newest.insert(place, version);
        }
    }
    newest.into_values()
}
