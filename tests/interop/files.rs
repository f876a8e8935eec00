//! Mails and dates, read back with the parsers of Python: its own for mails, the package `icalendar` for dates.

use std::{fs, path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;

const CUSTOMERS: &str = "customer_id,name\nA-1,Çelik & Söhne GmbH\nA-2,Globex\n";
const CONTACTS: &str = "customer_id,name,email\nA-1,\"Weiß, Jürgen\",juergen@example.com\n";
const CONTRACTS: &str = "customer_id,renewal_date,auto_renew,notice_days\n\
                         A-1,2025-02-10,no,30\nA-2,2025-01-03,yes,\n";

/// An account with a book of two customers.
pub fn account() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("export")).unwrap();
    for (file, text) in [("customers", CUSTOMERS), ("contacts", CONTACTS), ("contracts", CONTRACTS)] {
        fs::write(home.path().join(format!("export/{file}.csv")), text).unwrap();
    }
    run(home.path(), &["import", "export", "--as-of", "2024-12-20"]);
    run(home.path(), &["demo", "remove"]);
    home
}

pub fn run(home: &Path, arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
    let ended = program.args(arguments).env_clear().env("HOME", home).current_dir(home).output().unwrap();
    let told = String::from_utf8_lossy(&ended.stderr);
    assert!(matches!(ended.status.code(), Some(0 | 3)), "{arguments:?}: {told}");
    String::from_utf8(ended.stdout).unwrap()
}

/// Writes the renewal of every customer in that form, and reads the files with Python; `None` where there is none.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn read_back(home: &Path, form: &str) -> Option<Vec<Value>> {
    let arguments = ["run", "renewal", "--all", "--as", form, "--out", "files", "--as-of", "2024-12-20"];
    let mut paths: Vec<_> = run(home, &arguments).lines().map(str::to_owned).collect();
    paths.sort_unstable();
    assert_eq!(paths.len(), 2, "{paths:?}");
    let Some(python) = std::env::var_os("TEST_PYTHON") else {
        eprintln!("skipped: TEST_PYTHON is not set");
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/read.py");
    let ended = Command::new(python).arg(script).args(paths).current_dir(home).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    Some(serde_json::from_slice(&ended.stdout).unwrap())
}

#[test]
fn a_mail_opens_as_the_draft_it_was() {
    let home = account();
    let Some(mails) = read_back(home.path(), "mail") else { return };
    let arguments = ["run", "renewal", "A-1", "--format", "json", "--as-of", "2024-12-20"];
    let answer: Value = serde_json::from_str(&run(home.path(), &arguments)).unwrap();
    let (mail, draft) = (&mails[0], &answer["emailDraft"]);
    assert_eq!(mail["defects"], Value::Array(Vec::new()));
    let headers = &mail["headers"];
    assert_eq!(headers["X-Unsent"], "1");
    assert_eq!(headers["Subject"], draft["subject"]);
    assert!(headers["Subject"].as_str().unwrap().contains("Çelik & Söhne GmbH"), "{headers}");
    assert_eq!(headers["To"], "\"Weiß, Jürgen\" <juergen@example.com>");
    let body = mail["body"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(body.trim_end(), draft["body"].as_str().unwrap());
    assert_eq!(mails[1]["headers"]["To"], Value::Null, "nobody is known there");
}

#[test]
fn dates_keep_their_ids_so_that_a_newer_file_replaces_them() {
    let home = account();
    let Some(calendars) = read_back(home.path(), "calendar") else { return };
    let event = |calendar: usize, event: usize, key: &str| calendars[calendar][event][key].as_str().unwrap().to_owned();
    assert_eq!(event(0, 0, "day"), "2025-02-10");
    assert_eq!(event(0, 0, "title"), "Çelik & Söhne GmbH is up for renewal");
    assert_eq!(event(0, 1, "day"), "2025-01-11");
    assert_eq!(event(0, 1, "uid"), "notice-A-1@cs-copilot");
    assert_eq!(event(1, 0, "title"), "Globex renews by itself");
    let again = read_back(home.path(), "calendar").unwrap();
    for (before, after) in calendars.iter().zip(&again) {
        assert_eq!(before[0]["uid"], after[0]["uid"]);
        assert!(before[0]["sequence"].as_u64() <= after[0]["sequence"].as_u64());
    }
}
