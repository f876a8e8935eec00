//! The day of a delivery is found, and it is said how.

use chrono::{DateTime, Utc};
use cs_copilot::sources::{day::Day, folder::Folder, spoken_of, table::open};

use crate::{as_of, day, directory};

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

/// What is said of the day of these names and changes, on 2026-11-28.
fn said(names: &[&str], changed: &[(&str, &str)]) -> String {
    let changed = changed.iter().map(|(name, time)| (*name, at(time)));
    Day::of(names.iter().copied(), changed, day("2026-11-28")).to_string()
}

#[test]
fn the_newest_day_in_a_name_counts() {
    let table: &[(&[&str], &str)] = &[
        (&["usage-2026-11-21.csv"], "as of 2026-11-21, by the name of usage-2026-11-21.csv"),
        (&["usage_20261121_final.csv"], "as of 2026-11-21, by the name of usage_20261121_final.csv"),
        (&["2026_11_21"], "as of 2026-11-21, by the name of 2026_11_21"),
        (&["a-2026-11-01.csv", "b-2026-11-21.csv"], "as of 2026-11-21, by the name of b-2026-11-21.csv"),
        (&["2026-11-01_to_2026-11-21.csv"], "as of 2026-11-21, by the name of 2026-11-01_to_2026-11-21.csv"),
        (&["übersicht-2026-11-21.csv"], "as of 2026-11-21, by the name of übersicht-2026-11-21.csv"),
    ];
    for (names, expected) in table {
        assert_eq!(said(names, &[("usage.csv", "2026-11-25T10:00:00Z")]), *expected);
    }
}

#[test]
fn what_is_no_day_or_is_still_to_come_does_not_count() {
    for name in [
        "usage.csv",
        "renewals-2027-01-31.csv",
        "2026-13-41.csv",
        "id-120261121.csv",
        "id-202611213.csv",
        "2026-11_21.csv",
        "v1.2.3",
        "1999",
        "",
        "é",
    ] {
        assert_eq!(
            said(&[name], &[("usage.csv", "2026-11-20T23:59:59Z"), ("tickets.csv", "2026-11-25T00:00:00Z")]),
            "as of 2026-11-25, the day tickets.csv was last changed",
            "{name}"
        );
    }
}

#[test]
fn a_file_that_was_changed_in_the_future_is_of_today() {
    assert_eq!(
        said(&[], &[("usage.csv", "2031-01-01T00:00:00Z")]),
        "as of 2026-11-28, the day usage.csv was last changed"
    );
}

#[test]
fn what_somebody_says_needs_no_explanation() {
    assert_eq!(Day::said(day("2024-12-20")).to_string(), "as of 2024-12-20");
}

#[test]
fn a_file_without_a_table_does_not_say_how_old_an_export_is() {
    let files: [(&str, &[u8]); 2] =
        [("export-2026-11-21.csv", b"id,name\nA-1,Acme\n"), ("notes-2026-11-27.txt.pdf", b"%PDF")];
    let dir = directory(&files);
    let paths = [dir.path().to_owned()];
    let found = spoken_of::day(&paths, &open(&paths).unwrap().with_tables, day("2026-11-28"));
    assert_eq!(found.to_string(), "as of 2026-11-21, by the name of export-2026-11-21.csv");
}

#[test]
fn an_export_in_which_nothing_changed_is_as_new_as_its_file() {
    let same: &[u8] = b"id,name\nA-1,Acme\n";
    let dir = directory(&[("export-2026-11-14.csv", same), ("export-2026-11-21.csv", same)]);
    let paths = [dir.path().to_owned()];
    let found = spoken_of::day(&paths, &open(&paths).unwrap().with_tables, day("2026-11-28"));
    assert_eq!(found.to_string(), "as of 2026-11-21, by the name of export-2026-11-21.csv");
}

#[test]
fn the_day_of_a_preset_is_that_of_the_files_that_it_names() {
    let dir = directory(&[
        ("companies-2025-03-01.csv", b"id,name\nA-1,Acme\n".as_slice()),
        ("Seats.csv", b"id,seats\nA-1,3\n".as_slice()),
        ("holidays-2025-03-09.csv", b"day\n2025-12-25\n".as_slice()),
        ("p.sql", b"-- customers\nSELECT c.id AS customer_id, c.name FROM \"companies-2025-03-01\" AS c JOIN Seats USING (id)".as_slice()),
    ]);
    let preset = dir.path().join("p.sql");
    let folder = Folder::open(dir.path(), preset.to_str().unwrap()).unwrap();
    assert_eq!(folder.day(as_of()).to_string(), "as of 2025-03-01, by the name of companies-2025-03-01.csv");
}
