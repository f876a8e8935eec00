//! The log says what happened, and nothing about whom.

use std::fs;

use crate::Account;

fn log(account: &Account) -> String {
    let dir = account.path(".local/state/cs-copilot/logs");
    let files = fs::read_dir(dir).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    files.collect()
}

#[test]
fn even_at_its_finest_it_holds_no_customer_text_and_no_key() {
    let account = Account::new();
    fs::create_dir(account.path("export")).unwrap();
    fs::write(account.path("export/customers.csv"), "customer_id,name,contact\nX-1,Quixotic Ltd,Dulcinea\n").unwrap();
    account.good(&["import", "export", "--log-level", "trace"]);
    account.run(&["run", "email", "X-1", "--log-level", "trace"]);
    let log = log(&account);
    assert!(!log.is_empty());
    for word in ["Quixotic", "Dulcinea", "signature:", "hmac", "SELECT"] {
        assert!(!log.contains(word), "{word} in {log}");
    }
}

#[test]
fn switched_off_it_touches_no_file() {
    let account = Account::new();
    account.good(&["customers", "--log-level", "off"]);
    assert!(!account.path(".local/state").exists());
}

#[test]
fn the_files_of_seven_days_are_kept() {
    let account = Account::new();
    let dir = account.path(".local/state/cs-copilot/logs");
    fs::create_dir_all(&dir).unwrap();
    for day in 1..=20 {
        fs::write(dir.join(format!("cs-copilot.2020-01-{day:02}.log")), "an old line\n").unwrap();
    }
    account.good(&["customers"]);
    let kept = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let kept: Vec<_> = kept.collect();
    assert_eq!(kept.len(), 7, "{kept:?}");
    assert!(kept.iter().any(|file| !file.starts_with("cs-copilot.2020")), "today's is among them: {kept:?}");
}
