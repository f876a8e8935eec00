//! What was done with a customer, and what changed since a day.

use std::fs;

use serde_json::Value;

use crate::Account;

fn write(account: &Account, name: &str, files: &[(&str, String)]) -> String {
    let dir = account.path(name);
    fs::create_dir_all(&dir).unwrap();
    for (file, text) in files {
        fs::write(dir.join(file), text).unwrap();
    }
    dir.to_str().unwrap().to_owned()
}

const CUSTOMERS: [&str; 6] = ["dropped", "fell", "burns", "still-1", "still-2", "still-3"];

/// A delivery of some of the customers, each with a contract of 90,000 unless it is said otherwise, and their tickets.
fn delivery(account: &Account, name: &str, customers: &[&str], arr: &[(&str, u32)], tickets: &str) -> String {
    let rows = |row: &dyn Fn(&&str) -> String| customers.iter().map(row).collect::<String>();
    let arr = |id: &str| arr.iter().find(|(of, _)| *of == id).map_or(90_000, |(_, arr)| *arr);
    let names = rows(&|id| format!("{id},{} Ltd\n", id.to_uppercase()));
    let contracts = rows(&|id| format!("{id},2027-06-30,{},USD\n", arr(id)));
    write(
        account,
        name,
        &[
            ("customers.csv", format!("customer_id,name\n{names}")),
            ("contracts.csv", format!("customer_id,renewal_date,arr,currency\n{contracts}")),
            ("tickets.csv", format!("ticket_id,customer_id,priority,opened_on\n{tickets}")),
        ],
    )
}

/// A book that was delivered on two days a week apart.
fn a_week_later() -> Account {
    let account = Account::new();
    account.good(&["demo", "remove"]);
    let first = delivery(&account, "first", &CUSTOMERS, &[], "T-1,burns,low,2026-12-01\n");
    account.good(&["import", &first, "--as-of", "2026-12-13"]);
    let tickets = "T-1,burns,low,2026-12-01\nT-2,burns,urgent,2026-12-15\nT-3,burns,urgent,2026-12-16\n";
    let second = delivery(&account, "second", &CUSTOMERS[1..], &[("fell", 60_000)], tickets);
    account.good(&["import", &second, "--as-of", "2026-12-20"]);
    account
}

const WEEK: [&str; 5] = ["changes", "--since", "2026-12-13", "--as-of", "2026-12-20"];

#[test]
fn a_delivery_a_week_later_tells_the_dropped_account_the_arr_that_fell_and_the_new_urgent_tickets() {
    let account = a_week_later();
    let text = account.good(&WEEK);
    let begin = "What changed from 13 Dec 2026 to 20 Dec 2026\n3 customers changed (1 gone), 3 did not.\n";
    assert!(text.starts_with(begin), "{text}");
    let [dropped, fell, burns] = [
        "\nDROPPED Ltd (dropped): gone from its source, ARR USD 90,000\n",
        "\nFELL Ltd (fell)\n",
        "\nBURNS Ltd (burns)\n",
    ]
    .map(|head| text.find(head).unwrap_or_else(|| panic!("{head}: {text}")));
    assert!(dropped < fell && fell < burns, "what matters most comes first: {text}");
    for line in [
        "  ARR: from USD 90,000 to USD 60,000 (files, 20 Dec 2026)\n",
        "  Urgent tickets: from no urgent tickets to 2 urgent tickets (files, 20 Dec 2026)\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("STILL"), "{text}");
}

#[test]
fn days_that_go_on_being_counted_are_told_by_the_day_they_are_counted_from() {
    let told = Account::new().good(&["changes", "umbrella", "--since", "2026-11-13", "--as-of", "2026-11-20"]);
    assert!(told.contains("\n  Days since last use: now since 20 Nov 2026 (demo, 20 Nov 2026)\n"), "{told}");
    assert!(!told.contains("from since "), "{told}");
}

#[test]
fn the_score_falls_by_the_sum_of_its_parts() {
    let account = a_week_later();
    let page: Value = serde_json::from_str(&account.good(&[&WEEK[..], &["--format", "json"]].concat())).unwrap();
    let burns = page["customers"].as_array().unwrap().iter().find(|customer| customer["id"] == "burns").unwrap();
    let score = &burns["score"];
    let of = |value: &Value| value.as_i64().unwrap_or(0);
    let parts: i64 =
        score["parts"].as_array().unwrap().iter().map(|part| of(&part["toBp"]) - of(&part["fromBp"])).sum();
    // One open ticket is worth 80 points and three are worth 50: 30 points by a weight of 35 of the 55 that are known.
    assert_eq!(of(&score["toBp"]) - of(&score["fromBp"]), parts);
    assert!((-1_910..=-1_908).contains(&parts), "{score}");
}

#[test]
fn a_condition_picks_customers_and_one_customer_is_told_whole() {
    let account = a_week_later();
    let picked = account.good(&[&WEEK[..], &["--where", "arr:<70k"]].concat());
    assert!(picked.contains("FELL Ltd") && !picked.contains("BURNS"), "{picked}");
    let one = account.good(&[&["changes", "burns"], &WEEK[1..], &["--format", "markdown"]].concat());
    assert!(one.starts_with("# What changed from 13 Dec 2026 to 20 Dec 2026\n"), "{one}");
    assert!(one.contains("\n## BURNS Ltd\n") && one.contains("\n- Open tickets: from 1 ticket to 3 tickets"), "{one}");
    let wrong = account.run(&[&WEEK[..], &["--where", "arrr:1"]].concat());
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.stderr.contains("“arrr” is no fact."), "{}", wrong.stderr);
}

#[test]
fn changes_need_an_earlier_day() {
    let account = a_week_later();
    let none = account.run(&["changes"]);
    assert_eq!((none.code, none.stdout.as_str()), (Some(2), ""));
    assert!(none.stderr.contains("no earlier visit of yours is on record"), "{}", none.stderr);
    let backwards = account.run(&["changes", "--since", "2026-12-20", "--as-of", "2026-12-20"]);
    assert_eq!(backwards.code, Some(2));
    let early = account.good(&["changes", "--since", "2026-12-01", "--as-of", "2026-12-20"]);
    assert!(
        early.contains("Nothing was delivered before 13 Dec 2026.") && early.contains("FELL Ltd (fell): new"),
        "{early}"
    );
}

#[test]
fn a_note_is_a_fact_and_goes_out_and_in_with_the_book() {
    let account = a_week_later();
    let call = [
        "note",
        "fell",
        "went through the renewal",
        "--kind",
        "call",
        "--agreed",
        "two years",
        "--follow-up",
        "+3d",
        "--as-of",
        "2026-12-20",
    ];
    let kept = account.good(&call);
    assert!(kept.starts_with("Kept for FELL Ltd: call of 20 Dec 2026, follow-up due 23 Dec 2026 (id "), "{kept}");
    account.good(&["note", "fell", "asked", "for", "seats", "--on", "2026-12-19", "--as-of", "2026-12-20"]);
    let facts = |account: &Account| {
        let columns = "activity.last_touch,activity.agreed,activity.open_follow_ups,activity.next_follow_up";
        let csv = account.good(&[
            "customers",
            "--filter",
            "fell",
            "--columns",
            columns,
            "--format",
            "csv",
            "--as-of",
            "2026-12-24",
        ]);
        csv.lines().nth(1).unwrap().to_owned()
    };
    let known = facts(&account);
    assert!(known.contains("2026-12-20,two years,1,2026-12-23"), "{known}");

    let out = account.path("out");
    account.good(&["customers", "export", out.to_str().unwrap()]);
    let other = Account::new();
    other.good(&["demo", "remove"]);
    let mut folders: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let source = folder.file_name().unwrap().to_str().unwrap().split('-').next().unwrap().to_owned();
        other.good(&["import", folder.to_str().unwrap(), "--source", &source]);
    }
    assert_eq!(facts(&other), known);
}

#[test]
fn a_follow_up_is_an_item_on_its_day_and_closed_when_that_is_done() {
    let account = a_week_later();
    let kept = account.good(&["follow-up", "fell", "wednesday", "send", "the order form", "--as-of", "2026-12-20"]);
    assert!(kept.starts_with("Kept for FELL Ltd: note of 20 Dec 2026, follow-up due 23 Dec 2026 (id "), "{kept}");
    let due = || {
        let page: Value =
            serde_json::from_str(&account.good(&["today", "--format", "json", "--as-of", "2026-12-23"])).unwrap();
        let items = page["rows"].as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap().clone());
        let ids =
            items.filter(|item| item["kind"] == "follow-up-due").map(|item| item["id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    let open = || {
        let columns = ["--columns", "activity.open_follow_ups", "--format", "csv", "--as-of", "2026-12-23"];
        account.good(&[&["customers", "--filter", "fell"], &columns[..]].concat()).contains(",2026-12-23,1")
    };
    let first = due();
    assert_eq!((first.len(), open()), (1, true));
    let done = account.good(&["done", &first[0], "--as-of", "2026-12-23"]);
    assert!(done.starts_with("Done: FELL Ltd, the follow-up of 23 Dec 2026 is due: “send the order form”"), "{done}");
    assert_eq!((due(), open()), (vec![], false));
    account.good(&["done", &first[0], "--undo", "--as-of", "2026-12-23"]);
    assert_eq!((due(), open()), (first.clone(), true));

    let again = account.good(&["follow-up", &first[0], "2w", "ask again", "--as-of", "2026-12-23"]);
    assert!(again.starts_with("Kept for FELL Ltd: note of 23 Dec 2026, follow-up due 6 Jan 2027"), "{again}");
    let nobody = account.run(&["follow-up", "nobody", "2w", "x", "--as-of", "2026-12-23"]);
    assert_eq!(nobody.code, Some(1));
    let past = account.run(&["follow-up", "fell", "yesterday", "x"]);
    assert!(past.code == Some(2) && past.stderr.contains("The follow-up is due before"), "{}", past.stderr);
}

#[test]
fn a_note_that_cannot_be_kept_says_why() {
    let account = a_week_later();
    for (arguments, why) in [
        (&["note", "fell", "x", "--on", "someday"][..], "someday names no day"),
        (&["note", "fell", "x", "--follow-up", "-1d"], "The follow-up is due before the day of the note."),
        (&["note", "fell", " "], "There is nothing to note yet."),
    ] {
        let ended = account.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ended.stderr.contains(why), "{}", ended.stderr);
    }
}
