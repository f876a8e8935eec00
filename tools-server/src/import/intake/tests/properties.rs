//! Whatever is delivered, and in whatever pieces.

use contracts::{
    delivery::{Contact, ContractTerms, CustomerFields, Delivery, Gone, Mode, Piece, UsageSays, UsageSummary},
    facts::{Part, Trend},
};
use domain::rows::CustomerRows;
use proptest::{collection::vec, option, prelude::*, sample::subsequence};

use super::book::*;

const IDS: [&str; 4] = ["a", "b", "c", "d"];
const PARTS: [Part; 7] = Part::DELIVERED;

/// One row of any part, each with its own customer and key.
fn row() -> impl Strategy<Value = Piece> {
    let id = || prop::sample::select(&IDS[..]);
    let key = || prop::sample::select(&["k", "l"][..]);
    let word = || option::of(prop::sample::select(&["x", "y"][..]));
    prop_oneof![
        3 => (id(), word(), word()).prop_map(|(id, industry, owner)| {
            let (industry, owner) = (industry.map(Into::into), owner.map(Into::into));
            customers(&[(id, CustomerFields { industry, owner, ..fields(id) })])
        }),
        1 => (id(), key(), word(), option::of(0..3_u32)).prop_map(|(id, key, plan, seats)| {
            contract(id, key, ContractTerms { plan: plan.map(Into::into), seats, ..ContractTerms::default() })
        }),
        1 => (id(), key(), word(), word()).prop_map(|(id, key, name, role)| {
            contact(id, key, Contact { name: name.map(Into::into), role: role.map(Into::into), ..Contact::default() })
        }),
        2 => (id(), key(), 1..5_u32, option::of(5..8_u32)).prop_map(|(id, key, opened, closed)| {
            tickets(id, vec![ticket(key, opened, closed)])
        }),
        2 => (id(), 1..6_u32, 0..3_u8).prop_map(|(id, on, value)| points(id, &[(on, value.into())])),
        1 => (id(), 0..3_u8).prop_map(|(id, recent)| {
            let summary = UsageSummary { trend: Trend::Flat, recent: recent.into(), before: 1.0 };
            let mut piece = usage(id, UsageSays::Summary(summary));
            piece.usage[0].metric = "told".into();
            piece
        }),
        1 => (id(), key(), 1..6_u32, 0..3_u32).prop_map(|(id, key, on, score)| response(id, key, on, score)),
        1 => (id(), key(), 1..6_u32, key()).prop_map(|(id, key, on, text)| activity(id, key, on, text)),
    ]
}

/// Rows of a delivery, those of customers first, each thing once.
fn rows() -> impl Strategy<Value = Vec<Piece>> {
    vec(row(), 0..24).prop_map(|rows| {
        let mut seen = std::collections::BTreeSet::new();
        let mut rows: Vec<_> = rows.into_iter().filter(|row| seen.insert(thing(row))).collect();
        rows.sort_by_key(|row| row.customers.is_empty());
        rows
    })
}

/// Of which thing a piece of one row is.
fn thing(row: &Piece) -> String {
    let Piece { customers, usage, tickets, contracts, contacts, satisfaction, activity } = row;
    let usage = usage.iter().map(|row| match &row.says {
        UsageSays::Points(points) => format!("usage {} {} {}", row.customer_id, row.metric, points[0].date),
        UsageSays::Summary(_) => format!("usage {} {}", row.customer_id, row.metric),
    });
    let customers = customers.iter().map(|row| format!("customer {}", row.id));
    let tickets = tickets.iter().map(|row| format!("ticket {} {}", row.customer_id, row.tickets[0].id));
    let contracts = contracts.iter().map(|row| format!("contract {} {}", row.customer_id, row.contract_id));
    let contacts = contacts.iter().map(|row| format!("contact {} {}", row.customer_id, row.key));
    let responses = satisfaction.iter().map(|row| format!("response {} {}", row.customer_id, row.response_id));
    let activity = activity.iter().map(|row| format!("activity {} {}", row.customer_id, row.id));
    let happened = tickets.chain(responses).chain(activity);
    customers.chain(usage).chain(contracts).chain(contacts).chain(happened).collect()
}

/// A delivery of all parts on some day, with some of the optional columns, in either mode.
fn delivery() -> impl Strategy<Value = Delivery> {
    let columns = subsequence(vec!["industry", "owner", "plan", "seats", "name", "role", "closed_on"], 0..=7);
    (1..28_u32, columns, any::<bool>(), option::of(Just(1_u32))).prop_map(|(on, columns, is_snapshot, rejected)| {
        let mode = if is_snapshot { Mode::Snapshot } else { Mode::Changes };
        let rejected = rejected.map(|rows| (Part::Contracts, rows)).into_iter().collect();
        Delivery { mode, rejected, gone: Gone::Keep, ..with_columns(snapshot(on, &PARTS), &columns) }
    })
}

/// A book after some deliveries of two sources.
fn book() -> impl Strategy<Value = Book> {
    vec((delivery(), rows(), any::<bool>()), 0..4).prop_map(|deliveries| {
        deliveries.into_iter().fold(Book::default(), |mut book, (delivery, rows, is_other)| {
            let delivery = if is_other { from("crm", delivery) } else { delivery };
            book.deliver(&delivery, &rows).expect("it is carried out");
            book
        })
    })
}

/// What a source says of a customer.
fn of_source(rows: &CustomerRows, source: &str) -> CustomerRows {
    let mut rows = rows.clone();
    rows.fields.retain(|row| row.source.as_str() == source);
    rows.usage.retain(|row| row.source.as_str() == source);
    rows.tickets.retain(|row| row.source.as_str() == source);
    rows.contracts.retain(|row| row.source.as_str() == source);
    rows.contacts.retain(|row| row.source.as_str() == source);
    rows.satisfaction.retain(|row| row.source.as_str() == source);
    rows.activity.retain(|row| row.source.as_str() == source);
    rows
}

/// What is known of a customer but for what has a day of its own.
fn without_events(rows: &CustomerRows) -> CustomerRows {
    let mut rows = rows.clone();
    rows.usage.iter_mut().for_each(|series| series.points.clear());
    rows.usage.retain(|series| !series.told.is_empty() || series.gone_on.is_some());
    rows.tickets.retain(|row| row.ticket.closed_on.is_none() || row.gone_on.is_some());
    rows.satisfaction.clear();
    rows.activity.clear();
    rows
}

proptest! {
    #[test]
    fn the_same_delivery_again_changes_nothing(mut book in book(), delivery in delivery(), rows in rows()) {
        book.deliver(&delivery, &rows).expect("it is carried out");
        let before = book.clone();
        let (gone, report) = book.deliver(&delivery, &rows).expect("it is carried out again");
        prop_assert_eq!(&book, &before);
        prop_assert!(gone.values().all(Vec::is_empty));
        prop_assert_eq!((report.created, report.updated), (0, 0));
        prop_assert!(report.parts.values().all(|part| part.changed == 0));
        prop_assert_eq!(report.losses, []);
    }

    #[test]
    fn pieces_of_any_size_give_the_same_book_and_the_same_report(
        book in book(),
        delivery in delivery(),
        rows in rows(),
        cuts in vec(any::<bool>(), 24),
    ) {
        let mut pieces = vec![Piece::default()];
        for (row, cut) in rows.iter().zip(cuts) {
            if cut {
                pieces.push(Piece::default());
            }
            let last = pieces.pop().expect("there is one");
            pieces.push(together([last, row.clone()]));
        }
        let (mut whole, mut cut) = (book.clone(), book);
        let all_at_once = whole.deliver(&delivery, &[together(rows)]);
        prop_assert_eq!(cut.deliver(&delivery, &pieces), all_at_once);
        prop_assert_eq!(cut, whole);
    }

    #[test]
    fn what_one_source_said_is_as_it_was_after_a_delivery_of_another(
        mut book in book(),
        delivery in delivery(),
        rows in rows(),
    ) {
        let before = book.clone();
        book.deliver(&from("crm", delivery), &rows).expect("it is carried out");
        for (id, rows) in &before.customers {
            prop_assert_eq!(of_source(&book.customers[id], "files"), of_source(rows, "files"));
        }
    }

    #[test]
    fn an_older_delivery_leaves_all_that_a_newer_one_said(
        mut book in book(),
        newer in delivery(),
        older in delivery(),
        rows in (rows(), rows()),
    ) {
        prop_assume!(older.day < newer.day);
        book.deliver(&newer, &rows.0).expect("it is carried out");
        let before = book.clone();
        let (gone, report) = book.deliver(&older, &rows.1).expect("it is carried out");
        prop_assert!(gone.is_empty());
        prop_assert_eq!(report.losses, []);
        prop_assert!(report.newer >= Some(newer.day));
        prop_assert_eq!(book.customers.len(), before.customers.len());
        for (id, rows) in &before.customers {
            let now = &book.customers[id];
            prop_assert_eq!(without_events(now), without_events(rows));
            for series in &rows.usage {
                let of = |row: &&domain::rows::Series| (&row.source, &row.metric) == (&series.source, &series.metric);
                let now = now.usage.iter().find(of).expect("a series stays");
                prop_assert!(series.points.iter().all(|point| now.points.contains(point)));
            }
            prop_assert!(rows.tickets.iter().all(|ticket| now.tickets.contains(ticket)));
            prop_assert!(rows.satisfaction.iter().all(|response| now.satisfaction.contains(response)));
            prop_assert!(rows.activity.iter().all(|activity| now.activity.contains(activity)));
        }
    }
}
