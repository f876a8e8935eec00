//! Files that may not be read, directories that may not be written, and a disk that is full. Linux lends every account
//! a place of its own for that (user namespaces); where a machine forbids it, these tests say so and end.

use std::{fs, io, os::unix::fs::PermissionsExt, path::Path, process::Output};

use crate::{Account, Ended};

impl Account {
    /// The program as an account that modes of files hold for, which they do not for root.
    fn run_without_privileges(&self, arguments: &[&str]) -> Option<Ended> {
        let program = [&["--user", env!("CARGO_BIN_EXE_cs-copilot")], arguments].concat();
        allowed(self.command_of("unshare", &program).output())
    }

    /// A shell script in which `$0` is the program and `data` an empty disk of one megabyte.
    fn run_on_a_small_disk(&self, script: &str) -> Option<Ended> {
        fs::create_dir(self.path("data")).unwrap();
        let script = format!("mount -t tmpfs -o size=1m tmpfs data; {script}");
        let namespace =
            ["--user", "--map-root-user", "--mount", "sh", "-ec", &script, env!("CARGO_BIN_EXE_cs-copilot")];
        let path = std::env::var_os("PATH").unwrap_or_default();
        allowed(self.command_of("unshare", &namespace).env("PATH", path).output())
    }
}

fn allowed(output: io::Result<Output>) -> Option<Ended> {
    let refusal = match output.map(Ended::from) {
        Ok(ended) if !["unshare: ", "mount: "].iter().any(|program| ended.stderr.starts_with(program)) => {
            return Some(ended);
        }
        Ok(ended) => ended.stderr,
        Err(error) => error.to_string(),
    };
    eprintln!("skipped: this machine has no namespaces for everybody: {refusal}");
    None
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_full_disk_is_said_and_costs_nothing() {
    let account = Account::new();
    fs::create_dir(account.path("export")).unwrap();
    // More than the whole disk, so that no space which SQLite has already taken is enough.
    let rows: String =
        (0..20_000).map(|n| format!("C-{n},Customer number {n} of a book that is too large\n")).collect();
    fs::write(account.path("export/customers.csv"), format!("customer_id,name\n{rows}")).unwrap();
    let Some(ended) = account.run_on_a_small_disk(
        "\"$0\" customers --data-dir data > before; head -c 2m /dev/zero > data/rest 2> /dev/null || true
         \"$0\" import export --data-dir data && exit 9
         rm data/rest; \"$0\" customers --data-dir data | cmp - before",
    ) else {
        return;
    };
    assert_eq!(ended.code, Some(0), "{ended:?}");
    // It is said as the book is opened, or as it is written where what the first run left of its log has room for that.
    assert!(ended.stderr.contains(" is full; free some space and try again"), "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
}

#[test]
fn an_output_that_is_full_is_said() {
    let account = Account::new();
    for arguments in [&["customers"][..], &["run", "health", "acme"], &["doctor"], &["completions", "bash"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let ended = Ended::from(account.command(arguments).stdout(full).output().unwrap());
        let told = "cs-copilot: the output cannot be written: No space left on device (os error 28)\n";
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), told), "{arguments:?}");
    }
}

#[test]
fn a_read_only_disk_is_said_by_every_command() {
    let account = Account::new();
    let read_only = "\"$0\" customers --data-dir data > /dev/null; mount -o remount,ro data";
    let Some(ended) = account.run_on_a_small_disk(&format!(
        "{read_only}; for task in customers 'demo remove' doctor; do \"$0\" $task --data-dir data || true; done"
    )) else {
        return;
    };
    let told = "the database data/book.sqlite cannot be opened (Read-only file system (os error 30)); check that its \
                folder may be written and has room.";
    assert_eq!(ended.stderr.matches(told).count(), 2, "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 2, "{ended:?}");
    assert!(ended.stdout.contains("✗ data directory  data cannot be written: "), "{ended:?}");
}

#[test]
fn a_data_directory_of_somebody_else_is_said() {
    let account = Account::new();
    let dir = account.path("data");
    fs::create_dir(&dir).unwrap();
    set_mode(&dir, 0o555);
    let Some(ended) = account.run_without_privileges(&["customers", "--data-dir", "data"]) else { return };
    let told = "the database data/book.sqlite cannot be opened (Permission denied (os error 13)); check that its \
                folder may be written";
    assert!(ended.code == Some(1) && ended.stderr.contains(told), "{ended:?}");
}

#[test]
fn a_csv_file_that_may_not_be_read_is_named() {
    let account = Account::new();
    fs::create_dir(account.path("export")).unwrap();
    let file = account.path("export/customers.csv");
    fs::write(&file, "customer_id,name\nA-1,Acme\n").unwrap();
    set_mode(&file, 0o000);
    let Some(ended) = account.run_without_privileges(&["import", "export"]) else { return };
    let told = "cs-copilot: nothing was imported:\n  customers.csv: cannot be read: Permission denied (os error 13)\n";
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), told));
}
