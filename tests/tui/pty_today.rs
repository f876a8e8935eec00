//! A day in the real program: from opening to ten items done, over a restart and a delivery.

use std::{fs, path::Path, process::Command};

use crate::support::terminal::Terminal;

fn program(home: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cs-copilot"))
        .args(args)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("CS_COPILOT_DATA_DIR", home.join("data"))
        .env("CS_COPILOT_AS_OF", "2026-11-20")
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Fourteen customers that renew from the 25th on, the dearer the later.
fn deliver(home: &Path, day: &str) {
    let files = home.join(format!("files-{day}"));
    fs::create_dir(&files).unwrap();
    let (mut customers, mut contracts) = (String::from("customer_id,name\n"), String::new());
    for n in 1..=14 {
        customers.push_str(&format!("c{n:02},Customer {n:02}\n"));
        contracts.push_str(&format!("c{n:02},2026-11-{},{}000,USD,false\n", 24 + n.min(6), n));
    }
    fs::write(files.join("customers.csv"), customers).unwrap();
    fs::write(files.join("contracts.csv"), format!("customer_id,renewal_date,arr,currency,auto_renew\n{contracts}"))
        .unwrap();
    fs::write(files.join("tickets.csv"), "ticket_id,customer_id,priority,opened_on\n").unwrap();
    program(home, &["--as-of", day, "import", files.to_str().unwrap(), "--yes"]);
}

/// How many rows `today` lists on a day.
fn rows(home: &Path, day: &str) -> usize {
    let document: serde_json::Value =
        serde_json::from_str(&program(home, &["--as-of", day, "today", "--format", "json"])).unwrap();
    document["rows"].as_array().unwrap().len()
}

#[test]
fn ten_items_are_done_in_a_day_and_stay_done_over_a_restart_and_a_delivery() {
    let home = tempfile::tempdir().unwrap();
    deliver(home.path(), "2026-11-20");
    program(home.path(), &["demo", "remove"]);
    let day = [("CS_COPILOT_AS_OF", "2026-11-20")];
    let mut terminal = Terminal::start(home.path(), 24, 80, &day);
    terminal.wait_for("Today 14");
    terminal.wait_for("Customer 14");
    terminal.press("x");
    terminal.wait_for("priority");
    terminal.press("x");
    for done in 1..=10 {
        terminal.press("D");
        terminal.wait_for(&format!("Today {} · {done} done", 14 - done));
    }
    terminal.press("u");
    terminal.wait_for("Today 5 · 9 done");
    terminal.press("D");
    terminal.wait_for("Today 4 · 10 done");
    terminal.press("Z");
    terminal.wait_for("until something changes");
    terminal.press("2026-11-24");
    terminal.wait_for("until 2026-11-24");
    terminal.press("\r");
    terminal.wait_for("Today 3 · 10 done");
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();

    let mut terminal = Terminal::start(home.path(), 24, 80, &day);
    terminal.wait_for("Today 3 · 10 done");
    terminal.press("q");
    assert!(terminal.end().success());

    deliver(home.path(), "2026-11-21");
    assert_eq!(rows(home.path(), "2026-11-21"), 3);
    assert_eq!(rows(home.path(), "2026-11-24"), 4, "what was put off is back on its day");
}

#[test]
fn what_is_done_in_the_moment_of_leaving_is_kept() {
    let home = tempfile::tempdir().unwrap();
    deliver(home.path(), "2026-11-20");
    program(home.path(), &["demo", "remove"]);
    let day = [("CS_COPILOT_AS_OF", "2026-11-20")];
    for left in [13, 12, 11] {
        let mut terminal = Terminal::start(home.path(), 24, 80, &day);
        terminal.wait_for(&format!("Today {}", left + 1));
        terminal.press("Dq");
        assert!(terminal.end().success());
        assert_eq!(rows(home.path(), "2026-11-20"), left);
    }
}
