//! Answers as files, one a customer.

use std::fs;

use crate::{
    Account,
    reports::{AS_OF, ravenstack},
};

fn written(account: &Account, form: &str, task: &str) -> (Vec<String>, String) {
    let arguments = ["run", task, "--all", "--as", form, "--out", "files"];
    let ended = account.run(&[&arguments[..], &AS_OF[..]].concat());
    assert!(matches!(ended.code, Some(0 | 3)), "{}", ended.stderr);
    let files = ended.stdout.lines().map(|path| fs::read_to_string(account.path(path)).unwrap());
    (files.collect(), ended.stderr)
}

#[test]
fn every_customer_has_a_page_and_a_repeated_run_replaces_it() {
    let account = ravenstack();
    for _ in 0..2 {
        let (pages, told) = written(&account, "html", "qbr");
        assert_eq!(pages.len(), 12, "{told}");
        assert!(told.ends_with("12 files written, 0 held, 0 without one\n"), "{told}");
        assert!(pages.iter().all(|page| page.starts_with("<!doctype html>") && page.contains("class=\"slide\"")));
    }
    assert_eq!(fs::read_dir(account.path("files")).unwrap().count(), 12);
}

#[test]
fn emails_that_should_wait_are_left_out_of_a_batch_and_named() {
    let account = ravenstack();
    let (mails, told) = written(&account, "mail", "email");
    let held = told.lines().filter(|line| line.contains(": held: ")).count();
    assert_eq!(mails.len() + held, 12, "{told}");
    assert!(!mails.is_empty() && held > 0, "{told}");
    assert!(told.ends_with(&format!("{} files written, {held} held, 0 without one\n", mails.len())), "{told}");
    let name = told.lines().find_map(|line| line.split_once(": held: ")).unwrap().0;
    let ended = account.run(&[&["run", "email", name, "--as", "mail", "--out", "files"][..], &AS_OF[..]].concat());
    assert!(ended.stdout.ends_with("-email.eml\n"), "{}", ended.stderr);
    assert!(ended.stderr.contains(&format!("{name}: written, though it should wait: ")), "{}", ended.stderr);
}

#[test]
fn headings_and_lists_of_a_tasks_file_stay_what_they_are_in_every_form() {
    let account = Account::new();
    let printed = |format| account.run(&["run", "handover", "acme", "--format", format]).stdout;
    assert!(printed("markdown").contains("\n### Who they are\n\n- Industry: "), "{}", printed("markdown"));
    assert!(printed("text").contains("\nWho they are\n\n- Industry: "), "{}", printed("text"));
    let asks = "what drives the growth";
    assert_eq!(printed("text").matches(asks).count(), 1, "what is next is told once: {}", printed("text"));
    account.run(&["run", "handover", "acme", "--as", "html", "--out", "files"]);
    let page = fs::read_to_string(account.path("files/acme-handover.html")).unwrap();
    assert!(page.contains("<h3>Who they are</h3>\n<ul>\n<li>Industry: "), "{page}");
}

#[test]
fn one_command_makes_ten_drafts_of_ten_customers() {
    let account = Account::new();
    account.good(&["demo", "remove"]);
    fs::create_dir(account.path("export")).unwrap();
    let (mut customers, mut tickets) = (String::from("customer_id,name,contact\n"), String::new());
    for n in 0..10 {
        customers.push_str(&format!("c{n},Customer {n},Maria Lopez\n"));
        tickets.push_str(&format!("t{n},c{n},urgent,2024-12-19,,Export {n} fails\n"));
    }
    fs::write(account.path("export/customers.csv"), customers).unwrap();
    let head = "ticket_id,customer_id,priority,opened_on,closed_on,subject\n";
    fs::write(account.path("export/tickets.csv"), format!("{head}{tickets}")).unwrap();
    account.good(&[&["import", "export"], &AS_OF[..]].concat());
    let (mails, told) = written(&account, "mail", "email");
    assert!(told.ends_with("10 files written, 0 held, 0 without one\n"), "{told}");
    assert!(mails.iter().all(|mail| mail.contains("X-Unsent: 1") && mail.contains("Hi Maria,")), "{mails:?}");
    for n in 0..10 {
        assert!(account.path(&format!("files/c{n}-email.eml")).is_file(), "{told}");
    }
}

#[test]
fn a_task_without_an_email_is_no_mail() {
    let account = ravenstack();
    let (mails, told) = written(&account, "mail", "health");
    assert_eq!(mails.len(), 0);
    assert!(told.contains(": this task writes no email; renewal and email do\n"), "{told}");
    assert!(told.ends_with("0 files written, 0 held, 12 without one\n"), "{told}");
}

#[test]
fn a_form_needs_a_folder_and_one_that_cannot_be_made_is_named() {
    let account = Account::new();
    let ended = account.run(&["run", "health", "--all", "--as", "html"]);
    assert!(ended.code == Some(2) && ended.stderr.contains("--out"), "{}", ended.stderr);
    fs::write(account.path("taken"), "").unwrap();
    let told = account.refused(&["run", "health", "--all", "--as", "html", "--out", "taken"]);
    assert!(
        told.starts_with("taken cannot be written: ") && told.ends_with("choose a folder that you may write to"),
        "{told}"
    );
}

#[test]
fn what_was_prepared_is_on_the_timeline_once_and_is_no_touch() {
    let account = ravenstack();
    for _ in 0..2 {
        account.run(&[&["run", "renewal", "A-09316c", "--as", "html", "--out", "files"][..], &AS_OF[..]].concat());
    }
    let told = account.run(&["history", "A-09316c"]).stdout;
    assert_eq!(told.matches("2024-12-20 · prepared").count(), 1, "{told}");
    assert!(told.contains("Renewal brief, answer as a page: A-09316c-renewal.html"), "{told}");
    let ended = account.run(&[&["customers", "--where", "last-touch:missing"][..], &AS_OF[..]].concat());
    assert!(ended.stdout.contains("A-09316c"), "{}{}", ended.stdout, ended.stderr);
}
