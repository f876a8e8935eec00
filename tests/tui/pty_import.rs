//! An import from the screen, in a pseudo-terminal.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use portable_pty::CommandBuilder;

use crate::support::terminal::Terminal;

/// Files large enough that there is something to wait for: fifty thousand rows and more, and over four megabytes.
fn large(dir: &Path) {
    fs::create_dir(dir).unwrap();
    let metric = "active users a week of the whole of the product as the source says it";
    let mut customers = String::from("customer_id,name\n");
    let mut usage = String::from("customer_id,date,value,metric\n");
    for customer in 0..5_000 {
        writeln!(customers, "L-{customer},Large {customer}").unwrap();
        for day in 10..20 {
            writeln!(usage, "L-{customer},2026-01-{day},{day},{metric}").unwrap();
        }
    }
    fs::write(dir.join("customers.csv"), customers).unwrap();
    fs::write(dir.join("usage.csv"), usage).unwrap();
}

/// The import of that folder, as of a day, on a terminal.
fn import(home: &Path) -> Terminal {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cs-copilot"));
    command.args(["import", home.join("export").to_str().unwrap(), "--as-of", "2026-01-20"]);
    Terminal::start_other(command, home, 40, 120, &[])
}

/// The lines of the book, without its header.
fn book(home: &Path) -> usize {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
    command.args(["customers", "--format", "csv"]).env_clear().env("HOME", home);
    let listed = command.env("CS_COPILOT_DATA_DIR", home.join("data")).output().unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    String::from_utf8(listed.stdout).unwrap().lines().count() - 1
}

#[test]
fn a_large_import_shows_on_a_terminal_how_far_it_is_and_leaves_the_report_alone() {
    let home = tempfile::tempdir().unwrap();
    large(&home.path().join("export"));
    let mut terminal = import(home.path());
    terminal.wait_raw("Reading");
    terminal.wait_raw("Sending");
    terminal.wait_raw("of 55,000 rows");
    assert!(terminal.end().success());
    let screen = terminal.screen();
    assert!(screen.contains("5,000 customers, 5,000 new"), "{screen}");
    assert!(!screen.contains("Sending") && !screen.contains("Reading"), "{screen}");
    assert!(!terminal.see(|screen| screen.hide_cursor()), "the cursor is shown");
}

#[test]
fn an_import_through_a_preset_shows_which_file_it_reads_and_how_much_of_them_all() {
    let home = tempfile::tempdir().unwrap();
    let export = home.path().join("export");
    large(&export);
    let preset = "-- requires: customers.csv, usage.csv\n\n-- customers\nSELECT customer_id, name FROM customers\n\n\
                  -- usage\nSELECT customer_id, date, value FROM usage\n";
    fs::write(home.path().join("mine.sql"), preset).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cs-copilot"));
    let (export, preset) = (export.display().to_string(), home.path().join("mine.sql").display().to_string());
    command.args(["import", &export, "--preset", &preset, "--as-of", "2026-01-20"]);
    let mut terminal = Terminal::start_other(command, home.path(), 40, 120, &[]);
    terminal.wait_raw("Reading usage.csv");
    terminal.wait_raw("MiB of ");
    assert!(terminal.end().success());
    let screen = terminal.screen();
    assert!(screen.contains("5,000 customers, 5,000 new") && !screen.contains("Reading"), "{screen}");
}

#[test]
fn an_import_that_is_broken_off_leaves_nothing_half_written_and_goes_through_the_next_time() {
    let home = tempfile::tempdir().unwrap();
    large(&home.path().join("export"));
    let mut terminal = import(home.path());
    terminal.wait_raw("Sending");
    terminal.press("\x03");
    assert!(!terminal.end().success());
    let broken_off = terminal.screen();
    assert!(!broken_off.contains("Imported"), "{broken_off}");
    assert!(!terminal.see(|screen| screen.hide_cursor() || screen.alternate_screen()), "{broken_off}");
    assert_eq!(book(home.path()), 15, "the demo book alone");

    let mut terminal = import(home.path());
    assert!(terminal.end().success());
    assert!(terminal.screen().contains("5,000 customers, 5,000 new"), "{}", terminal.screen());
    assert_eq!(book(home.path()), 5_015);
}

#[test]
fn files_are_imported_from_the_screen_and_the_book_is_read_again() {
    let home = tempfile::tempdir().unwrap();
    let exports = home.path().join("exports");
    fs::create_dir(&exports).unwrap();
    fs::write(exports.join("companies.csv"), "Record ID,Company name,Company owner\n901,Newcomer GmbH,Dana\n").unwrap();
    let mut terminal = Terminal::start(home.path(), 40, 120, &[]);
    terminal.open_book(15);
    terminal.press("I");
    terminal.wait_for("a file or a folder, such as ~/Downloads");
    terminal.press(&format!("{}/ex", home.path().display()));
    terminal.wait_for("/ex");
    terminal.press("\t");
    terminal.wait_for("/exports/");
    terminal.press("\r");
    terminal.wait("the mapping, and a question", |screen| {
        let text = screen.contents();
        ["Company name", "customers.name", "\"Newcomer GmbH\"", "Import it so?"]
            .iter()
            .all(|words| text.contains(words))
    });
    terminal.press("1\r");
    terminal.wait("the report", |screen| {
        let text = screen.contents();
        ["Imported from files", "1 customer, 1 new", "Enter goes back to the screen"]
            .iter()
            .all(|words| text.contains(words))
    });
    terminal.press("\r");
    terminal.open_book(16);
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}
