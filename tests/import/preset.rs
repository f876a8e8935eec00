//! A user's own preset.

use std::{fs, path::Path};

use cs_copilot::sources::{canonical::Import, folder::Folder, preset::Script, problem::Problems};
use tempfile::TempDir;

use crate::{directory, read_through, together};

const CLIENTS: &[u8] = b"Client No,Display Name\n7,Acme\n8,Bolt\n";

async fn through(preset: &str, files: &[(&str, &[u8])]) -> Result<Import, Problems> {
    let dir = directory(files);
    read_through(dir.path(), &written(&dir, preset)).await
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
    let rows = together(&import);
    let names = rows.customers.iter().map(|row| (row.id.as_str(), row.fields.name.as_ref().unwrap().as_str()));
    assert_eq!(names.collect::<Vec<_>>(), [("C-7", "Acme"), ("C-8", "Bolt")]);
    let terms = &rows.contracts[1].terms;
    assert_eq!(terms.renewal_date, Some("2025-04-10".parse().unwrap()));
    assert_eq!(terms.arr.as_ref().unwrap().minor, 120_050);
    assert_eq!(terms.plan.as_ref().unwrap().as_str(), ":as_of");
    assert_eq!(import.parts.keys().map(|part| part.as_str()).collect::<Vec<_>>(), ["customers", "contracts"]);
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
        ("", "preset mine.sql: has no section: begin one with a line such as \"-- customers\""),
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
        (
            "-- customers\nSELECT * FROM nobody",
            "preset mine.sql, section customers: no such table: nobody; there are clients (client_no, display_name); \
             `cs-copilot import PATH --columns` shows all",
        ),
        (
            "-- customers\nSELECT client_no AS customer_id, \"Display Nam\" AS name FROM clients",
            "preset mine.sql, section customers: \"Display Nam\" is no column or table; a text goes in single quotes; there \
             are clients (client_no, display_name); `cs-copilot import PATH --columns` shows all",
        ),
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
    let told = async |preset: &str| read_through(dir.path(), preset).await.unwrap_err().to_string();
    assert_eq!(
        told("ravenstak").await,
        "nothing was imported:\n  \"ravenstak\": there is no such preset; shipped is ravenstack, and your own is a path that ends in .sql"
    );
    assert!(told("./gone.sql").await.contains("./gone.sql: the preset cannot be read: No such file"));
}

#[tokio::test]
async fn broken_files_are_told_before_any_select_runs() {
    let preset = "-- customers\nSELECT client_no AS customer_id, display_name AS name FROM clients\n";
    let problems =
        through(preset, &[("clients.csv", b"Client No,Display Name\n7,x,y\n"), ("b.csv", b"a,A\n1,2\n")]).await;
    assert_eq!(
        problems.unwrap_err().to_string(),
        "nothing was imported:\n  clients.csv, line 2, column Display Name: is followed by more cells than the header has: 3, and 2"
    );
}

#[test]
fn the_shipped_preset_can_be_read_as_a_users_own() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("presets/ravenstack.sql")).unwrap();
    let script = Script::parse("ravenstack", &text).unwrap();
    assert_eq!(script.sections.len(), 5);
    assert_eq!(script.requires.len(), 4);
}

#[test]
fn the_source_is_called_as_the_preset_is_or_has_to_be_named() {
    let dir = directory(&[("clients.csv", CLIENTS)]);
    let source = |name: &str| {
        let path = dir.path().join(name);
        fs::write(&path, "-- customers\nSELECT 1 AS customer_id, 'x' AS name").unwrap();
        let source = Folder::open(dir.path(), path.to_str().unwrap()).unwrap().source();
        source.map(|source| source.to_string()).map_err(|problem| problem.to_string())
    };
    assert_eq!(source("crm.sql").as_deref(), Ok("crm"));
    assert_eq!(
        source("our crm.sql").unwrap_err(),
        "nothing was imported:\n  \"our crm.sql\": does not name a source; say what to call it (--source NAME)"
    );
    let shipped = Folder::open(dir.path(), "ravenstack").unwrap();
    assert_eq!(shipped.source().unwrap().as_str(), "ravenstack");
}

#[tokio::test]
async fn a_section_may_stand_alone() {
    let preset = "-- tickets\nSELECT 'T' AS ticket_id, client_no AS customer_id, 'low' AS priority, :as_of AS opened_on \
                  FROM clients LIMIT 1";
    let import = through(preset, &[("clients.csv", CLIENTS)]).await.unwrap();
    assert_eq!(together(&import).tickets[0].customer_id.as_str(), "7");
}

#[tokio::test]
async fn names_as_the_files_have_them_work_in_double_quotes() {
    let preset = "-- customers\nSELECT \"Client No\" AS \"customer_id\", \"Display Name\" AS name FROM \"clients\"\n";
    let rows = together(&through(preset, &[("clients.csv", CLIENTS)]).await.unwrap());
    assert!(!rows.customers.is_empty());
}

#[tokio::test]
async fn a_pattern_of_what_is_required_finds_the_newest_and_says_so() {
    // The table has the name of its file, and one that stays the same from week to week.
    for table in ["clients_2025_03_02", "clients", "\"clients\""] {
        let preset =
            format!("-- requires: clients-*.csv\n-- customers\nSELECT a AS customer_id, b AS name FROM {table}\n");
        let files: &[(&str, &[u8])] =
            &[("clients-2025-02-23.csv", b"a,b\n1,Old\n"), ("clients-2025-03-02.csv", b"a,b\n1,New\n")];
        let import = through(&preset, files).await.unwrap();
        assert_eq!(import.notes.decisions, ["clients-*.csv is clients-2025-03-02.csv, the newest"]);
        assert_eq!(together(&import).customers[0].fields.name, Some("New".into()));
        assert_eq!(import.notes.made[0].of, [("clients-2025-03-02.csv".to_owned(), 1)]);
    }
}

#[tokio::test]
async fn a_row_of_a_preset_that_is_left_out_is_named_by_its_customer() {
    let preset = "-- customers\nSELECT a AS customer_id, b AS name FROM clients\n";
    let dir = directory(&[("clients.csv", b"a,b\nC-1,Acme\nC-2,\nC-3,Cora\n"), ("mine.sql", preset.as_bytes())]);
    let folder = Folder::open(dir.path(), &dir.path().join("mine.sql").display().to_string()).unwrap();
    let import = folder.read(crate::as_of(), None, &indicatif::ProgressBar::hidden()).await.unwrap();
    let told = import.rejects.lines().join("\n");
    assert!(told.contains("the first is row 2 of the customer \"C-2\""), "{told}");
}

#[tokio::test]
async fn a_row_of_a_preset_that_says_its_place_is_named_by_its_file_and_line() {
    let preset =
        "-- customers\nSELECT a AS customer_id, b AS name, 'clients.csv:' || rowid AS place FROM clients ORDER BY b\n";
    let clients = "Clients\n\na,b\nC-1,Acme\nC-2,\nC-3,Cora\n";
    let dir = directory(&[("clients.csv", clients.as_bytes()), ("mine.sql", preset.as_bytes())]);
    let folder = Folder::open(dir.path(), &dir.path().join("mine.sql").display().to_string()).unwrap();
    let import = folder.read(crate::as_of(), None, &indicatif::ProgressBar::hidden()).await.unwrap();
    let told = import.rejects.lines().join("\n");
    assert!(told.starts_with("clients.csv: 1 row left out, column name is empty"), "{told}");
    assert!(told.ends_with("the first is line 5"), "{told}");
    assert!(import.notes.ignored.is_empty(), "{:?}", import.notes.ignored);
}
