//! A user's own preset.

use std::{fs, path::Path};

use cs_copilot::import::{
    canonical::Import,
    preset::{Script, read_directory},
    problem::Problems,
};
use indicatif::ProgressBar;
use tempfile::TempDir;

use crate::{as_of, directory};

const CLIENTS: &[u8] = b"Client No,Display Name\n7,Acme\n8,Bolt\n";

async fn through(preset: &str, files: &[(&str, &[u8])]) -> Result<Import, Problems> {
    let dir = directory(files);
    read_directory(dir.path(), &written(&dir, preset), as_of(), &ProgressBar::hidden()).await
}

fn written(dir: &TempDir, preset: &str) -> String {
    let path = dir.path().join("mine.sql");
    fs::write(&path, preset).unwrap();
    path.to_str().unwrap().to_owned()
}

async fn told(preset: &str) -> String {
    let problems = through(preset, &[("clients.csv", CLIENTS)]).await.unwrap_err().to_string();
    problems.strip_prefix("nothing was imported:\n  ").unwrap_or(&problems).to_owned()
}

#[tokio::test]
async fn a_users_own_file_makes_the_canonical_rows() {
    let preset = "-- Ours.\n\n-- customers\nSELECT 'C-' || client_no AS customer_id, display_name AS name, 1 AS extra FROM clients;\n\
                  -- contracts\nSELECT 'C-' || client_no AS \"Customer ID\", date(:as_of, '+1 month') AS renewal_date,\n\
                  1200.5 AS arr, 'usd' AS currency, ':as_of' AS plan -- not :this one\nFROM clients WHERE :as_of > '2025'\n";
    let import = through(preset, &[("clients.csv", CLIENTS)]).await.unwrap();
    assert_eq!(import.request.origin.as_str(), "preset mine.sql");
    let names = import.request.customers.iter().map(|customer| (customer.id.as_str(), customer.name.as_str()));
    assert_eq!(names.collect::<Vec<_>>(), [("C-7", "Acme"), ("C-8", "Bolt")]);
    let contract = &import.request.contracts[1];
    assert_eq!(contract.renewal_date, Some("2025-04-10".parse().unwrap()));
    assert_eq!(contract.arr.as_ref().unwrap().minor, 120_050);
    assert_eq!(contract.plan.as_ref().unwrap().as_str(), ":as_of");
    assert_eq!((import.request.usage.len(), import.request.tickets.len()), (0, 0));
    assert_eq!(import.notes.ignored.len(), 1);
}

#[tokio::test]
async fn its_rows_are_checked_like_any_others() {
    let preset = "-- customers\nSELECT client_no AS customer_id, display_name AS name FROM clients\n\
                  -- usage\nSELECT 7 AS customer_id, '10.03.2025' AS date, 1 AS value\n";
    assert_eq!(
        told(preset).await,
        "preset mine.sql, section usage, row 1, column date: \"10.03.2025\" is not a date written YYYY-MM-DD"
    );
    let twice = "-- customers\nSELECT 7 AS customer_id, 'x' AS name UNION ALL SELECT 7, 'y'\n";
    assert_eq!(
        told(twice).await,
        "preset mine.sql, section customers, row 2, column customer_id: \"7\" is on row 1 already"
    );
    let header = "-- customers\nSELECT client_no, display_name AS name FROM clients WHERE 0\n";
    assert_eq!(
        told(header).await,
        "preset mine.sql, section customers: the header must have customer_id, name, but it is \"client_no, name\""
    );
}

#[tokio::test]
async fn a_preset_that_will_not_do_says_why() {
    let good = "-- customers\nSELECT client_no AS customer_id, display_name AS name FROM clients\n";
    let table = [
        ("", "preset mine.sql: has no section customers: begin it with the line \"-- customers\""),
        ("-- customers\n", "preset mine.sql: the section customers is empty: write one SELECT"),
        ("-- customers\n-- customers\n", "preset mine.sql: the section customers is there twice"),
        ("-- customers\nDELETE FROM clients", "preset mine.sql: the section customers is not a SELECT"),
        ("-- customers\nATTACH '/tmp/x' AS x", "preset mine.sql: the section customers is not a SELECT"),
        (
            "-- customers\nSELECT 1; ATTACH '/tmp/x' AS x",
            "preset mine.sql: the section customers has more than one statement: write one SELECT",
        ),
        (
            "-- customers\nSELECT 1 /*/ ' */; ATTACH '/tmp/x' AS x --'",
            "preset mine.sql: the section customers has more than one statement: write one SELECT",
        ),
        ("-- customers\nSELECT 1 /*/", "preset mine.sql: the section customers has a comment that never ends"),
        ("-- customers\nSELECT 'a", "preset mine.sql: the section customers has a quote that never closes"),
        ("-- customers\nSELECT :today", "preset mine.sql: the section customers has a parameter other than :as_of"),
        ("-- customers\nSELECT * FROM nobody", "preset mine.sql, section customers: no such table: nobody"),
        ("-- customers\nSELEC 1", "preset mine.sql: the section customers is not a SELECT"),
        ("-- customers\nSELECT FROM", "preset mine.sql, section customers: near \"FROM\": syntax error"),
        (
            "-- customers\nWITH x AS (SELECT 1) DELETE FROM clients RETURNING client_no AS customer_id, 'x' AS name",
            "preset mine.sql, section customers: attempt to write a readonly database",
        ),
        (
            "-- requires: ../../etc/passwd\n-- customers\nSELECT 1",
            "preset mine.sql: requires the file \"../../etc/passwd\"; name files of the directory alone",
        ),
    ];
    for (preset, expected) in table {
        assert_eq!(told(preset).await, expected, "{preset}");
    }
    let missing = told(&format!("-- requires: clients.csv, orders.csv\n{good}")).await;
    assert!(missing.ends_with(": there is no orders.csv, which the preset mine.sql reads"), "{missing}");
}

#[tokio::test]
async fn a_preset_that_is_not_there_says_which_are() {
    let dir = directory(&[("clients.csv", CLIENTS)]);
    let told = async |preset: &str| {
        read_directory(dir.path(), preset, as_of(), &ProgressBar::hidden()).await.unwrap_err().to_string()
    };
    assert_eq!(
        told("ravenstak").await,
        "nothing was imported:\n  \"ravenstak\": there is no such preset; shipped is ravenstack, and your own is a path that ends in .sql"
    );
    assert!(told("./gone.sql").await.contains("./gone.sql: the preset cannot be read: No such file"));
}

#[tokio::test]
async fn broken_files_are_told_before_any_select_runs() {
    let preset = "-- customers\nSELECT client_no AS customer_id, display_name AS name FROM clients\n";
    let problems = through(preset, &[("clients.csv", b"Client No,Display Name\n7\n"), ("b.csv", b"a,A\n1,2\n")]).await;
    assert_eq!(
        problems.unwrap_err().to_string(),
        "nothing was imported, 2 problems:\n  b.csv: the header has the column \"a\" twice\n  clients.csv: line 2 and the header differ in width: 1 and 2 cells"
    );
}

#[test]
fn the_shipped_preset_can_be_read_as_a_users_own() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("presets/ravenstack.sql")).unwrap();
    let script = Script::parse("ravenstack", &text).unwrap();
    assert_eq!(script.sections.len(), 4);
    assert_eq!(script.requires.len(), 4);
}
