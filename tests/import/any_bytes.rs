//! Whatever the files hold, the reader ends with a request that is right or with sentences.

use std::collections::HashSet;

use contracts::import::ImportRequest;
use cs_copilot::import::{self, preset::Script};
use indicatif::ProgressBar;
use proptest::prelude::*;

use crate::{as_of, directory};

/// The server's own rules hold, and every row names a customer of the request.
fn assert_right(request: &ImportRequest) {
    assert_eq!(tools_server::import::validate(request), Ok(()));
    let ids = request.customers.iter().map(|customer| &customer.id).collect::<HashSet<_>>();
    assert!(request.usage.iter().all(|record| ids.contains(&record.customer_id)));
    assert!(request.tickets.iter().all(|record| ids.contains(&record.customer_id)));
    assert!(request.contracts.iter().all(|record| ids.contains(&record.customer_id)));
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
        if let Ok(import) = import::read_directory(dir.path(), as_of(), &ProgressBar::hidden()) {
            assert_right(&import.request);
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
            match import::read_directory(directory(&files).path(), as_of(), &ProgressBar::hidden()) {
                Ok(import) => assert_right(&import.request),
                Err(problems) => prop_assert!(problems.total() > 0),
            }
        }
    }
}
