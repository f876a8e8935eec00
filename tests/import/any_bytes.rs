//! Whatever the files hold, the reader ends with a request that is right or with sentences.

use std::collections::BTreeSet;

use contracts::delivery::{MAX_POINTS, UsageSays};
use cs_copilot::sources::{canonical::Import, preset::Script};
use proptest::prelude::*;

use crate::{directory, read_directory, together};

/// What the server asks of rows holds: everything once, in order, and no text that is empty.
fn assert_right(import: &Import) {
    let rows = together(import);
    let ids = rows.customers.iter().map(|row| &row.id).collect::<BTreeSet<_>>();
    assert_eq!(ids.len(), rows.customers.len());
    let series = rows.usage.iter().map(|rows| (&rows.customer_id, &rows.metric)).collect::<BTreeSet<_>>();
    assert_eq!(series.len(), rows.usage.len());
    for usage in &rows.usage {
        if let UsageSays::Points(points) = &usage.says {
            assert!((1..=MAX_POINTS).contains(&points.len()));
            assert!(points.array_windows().all(|[a, b]| a.date < b.date));
            assert!(points.iter().all(|point| point.value.is_finite() && point.value >= 0.0));
        }
    }
    let tickets = rows.tickets.iter().flat_map(|rows| &rows.tickets).collect::<Vec<_>>();
    assert_eq!(tickets.iter().map(|ticket| &ticket.id).collect::<BTreeSet<_>>().len(), tickets.len());
    assert!(tickets.iter().all(|ticket| ticket.closed_on.is_none_or(|closed| closed >= ticket.opened_on)));
    let contracts = rows.contracts.iter().map(|row| (&row.customer_id, &row.contract_id)).collect::<BTreeSet<_>>();
    assert_eq!(contracts.len(), rows.contracts.len());
    assert!(rows.contracts.iter().flat_map(|row| &row.terms.plan).all(|plan| !plan.is_empty()));
}

/// Bytes that often look like CSV: cells that are right, nearly right and not at all.
fn csv_like(header: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        4 => prop::sample::select(vec!["A-1", "B-2", "Acme", "2025-01-02", "2025-02-30", "12.5", "1,200", "up", "low", "USD", "yes", ""]),
        1 => prop::sample::select(vec!["\"", "\"a\"\"b\"", "\"x\ny\"", "\u{feff}", "\u{202e}", "\0", "-1", "1e9"]),
    ];
    let row = prop::collection::vec(cell, 1..7).prop_map(|cells| cells.join(","));
    let rows = prop::collection::vec(row, 0..8);
    let ending = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (rows, ending, any::<bool>()).prop_map(move |(rows, ending, whole)| {
        let mut lines = if whole { vec![header.to_owned()] } else { Vec::new() };
        lines.extend(rows);
        lines.join(ending).into_bytes()
    })
}

proptest! {
    #[test]
    fn any_bytes_end_well(content in prop::collection::vec(any::<u8>(), 0..400)) {
        let dir = directory(&[("customers.csv", &content)]);
        if let Ok(import) = read_directory(dir.path()) {
            assert_right(&import);
        }
    }

    #[test]
    fn any_preset_is_read_or_refused(text in "(-- customers\n)?(SELECT |;|'|\"|\\[|/\\*|\\*/|--|:as_of|:|\\?|é|\\PC|\n){0,30}") {
        if let Ok(script) = Script::parse("mine.sql", &text) {
            prop_assert!(script.sections.iter().all(|section| section.select.to_lowercase().contains("select")));
        }
    }

    #[test]
    fn anything_like_csv_ends_well(
        customers in csv_like("customer_id,name"),
        usage in csv_like("customer_id,date,value"),
        tickets in csv_like("ticket_id,customer_id,priority,opened_on,closed_on"),
        contracts in csv_like("customer_id,renewal_date,arr,currency"),
    ) {
        let good: &[u8] = b"customer_id,name\nA-1,Acme\nB-2,Bolt\n";
        for customers in [good, &customers] {
            let files = [
                ("customers.csv", customers),
                ("usage.csv", &usage),
                ("tickets.csv", &tickets),
                ("contracts.csv", &contracts),
            ];
            match read_directory(directory(&files).path()) {
                Ok(import) => assert_right(&import),
                Err(problems) => prop_assert!(problems.total() > 0),
            }
        }
    }
}
